namespace Vmbus;

/// <summary>What an endpoint has counted since it was created. A snapshot: values of different counters need not belong to one instant.</summary>
public readonly record struct ChannelCounters
{
    /// <summary>Packets delivered to callbacks, each delivery counted.</summary>
    public long PacketsDelivered { get; init; }

    /// <summary>Payload bytes of packets delivered to callbacks, each delivery counted.</summary>
    public long BytesDelivered { get; init; }

    /// <summary>Delivered packets that were completed.</summary>
    public long PacketsCompleted { get; init; }

    /// <summary>Delivered packets that were failed.</summary>
    public long PacketsFailed { get; init; }

    /// <summary>Packets deferred to PASSIVE_LEVEL.</summary>
    public long PacketsDeferred { get; init; }

    /// <summary>Packets taken out of their callback by Pend.</summary>
    public long PacketsPended { get; init; }

    /// <summary>Packets whose callback returned without ending the duty: nobody can complete them any more.</summary>
    public long PacketsLost { get; init; }

    /// <summary>Completion payloads dropped because the sender had asked for no completion.</summary>
    public long CompletionPayloadsDropped { get; init; }

    /// <summary>Exceptions that handlers threw.</summary>
    public long HandlerExceptions { get; init; }

    /// <summary>Packets put into the outgoing ring, completions included.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Payload bytes of packets put into the outgoing ring, completions included, as the other side sees them: padded to a multiple of 8, except on a pipe.</summary>
    public long BytesSent { get; init; }

    /// <summary>Packets that had to wait on the channel because the outgoing ring was full.</summary>
    public long PacketsQueued { get; init; }

    /// <summary>Completions received for packets that had been cancelled.</summary>
    public long LateCompletions { get; init; }

    /// <summary>Completions received that belong to no packet: never sent, or completed before.</summary>
    public long UnexpectedCompletions { get; init; }

    /// <summary>Signals given to the other side.</summary>
    public long SignalsSent { get; init; }
}
