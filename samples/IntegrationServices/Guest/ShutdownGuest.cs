using System.Runtime.InteropServices;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Guest;

/// <summary>Decides on requests to shut down. Somebody is logged on, so that only a forced one is granted.</summary>
internal sealed partial class ShutdownGuest(VmbusBus bus)
    : GuestService(bus, ServiceIdentity.Shutdown, new IcVersion(3, 1), new IcVersion(3, 0), new IcVersion(1, 0))
{
    private readonly TaskCompletionSource<PendingPacket> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the request that was granted, which is not answered yet: see <see cref="Answer"/>.</summary>
    public Task<PendingPacket> Granted => _granted.Task;

    /// <summary>Answers the granted request and completes its packet; the guest shuts down afterwards.</summary>
    public void Answer([CompletesPacket] PendingPacket packet)
    {
        ShutdownMessage answer = MemoryMarshal.Read<ShutdownMessage>(packet.Buffer);
        answer.Ic = answer.Ic.Answer(IcStatus.Ok);
        Note($"shuts down as asked (reason 0x{answer.Reason:X8}, {answer.Flags}): {answer.Text}");
        SendAnswer(packet.Channel, MemoryMarshal.AsBytes(new ReadOnlySpan<ShutdownMessage>(in answer)), packet.TransactionId);
        packet.Complete();
    }

    /// <summary>Runs at PASSIVE_LEVEL, as looking for what stands against a shutdown may wait. What is refused is answered at once; the granted request is pended.</summary>
    [ProcessPacket(IcMessageType.Shutdown, Irql = Irql.Passive)]
    private void OnShutdown(VmbusChannel channel, PacketCompletion packet, in ShutdownMessage request)
    {
        IcStatus decision = Decide(in request);
        if (decision == IcStatus.Ok)
        {
            _granted.SetResult(packet.Pend());
            return;
        }

        Span<byte> answer = CopyForAnswer(MemoryMarshal.AsBytes(new ReadOnlySpan<ShutdownMessage>(in request)));
        MemoryMarshal.AsRef<IcMessage>(answer) = new IcMessage(request.Pipe, request.Ic.Answer(decision));
        SendAnswer(channel, answer, packet.TransactionId);
        packet.Complete();
    }

    private IcStatus Decide(in ShutdownMessage request)
    {
        if (request.Pipe.DataLength != ShutdownMessage.Length - PipeHeader.Length || (uint)request.Flags > ShutdownMessage.LargestFlags)
        {
            return IcStatus.InvalidArgument;
        }

        if (_granted.Task.IsCompleted)
        {
            return IcStatus.Failed;
        }

        return (request.Flags & ShutdownFlags.Force) != 0 ? IcStatus.Ok : IcStatus.MachineLocked;
    }
}
