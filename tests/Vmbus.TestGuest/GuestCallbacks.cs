namespace Vmbus.TestGuest;

/// <summary>Answers each packet with its own bytes, and says when the channel is open.</summary>
internal sealed class GuestCallbacks(TaskCompletionSource started) : IChannelCallbacks
{
    public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        if (packet.IsCompletionRequested)
        {
            packet.Complete(buffer);
        }
        else
        {
            packet.Complete();
        }
    }

    public void PostStarted(VmbusChannel channel) => started.TrySetResult();
}
