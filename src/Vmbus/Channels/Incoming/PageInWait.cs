namespace Vmbus;

/// <summary>The wait of the current packet for pages of its external data that are not present: it is delivered again when they have come.</summary>
internal sealed class PageInWait(VmbusBus bus, DeliveryTurn turn) : IDisposable
{
    private volatile bool _arrived;
    private ITimer? _timer;

    /// <summary>Whether the current packet's callback was told to return and come again. Belongs to the holder of the turn.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Whether delivery waits now.</summary>
    public bool IsUnderWay => IsAwaited && !_arrived;

    /// <summary>Whether pages are absent at first and were not brought in yet.</summary>
    public bool MustWait => bus.Options.ExternalData == ExternalDataMode.PendingFirst && !_arrived;

    /// <summary>A packet with external data has come: its pages are not here yet.</summary>
    public void Reset() => _arrived = false;

    /// <summary>Brings the pages in.</summary>
    public void Begin()
    {
        VmbusBusOptions options = bus.Options;
        if (options.PageInTime > TimeSpan.Zero)
        {
            ITimer timer = options.TimeProvider.CreateTimer(static wait => ((PageInWait)wait!).End(), this, options.PageInTime, Timeout.InfiniteTimeSpan);
            _timer?.Dispose();
            _timer = timer;
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static wait => wait.End(), this, preferLocal: false);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void End()
    {
        _arrived = true;
        turn.Schedule();
    }
}
