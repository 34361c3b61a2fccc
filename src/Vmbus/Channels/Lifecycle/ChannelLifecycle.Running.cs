using Vmbus.Diagnostics;

namespace Vmbus;

/// <content>The steps by which the incoming queue runs, and rests.</content>
internal sealed partial class ChannelLifecycle
{
    private bool StartQueue()
    {
        _callbacks.Call(nameof(IChannelCallbacks.Started), _connection, callbacks => callbacks.Started(_channel));
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
            _callbacks.Call(nameof(IChannelCallbacks.PostStarted), _connection, callbacks => callbacks.PostStarted(_channel), CallbackKind.PostStarted, _endSending.Post);
        }

        return true;
    }

    private bool StopQueue()
    {
        _connection!.Incoming.Stop();
        _connection.Incoming.BeginSuspend();
        lock (_sync)
        {
            _stage = LifecycleStage.Stopping;
            _waits.BeginWatch();
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
            VmbusEventSource.Log.ChannelSuspended(_channel.ToString(), _connection.Incoming.Owed.Count);
        }

        _callbacks.Call(nameof(IChannelCallbacks.Suspend), _connection, callbacks => callbacks.Suspend(_channel));
        lock (_sync)
        {
            _stage = LifecycleStage.Suspended;
        }

        return true;
    }

    private bool LeaveSuspended(bool shouldClose)
    {
        if (_connection!.Incoming.Owed.Count > 0)
        {
            return false;
        }

        lock (_sync)
        {
            // Whoever waits goes on at once, and finds the endpoint at rest.
            _waits.Release(WaiterKind.Paused);
            if (!shouldClose)
            {
                _stage = LifecycleStage.Open;
                _waits.EndWatch();
            }
        }

        return !shouldClose || Close();
    }
}
