namespace Vmbus;

/// <summary>Lets calls in until it is ended, and then waits for those that are inside: run-down protection, as drivers have it.</summary>
internal sealed class Rundown
{
    private const int Ended = int.MinValue;

    private readonly ManualResetEventSlim _drained = new();

    /// <summary>How many are inside, and in the highest bit whether nobody else is let in.</summary>
    private int _state;

    /// <summary>Enters; each success is followed by <see cref="Exit"/>. DISPATCH_LEVEL or lower.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _state) > 0)
        {
            return true;
        }

        Exit();
        return false;
    }

    public void Exit()
    {
        if (Interlocked.Decrement(ref _state) == Ended)
        {
            _drained.Set();
        }
    }

    /// <summary>Lets nobody else in, and waits until everybody has left. PASSIVE_LEVEL.</summary>
    [IrqlRequiresMax(Irql.Passive)]
    public void End()
    {
        if (Interlocked.Or(ref _state, Ended) != 0)
        {
            _drained.Wait();
        }
    }
}
