namespace Vmbus;

/// <summary>Tells asynchronous handlers that the channel begins to suspend. Costs nothing until a handler asks for its token.</summary>
internal sealed class SuspendSignal
{
    private CancellationTokenSource? _source;

    /// <summary>The token of the handlers that begin now.</summary>
    public CancellationToken Token => Source().Token;

    /// <summary>Whether suspending has begun.</summary>
    public bool IsRaised => Volatile.Read(ref _source) is { IsCancellationRequested: true };

    /// <summary>The queue runs (again): no handler of the run before is left.</summary>
    public void Reset() => Volatile.Write(ref _source, null);

    /// <summary>Suspending begins. What handlers registered with their token runs on the thread pool.</summary>
    /// <returns>Ends, perhaps with their exceptions, when all of it has run.</returns>
    public Task RaiseAsync() => Source().CancelAsync();

    private CancellationTokenSource Source()
        => Volatile.Read(ref _source) ?? Interlocked.CompareExchange(ref _source, new CancellationTokenSource(), null) ?? _source!;
}
