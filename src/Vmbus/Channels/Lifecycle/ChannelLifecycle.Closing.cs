using Vmbus.Diagnostics;

namespace Vmbus;

/// <content>The steps by which an opening, and the stay on the bus, come to an end.</content>
internal sealed partial class ChannelLifecycle
{
    private bool Close()
    {
        bool wasOpen;
        lock (_sync)
        {
            wasOpen = _stage != LifecycleStage.Opening;
            _closing = true;
            _waits.BeginWatch();
        }

        if (!_options.IsServer)
        {
            // Before Closed, which deletes GPADLs and waits until the server, which unmaps them when it closes, has them mapped no more.
            _port!.Close();
        }

        if (wasOpen)
        {
            _callbacks.Call(nameof(IChannelCallbacks.Closed), _connection, callbacks => callbacks.Closed(_channel));
        }

        Exception? fault = _connection!.Fault;
        bool stopped = fault is not null && _connection.ClosesAfterFault;
        Disconnect();
        lock (_sync)
        {
            _stage = LifecycleStage.Attached;
            _closing = false;
            _endsSubChannels = false;
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

            _waits.EndWatch();
            if (wasOpen)
            {
                // Where the endpoint leaves the bus now, this is told when it has, so that whoever waited for it can call Enable.
                _ends.Close(tellNow: _enabled);
            }
        }

        if (wasOpen && VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.ChannelClosed(_channel.ToString());
        }

        return true;
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
    /// Once the queue has stopped by itself, nothing is sent and no completion can come any more: what waits for room or for its completion ends here. So does what
    /// PostStarted waits for when the other side has left: the next step, which would end it, waits for PostStarted.
    /// </summary>
    private void EndSending()
    {
        KernelIrql.ResetToPassive();
        ChannelConnection? connection;
        bool isLeft;
        lock (_sync)
        {
            connection = _connection;
            isLeft = _closedByPeer && _callbacks.IsInPostStarted;
        }

        if (connection is null)
        {
            return;
        }

        if (isLeft || connection.Fault is not null)
        {
            connection.Outgoing.Close();
        }
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

        _channel.PrimaryChannel?.LifecycleChanged();
        return true;
    }

    /// <summary>Under the lock, with the change of the stage: an Enable that follows at once must not find somebody who still waits.</summary>
    private void BecomeDetached()
    {
        _stage = LifecycleStage.Detached;
        _waits.Release(WaiterKind.Disabled);
        _waits.Release(WaiterKind.Paused);
        _ends.TellClosed();
    }
}
