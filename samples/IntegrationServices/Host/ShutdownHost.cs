using System.Runtime.InteropServices;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Host;

/// <summary>Asks the guest to shut down: one request at a time, politely until it is forced.</summary>
internal sealed partial class ShutdownHost(VmbusBus bus)
    : HostService(bus, ServiceIdentity.Shutdown, window: 1, [new(3, 2), new(3, 1), new(3, 0), new(1, 0)])
{
    private const uint TimeoutSeconds = 60;

    /// <summary>What the guest answers to a polite request: somebody is logged on.</summary>
    private IcStatus _expected = IcStatus.MachineLocked;

    /// <summary>Requests that the guest refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Whether the guest granted the forced request.</summary>
    public bool IsGranted { get; private set; }

    /// <summary>Sends the request that the guest cannot refuse.</summary>
    public void BeginForced()
    {
        _expected = IcStatus.Ok;
        ShutdownMessage message = Create(ShutdownFlags.Force);
        message.Text.Set("the host is taken down for maintenance");
        BeginWith(MemoryMarshal.AsBytes(new ReadOnlySpan<ShutdownMessage>(in message)));
    }

    /// <inheritdoc/>
    protected override NtStatus SendRequest(VmbusChannel channel, ulong transactionId)
    {
        ShutdownMessage message = Create(ShutdownFlags.None);
        return channel.Send(in message, transactionId);
    }

    private ShutdownMessage Create(ShutdownFlags flags) => new()
    {
        Pipe = PipeHeader.ForMessage(ShutdownMessage.Length),
        Ic = CreateHeader(IcMessageType.Shutdown, ShutdownMessage.BodyLength),
        Reason = ShutdownMessage.Planned,
        TimeoutSeconds = TimeoutSeconds,
        Flags = flags,
    };

    /// <summary>The guest decided.</summary>
    [ProcessPacket(IcMessageType.Shutdown)]
    private void OnAnswer(PacketCompletion packet, in IcMessage answer)
    {
        IsGranted |= answer.Ic.Status == IcStatus.Ok;
        Refused += answer.Ic.Status == IcStatus.Ok ? 0 : 1;
        Answered(packet.TransactionId, answer.Ic, answer.Ic.Status == _expected);
        packet.Complete();
    }
}
