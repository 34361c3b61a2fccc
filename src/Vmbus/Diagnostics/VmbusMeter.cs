using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Vmbus.Diagnostics;

/// <summary>
/// The instruments of the meter. Counts are observed: channels count anyway, and are asked only when somebody collects. Durations are recorded, and taken
/// only while somebody listens.
/// </summary>
internal static class VmbusMeter
{
    /// <summary>Bounds of the duration histograms in seconds: from a microsecond, for a packet takes few of them in one process, to a minute.</summary>
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.000001, 0.000002, 0.000005, 0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60],
    };

    private static readonly Meter Meter = new(VmbusDiagnostics.MeterName, VmbusDiagnostics.Version);

    // Null where a listener threw as it was told of the instrument.
    private static readonly Histogram<double>? RequestDuration = Create("vmbus.request.duration", static name => Meter.CreateHistogram(
        name, "s", "From the send of a packet that waits for completion until it is completed.", tags: null, Durations));

    private static readonly Histogram<double>? ProcessDuration = Create("vmbus.process.duration", static name => Meter.CreateHistogram(
        name, "s", "From the delivery of a packet until its completion.", tags: null, Durations));

    private static readonly Counter<long>? Violations = Create("vmbus.verifier.violations", static name => Meter.CreateCounter<long>(
        name, "{violation}", "What the verifier saw, repetitions of one cause included."));

    static VmbusMeter()
    {
        Observe(
            "vmbus.packets",
            static () => ByDirection(static sums => sums.Counts.PacketsReceived, static sums => sums.Counts.PacketsSent),
            "{packet}",
            "Packets delivered to callbacks, and packets put into the outgoing ring.");
        Observe(
            "vmbus.io",
            static () => ByDirection(static sums => sums.Counts.BytesReceived, static sums => sums.Counts.BytesSent),
            "By",
            "Payload bytes of packets delivered to callbacks and of packets put into the outgoing ring.");
        Observe("vmbus.signals", static () => Each(static sums => sums.Counts.SignalsSent), "{signal}", "Signals given to the other side.");
        Observe("vmbus.ring.full_waits", static () => Each(static sums => sums.Counts.RingFullWaits), "{packet}", "Packets that had to wait because the outgoing ring was full.");
        Observe("vmbus.packets.lost", static () => Each(static sums => sums.Counts.PacketsLost), "{packet}", "Packets whose handler returned without ending the duty to complete them.");
        Observe("vmbus.packets.failed", static () => Each(static sums => sums.Counts.PacketsFailed), "{packet}", "Packets that were failed as malformed.");
        Observe(
            "vmbus.completion.payloads.dropped", static () => Each(static sums => sums.Counts.PayloadsDropped), "{payload}", "Completion payloads dropped because the sender asked for no completion.");
        Observe("vmbus.handler.exceptions", static () => Each(static sums => sums.Counts.HandlerExceptions), "{exception}", "Exceptions that handlers threw.");
        ObserveLevel("vmbus.outgoing.queue.depth", static () => Each(static sums => sums.QueueDepth), "{packet}", "Packets that wait on the channel for room in the outgoing ring.");
        ObserveLevel("vmbus.packets.owed", static () => Each(static sums => sums.Owed), "{packet}", "Packets that were delivered and are not completed yet.");
    }

    /// <summary>Makes the instruments known to listeners, if they are not yet.</summary>
    public static void Publish()
    {
        // The static constructor does it.
    }

    /// <summary>Whether somebody wants to know how long requests take.</summary>
    public static bool MeasuresRequests => RequestDuration is { Enabled: true };

    /// <summary>Whether somebody wants to know how long packets take to be processed.</summary>
    public static bool MeasuresProcessing => ProcessDuration is { Enabled: true };

    public static void RecordRequest(TimeSpan duration, ChannelGroup? group) => Record(RequestDuration, duration, group);

    public static void RecordProcessing(TimeSpan duration, ChannelGroup? group) => Record(ProcessDuration, duration, group);

    public static void CountViolation(string violation, string? rule)
    {
        if (Violations is not { Enabled: true } counter)
        {
            return;
        }

        try
        {
            counter.Add(1, new(TagNames.Violation, violation), new(TagNames.Rule, rule));
        }
        catch (Exception exception)
        {
            Listeners.Threw(counter.Name, exception);
        }
    }

    private static void Record(Histogram<double>? histogram, TimeSpan duration, ChannelGroup? group)
    {
        try
        {
            if (group is null)
            {
                histogram?.Record(duration.TotalSeconds);
            }
            else
            {
                histogram?.Record(duration.TotalSeconds, in group.TagList);
            }
        }
        catch (Exception exception)
        {
            Listeners.Threw(histogram!.Name, exception);
        }
    }

    private static T? Create<T>(string name, Func<string, T> create)
        where T : Instrument
        => Listeners.Guard(name, () => create(name));

    private static void Observe(string name, Func<IEnumerable<Measurement<long>>> measure, string unit, string description)
        => Create(name, name => Meter.CreateObservableCounter(name, measure, unit, description));

    private static void ObserveLevel(string name, Func<IEnumerable<Measurement<long>>> measure, string unit, string description)
        => Create(name, name => Meter.CreateObservableUpDownCounter(name, measure, unit, description));

    private static IEnumerable<Measurement<long>> Each(Func<ChannelSums, long> select)
        => MeasuredChannels.Measure().Select(measured => new Measurement<long>(select(measured.Sums), measured.Group.Tags));

    private static IEnumerable<Measurement<long>> ByDirection(Func<ChannelSums, long> received, Func<ChannelSums, long> sent)
    {
        foreach ((ChannelGroup group, ChannelSums sums) in MeasuredChannels.Measure())
        {
            yield return new Measurement<long>(received(sums), group.ReceiveTags);
            yield return new Measurement<long>(sent(sums), group.TransmitTags);
        }
    }
}
