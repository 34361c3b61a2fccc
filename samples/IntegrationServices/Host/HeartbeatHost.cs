using System.Runtime.InteropServices;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Host;

/// <summary>Asks whether the guest lives.</summary>
internal sealed partial class HeartbeatHost(VmbusBus bus, params IcVersion[] versions)
    : HostService(bus, ServiceIdentity.Heartbeat, Window, versions)
{
    private const int Window = 16;

    private ulong _expected;

    /// <summary>What is offered ordinarily.</summary>
    public static IcVersion[] KnownVersions => [new(3, 0), new(1, 0)];

    /// <summary>Sends a heartbeat without its body: no guest can read its number.</summary>
    public void BeginWithTruncated()
    {
        IcMessage headers = new(PipeHeader.ForMessage(IcMessage.HeadersLength), CreateHeader(IcMessageType.Heartbeat, 0));
        BeginWith(MemoryMarshal.AsBytes(new ReadOnlySpan<IcMessage>(in headers)));
    }

    /// <inheritdoc/>
    protected override NtStatus SendRequest(VmbusChannel channel, ulong transactionId)
    {
        HeartbeatMessage message = default;
        message.Head = new HeartbeatHead(
            PipeHeader.ForMessage(HeartbeatMessage.Length),
            CreateHeader(IcMessageType.Heartbeat, HeartbeatMessage.BodyLength),
            transactionId * 2);
        return channel.Send(in message, transactionId);
    }

    /// <summary>The guest lives.</summary>
    [ProcessPacket(IcMessageType.Heartbeat)]
    private void OnAnswer(PacketCompletion packet, in HeartbeatHead answer)
    {
        _expected += 2;
        Answered(packet.TransactionId, answer.Ic, answer.Ic.Status == IcStatus.Ok && answer.Sequence == _expected + 1);
        packet.Complete();
    }
}
