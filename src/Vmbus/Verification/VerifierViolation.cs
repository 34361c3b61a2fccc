namespace Vmbus;

/// <summary>What the verifier saw.</summary>
public enum VerifierViolation
{
    /// <summary>A thread began to wait at DISPATCH_LEVEL, seen as it happened (VMB201; VMB206 for a lock).</summary>
    Wait,

    /// <summary>A thread at DISPATCH_LEVEL was found asleep or in a call of the operating system that blocks (VMB201).</summary>
    Blocked,

    /// <summary>A callback at DISPATCH_LEVEL takes longer than its time budget, as the DPC watchdog would find (VMB201).</summary>
    OverBudget,

    /// <summary>A callback returned at another IRQL than it was called at, or with a raise left open (VMB204). The level was put back.</summary>
    IrqlNotRestored,

    /// <summary>A packet was completed, failed, deferred or pended although its duty had ended (VMB102).</summary>
    EndedTwice,

    /// <summary>A member of a packet was used after the packet was completed (VMB103).</summary>
    UsedAfterEnd,

    /// <summary>A handler returned without ending the duty to complete its packet: nobody can any more (VMB101).</summary>
    Lost,

    /// <summary>A handler threw with its packet uncompleted (VMB108).</summary>
    ThrewWhileOwed,

    /// <summary>A packet has been owed for longer than <see cref="VerifierOptions.OwedPacketLimit"/> (VMB106; VMB101 if it is lost).</summary>
    OwedTooLong,

    /// <summary>A completion payload was dropped because the sender had asked for no completion. No rule of the analyzers stands for it.</summary>
    PayloadDropped,
}
