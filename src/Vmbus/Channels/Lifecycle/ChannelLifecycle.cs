using Vmbus.Diagnostics;
using Vmbus.Processing;
using Vmbus.Ring;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>
/// Brings an endpoint from where it is to where it was asked to be, one step at a time. Requests and events only note what is wanted or what happened; one
/// work item at PASSIVE_LEVEL looks at both and takes the next step, so that every interleaving of the two sides goes through the same few transitions.
/// </summary>
internal sealed class ChannelLifecycle : IBusEndpoint
{
    private readonly VmbusChannel _channel;
    private readonly VmbusChannelOptions _options;
    private readonly SerialPassiveWork _work;
    private readonly Lock _sync = new();
    private readonly List<Waiter> _waiters = [];

    // Wanted, and what the other side did; under the lock.
    private bool _enabled;
    private bool _started;
    private bool _paused;
    private bool _offered;
    private bool _rescinded;
    private bool _closedByPeer;
    private ChannelRings? _requestedRings;
    private NtStatus? _openAnswer;

    // Where the endpoint is; written by the work item alone, under the lock.
    private LifecycleStage _stage;
    private bool _wasOpen;
    private bool _stoppedByFault;
    private Exception? _fault;
    private BusPort? _port;
    private ChannelConnection? _connection;
    private TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _owedSince;
    private ITimer? _owedTimer;

    public ChannelLifecycle(VmbusChannel channel)
    {
        _channel = channel;
        _options = channel.Options;
        _work = new SerialPassiveWork(Run);

        // A client is active by Enable alone; a server must be started.
        _started = !_options.IsServer;
    }

    bool IBusEndpoint.IsServer => _options.IsServer;

    Guid IBusEndpoint.InterfaceType => _options.InterfaceType;

    Guid IBusEndpoint.InterfaceInstance => _options.InterfaceInstance;

    public ChannelConnection? Connection => Volatile.Read(ref _connection);

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
                return _closed.Task;
            }
        }
    }

    public bool IsDisabled
    {
        get
        {
            lock (_sync)
            {
                return !_enabled && _stage == LifecycleStage.Detached;
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
        lock (_sync)
        {
            if (_enabled || _stage != LifecycleStage.Detached)
            {
                throw new VmbusException(NtStatus.InvalidDeviceState, $"Channel {_channel} is enabled already (or still being disabled). Call Disable first.");
            }

            _enabled = true;
            _stage = LifecycleStage.Attaching;
            _stoppedByFault = false;
            _fault = null;
            _wasOpen = false;
            (_offered, _rescinded, _closedByPeer, _requestedRings, _openAnswer) = (false, false, false, null, null);
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
                _enabled &= port is not null;
                if (port is not null)
                {
                    _channel.BeginMeasuring();
                }

                _stage = port is null ? LifecycleStage.Detached : LifecycleStage.Attached;
            }

            _work.Post();
        }
    }

    public void Start()
    {
        lock (_sync)
        {
            _started = true;
            _paused = false;
        }

        _work.Post();
    }

    /// <returns>Ends when no packet is delivered or owed.</returns>
    public Task PauseAsync()
    {
        Task paused;
        lock (_sync)
        {
            _paused = true;
            paused = Wait(WaiterKind.Paused);
        }

        _work.Post();
        return paused;
    }

    /// <returns>Ends when the endpoint has left the bus.</returns>
    public Task DisableAsync()
    {
        Task disabled;
        lock (_sync)
        {
            _enabled = false;
            _stoppedByFault = false;
            disabled = Wait(WaiterKind.Disabled);
        }

        _work.Post();
        return disabled;
    }

    /// <summary>Something happened that the work item may wait for.</summary>
    public void Changed() => _work.Post();

    void IBusEndpoint.Offered() => Note(() => (_offered, _rescinded) = (true, false));

    void IBusEndpoint.Rescinded() => Note(() => (_offered, _rescinded, _openAnswer) = (false, true, NtStatus.DeviceRemoved));

    void IBusEndpoint.OpenRequested(ChannelRings rings) => Note(() => _requestedRings = rings);

    void IBusEndpoint.OpenAnswered(NtStatus status) => Note(() => _openAnswer = status);

    void IBusEndpoint.ClosedByPeer() => Note(() =>
    {
        if (_requestedRings is null)
        {
            _closedByPeer = true;
        }

        // A request that was not taken up yet is void; the close of an earlier opening may still stand.
        _requestedRings = null;
    });

    void IBusEndpoint.Signaled() => Connection?.Incoming.Schedule();

    private void Note(Action change)
    {
        lock (_sync)
        {
            change();
        }

        _work.Post();
    }

    private Task Wait(WaiterKind kind)
    {
        Waiter waiter = new(kind);
        _waiters.Add(waiter);
        return waiter.Done.Task;
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
        lock (_sync)
        {
            stage = _stage;
            enabled = _enabled;
            Exception? fault = _connection?.Fault;
            shouldClose = !enabled || _rescinded || _closedByPeer || (fault is not null && _connection!.ClosesAfterFault);
            shouldRun = _started && !_paused && fault is null;
        }

        return stage switch
        {
            LifecycleStage.Detached => RestDetached(),
            LifecycleStage.Attaching => false,
            LifecycleStage.Attached => enabled ? Open() : Detach(),
            LifecycleStage.Opening => enabled ? FinishOpening() : Close(),
            LifecycleStage.Open => shouldClose ? Close() : shouldRun ? StartQueue() : Rest(),
            LifecycleStage.Running => (shouldClose || !shouldRun) && StopQueue(),
            LifecycleStage.Stopping => Suspend(),
            LifecycleStage.Suspended => LeaveSuspended(shouldClose),
            _ => throw new InvalidOperationException($"No such stage: {stage}."),
        };
    }

    private bool RestDetached()
    {
        lock (_sync)
        {
            Release(WaiterKind.Disabled);
            Release(WaiterKind.Paused);
        }

        return false;
    }

    private bool Detach()
    {
        _port!.Detach();
        lock (_sync)
        {
            _port = null;
            _channel.EndMeasuring();
            _stage = LifecycleStage.Detached;
        }

        return true;
    }

    private bool Open() => _options.IsServer ? AcceptOpen() : RequestOpen();

    private bool AcceptOpen()
    {
        ChannelRings? rings;
        lock (_sync)
        {
            rings = _requestedRings;
            if (rings is null)
            {
                Release(WaiterKind.Paused);
                return false;
            }

            _requestedRings = null;
            _closedByPeer = false;
        }

        NtStatus status = Connect(rings) ? CallOpened() : NtStatus.DataError;
        if (!status.IsSuccess())
        {
            Disconnect();
            _port!.AnswerOpen(status);
            return true;
        }

        BecomeOpen();
        _port!.AnswerOpen(NtStatus.Success);
        return true;
    }

    private bool RequestOpen()
    {
        lock (_sync)
        {
            if (!_offered)
            {
                Release(WaiterKind.Paused);
                return false;
            }

            _openAnswer = null;
        }

        // A page that is no valid control page cannot come from here: the memory is new.
        RingMemory outgoing = RingMemory.Allocate(_options.OutgoingRingSize);
        RingMemory incoming = RingMemory.Allocate(_options.IncomingRingSize);
        ChannelRings rings = new(outgoing, incoming);
        _ = Connect(rings);
        lock (_sync)
        {
            _stage = LifecycleStage.Opening;
        }

        _port!.Open(rings);
        return true;
    }

    private bool FinishOpening()
    {
        NtStatus answer;
        lock (_sync)
        {
            if (_openAnswer is not { } status)
            {
                return false;
            }

            answer = status;
            _openAnswer = null;
        }

        if (answer.IsSuccess())
        {
            answer = CallOpened();
            if (answer.IsSuccess())
            {
                BecomeOpen();
                return true;
            }

            _port!.Close();
        }
        else
        {
            Call(CallbackKind.StateChange, callbacks => callbacks.PnpFailure(_channel, answer));
        }

        Disconnect();
        lock (_sync)
        {
            _stage = LifecycleStage.Attached;
            _fault ??= new VmbusException(answer, $"Channel {_channel} could not be opened.");
            _enabled = false;
        }

        return true;
    }

    private void BecomeOpen()
    {
        lock (_sync)
        {
            _stage = LifecycleStage.Open;
            _connection!.IsOpen = true;
        }

        if (VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.ChannelOpened(_channel.ToString());
        }
    }

    private bool StartQueue()
    {
        Call(CallbackKind.StateChange, callbacks => callbacks.Started(_channel));
        lock (_sync)
        {
            _wasOpen = true;
            _stage = LifecycleStage.Running;
        }

        if (VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.ChannelStarted(_channel.ToString());
        }

        if (_connection!.Fault is null)
        {
            _connection.Incoming.Start();
            Call(CallbackKind.PostStarted, callbacks => callbacks.PostStarted(_channel));
        }

        return true;
    }

    private bool Rest()
    {
        lock (_sync)
        {
            Release(WaiterKind.Paused);
        }

        return false;
    }

    private bool StopQueue()
    {
        _connection!.Incoming.Stop();
        lock (_sync)
        {
            _stage = LifecycleStage.Stopping;
        }

        return true;
    }

    private bool Suspend()
    {
        if (!_connection!.Incoming.IsStopped)
        {
            return false;
        }

        if (VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.ChannelSuspended(_channel.ToString(), _connection.Incoming.Owed);
        }

        Call(CallbackKind.StateChange, callbacks => callbacks.Suspend(_channel));
        lock (_sync)
        {
            _stage = LifecycleStage.Suspended;
            _owedSince = _options.TimeProvider.GetTimestamp();
        }

        return true;
    }

    private bool LeaveSuspended(bool shouldClose)
    {
        if (_connection!.Incoming.Owed > 0)
        {
            WatchOwed();
            return false;
        }

        _owedTimer?.Dispose();
        _owedTimer = null;
        if (shouldClose)
        {
            return Close();
        }

        lock (_sync)
        {
            _stage = LifecycleStage.Open;
        }

        return true;
    }

    /// <summary>Names what is waited for, once it has taken too long.</summary>
    private void WatchOwed()
    {
        TimeSpan waited = _options.TimeProvider.GetElapsedTime(_owedSince);
        if (waited < _options.OwedPacketReportTime)
        {
            // Always a new one: the last may have fired a little early, by the coarser clock of timers.
            _owedTimer?.Dispose();
            _owedTimer = _options.TimeProvider.CreateTimer(
                static work => ((SerialPassiveWork)work!).Post(), _work, _options.OwedPacketReportTime - waited + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            return;
        }

        _owedTimer?.Dispose();
        _owedTimer = null;
        _owedSince = _options.TimeProvider.GetTimestamp();
        List<OwedPacket> packets = [];
        _connection!.Incoming.CollectOwed(packets);
        if (packets.Count > 0)
        {
            _channel.ReportOwed(packets);
        }

        _owedTimer = _options.TimeProvider.CreateTimer(static work => ((SerialPassiveWork)work!).Post(), _work, _options.OwedPacketReportTime, Timeout.InfiniteTimeSpan);
    }

    private bool Close()
    {
        bool wasOpen;
        lock (_sync)
        {
            wasOpen = _stage != LifecycleStage.Opening;
        }

        if (wasOpen)
        {
            Call(CallbackKind.StateChange, callbacks => callbacks.Closed(_channel));
        }

        if (!_options.IsServer)
        {
            _port!.Close();
        }

        Exception? fault = _connection!.Fault;
        Disconnect();
        TaskCompletionSource closed;
        lock (_sync)
        {
            _stage = LifecycleStage.Attached;
            _closedByPeer = false;
            _wasOpen |= wasOpen;
            _fault ??= fault;
            if (fault is not null && _enabled)
            {
                _stoppedByFault = true;
                _enabled = false;
            }
            else if (!_options.IsServer)
            {
                // The client always falls back to Disabled.
                _enabled = false;
            }

            closed = _closed;
            _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (wasOpen && VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.ChannelClosed(_channel.ToString());
        }

        closed.SetResult();
        return true;
    }

    private bool Connect(ChannelRings rings)
    {
        try
        {
            ChannelConnection connection = new(_channel, _port!, _channel.Callbacks, rings, _options.IsServer);
            lock (_sync)
            {
                _connection = connection;
                _fault = null;
            }

            return true;
        }
        catch (RingCorruptException exception)
        {
            lock (_sync)
            {
                _fault = exception;
            }

            return false;
        }
    }

    private void Disconnect()
    {
        ChannelConnection? connection = _connection;
        lock (_sync)
        {
            _connection = null;
        }

        connection?.Dispose();
    }

    private NtStatus CallOpened()
    {
        NtStatus status = NtStatus.Success;
        Call(CallbackKind.StateChange, callbacks => status = callbacks.Opened(_channel));
        if (_connection!.Fault is { } fault)
        {
            lock (_sync)
            {
                _fault = fault;
            }

            return NtStatus.Unsuccessful;
        }

        return status;
    }

    /// <summary>Calls a state-change callback. One that throws stops the channel.</summary>
    private void Call(CallbackKind kind, Action<IChannelCallbacks> call)
    {
        using CallbackScope scope = CallbackScope.Enter(_channel, kind);
        VerifiedCallback verified = VerifiedCallback.Enter(_connection?.Verifier, "a state-change callback");
        try
        {
            call(_channel.Callbacks);
        }
        catch (Exception exception)
        {
            _channel.ReportHandlerException("a state-change callback", exception);
            _connection?.Stop(exception, close: true);
        }
        finally
        {
            verified.Dispose();
            KernelIrql.ResetToPassive();
        }
    }

    private void Release(WaiterKind kind)
    {
        for (int i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].Kind == kind)
            {
                _waiters[i].Done.SetResult();
                _waiters.RemoveAt(i);
            }
        }
    }

    private enum WaiterKind
    {
        Paused,
        Disabled,
    }

    private sealed record Waiter(WaiterKind Kind)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
