namespace Vmbus;

/// <summary>Why delivery pauses.</summary>
internal enum DeliveryPause
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The incoming ring is empty.</summary>
    Empty,

    /// <summary>As many packets are owed as the quota allows.</summary>
    Quota,

    /// <summary>The budget of this wake-up is used; the queue runs again at once.</summary>
    Budget,

    /// <summary>The current packet comes again at PASSIVE_LEVEL.</summary>
    Deferred,

    /// <summary>The current packet comes again when its external data is there.</summary>
    ExternalData,

    /// <summary>The channel is paused or closes.</summary>
    Stopped,

    /// <summary>A packet was failed, the ring is corrupt, or a handler threw.</summary>
    Failed,
}
