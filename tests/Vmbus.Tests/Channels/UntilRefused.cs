using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>A thread that does the same thing again and again, until it is refused with <see cref="ObjectDisposedException"/>.</summary>
internal sealed class UntilRefused : IDisposable
{
    private readonly BlockingCollection<Action> _begun = [];
    private readonly SemaphoreSlim _refused = new(0);
    private readonly Thread _thread;
    private int _count;

    public UntilRefused()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>What was wrong, by whoever saw it. Another exception is.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Begins; returns when it has been done for the first time, and is being done again.</summary>
    public void Begin(Action use)
    {
        int before = Volatile.Read(ref _count);
        _begun.Add(use);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _count) != before || !Wrong.IsEmpty, ChannelPair.Patience));
    }

    /// <summary>Waits until it has been refused.</summary>
    public void Await() => Assert.True(_refused.Wait(ChannelPair.Patience));

    public void Dispose()
    {
        _begun.CompleteAdding();
        Assert.True(_thread.Join(ChannelPair.Patience));
        _begun.Dispose();
        _refused.Dispose();
    }

    private void Run()
    {
        foreach (Action use in _begun.GetConsumingEnumerable())
        {
            try
            {
                while (true)
                {
                    use();
                    Interlocked.Increment(ref _count);
                }
            }
            catch (ObjectDisposedException)
            {
                // As it is to end.
            }
            catch (Exception exception)
            {
                Wrong.Enqueue($"{exception.GetType().Name}: {exception.Message}");
            }

            _refused.Release();
        }
    }
}
