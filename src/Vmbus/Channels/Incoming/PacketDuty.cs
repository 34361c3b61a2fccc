namespace Vmbus;

/// <summary>Where the duty to complete a packet stands.</summary>
internal enum PacketDuty : byte
{
    /// <summary>The place holds no packet.</summary>
    None,

    /// <summary>The callback runs and owes the completion.</summary>
    Inline,

    /// <summary>A <see cref="PendingPacket"/> owes the completion.</summary>
    Pended,

    /// <summary>The packet comes again at PASSIVE_LEVEL.</summary>
    Deferred,

    /// <summary>Completed.</summary>
    Completed,

    /// <summary>Failed; the queue stops.</summary>
    Failed,

    /// <summary>The callback returned and nobody can complete the packet any more.</summary>
    Lost,
}
