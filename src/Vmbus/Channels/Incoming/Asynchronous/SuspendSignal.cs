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

    /// <summary>Suspending begins. What handlers registered with their token runs on the thread pool; it is code of theirs, and may throw.</summary>
    /// <returns>Ends when all of it has run.</returns>
    public async Task RaiseAsync(VmbusChannel channel)
    {
        try
        {
            await Source().CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            foreach (Exception inner in exception.InnerExceptions)
            {
                channel.ReportHandlerException("a callback of a handler's CancellationToken", inner);
            }
        }
    }

    private CancellationTokenSource Source()
        => Volatile.Read(ref _source) ?? Interlocked.CompareExchange(ref _source, new CancellationTokenSource(), null) ?? _source!;
}
