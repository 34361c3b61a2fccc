namespace Vmbus.Processing;

/// <summary>Work at PASSIVE_LEVEL on the thread pool that never runs twice at a time: posted while it runs, it runs once more afterwards.</summary>
internal sealed class SerialPassiveWork(Action action) : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Posted = 1;
    private const int PostedAgain = 2;

    private int _state;

    /// <summary>Lets the work run soon. Any thread, any level.</summary>
    public void Post()
    {
        while (true)
        {
            int state = Volatile.Read(ref _state);
            if (state == PostedAgain)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _state, state + 1, state) == state)
            {
                if (state == Idle)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }

                return;
            }
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            Interlocked.Exchange(ref _state, Posted);
            action();
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Posted) != Posted);
    }
}
