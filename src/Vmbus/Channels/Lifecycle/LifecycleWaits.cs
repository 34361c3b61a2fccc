namespace Vmbus;

/// <summary>Who waits for an endpoint, and the watch that names what is waited for when it takes too long. Everything happens under the lock of the lifecycle.</summary>
internal sealed class LifecycleWaits
{
    private readonly List<Waiter> _waiters = [];
    private readonly WaitWatch _watch;
    private readonly Func<bool> _isHeldUp;

    /// <param name="options">How long a wait may take.</param>
    /// <param name="sync">The lock of the lifecycle.</param>
    /// <param name="isHeldUp">Whether the endpoint itself cannot go on.</param>
    /// <param name="describe">What is waited for, and for how long.</param>
    public LifecycleWaits(VmbusChannelOptions options, Lock sync, Func<bool> isHeldUp, Func<TimeSpan, Action?> describe)
    {
        _isHeldUp = isHeldUp;
        _watch = new WaitWatch(options, sync, waited => IsWaiting ? describe(waited) : null);
    }

    private bool IsWaiting => _waiters.Count != 0 || _isHeldUp();

    /// <summary>Somebody waits from now on.</summary>
    public Task Add(WaiterKind kind)
    {
        Waiter waiter = new(kind);
        _waiters.Add(waiter);
        _watch.Begin();
        return waiter.Done.Task;
    }

    /// <summary>Whether somebody waits for that.</summary>
    public bool IsAwaited(WaiterKind kind)
    {
        foreach (Waiter waiter in _waiters)
        {
            if (waiter.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It has come: whoever waited for it goes on.</summary>
    public void Release(WaiterKind kind)
    {
        for (int i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].Kind == kind)
            {
                _waiters[i].Done.SetResult();
                _waiters.RemoveAt(i);
            }
        }

        EndWatch();
    }

    /// <summary>The endpoint itself waits from now on.</summary>
    public void BeginWatch() => _watch.Begin();

    /// <summary>The endpoint goes on; the watch ends unless somebody else waits.</summary>
    public void EndWatch()
    {
        if (!IsWaiting)
        {
            _watch.End();
        }
    }

    private sealed record Waiter(WaiterKind Kind)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
