namespace Vmbus;

/// <summary>What follows when the peer completes a packet that was never sent, or one that was completed before. Either way it is counted, and no packet is touched.</summary>
public enum UnexpectedCompletionPolicy
{
    /// <summary>Nothing.</summary>
    Ignore = 0,

    /// <summary>The channel stops and is closed.</summary>
    StopChannel = 1,
}
