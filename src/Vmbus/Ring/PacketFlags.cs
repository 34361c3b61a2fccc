namespace Vmbus.Ring;

/// <summary>The flags of a packet: the last 16 bits of the first half of its descriptor.</summary>
[Flags]
public enum PacketFlags : ushort
{
    /// <summary>No flag: the packet is finished as soon as it is in the ring.</summary>
    None = 0,

    /// <summary>The receiver owes exactly one <see cref="PacketType.Completion"/> packet with the same transaction id.</summary>
    CompletionRequested = 0x1,
}
