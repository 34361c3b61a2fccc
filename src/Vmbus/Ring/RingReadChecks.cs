namespace Vmbus.Ring;

/// <summary>What a <see cref="RingReader"/> rejects beyond what would make it lose its place in the ring.</summary>
/// <remarks>Indices, the payload offset and the length are always checked, whatever is chosen here.</remarks>
[Flags]
public enum RingReadChecks
{
    /// <summary>Hands on every packet whose lengths are right.</summary>
    None = 0,

    /// <summary>Rejects flags other than <see cref="PacketFlags.CompletionRequested"/>. Without it they are handed on.</summary>
    UnknownFlags = 0x1,

    /// <summary>Rejects types that <see cref="PacketType"/> does not define, and <see cref="PacketType.Invalid"/>.</summary>
    UnknownTypes = 0x2,

    /// <summary>Rejects a packet whose extended header is shorter than its type demands.</summary>
    ExtendedHeaders = 0x4,

    /// <summary>
    /// Rejects an interrupt mask that the reader did not write itself. Not for rings whose mask another party on the reader's own side
    /// changes, as the Linux driver uio_hv_generic does.
    /// </summary>
    InterruptMask = 0x8,

    /// <summary>All of them.</summary>
    Strict = UnknownFlags | UnknownTypes | ExtendedHeaders | InterruptMask,
}
