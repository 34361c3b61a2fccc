using Vmbus.Verification;

namespace Vmbus;

/// <content>What is said when delivery pauses.</content>
internal sealed partial class IncomingQueue
{
    /// <summary>Callbacks begun since ProcessingComplete came last: one more for a packet that came again.</summary>
    private uint _callbacksSincePause;

    /// <summary>Packets among them; each counts when it comes first.</summary>
    private uint _packetsSincePause;

    private void CallBack()
    {
        using CallbackScope scope = CallbackScope.Enter(Channel, CallbackKind.Processing);
        CallbackFrame outer = _observer.EnterDelivery();
        try
        {
            DeliverBatches();
            if (_wakeUp.Pause != DeliveryPause.Deferred)
            {
                ProcessingComplete();
            }
        }
        finally
        {
            _observer.ExitDelivery(in outer);
        }
    }

    /// <summary>
    /// A deferral puts ProcessingComplete off until the passive callback. Where the queue was stopped in between, that does not come: what came before it is said now, for
    /// a handler may complete then what it has gathered, and whoever stopped the queue waits for that.
    /// </summary>
    private void EndDeferral()
    {
        if (_callbacksSincePause == 0)
        {
            return;
        }

        using CallbackScope scope = CallbackScope.Enter(Channel, CallbackKind.Processing);
        CallbackFrame outer = _observer.EnterDelivery();
        try
        {
            ProcessingComplete();
        }
        finally
        {
            _observer.ExitDelivery(in outer);
        }
    }

    /// <summary>Delivery pauses: says how many packets there were since the last time.</summary>
    private void ProcessingComplete()
    {
        if (_callbacksSincePause == 0)
        {
            return;
        }

        uint count = _packetsSincePause;
        _callbacksSincePause = 0;
        _packetsSincePause = 0;
        _observer.BeginCallback(nameof(IChannelCallbacks.ProcessingComplete));
        try
        {
            _callbacks.ProcessingComplete(Channel, count);
        }
        catch (Exception exception)
        {
            CallbackThrew(nameof(IChannelCallbacks.ProcessingComplete), owed: null, exception);
        }

        _observer.EndCallback();
        _outgoing.Flush();
    }
}
