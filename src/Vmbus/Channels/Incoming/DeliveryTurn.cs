using Vmbus.Processing;

namespace Vmbus;

/// <summary>
/// The turn of one opening of a channel: whoever holds it delivers, the channel's dispatch processor or one work item at PASSIVE_LEVEL, never two at a time.
/// A wake-up that finds it taken is made up for when it is given back.
/// </summary>
internal sealed class DeliveryTurn : IDispatchWork
{
    private readonly ChannelConnection _connection;
    private readonly VmbusChannel _channel;
    private readonly OutgoingQueue _outgoing;
    private readonly IDelivery _delivery;
    private readonly DispatchProcessor _processor;
    private readonly PassiveWork _passiveWakeUp;
    private readonly PassiveWork _passiveTurn;
    private int _scheduled;
    private int _taken;
    private int _missedWakeUp;
    private volatile bool _enabled;
    private volatile bool _stopRequested;

    public DeliveryTurn(ChannelConnection connection, OutgoingQueue outgoing, IDelivery delivery, DispatchProcessor processor)
    {
        _connection = connection;
        _channel = connection.Channel;
        _outgoing = outgoing;
        _delivery = delivery;
        _processor = processor;
        _passiveWakeUp = new PassiveWork(() => WakeUp(atPassive: true));
        _passiveTurn = new PassiveWork(() =>
        {
            AtPassive = true;
            _delivery.Deliver();
        });
    }

    /// <summary>Whether packets may be delivered.</summary>
    public bool IsEnabled => _enabled;

    /// <summary>Whether the lifecycle waits for the end of delivery.</summary>
    public bool IsStopRequested => _stopRequested;

    /// <summary>Whether <see cref="Stop"/> has taken effect: no callback runs or will run.</summary>
    public bool IsStopped => !_enabled && Volatile.Read(ref _taken) == 0;

    /// <summary>Whether the turn is held at PASSIVE_LEVEL. Belongs to the holder of the turn.</summary>
    public bool AtPassive { get; private set; }

    /// <summary>Lets packets be delivered.</summary>
    public void Start()
    {
        _stopRequested = false;
        _enabled = true;

        // A fault that came meanwhile has stopped the queue before it ran: it stays stopped.
        Interlocked.MemoryBarrier();
        if (_connection.Fault is not null)
        {
            Stop();
        }

        Schedule();
    }

    /// <summary>Ends delivery. It has taken effect when <see cref="IsStopped"/>; the lifecycle is told when a delivery that runs ends.</summary>
    public void Stop()
    {
        _stopRequested = true;
        _enabled = false;
        Interlocked.MemoryBarrier();
    }

    /// <summary>Lets the queue look at its ring soon. Any thread, any level.</summary>
    public void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) != 0)
        {
            return;
        }

        if (_channel.ProcessesAtPassive)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_passiveWakeUp, preferLocal: false);
        }
        else
        {
            _processor.Queue(this);
        }
    }

    void IDispatchWork.Run()
    {
        if (_channel.ProcessesAtPassive)
        {
            // It was switched over after this was queued.
            ThreadPool.UnsafeQueueUserWorkItem(_passiveWakeUp, preferLocal: false);
        }
        else
        {
            WakeUp(atPassive: false);
        }
    }

    /// <summary>The holder ends its turn.</summary>
    public void GiveBack()
    {
        Interlocked.Exchange(ref _taken, 0);
        if (_stopRequested)
        {
            _connection.LifecycleChanged();
        }

        RepeatMissedWakeUp();
    }

    /// <summary>The holder's turn goes on at PASSIVE_LEVEL, with the packet that is current.</summary>
    public void HandOnToPassive() => ThreadPool.UnsafeQueueUserWorkItem(_passiveTurn, preferLocal: false);

    private void WakeUp(bool atPassive)
    {
        Interlocked.Exchange(ref _scheduled, 0);

        // Sending goes on while delivery is paused.
        _outgoing.Drain();
        if (Interlocked.CompareExchange(ref _taken, 1, 0) == 0)
        {
            AtPassive = atPassive;
            _delivery.Deliver();
            return;
        }

        // Whoever has the turn sees the flag when giving it back; or has done so before, and the flag is seen here.
        Interlocked.Exchange(ref _missedWakeUp, 1);
        if (Volatile.Read(ref _taken) == 0)
        {
            RepeatMissedWakeUp();
        }
    }

    private void RepeatMissedWakeUp()
    {
        if (Volatile.Read(ref _missedWakeUp) != 0 && Interlocked.Exchange(ref _missedWakeUp, 0) != 0)
        {
            Schedule();
        }
    }
}
