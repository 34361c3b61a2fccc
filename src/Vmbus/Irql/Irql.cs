namespace Vmbus;

/// <summary>The simulated interrupt request levels, with the numbers of the Windows kernel.</summary>
public enum Irql : byte
{
    /// <summary>PASSIVE_LEVEL: ordinary code; it may wait.</summary>
    Passive = 0,

    /// <summary>APC_LEVEL: no asynchronous procedure calls; it may still wait.</summary>
    Apc = 1,

    /// <summary>DISPATCH_LEVEL: the scheduler is off on this processor; nothing may wait.</summary>
    Dispatch = 2,
}
