namespace Vmbus.Analyzers.Differential.Oracle.Levels;

/// <summary>Work on other threads, which is over before the program goes on: it asks its questions in one order.</summary>
public static class Pool
{
    /// <summary>Stands at the beginning of such work: its thread may have been left at another level.</summary>
    public static void Begin() => KernelIrql.Lower(Irql.Passive);

    /// <summary>Lets a task come to its end. Its exceptions are not the caller's.</summary>
    public static void Finish(Task task)
    {
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        Unknown.Work();
    }
}
