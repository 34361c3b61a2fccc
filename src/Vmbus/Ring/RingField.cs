namespace Vmbus.Ring;

/// <summary>A value in shared memory that a peer can get wrong.</summary>
public enum RingField
{
    /// <summary>The write index of the control page.</summary>
    WriteIndex,

    /// <summary>The read index of the control page.</summary>
    ReadIndex,

    /// <summary>The interrupt mask of the control page.</summary>
    InterruptMask,

    /// <summary>The number of bytes between the indices, where a whole packet must lie.</summary>
    AvailableBytes,

    /// <summary>The type of a packet's descriptor.</summary>
    PacketType,

    /// <summary>The payload offset of a packet's descriptor, in units of 8 bytes.</summary>
    PacketOffset8,

    /// <summary>The length of a packet's descriptor, in units of 8 bytes.</summary>
    PacketLength8,

    /// <summary>The flags of a packet's descriptor.</summary>
    PacketFlags,

    /// <summary>The length in bytes of an extended header.</summary>
    ExtendedHeaderLength,

    /// <summary>The number of ranges that an extended header announces.</summary>
    RangeCount,

    /// <summary>The byte count of a range in an extended header.</summary>
    RangeByteCount,

    /// <summary>The byte offset of a range in an extended header.</summary>
    RangeByteOffset,

    /// <summary>The transfer page set that an extended header names.</summary>
    TransferPageSetId,
}
