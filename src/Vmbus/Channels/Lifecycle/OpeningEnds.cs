namespace Vmbus;

/// <summary>Who waits for the end of a channel's opening: for its close, and for its stop. Under the lock of the lifecycle.</summary>
internal sealed class OpeningEnds
{
    private TaskCompletionSource _closed = New();
    private TaskCompletionSource? _untold;
    private TaskCompletionSource<Exception> _stopped = NewStop();

    /// <summary>Ends when the channel, as it is open now or will be next, has closed.</summary>
    public Task WhenClosed => _closed.Task;

    /// <summary>Ends when the channel, as it is open now or will be next, has stopped by itself.</summary>
    public Task<Exception> WhenStopped => _stopped.Task;

    /// <summary>An opening begins, which has not stopped.</summary>
    public void Begin()
    {
        if (_stopped.Task.IsCompleted)
        {
            _stopped = NewStop();
        }
    }

    /// <summary>The present opening has stopped by itself.</summary>
    public void Stop(Exception reason) => _stopped.TrySetResult(reason);

    /// <summary>The present opening has closed.</summary>
    /// <param name="tellNow">Whether those who wait are told now, or by <see cref="TellClosed"/>.</param>
    public void Close(bool tellNow)
    {
        _untold = _closed;
        _closed = New();
        if (tellNow)
        {
            TellClosed();
        }
    }

    /// <summary>Tells those who wait for an opening that has closed.</summary>
    public void TellClosed()
    {
        _untold?.SetResult();
        _untold = null;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<Exception> NewStop() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
