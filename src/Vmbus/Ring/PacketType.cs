namespace Vmbus.Ring;

/// <summary>The kind of a packet: the first 16 bits of its descriptor.</summary>
/// <remarks>
/// In practice four kinds cross a ring: <see cref="DataInBand"/>, <see cref="DataUsingTransferPages"/>,
/// <see cref="DataUsingGpaDirect"/> and <see cref="Completion"/>. The ring hands on every value; what a channel accepts is its own decision.
/// </remarks>
public enum PacketType : ushort
{
    /// <summary>Never sent.</summary>
    Invalid = 0,

    /// <summary>Synchronisation. Not used by any known peer.</summary>
    Synch = 1,

    /// <summary>Adds a transfer page set. The extended header is <see cref="TransferPageSetHeader"/>.</summary>
    AddTransferPageSet = 2,

    /// <summary>Removes a transfer page set. The extended header is <see cref="TransferPageSetHeader"/>.</summary>
    RemoveTransferPageSet = 3,

    /// <summary>Establishes a GPADL through the ring. The extended header is <see cref="GpadlEstablishHeader"/>.</summary>
    EstablishGpadl = 4,

    /// <summary>Tears a GPADL down through the ring. The extended header is <see cref="GpadlHeader"/>.</summary>
    TeardownGpadl = 5,

    /// <summary>Data that lies wholly in the ring. No extended header.</summary>
    DataInBand = 6,

    /// <summary>Data in ranges of a buffer that was shared before. The extended header is <see cref="TransferPageHeader"/>.</summary>
    DataUsingTransferPages = 7,

    /// <summary>Data in a GPADL. The extended header is <see cref="GpadlHeader"/>.</summary>
    DataUsingGpadl = 8,

    /// <summary>Data in pages named by the packet itself. The extended header is <see cref="GpaDirectHeader"/>.</summary>
    DataUsingGpaDirect = 9,

    /// <summary>Cancels a request. Not used by any known peer.</summary>
    CancelRequest = 10,

    /// <summary>The answer to a packet that requested a completion; it carries the request's transaction id. No extended header.</summary>
    Completion = 11,

    /// <summary>Data continued in additional packets. Not used by any known peer.</summary>
    DataUsingAdditionalPacket = 12,

    /// <summary>Continuation data. The extended header is <see cref="AdditionalDataHeader"/>.</summary>
    AdditionalData = 13,
}
