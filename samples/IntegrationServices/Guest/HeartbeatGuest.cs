using System.Runtime.InteropServices;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Guest;

/// <summary>Answers each heartbeat with the next number.</summary>
internal partial class HeartbeatGuest(VmbusBus bus)
    : GuestService(bus, ServiceIdentity.Heartbeat, new IcVersion(3, 0), new IcVersion(1, 0))
{
    /// <summary>Takes the packet itself, because the answer is as long as the request, and hosts differ in that: it owes the completion.</summary>
    [ProcessPacket(IcMessageType.Heartbeat)]
    protected virtual void OnHeartbeat(VmbusChannel channel, PacketCompletion packet, in HeartbeatHead heartbeat, ReadOnlySpan<byte> buffer)
    {
        if (TryAnswer(channel, packet.TransactionId, in heartbeat, buffer))
        {
            packet.Complete();
        }
        else
        {
            packet.Fail();
        }
    }

    /// <returns><see langword="false"/> where the packet is not what its headers say.</returns>
    protected bool TryAnswer(VmbusChannel channel, ulong transactionId, in HeartbeatHead heartbeat, ReadOnlySpan<byte> buffer)
    {
        if (!IcMessage.TryTakeExact(buffer, out ReadOnlySpan<byte> message) || message.Length < HeartbeatHead.Length)
        {
            return false;
        }

        Span<byte> answer = CopyForAnswer(message);
        HeartbeatHead head = heartbeat with { Ic = heartbeat.Ic.Answer(IcStatus.Ok), Sequence = heartbeat.Sequence + 1 };
        MemoryMarshal.Write(answer, in head);
        SendAnswer(channel, answer, transactionId);
        return true;
    }
}
