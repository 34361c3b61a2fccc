namespace Vmbus.Processing;

/// <summary>A thread that runs callbacks of one channel after those of another, or of the same: what one leaves behind on it must not harm the next.</summary>
internal static class CallbackThread
{
    /// <summary>Puts level and context of the thread back to where callbacks begin.</summary>
    public static void Reset(Irql level)
    {
        KernelIrql.Assume(level);
        if (SynchronizationContext.Current is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }
}
