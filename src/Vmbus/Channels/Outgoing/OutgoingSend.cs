using Vmbus.Ring;

namespace Vmbus;

/// <summary>A packet on its way into the outgoing queue.</summary>
internal readonly ref struct OutgoingSend
{
    public required PacketType Type { get; init; }

    public PacketFlags Flags { get; init; }

    public ulong TransactionId { get; init; }

    /// <summary>The extended header, for external data.</summary>
    public ReadOnlySpan<byte> Header { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Who is told when the packet is in the ring; or, of a packet that waits for its completion, to whom it belongs.</summary>
    public VmbusPacket? Packet { get; init; }

    /// <summary>Names this send of <see cref="Packet"/>.</summary>
    public long Serial { get; init; }

    /// <summary>Whether the packet waits on the channel when the ring is full.</summary>
    public bool MayQueue { get; init; }

    /// <summary>Whether the peer sees it at once; else at the next flush.</summary>
    public bool Publish { get; init; }
}
