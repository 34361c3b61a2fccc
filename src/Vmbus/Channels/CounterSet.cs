using Vmbus.Diagnostics;

namespace Vmbus;

/// <summary>The running counts of a channel. A field that only the holder of the delivery turn changes is added to plainly, the others atomically.</summary>
internal sealed class CounterSet(bool countHandlers) : IMeasuredCounts
{
    public long PacketsReceived;
    public long BytesReceived;
    public long PacketsDeliveredAgain;
    public long BytesDeliveredAgain;
    public long PacketsCompletedInline;
    public long PacketsDeferred;
    public long PacketsPended;
    public long PacketsLost;
    public long HandlerExceptions;

    public long PacketsCompletedLater;
    public long PacketsFailed;
    public long CompletionPayloadsDropped;
    public long LateCompletions;
    public long UnexpectedCompletions;
    public long PacketsSent;
    public long BytesSent;
    public long PacketsQueued;
    public long SignalsSent;

    /// <summary>Counts by handler, where the channel was asked for them.</summary>
    public HandlerCounts? ByHandler { get; } = countHandlers ? new HandlerCounts() : null;

    public ChannelCounters Snapshot() => new()
    {
        PacketsDelivered = Volatile.Read(ref PacketsReceived) + Volatile.Read(ref PacketsDeliveredAgain),
        BytesDelivered = Volatile.Read(ref BytesReceived) + Volatile.Read(ref BytesDeliveredAgain),
        PacketsCompleted = Volatile.Read(ref PacketsCompletedInline) + Volatile.Read(ref PacketsCompletedLater),
        PacketsFailed = Volatile.Read(ref PacketsFailed),
        PacketsDeferred = Volatile.Read(ref PacketsDeferred),
        PacketsPended = Volatile.Read(ref PacketsPended),
        PacketsLost = Volatile.Read(ref PacketsLost),
        CompletionPayloadsDropped = Volatile.Read(ref CompletionPayloadsDropped),
        HandlerExceptions = Volatile.Read(ref HandlerExceptions),
        PacketsSent = Volatile.Read(ref PacketsSent),
        BytesSent = Volatile.Read(ref BytesSent),
        PacketsQueued = Volatile.Read(ref PacketsQueued),
        LateCompletions = Volatile.Read(ref LateCompletions),
        UnexpectedCompletions = Volatile.Read(ref UnexpectedCompletions),
        SignalsSent = Volatile.Read(ref SignalsSent),
    };

    ChannelMeasurements IMeasuredCounts.Measure() => new()
    {
        PacketsReceived = Volatile.Read(ref PacketsReceived),
        PacketsSent = Volatile.Read(ref PacketsSent),
        BytesReceived = Volatile.Read(ref BytesReceived),
        BytesSent = Volatile.Read(ref BytesSent),
        SignalsSent = Volatile.Read(ref SignalsSent),
        RingFullWaits = Volatile.Read(ref PacketsQueued),
        PacketsLost = Volatile.Read(ref PacketsLost),
        PacketsFailed = Volatile.Read(ref PacketsFailed),
        PayloadsDropped = Volatile.Read(ref CompletionPayloadsDropped),
        HandlerExceptions = Volatile.Read(ref HandlerExceptions),
    };
}
