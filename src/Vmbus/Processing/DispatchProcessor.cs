using System.Collections.Concurrent;

namespace Vmbus.Processing;

/// <summary>
/// A simulated processor: one thread that runs queued work at DISPATCH_LEVEL, one after the other. The thread starts with the first work and ends when it
/// has had none for a while, so that an abandoned bus leaves nothing behind.
/// </summary>
internal sealed class DispatchProcessor(string name)
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);

    /// <summary>How many looks at the empty queue before the thread sleeps: about the time of a round trip.</summary>
    private const int SpinsBeforeSleep = 50;

    private readonly ConcurrentQueue<IDispatchWork> _queue = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _sync = new();
    private Thread? _thread;
    private int _sleeping;

    /// <summary>Queues work for this processor. Any thread, any level.</summary>
    public void Queue(IDispatchWork work)
    {
        _queue.Enqueue(work);

        // Either this sees the thread asleep, or the thread, which looks again after it said so, sees the work.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _thread) is null)
        {
            Start();
        }
        else if (Volatile.Read(ref _sleeping) != 0 && Interlocked.Exchange(ref _sleeping, 0) != 0)
        {
            _wake.Set();
        }
    }

    private void Start()
    {
        lock (_sync)
        {
            if (_thread is null)
            {
                Thread thread = new(() => DispatchTaskScheduler.Run(Work)) { IsBackground = true, Name = name };
                Volatile.Write(ref _thread, thread);

                // What flows with the caller does not belong to the packets.
                thread.UnsafeStart();
            }
        }
    }

    private void Work()
    {
        while (true)
        {
            if (_queue.TryDequeue(out IDispatchWork? work))
            {
                do
                {
                    CallbackThread.Reset(Irql.Dispatch);
                    work.Run();
                }
                while (_queue.TryDequeue(out work));
                CallbackThread.Reset(Irql.Passive);
            }
            else if (!WaitForWork() && TryEnd())
            {
                return;
            }
        }
    }

    /// <returns>Whether there may be work.</returns>
    private bool WaitForWork()
    {
        SpinWait spin = default;
        for (int i = 0; i < SpinsBeforeSleep; i++)
        {
            if (!_queue.IsEmpty)
            {
                return true;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        Interlocked.Exchange(ref _sleeping, 1);
        if (!_queue.IsEmpty)
        {
            Volatile.Write(ref _sleeping, 0);
            return true;
        }

        bool woken = _wake.WaitOne(IdleTime);
        Volatile.Write(ref _sleeping, 0);
        return woken;
    }

    /// <summary>Lets the thread end unless work came meanwhile.</summary>
    private bool TryEnd()
    {
        lock (_sync)
        {
            Volatile.Write(ref _thread, null);

            // A queuer that saw the thread alive put its work in before; one that comes later starts a new thread.
            Interlocked.MemoryBarrier();
            if (_queue.IsEmpty)
            {
                return true;
            }

            Volatile.Write(ref _thread, Thread.CurrentThread);
            return false;
        }
    }
}
