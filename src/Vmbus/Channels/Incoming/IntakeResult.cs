namespace Vmbus;

/// <summary>What became of a packet that was read from the ring.</summary>
internal enum IntakeResult
{
    /// <summary>It is to be delivered.</summary>
    Deliver,

    /// <summary>It was for the library itself.</summary>
    Consumed,

    /// <summary>It broke the protocol; the channel stops.</summary>
    Rejected,
}
