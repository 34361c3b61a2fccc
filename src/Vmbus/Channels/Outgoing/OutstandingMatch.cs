namespace Vmbus;

/// <summary>What a transaction id in a completion stands for.</summary>
internal enum OutstandingMatch
{
    /// <summary>A packet that is under way.</summary>
    Found,

    /// <summary>A packet that was cancelled.</summary>
    Cancelled,

    /// <summary>A packet that was completed before.</summary>
    Stale,

    /// <summary>No packet that was ever sent.</summary>
    Unknown,
}
