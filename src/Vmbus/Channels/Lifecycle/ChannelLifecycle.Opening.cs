using Vmbus.Diagnostics;
using Vmbus.Ring;

namespace Vmbus;

/// <content>The steps by which both sides come to an opening.</content>
internal sealed partial class ChannelLifecycle
{
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
            _isAccepting = true;
            _savedOpening = Guid.Empty;
            restored = _restored;
            _restored = null;
        }

        NtStatus status = TakeUp(rings, restored);
        _port!.AnswerOpen(rings, status);
        if (!status.IsSuccess())
        {
            return true;
        }

        if (restored is not null)
        {
            _connection!.Outgoing.Drain();
        }

        return true;
    }

    /// <summary>Becomes open with the rings of the client, or as if there had been no request.</summary>
    private NtStatus TakeUp(ChannelRings rings, RestoredState? restored)
    {
        bool isOpen = false;
        try
        {
            NtStatus status = Connect(rings, restored);
            if (status.IsSuccess())
            {
                status = CallOpened();
            }

            if (status.IsSuccess())
            {
                BecomeOpen();
                isOpen = true;
            }
            else
            {
                Disconnect();
            }

            return status;
        }
        finally
        {
            lock (_sync)
            {
                _isAccepting = false;

                // The client that was refused, and may leave, leaves nothing that this endpoint is in.
                _closedByPeer &= isOpen;
            }
        }
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

        ChannelRings rings;
        try
        {
            rings = _port!.AllocateRings(_options.OutgoingRingSize, _options.IncomingRingSize);
            rings.IsPipe = _options.IsPipe;
        }
        catch (VmbusException exception)
        {
            FailOpening(exception.Status, exception);
            return true;
        }

        NtStatus status = Connect(rings);
        if (!status.IsSuccess())
        {
            // Whoever else sees the memory has written to it already.
            rings.Dispose();
            FailOpening(status, null);
            return true;
        }

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
            FailOpening(answer, Refused(answer));
            return true;
        }

        EndOpening(answer, null);
        return true;
    }

    /// <summary>A client cannot be opened though the device is there.</summary>
    private void FailOpening(NtStatus status, Exception? reason)
    {
        _callbacks.Call(nameof(IChannelCallbacks.PnpFailure), _connection, callbacks => callbacks.PnpFailure(_channel, status));
        EndOpening(status, reason);
    }

    private VmbusException Refused(NtStatus answer)
    {
        string remedy = answer == NtStatus.NotSupported ? $" Look whether its {nameof(VmbusChannelOptions.IsPipe)} is that of this channel, which is {_options.IsPipe}: both endpoints must say the same." : "";
        return new VmbusException(answer, $"Channel {_channel} could not be opened: the server answered {answer}.{remedy}");
    }

    private void EndOpening(NtStatus status, Exception? reason)
    {
        Disconnect();
        lock (_sync)
        {
            _stage = LifecycleStage.Attached;
            _fault ??= reason ?? new VmbusException(status, $"Channel {_channel} could not be opened.");
            _enabled = false;
        }
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

    private NtStatus Connect(ChannelRings rings, RestoredState? restored = null)
    {
        bool isApplied = restored is null;
        try
        {
            if (rings.IsPipe != _options.IsPipe)
            {
                // Each would take the other's headers for payload, or payload for headers.
                return NtStatus.NotSupported;
            }

            ChannelConnection connection = new(_channel, _port!, _channel.Callbacks, rings, _options.IsServer);
            isApplied = isApplied || restored!.TryApply(connection);
            lock (_sync)
            {
                _connection = connection;
                if (_closedByPeer)
                {
                    connection.Leave();
                }

                _fault = null;
                _ends.Begin();
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

    private NtStatus CallOpened()
    {
        NtStatus status = NtStatus.Success;
        _connection!.IsAgreed = true;
        _callbacks.Call(nameof(IChannelCallbacks.Opened), _connection, callbacks => status = callbacks.Opened(_channel));
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
}
