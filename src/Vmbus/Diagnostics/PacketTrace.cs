using System.Diagnostics;

namespace Vmbus.Diagnostics;

/// <summary>What is remembered of a packet under way while somebody listens: since when, and its activity. The default remembers nothing.</summary>
internal struct PacketTrace
{
    private const string RequestName = "vmbus.request";
    private const string ProcessName = "vmbus.process";

    /// <summary><see langword="null"/>: a listener threw as it was told of it.</summary>
    private static readonly ActivitySource? Source = Listeners.Guard(
        VmbusDiagnostics.ActivitySourceName, static () => new ActivitySource(VmbusDiagnostics.ActivitySourceName, VmbusDiagnostics.Version));

    /// <summary>When it began, plus one, so that 0 is nothing.</summary>
    private long _since;
    private bool _isRequest;
    private Activity? _activity;

    /// <summary>Whether requests are to be traced.</summary>
    public static bool WantsRequests => VmbusMeter.MeasuresRequests || Source?.HasListeners() == true;

    /// <summary>Whether the processing of packets is to be traced.</summary>
    public static bool WantsProcessing => VmbusMeter.MeasuresProcessing || Source?.HasListeners() == true;

    /// <summary>Whether there is something to end.</summary>
    public readonly bool IsActive => _since != 0;

    /// <summary>A packet that waits for its completion is sent. The activity of the caller stays the current one.</summary>
    public void BeginRequest(IMeasuredChannel channel, TimeProvider time, ulong transactionId, int size)
    {
        Begin(time, isRequest: true);
        if (Source?.HasListeners() == true)
        {
            Activity? callers = Activity.Current;
            _activity = Start(RequestName, ActivityKind.Client);
            Describe(channel, transactionId, size);
            Activity.Current = callers;
        }
    }

    /// <summary>A packet is delivered. Its activity is the current one while its callback runs.</summary>
    public void BeginProcessing(IMeasuredChannel channel, TimeProvider time, ulong transactionId, int size)
    {
        Begin(time, isRequest: false);
        if (Source?.HasListeners() == true)
        {
            _activity = Start(ProcessName, ActivityKind.Server);
            Describe(channel, transactionId, size);
        }
    }

    /// <summary>Whether the handler's name is wanted.</summary>
    public readonly bool WantsHandler => _activity is { IsAllDataRequested: true };

    /// <summary>Names the handler that the packet was delivered to.</summary>
    public readonly void SetHandler(string handler)
    {
        _activity!.DisplayName = handler;
        _activity.SetTag(TagNames.Handler, handler);
    }

    /// <summary>The packet is delivered once more.</summary>
    public readonly void ResumeProcessing()
    {
        if (_activity is { } activity)
        {
            Activity.Current = activity;
        }
    }

    /// <summary>The packet is done.</summary>
    /// <param name="group">Where the endpoint is measured.</param>
    /// <param name="time">The clock that it began with.</param>
    /// <param name="error">What went wrong, if something did.</param>
    public void End(ChannelGroup? group, TimeProvider time, string? error)
    {
        TimeSpan duration = time.GetElapsedTime(_since - 1);
        if (_isRequest)
        {
            VmbusMeter.RecordRequest(duration, group);
        }
        else
        {
            VmbusMeter.RecordProcessing(duration, group);
        }

        if (_activity is { } activity)
        {
            if (error is not null)
            {
                activity.SetStatus(ActivityStatusCode.Error, error);
                activity.SetTag(TagNames.ErrorType, error);
            }

            // Stop makes the parent current on this thread, which need not be the one that started.
            Activity? current = Activity.Current;
            try
            {
                activity.Stop();
            }
            catch (Exception exception)
            {
                Listeners.Threw(activity.OperationName, exception);
            }

            Activity.Current = ReferenceEquals(current, activity) ? activity.Parent : current;
        }

        this = default;
    }

    /// <returns><see langword="null"/>: nobody wants it, or whoever was asked or told threw.</returns>
    private static Activity? Start(string name, ActivityKind kind)
    {
        Activity? before = Activity.Current;
        try
        {
            return Source!.StartActivity(name, kind);
        }
        catch (Exception exception)
        {
            // It was begun, perhaps, and nobody knows it.
            Activity.Current = before;
            Listeners.Threw(name, exception);
            return null;
        }
    }

    private void Begin(TimeProvider time, bool isRequest)
    {
        _since = time.GetTimestamp() + 1;
        _isRequest = isRequest;
    }

    private readonly void Describe(IMeasuredChannel channel, ulong transactionId, int size)
    {
        if (_activity is { IsAllDataRequested: true } activity)
        {
            foreach (KeyValuePair<string, object?> tag in channel.Identity.ToTags())
            {
                activity.SetTag(tag.Key, tag.Value);
            }

            activity.SetTag(TagNames.TransactionId, transactionId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            activity.SetTag(TagNames.PacketSize, size);
        }
    }
}
