using Vmbus.Processing;

namespace Vmbus.Verification;

/// <summary>
/// One thread as the verifier sees it: what runs on it, written by the thread itself, and a number that changes whenever that changes, so that the watchdog,
/// which looks from outside, knows whether it still sees the same callback.
/// </summary>
internal sealed class VerifiedThread
{
    [ThreadStatic]
    private static VerifiedThread? OfThisThread;

    private WaitNoticingContext _watch;
    private CallbackFrame _frame;
    private long _sequence;

    /// <summary>What the thread had allocated when its watch was new.</summary>
    private long _allocated;
    private bool _isKnown;

    private VerifiedThread()
    {
        Thread = Thread.CurrentThread;
        _watch = new WaitNoticingContext(this, null);
    }

    /// <summary>The calling thread.</summary>
    public static VerifiedThread Current => OfThisThread ??= new VerifiedThread();

    /// <summary>The calling thread, if it was ever watched.</summary>
    public static VerifiedThread? CurrentIfAny => OfThisThread;

    public Thread Thread { get; }

    /// <summary>Its number in the operating system, or 0 where that is not known.</summary>
    public int OperatingSystemId { get; private set; }

    /// <summary>Whether the thread waits in a way that was seen already.</summary>
    public bool IsInSeenWait { get; set; }

    /// <summary>Changes with every callback; odd while one runs at DISPATCH_LEVEL.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>What runs, or ran last. From another thread it is right only if <see cref="Sequence"/> is the same before and after.</summary>
    public ref readonly CallbackFrame Frame => ref _frame;

    /// <summary>Begins callbacks of a channel; <see cref="Begin"/> begins each. Until <see cref="Exit"/>.</summary>
    /// <returns>What <see cref="Exit"/> puts back.</returns>
    public CallbackFrame Enter(ChannelVerifier channel)
    {
        CallbackFrame outer = _frame;
        Halt();
        bool isAtDispatch = KernelIrql.Current >= Irql.Dispatch;
        _frame = new CallbackFrame { Channel = channel, Level = KernelIrql.State, IsAtDispatch = isAtDispatch };
        if (isAtDispatch)
        {
            PutWatch();
        }

        return outer;
    }

    /// <summary>Ends the callbacks of a channel.</summary>
    public void Exit(in CallbackFrame outer)
    {
        End();
        TakeWatch();
        _frame = outer;
        if (outer.HasRegion || (outer.IsRunning && outer.IsAtDispatch))
        {
            Volatile.Write(ref _sequence, _sequence + 1);
        }
    }

    /// <summary>Whether the thread delivers packets of this channel and none of their callbacks runs.</summary>
    public bool IsBetweenPackets(ChannelVerifier channel) => ReferenceEquals(_frame.Channel, channel) && !_frame.IsRunning;

    /// <summary>A callback begins.</summary>
    public void Begin(string handler, ulong? transactionId)
    {
        _frame.Handler = handler;
        _frame.TransactionId = transactionId;
        _frame.IsRunning = true;
        if (_frame.IsAtDispatch)
        {
            Volatile.Write(ref _sequence, _sequence + 1);
        }
    }

    /// <summary>The callback, if one runs, has returned: is the thread where it was?</summary>
    public void End()
    {
        if (!_frame.IsRunning)
        {
            return;
        }

        Halt();
        _frame.IsRunning = false;
        if (_frame.HasWatch && (GC.GetAllocatedBytesForCurrentThread() != _allocated || SynchronizationContext.Current is not WaitNoticingContext))
        {
            RenewWatch();
        }

        if (!KernelIrql.IsIn(in _frame.Level))
        {
            _frame.Channel!.IrqlNotRestored(_frame.Handler, _frame.TransactionId, _frame.Level, KernelIrql.State);
            KernelIrql.Restore(in _frame.Level);
        }
    }

    /// <summary>The thread was raised to DISPATCH_LEVEL by what runs on it.</summary>
    public void EnterRegion()
    {
        if (!_frame.IsAtDispatch && !_frame.HasRegion)
        {
            _frame.HasRegion = true;
            PutWatch();
            Volatile.Write(ref _sequence, _sequence + 1);
        }
    }

    /// <summary>The thread came down again.</summary>
    public void LeaveRegion()
    {
        if (_frame.HasRegion)
        {
            Halt();
            _frame.HasRegion = false;
            TakeWatch();
        }
    }

    /// <summary>Waits are not allowed where the thread is, and one begins.</summary>
    public void Waits()
    {
        if (KernelIrql.Current >= Irql.Dispatch && BlockingCall.Find() is { } call)
        {
            (_frame.Channel ?? ChannelVerifier.Regions).Waits(_frame.Handler, _frame.TransactionId, in call);
        }
    }

    /// <summary>Nothing that is watched runs.</summary>
    private void Halt()
    {
        if ((_sequence & 1) != 0)
        {
            Volatile.Write(ref _sequence, _sequence + 1);
        }
    }

    private void PutWatch()
    {
        if (!_isKnown)
        {
            _isKnown = true;
            OperatingSystemId = OperatingSystemThread.CurrentId;
            Watchdog.Watch(this);
        }

        Watchdog.Wake();
        SynchronizationContext? context = SynchronizationContext.Current;
        if (context is WaitNoticingContext || (context is null && TaskScheduler.Current is var scheduler && scheduler != TaskScheduler.Default && scheduler is not DispatchTaskScheduler))
        {
            // Watched already; or a task of a scheduler of its own, to which awaits must find back: its waits are left to the watchdog.
            return;
        }

        _frame.HasWatch = true;
        _frame.Context = context;
        SynchronizationContext.SetSynchronizationContext(context is null ? _watch : _watch.For(context));
    }

    /// <summary>
    /// An await begun in the callback that ended must not resume inside a later one, as it would if that one had the same context and completed what is
    /// awaited. To keep a context for that, an await allocates: where nothing was allocated the context is not kept.
    /// </summary>
    private void RenewWatch()
    {
        SynchronizationContext? behind = _frame.Context;
        _watch = new WaitNoticingContext(this, null);
        SynchronizationContext.SetSynchronizationContext(behind is null ? _watch : _watch.For(behind));
        _allocated = GC.GetAllocatedBytesForCurrentThread();
    }

    private void TakeWatch()
    {
        if (_frame.HasWatch)
        {
            _frame.HasWatch = false;
            SynchronizationContext.SetSynchronizationContext(_frame.Context);
            _frame.Context = null;
        }
    }
}
