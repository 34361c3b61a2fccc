namespace Vmbus.Processing;

/// <summary>A work item for the thread pool that runs at PASSIVE_LEVEL, whatever ran on the thread before. Queued again and again without allocation.</summary>
internal sealed class PassiveWork(Action action) : IThreadPoolWorkItem
{
    void IThreadPoolWorkItem.Execute()
    {
        KernelIrql.ResetToPassive();
        action();
    }
}
