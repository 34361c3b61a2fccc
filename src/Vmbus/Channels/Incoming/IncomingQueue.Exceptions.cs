namespace Vmbus;

/// <content>What callbacks throw.</content>
internal sealed partial class IncomingQueue
{
    /// <summary>The handler that runs, once it has pended its packet.</summary>
    private string? _pendedBy;

    public override void AsynchronousHandlerThrew(IncomingPacket packet, long generation, Exception exception)
        => _exceptions.Handle(packet.Handler ?? _callbacks.GetType().Name, packet, generation, PacketDuty.Pended, exception);

    /// <summary>A handler has thrown, or what calls the handlers.</summary>
    private void BatchThrew(Exception exception)
    {
        // A packet that comes again has ended its callback: what is thrown behind that is not about it.
        IncomingPacket? packet = _redeliver ? null : _current;
        string handler = packet is null ? _pendedBy ?? _callbacks.GetType().Name : _observer.Describe(packet);
        CallbackThrew(handler, packet is { Duty: PacketDuty.Inline } ? packet : null, exception);
    }

    private void CallbackThrew(string callback, IncomingPacket? owed, Exception exception)
    {
        if (_exceptions.Handle(callback, owed, owed?.Generation ?? 0, PacketDuty.Inline, exception))
        {
            _wakeUp.End(DeliveryPause.Failed);
        }
    }
}
