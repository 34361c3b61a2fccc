using System.Diagnostics;
using Vmbus.Processing;

namespace Vmbus;

/// <summary>
/// Brings an endpoint from where it is to where it was asked to be, one step at a time. Requests and events only note what is wanted or what happened; one
/// work item at PASSIVE_LEVEL looks at both and takes the next step, so that every interleaving of the two sides goes through the same few transitions.
/// </summary>
internal sealed partial class ChannelLifecycle : IBusEndpoint
{
    private readonly VmbusChannel _channel;
    private readonly VmbusChannelOptions _options;
    private readonly VmbusOffer? _ownOffer;
    private readonly SerialPassiveWork _work;
    private readonly SerialPassiveWork _endSending;
    private readonly Lock _sync = new();
    private readonly LifecycleWaits _waits;
    private readonly StateCallbacks _callbacks;

    // Wanted, and what the other side did; under the lock.
    private bool _enabled;
    private bool _started;
    private bool _paused;
    private bool _ended;
    private bool _offered;
    private Guid _offeredInstance;

    /// <summary>The other side has left the opening that this one is in. It stays noted until the next opening begins, whatever the other side does after.</summary>
    private bool _closedByPeer;
    private ChannelRings? _requestedRings;

    /// <summary>Whether a request of the client is being taken up: it may leave before this endpoint is in an opening.</summary>
    private bool _isAccepting;
    private NtStatus? _openAnswer;

    // Where the endpoint is; written by the work item alone, under the lock.
    private LifecycleStage _stage;
    private bool _wasOpen;
    private bool _closing;
    private bool _stoppedByFault;
    private Exception? _fault;
    private BusPort? _port;
    private ChannelConnection? _connection;
    private readonly OpeningEnds _ends = new();

    public ChannelLifecycle(VmbusChannel channel)
    {
        _channel = channel;
        _options = channel.Options;
        _ownOffer = _options.CreateOffer();
        _work = new SerialPassiveWork(Run);
        _endSending = new SerialPassiveWork(EndSending);
        _callbacks = new StateCallbacks(channel);
        _waits = new LifecycleWaits(_options, _sync, () => _closing || _endsSubChannels || _stage is LifecycleStage.Stopping or LifecycleStage.Suspended, DescribeWait);
    }

    /// <summary>Of a server what it offers; of a client what it is offered, if it is on the bus and there is an offer.</summary>
    public VmbusOffer? Offer
    {
        get
        {
            lock (_sync)
            {
                return _ownOffer ?? _port?.Offer;
            }
        }
    }

    public ChannelConnection? Connection => Volatile.Read(ref _connection);

    /// <summary>The present opening, from its Opened callback on.</summary>
    public ChannelConnection? AgreedConnection => Connection is { IsAgreed: true } connection ? connection : null;

    /// <summary>The instance of the server that this client was offered last; empty: none.</summary>
    public Guid OfferedInstance
    {
        get
        {
            lock (_sync)
            {
                return _offeredInstance;
            }
        }
    }

    public Exception? Fault
    {
        get
        {
            lock (_sync)
            {
                return _fault ?? _connection?.Fault;
            }
        }
    }

    /// <summary>Ends when the channel, as it is open now or will be next, has closed.</summary>
    public Task WhenClosed
    {
        get
        {
            lock (_sync)
            {
                return _ends.WhenClosed;
            }
        }
    }

    /// <summary>Ends when the channel, as it is open now or will be next, has stopped by itself.</summary>
    public Task<Exception> WhenStopped
    {
        get
        {
            lock (_sync)
            {
                return _ends.WhenStopped;
            }
        }
    }

    public ChannelState State
    {
        get
        {
            lock (_sync)
            {
                if (_connection?.Fault is not null || (_stoppedByFault && !_enabled))
                {
                    return ChannelState.Stopped;
                }

                return _stage switch
                {
                    LifecycleStage.Detached => ChannelState.Disabled,
                    LifecycleStage.Running => ChannelState.Active,
                    LifecycleStage.Open or LifecycleStage.Stopping or LifecycleStage.Suspended => _paused ? ChannelState.Paused : ChannelState.Opened,
                    _ when _wasOpen => ChannelState.Closed,
                    _ => _options.IsServer && _started ? ChannelState.Started : ChannelState.Enabled,
                };
            }
        }
    }

    public void Enable()
    {
        RequirePrimaryOpen();
        lock (_sync)
        {
            if (_ended)
            {
                throw VmbusChannel.Disposed(_channel.ToString());
            }

            if (_enabled || _stage != LifecycleStage.Detached)
            {
                throw new VmbusException(NtStatus.InvalidDeviceState, $"Channel {_channel} is enabled already (or still being disabled). Call Disable first.");
            }

            RequireWholeRestore();
            _enabled = true;

            // A client is active by Enable alone; a server must be started. A Pause holds until Start, also over a Disable.
            _started = !_options.IsServer;
            _stage = LifecycleStage.Attaching;
            _stoppedByFault = false;
            _fault = null;
            _wasOpen = false;
            (_offered, _closedByPeer, _requestedRings, _openAnswer) = (false, false, null, null);
        }

        BusPort? port = null;
        try
        {
            port = _channel.Bus.Attach(this);
        }
        finally
        {
            lock (_sync)
            {
                _port = port;
                if (port is not null)
                {
                    _stage = LifecycleStage.Attached;
                    _channel.BeginMeasuring();
                }
                else
                {
                    _enabled = false;
                    BecomeDetached();
                }
            }

            _work.Post();
            LeaveWithPrimary();
        }
    }

    /// <summary>Does what is allowed only while Disabled, so that no Enable comes in between.</summary>
    /// <returns>Whether the endpoint was disabled.</returns>
    public bool TryConfigure(Action configure)
    {
        lock (_sync)
        {
            if (_enabled || _stage != LifecycleStage.Detached)
            {
                return false;
            }

            configure();
            return true;
        }
    }

    public void Start()
    {
        while (TryStart() is { } held)
        {
            held.Thaw();
        }

        _work.Post();
    }

    /// <returns>What a save has held up: it must be let go before the queue may run, which might complete a packet at once and find no way out.</returns>
    private OutgoingQueue? TryStart()
    {
        lock (_sync)
        {
            if (!_enabled)
            {
                throw new VmbusException(NtStatus.InvalidDeviceState, $"Start was called on channel {_channel}, which is not enabled. Call Enable first.");
            }

            if (_save is not null)
            {
                throw new VmbusException(NtStatus.InvalidDeviceState, $"Start was called on channel {_channel}, which is being saved. Call SaveEnd first.");
            }

            // What was saved is not true any more.
            _savedOpening = Guid.Empty;
            if (_connection?.Outgoing is { IsFrozen: true } held)
            {
                return held;
            }

            _started = true;
            _paused = false;
            return null;
        }
    }

    /// <returns>Ends when no packet is delivered or owed; a Start that follows takes effect after that.</returns>
    public Task PauseAsync()
    {
        Task paused;
        lock (_sync)
        {
            _paused = true;
            paused = _stage == LifecycleStage.Detached ? Task.CompletedTask : _waits.Add(WaiterKind.Paused);
        }

        _work.Post();
        return paused;
    }

    /// <param name="forGood">Whether the endpoint is never enabled again.</param>
    /// <returns>Ends when the endpoint has left the bus.</returns>
    public Task DisableAsync(bool forGood = false)
    {
        Task disabled;
        lock (_sync)
        {
            _enabled = false;
            _stoppedByFault = false;
            _ended |= forGood;
            disabled = _stage == LifecycleStage.Detached ? Task.CompletedTask : _waits.Add(WaiterKind.Disabled);
        }

        if (forGood)
        {
            GiveUpRestored(unlessRequested: false);
        }

        _work.Post();
        return disabled;
    }

    /// <summary>Something happened that the work item may wait for.</summary>
    public void Changed()
    {
        _work.Post();
        if (_callbacks.IsInPostStarted || Connection?.Fault is not null)
        {
            _endSending.Post();
        }
    }

    /// <summary>The present opening has stopped by itself. Any thread, DISPATCH_LEVEL or lower.</summary>
    public void AnnounceStop(Exception reason)
    {
        lock (_sync)
        {
            _ends.Stop(reason);
        }
    }

    private void Run()
    {
        KernelIrql.ResetToPassive();
        while (Step())
        {
        }
    }

    /// <summary>Takes the next step, if one can be taken now.</summary>
    private bool Step()
    {
        LifecycleStage stage;
        bool enabled;
        bool shouldClose;
        bool shouldRun;
        bool shouldStop;
        bool endsSubChannels;
        ChannelConnection? left;
        lock (_sync)
        {
            stage = _stage;
            enabled = _enabled;
            left = _closedByPeer ? _connection : null;
            Exception? fault = _connection?.Fault;
            shouldClose = !enabled || _closedByPeer || (fault is not null && _connection!.ClosesAfterFault);
            shouldRun = _started && !_paused && fault is null;

            endsSubChannels = shouldClose && stage is LifecycleStage.Open or LifecycleStage.Running or LifecycleStage.Stopping or LifecycleStage.Suspended;
            if (endsSubChannels && !_endsSubChannels)
            {
                _endsSubChannels = true;
                _waits.BeginWatch();
            }

            // A Pause is carried out even if Start came right after it: whoever waits for it was promised that nothing is owed.
            shouldStop = shouldClose || !shouldRun || _waits.IsAwaited(WaiterKind.Paused);
            if (stage is LifecycleStage.Attached or LifecycleStage.Opening or LifecycleStage.Open)
            {
                // Nothing is delivered or owed here.
                _waits.Release(WaiterKind.Paused);
            }

            if (IsHeld)
            {
                return false;
            }
        }

        if (stage != LifecycleStage.Opening)
        {
            // Before the steps that wait for what is owed: its handler may wait for what was sent.
            left?.Outgoing.Close();
        }

        if (endsSubChannels && !EndSubChannels())
        {
            return false;
        }

        return stage switch
        {
            LifecycleStage.Detached or LifecycleStage.Attaching => false,
            LifecycleStage.Attached => enabled ? Open() : Detach(),
            LifecycleStage.Opening => enabled ? FinishOpening() : Close(),
            LifecycleStage.Open => shouldClose ? Close() : shouldRun && StartQueue(),
            LifecycleStage.Running => shouldStop && StopQueue(),
            LifecycleStage.Stopping => Suspend(),
            LifecycleStage.Suspended => LeaveSuspended(shouldClose),
            _ => throw new UnreachableException($"No such stage: {stage}."),
        };
    }

    /// <summary>What is waited for, under the lock; <see langword="null"/> when that cannot be said.</summary>
    private Action? DescribeWait(TimeSpan waited)
    {
        List<OwedPacket> packets = [];
        string? callback = _callbacks.DescribeRunning();
        switch (_stage)
        {
            case LifecycleStage.Open or LifecycleStage.Running when _endsSubChannels:
                callback ??= DescribeSubChannels();
                break;
            case LifecycleStage.Stopping:
                callback ??= _connection?.Incoming.DescribeCurrent();
                break;
            case LifecycleStage.Suspended:
                _connection?.Incoming.Owed.CollectTo(packets);
                break;
        }

        return packets.Count == 0 && callback is null ? null : () => _channel.ReportOwed(packets, callback, waited);
    }
}
