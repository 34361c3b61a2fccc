namespace Vmbus.Processing;

/// <summary>
/// The task scheduler that is current on dispatch threads, though what is given to it runs on the thread pool. So an <see langword="await"/> that begins in a
/// callback resumes on the pool, and what awaits something that a callback completes does not resume inside that callback. A synchronization context could
/// not promise the second: an await of the context that is current resumes in place.
/// </summary>
internal sealed class DispatchTaskScheduler : TaskScheduler
{
    private DispatchTaskScheduler()
    {
    }

    /// <summary>The one instance: it has no state.</summary>
    public static DispatchTaskScheduler Instance { get; } = new();

    /// <summary>Runs <paramref name="action"/> on the calling thread with this scheduler current.</summary>
    public static void Run(Action action)
    {
        Task task = new(static state => ((Loop)state!).Action(), new Loop(action), TaskCreationOptions.DenyChildAttach);
        task.RunSynchronously(Instance);
        task.GetAwaiter().GetResult();
    }

    protected override void QueueTask(Task task)
    {
        if ((task.CreationOptions & TaskCreationOptions.LongRunning) != 0)
        {
            new Thread(() => TryExecuteTask(task)) { IsBackground = true, Name = "VMBus long-running task" }.UnsafeStart();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.Scheduler.TryExecuteTask(work.Task), (Scheduler: this, Task: task), preferLocal: false);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => task.AsyncState is Loop && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    /// <summary>Tells what <see cref="Run"/> runs in place from the tasks of others.</summary>
    private sealed record Loop(Action Action);
}
