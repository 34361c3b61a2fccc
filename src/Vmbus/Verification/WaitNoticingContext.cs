namespace Vmbus.Verification;

/// <summary>
/// Sees waits of its thread as they begin. It stands before the context that the thread has otherwise and hands everything else on to it, so that an
/// <see langword="await"/> resumes where it would have resumed.
/// </summary>
internal sealed class WaitNoticingContext : SynchronizationContext
{
    private readonly VerifiedThread _thread;
    private readonly SynchronizationContext? _behind;
    private WaitNoticingContext? _latest;

    public WaitNoticingContext(VerifiedThread thread, SynchronizationContext? behind)
    {
        _thread = thread;
        _behind = behind;
        SetWaitNotificationRequired();
    }

    /// <summary>The watch before another context; the latest is kept, for a thread ordinarily has the same one.</summary>
    public WaitNoticingContext For(SynchronizationContext behind)
        => _latest is { } latest && ReferenceEquals(latest._behind, behind) ? latest : _latest = new WaitNoticingContext(_thread, behind);

    /// <summary>Without a context an await resumes on the thread pool; the base class queues to it.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_behind is { } behind)
        {
            behind.Post(d, state);
        }
        else
        {
            base.Post(d, state);
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (_behind is { } behind)
        {
            behind.Send(d, state);
        }
        else
        {
            base.Send(d, state);
        }
    }

    public override void OperationStarted() => _behind?.OperationStarted();

    public override void OperationCompleted() => _behind?.OperationCompleted();

    public override SynchronizationContext CreateCopy() => this;

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        // Not a look without waiting; not what the report itself waits for; and a context that was carried to another thread says nothing about that one.
        bool isSeen = millisecondsTimeout != 0 && !_thread.IsInSeenWait && ReferenceEquals(VerifiedThread.CurrentIfAny, _thread);
        if (isSeen)
        {
            _thread.IsInSeenWait = true;
            _thread.Waits();
        }

        try
        {
            return _behind is { } behind && behind.IsWaitNotificationRequired()
                ? behind.Wait(waitHandles, waitAll, millisecondsTimeout)
                : WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }
        finally
        {
            if (isSeen)
            {
                _thread.IsInSeenWait = false;
            }
        }
    }
}
