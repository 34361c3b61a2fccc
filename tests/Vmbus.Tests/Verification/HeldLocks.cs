using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Verification;

/// <summary>
/// Things to wait for that come with <see cref="Release"/> and not before, so that a wait for one of them can neither be over while it still spins nor last longer
/// than it must. Without a release they come after <see cref="Limit"/>.
/// </summary>
internal sealed class HeldLocks : IDisposable
{
    /// <summary>Shorter than what a test waits, which then says what it missed.</summary>
    public static readonly TimeSpan Limit = ChannelPair.Patience / 2;

    private readonly ManualResetEventSlim _release = new();
    private readonly ManualResetEventSlim _held = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldLocks()
    {
        Holder = new Thread(() =>
        {
            lock (Gate)
            {
                lock (NewGate)
                {
                    _held.Set();
                    _release.Wait(Limit);
                }
            }
        });
        Holder.Start();
        _held.Wait();
    }

    /// <summary>Held by <see cref="Holder"/>.</summary>
    public object Gate { get; } = new();

    /// <summary>Held by <see cref="Holder"/>.</summary>
    public Lock NewGate { get; } = new();

    /// <summary>Held by nobody, and pulsed.</summary>
    public object Free { get; } = new();

    public ManualResetEvent Event { get; } = new(false);

    public SemaphoreSlim Semaphore { get; } = new(0);

    public Task Released => _released.Task;

    /// <summary>The thread that holds the locks; it ends when they are released.</summary>
    public Thread Holder { get; }

    public void Release()
    {
        _release.Set();
        _released.TrySetResult();
        Event.Set();
        Semaphore.Release();
        lock (Free)
        {
            Monitor.PulseAll(Free);
        }
    }

    public void Dispose()
    {
        _release.Set();
        Holder.Join();
        Event.Dispose();
        Semaphore.Dispose();
        _release.Dispose();
        _held.Dispose();
    }
}
