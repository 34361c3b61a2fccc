using Vmbus.Diagnostics;
using Vmbus.Processing;
using Vmbus.Ring;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>
/// Brings an endpoint from where it is to where it was asked to be, one step at a time. Requests and events only note what is wanted or what happened; one
/// work item at PASSIVE_LEVEL looks at both and takes the next step, so that every interleaving of the two sides goes through the same few transitions.
/// </summary>
internal sealed partial class ChannelLifecycle : IBusEndpoint
{
    private readonly VmbusChannel _channel;
    private readonly VmbusChannelOptions _options;
    private readonly SerialPassiveWork _work;
    private readonly SerialPassiveWork _endSending;
    private readonly Lock _sync = new();
    private readonly List<Waiter> _waiters = [];
    private readonly WaitWatch _watch;

    // Wanted, and what the other side did; under the lock.
    private bool _enabled;
    private bool _started;
    private bool _paused;
    private bool _ended;
    private bool _offered;

    /// <summary>The other side has left the opening that this one is in. It stays noted until the next opening begins, whatever the other side does after.</summary>
    private bool _closedByPeer;
    private ChannelRings? _requestedRings;
    private NtStatus? _openAnswer;

    // Where the endpoint is; written by the work item alone, under the lock.
    private LifecycleStage _stage;
    private bool _wasOpen;
    private bool _closing;
    private bool _stoppedByFault;
    private Exception? _fault;
    private BusPort? _port;
    private ChannelConnection? _connection;
    private TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _closedNow;
    private RunningCallback? _callback;

    public ChannelLifecycle(VmbusChannel channel)
    {
        _channel = channel;
        _options = channel.Options;
        _work = new SerialPassiveWork(Run);
        _endSending = new SerialPassiveWork(EndSending);
        _watch = new WaitWatch(_options, _sync, DescribeWait);
    }

    bool IBusEndpoint.IsServer => _options.IsServer;

    Guid IBusEndpoint.InterfaceType => _options.InterfaceType;

    Guid IBusEndpoint.InterfaceInstance => _options.InterfaceInstance;

    public ChannelConnection? Connection => Volatile.Read(ref _connection);

    private bool IsInPostStarted => Volatile.Read(ref _callback) is { Name: nameof(IChannelCallbacks.PostStarted) };

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
            ObjectDisposedException.ThrowIf(_ended, _channel);
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

            _started = true;
            _paused = false;
        }

        ForgetSave();
        _work.Post();
    }

    /// <returns>Ends when no packet is delivered or owed; a Start that follows takes effect after that.</returns>
    public Task PauseAsync()
    {
        Task paused;
        lock (_sync)
        {
            _paused = true;
            paused = _stage == LifecycleStage.Detached ? Task.CompletedTask : Wait(WaiterKind.Paused);
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
            disabled = _stage == LifecycleStage.Detached ? Task.CompletedTask : Wait(WaiterKind.Disabled);
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
        if (IsInPostStarted || Connection?.Fault is not null)
        {
            _endSending.Post();
        }
    }

    void IBusEndpoint.Offered() => Note(() => _offered = true);

    void IBusEndpoint.Rescinded() => Note(() => (_offered, _closedByPeer) = (false, true));

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

        Changed();
    }

    private Task Wait(WaiterKind kind)
    {
        Waiter waiter = new(kind);
        _waiters.Add(waiter);
        _watch.Begin();
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
        bool shouldStop;
        lock (_sync)
        {
            stage = _stage;
            enabled = _enabled;
            Exception? fault = _connection?.Fault;
            shouldClose = !enabled || _closedByPeer || (fault is not null && _connection!.ClosesAfterFault);
            shouldRun = _started && !_paused && fault is null;

            // A Pause is carried out even if Start came right after it: whoever waits for it was promised that nothing is owed.
            shouldStop = shouldClose || !shouldRun || IsAwaited(WaiterKind.Paused);
            if (stage is LifecycleStage.Attached or LifecycleStage.Opening or LifecycleStage.Open)
            {
                // Nothing is delivered or owed here.
                Release(WaiterKind.Paused);
            }

            if (IsHeld)
            {
                return false;
            }
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
            _ => throw new InvalidOperationException($"No such stage: {stage}."),
        };
    }

    private bool Detach()
    {
        GiveUpRestored(unlessRequested: false);
        Guid saved;
        lock (_sync)
        {
            saved = _savedOpening;
            _savedOpening = Guid.Empty;
            _save = null;
        }

        if (saved == Guid.Empty)
        {
            _port!.Detach();
        }
        else
        {
            _port!.DetachSaved(saved);
        }

        lock (_sync)
        {
            _port = null;
            _channel.EndMeasuring();
            BecomeDetached();
        }

        return true;
    }

    /// <summary>Under the lock, with the change of the stage: an Enable that follows at once must not find somebody who still waits.</summary>
    private void BecomeDetached()
    {
        _stage = LifecycleStage.Detached;
        Release(WaiterKind.Disabled);
        Release(WaiterKind.Paused);
        _closedNow?.SetResult();
        _closedNow = null;
    }

    private bool Open() => _options.IsServer ? AcceptOpen() : RequestOpen();

    private bool AcceptOpen()
    {
        // The bus has told of an opening that stands before anything else.
        GiveUpRestored(unlessRequested: true);
        ChannelRings? rings;
        RestoredState? restored;
        lock (_sync)
        {
            rings = _requestedRings;
            if (rings is null)
            {
                return false;
            }

            _requestedRings = null;
            _closedByPeer = false;
            _savedOpening = Guid.Empty;
            restored = _restored;
            _restored = null;
        }

        NtStatus status = Connect(rings, restored);
        if (status.IsSuccess())
        {
            status = CallOpened();
        }

        if (!status.IsSuccess())
        {
            Disconnect();
            _port!.AnswerOpen(rings, status);
            return true;
        }

        BecomeOpen();
        _port!.AnswerOpen(rings, NtStatus.Success);
        if (restored is not null)
        {
            _connection!.Outgoing.Drain();
        }

        return true;
    }

    private bool RequestOpen()
    {
        lock (_sync)
        {
            if (!_offered)
            {
                return false;
            }

            _openAnswer = null;
            _closedByPeer = false;
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
        bool withdrawn;
        lock (_sync)
        {
            withdrawn = _closedByPeer;
            if (!withdrawn && _openAnswer is null)
            {
                return false;
            }

            answer = _openAnswer ?? NtStatus.DeviceRemoved;
            _openAnswer = null;
        }

        if (withdrawn)
        {
            // As if it had not been offered: the client waits for the next offer, which may have come already and been asked in vain.
            _port!.Close();
            Disconnect();
            lock (_sync)
            {
                _stage = LifecycleStage.Attached;
            }

            return true;
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
            Call(nameof(IChannelCallbacks.PnpFailure), callbacks => callbacks.PnpFailure(_channel, answer));
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
        Call(nameof(IChannelCallbacks.Started), callbacks => callbacks.Started(_channel));
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
            Call(nameof(IChannelCallbacks.PostStarted), callbacks => callbacks.PostStarted(_channel), CallbackKind.PostStarted);
        }

        return true;
    }

    private bool StopQueue()
    {
        _connection!.Incoming.Stop();
        lock (_sync)
        {
            _stage = LifecycleStage.Stopping;
            _watch.Begin();
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

        Call(nameof(IChannelCallbacks.Suspend), callbacks => callbacks.Suspend(_channel));
        lock (_sync)
        {
            _stage = LifecycleStage.Suspended;
        }

        return true;
    }

    private bool LeaveSuspended(bool shouldClose)
    {
        if (_connection!.Incoming.Owed > 0)
        {
            return false;
        }

        lock (_sync)
        {
            Release(WaiterKind.Paused);
        }

        if (shouldClose)
        {
            return Close();
        }

        lock (_sync)
        {
            _stage = LifecycleStage.Open;
            EndWatch();
        }

        return true;
    }

    /// <summary>What is waited for, under the lock; <see langword="null"/> when nothing is.</summary>
    private Action? DescribeWait(TimeSpan waited)
    {
        if (!IsWaiting)
        {
            return null;
        }

        List<OwedPacket> packets = [];
        string? callback = _callback is { } running
            ? $"{running.Name}, for {_options.TimeProvider.GetElapsedTime(running.Since).TotalSeconds:0.0} s"
            : null;
        switch (_stage)
        {
            case LifecycleStage.Stopping:
                callback ??= _connection?.Incoming.DescribeCurrent();
                break;
            case LifecycleStage.Suspended:
                _connection?.Incoming.CollectOwed(packets);
                break;
        }

        return packets.Count == 0 && callback is null ? null : () => _channel.ReportOwed(packets, callback, waited);
    }

    /// <summary>Whether somebody waits for this endpoint, or it cannot go on. Under the lock.</summary>
    private bool IsWaiting => _waiters.Count != 0 || _closing || _stage is LifecycleStage.Stopping or LifecycleStage.Suspended;

    /// <summary>Under the lock.</summary>
    private void EndWatch()
    {
        if (!IsWaiting)
        {
            _watch.End();
        }
    }

    private bool Close()
    {
        bool wasOpen;
        lock (_sync)
        {
            wasOpen = _stage != LifecycleStage.Opening;
            _closing = true;
            _watch.Begin();
        }

        if (!_options.IsServer)
        {
            // Before Closed, which deletes GPADLs and waits until the server, which unmaps them when it closes, has them mapped no more.
            _port!.Close();
        }

        if (wasOpen)
        {
            Call(nameof(IChannelCallbacks.Closed), callbacks => callbacks.Closed(_channel));
        }

        Exception? fault = _connection!.Fault;
        bool stopped = fault is not null && _connection.ClosesAfterFault;
        Disconnect();
        lock (_sync)
        {
            _stage = LifecycleStage.Attached;
            _closing = false;
            _closedByPeer = false;
            _save = null;
            _wasOpen |= wasOpen;
            _fault ??= fault;
            if (stopped && _enabled)
            {
                // It closed by itself: it stays Stopped until somebody acts. A failed packet only stops the queue, until the other side closes.
                _stoppedByFault = true;
                _enabled = false;
            }
            else if (!_options.IsServer)
            {
                // The client always falls back to Disabled.
                _enabled = false;
            }

            EndWatch();
            if (wasOpen)
            {
                _closedNow = _closed;
                _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_enabled)
                {
                    _closedNow.SetResult();
                    _closedNow = null;
                }

                // Else it ends when the endpoint has left the bus, so that whoever waited for it can call Enable.
            }
        }

        if (wasOpen && VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.ChannelClosed(_channel.ToString());
        }

        return true;
    }

    private NtStatus Connect(ChannelRings rings, RestoredState? restored = null)
    {
        bool isApplied = restored is null;
        try
        {
            ChannelConnection connection = new(_channel, _port!, _channel.Callbacks, rings, _options.IsServer);
            isApplied = isApplied || restored!.TryApply(connection);
            lock (_sync)
            {
                _connection = connection;
                _fault = null;
            }

            return isApplied ? NtStatus.Success : NtStatus.DataError;
        }
        catch (RingCorruptException exception)
        {
            lock (_sync)
            {
                _fault = exception;
            }

            return NtStatus.DataError;
        }
        catch (ObjectDisposedException)
        {
            // The client closed while its request was being taken up, and its memory went with it. Nobody waits for the answer.
            return NtStatus.DeviceRemoved;
        }
        finally
        {
            if (!isApplied)
            {
                restored!.GiveUp(_channel, NtStatus.DeviceRemoved);
            }
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

    /// <summary>
    /// Once the queue has stopped by itself, no completion can come any more: what waits for one ends here. So does what PostStarted waits for when the other
    /// side has left: the steps that would end it wait for PostStarted.
    /// </summary>
    private void EndSending()
    {
        KernelIrql.ResetToPassive();
        ChannelConnection? connection;
        bool isLeft;
        lock (_sync)
        {
            connection = _connection;
            isLeft = _closedByPeer && IsInPostStarted;
        }

        if (connection is null)
        {
            return;
        }

        if (isLeft)
        {
            connection.Outgoing.Close();
        }
        else if (connection.Fault is not null)
        {
            connection.Outgoing.EndOutstanding();
        }
    }

    private NtStatus CallOpened()
    {
        NtStatus status = NtStatus.Success;
        Call(nameof(IChannelCallbacks.Opened), callbacks => status = callbacks.Opened(_channel));
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
    private void Call(string name, Action<IChannelCallbacks> call, CallbackKind kind = CallbackKind.StateChange)
    {
        using CallbackScope scope = CallbackScope.Enter(_channel, kind);
        VerifiedCallback verified = VerifiedCallback.Enter(_connection?.Verifier, name);
        lock (_sync)
        {
            _callback = new RunningCallback(name, _options.TimeProvider.GetTimestamp());
        }

        if (kind == CallbackKind.PostStarted)
        {
            // The reason may have come before the callback was noted.
            _endSending.Post();
        }

        try
        {
            call(_channel.Callbacks);
        }
        catch (Exception exception)
        {
            _channel.ReportHandlerException(name, exception);
            _connection?.Stop(exception, close: true);
        }
        finally
        {
            verified.Dispose();
            KernelIrql.ResetToPassive();
            lock (_sync)
            {
                _callback = null;
            }
        }
    }

    private bool IsAwaited(WaiterKind kind)
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

        EndWatch();
    }

    private enum WaiterKind
    {
        Paused,
        Disabled,
    }

    /// <summary>A state-change callback that has not returned yet.</summary>
    private sealed record RunningCallback(string Name, long Since);

    private sealed record Waiter(WaiterKind Kind)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
