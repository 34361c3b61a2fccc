using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>An asynchronous handler that has not finished yet. It stays with the place of its packet and serves the packets that come to that place after.</summary>
internal abstract class PendedHandling
{
    private readonly Action _finish;
    private PendingPacket _packet;

    protected PendedHandling() => _finish = Finish;

    /// <summary>The handler has yielded: the packet is owed until its task ends.</summary>
    /// <returns>What the end of the task has to call.</returns>
    protected Action Begin([CompletesPacket] PendingPacket packet)
    {
        _packet = packet;
        return _finish;
    }

    /// <summary>Answers the packet with what the handler yielded.</summary>
    /// <exception cref="Exception">What the handler threw.</exception>
    protected abstract void Answer([CompletesPacket] PendingPacket packet);

    /// <summary>Sends what the handler yielded and completes the packet.</summary>
    protected static void Reply([CompletesPacket] PendingPacket packet, ReadOnlySpan<byte> bytes, PacketReply reply)
    {
        if (reply == PacketReply.InBand)
        {
            packet.ReplyInBand(bytes);
            packet.Complete();
        }
        else
        {
            packet.Complete(bytes);
        }
    }

    /// <summary>On whatever thread the task ended. Once the packet is answered its place, and this with it, may serve another.</summary>
    [SuppressMessage("Vmbus.Completion", "VMB101", Justification = "Where it is still owed after an exception, whoever delivered it ends it.")]
    private void Finish()
    {
        PendingPacket packet = _packet;
        _packet = default;
        try
        {
            Answer(packet);
        }
        catch (Exception exception)
        {
            packet.HandlerThrew(exception);
        }
    }
}
