namespace Vmbus.Tests.Verification;

/// <summary>Things to wait for: two locks that another thread holds until <see cref="ReleaseSoon"/>, and others that never come.</summary>
internal sealed class HeldLocks : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly ManualResetEventSlim _held = new();

    public HeldLocks()
    {
        Sleeper = new Thread(() =>
        {
            lock (Gate)
            {
                lock (NewGate)
                {
                    _held.Set();
                    _release.Wait();

                    // Long enough that the other thread stops spinning and waits.
                    Thread.Sleep(200);
                }
            }
        });
        Sleeper.Start();
        _held.Wait();
    }

    public object Gate { get; } = new();

    public Lock NewGate { get; } = new();

    public object Free { get; } = new();

    public ManualResetEvent Never { get; } = new(false);

    public SemaphoreSlim Semaphore { get; } = new(0);

    public Thread Sleeper { get; }

    public void ReleaseSoon() => _release.Set();

    public void Dispose()
    {
        _release.Set();
        Sleeper.Join();
        Never.Dispose();
        Semaphore.Dispose();
        _release.Dispose();
        _held.Dispose();
    }
}
