namespace Vmbus.Verification;

/// <summary>What runs on a watched thread: one callback, or the packets of one batch after the other.</summary>
internal struct CallbackFrame
{
    /// <summary>Whose callbacks run; <see langword="null"/>: none, but perhaps a region at DISPATCH_LEVEL.</summary>
    public ChannelVerifier? Channel;

    /// <summary>The handler or callback that runs or ran last.</summary>
    public string? Handler;

    /// <summary>Its packet, if it has one.</summary>
    public ulong? TransactionId;

    /// <summary>Where the thread was when the callback was called.</summary>
    public IrqlState Level;

    /// <summary>Whether the thread must not wait.</summary>
    public bool IsAtDispatch;

    /// <summary>Whether a region at DISPATCH_LEVEL is open within it.</summary>
    public bool HasRegion;

    /// <summary>Whether a callback runs now, and not what is between callbacks.</summary>
    public bool IsRunning;

    /// <summary>Whether the wait watch was put in place, and for what.</summary>
    public bool HasWatch;

    /// <summary>The context to put back.</summary>
    public SynchronizationContext? Context;
}
