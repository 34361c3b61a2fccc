using System.Runtime.InteropServices;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Host;

/// <summary>Tells the guest the time: the first message sets its clock, the others steer it.</summary>
internal sealed partial class TimeSyncHost(VmbusBus bus, TimeProvider time)
    : HostService(bus, ServiceIdentity.TimeSync, Window, [new(4, 0), new(3, 0), new(1, 0)])
{
    private const int Window = 16;

    /// <inheritdoc/>
    protected override NtStatus SendRequest(VmbusChannel channel, ulong transactionId)
    {
        TimeSyncFlags flags = transactionId == 1 ? TimeSyncFlags.Sync : TimeSyncFlags.Sample;
        ulong now = (ulong)time.GetUtcNow().ToFileTime();
        TimeSyncMessage message = default;
        Span<byte> body = message.Body;
        int bodyLength;
        if (Agreement is { Message.Major: >= TimeSyncReference.FirstMajorVersion })
        {
            bodyLength = TimeSyncReference.BodyLength;
            TimeSyncReference reference = new(now, (ulong)(time.GetTimestamp() * (TimeSpan.TicksPerSecond / (double)time.TimestampFrequency)), flags, Leap: 0, Stratum: 1);
            MemoryMarshal.Write(body, in reference);
        }
        else
        {
            bodyLength = TimeSyncClassic.BodyLength;
            TimeSyncClassic classic = new(now, ChildTime: 0, RoundTripTime: 0, flags);
            MemoryMarshal.Write(body, in classic);
        }

        message.Ic = CreateHeader(IcMessageType.TimeSync, bodyLength);
        message.Pipe = PipeHeader.ForMessage(IcMessage.HeadersLength + bodyLength);
        return channel.Send(MemoryMarshal.AsBytes(new ReadOnlySpan<TimeSyncMessage>(in message))[..(IcMessage.HeadersLength + bodyLength)], transactionId);
    }

    /// <summary>The guest took the time.</summary>
    [ProcessPacket(IcMessageType.TimeSync)]
    private void OnAnswer(PacketCompletion packet, in IcMessage answer)
    {
        Answered(packet.TransactionId, answer.Ic, answer.Ic.Status == IcStatus.Ok);
        packet.Complete();
    }
}
