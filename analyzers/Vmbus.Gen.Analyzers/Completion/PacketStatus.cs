namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>What became of a packet: usually one of these, several where paths were merged. The first eight are told to callers.</summary>
[Flags]
internal enum PacketStatus : ushort
{
    None = 0,

    /// <summary>Delivered, and nobody has completed it.</summary>
    Owed = 1,

    /// <summary>Completed, failed, deferred, or given to somebody who does so.</summary>
    Retired = 2,

    /// <summary>The duty went into a PendingPacket.</summary>
    Pended = 4,

    /// <summary>Stored, returned or captured: owed elsewhere.</summary>
    HandedOn = 8,

    /// <summary>Its external data is being fetched: the callback comes again.</summary>
    Awaiting = 16,

    /// <summary>Looked at only: somebody else owes it.</summary>
    Borrowed = 32,

    /// <summary>Not followed any further.</summary>
    Unknown = 64,

    /// <summary>Handed on to a function that escapes and may complete it.</summary>
    Captured = 128,

    /// <summary>Handed on into a field or an element, and to nobody else: it is lost when something else is put there.</summary>
    Placed = 256,

    /// <summary>No packet, but a field that holds a view of one.</summary>
    Kept = 512,
}
