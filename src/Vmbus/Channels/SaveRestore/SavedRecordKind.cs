namespace Vmbus;

/// <summary>What a record of a saved channel holds. The numbers are part of the format.</summary>
internal enum SavedRecordKind : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>What the channel is; the first record, and the only one of its kind.</summary>
    Channel = 1,

    /// <summary>A run of places of the table of transaction ids.</summary>
    Places = 2,

    /// <summary>A packet under way that belongs to the user: the library's part, and what the SavePacket callback wrote.</summary>
    UserPacket = 3,

    /// <summary>A packet that waits for room in the ring and belongs to nobody.</summary>
    QueuedPacket = 4,
}
