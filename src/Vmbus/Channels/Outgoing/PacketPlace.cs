namespace Vmbus;

/// <summary>How far a send has got.</summary>
internal enum PacketPlace : byte
{
    /// <summary>Its sender is about to send it, and may find that it cannot.</summary>
    None,

    /// <summary>It waits on the channel for room.</summary>
    Queue,

    /// <summary>It is in the ring: only from here on can the other side know of it.</summary>
    Ring,
}
