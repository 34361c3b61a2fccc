namespace Vmbus;

/// <summary>What became of a <see cref="TestPacket"/>.</summary>
public enum TestPacketOutcome
{
    /// <summary>Nothing: the packet is still owed.</summary>
    None = 0,

    /// <summary>It was completed.</summary>
    Completed,

    /// <summary>It was failed.</summary>
    Failed,

    /// <summary>It was deferred to PASSIVE_LEVEL.</summary>
    Deferred,

    /// <summary>It was pended; the pending packet owes the completion.</summary>
    Pended,
}
