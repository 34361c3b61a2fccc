using System.Diagnostics.CodeAnalysis;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Guest;

/// <summary>A heartbeat whose handler forgets a packet: it answers it, but never completes it.</summary>
/// <param name="bus">The bus.</param>
/// <param name="forgotten">The transaction id of the packet that is forgotten.</param>
internal sealed partial class ForgetfulHeartbeatGuest(VmbusBus bus, ulong forgotten) : HeartbeatGuest(bus)
{
    [SuppressMessage("Completion", "VMB101", Justification = "The mistake is the purpose of this class: it shows what the run time says of a packet that is never completed.")]
    protected override void OnHeartbeat(VmbusChannel channel, PacketCompletion packet, in HeartbeatHead heartbeat, ReadOnlySpan<byte> buffer)
    {
        if (!TryAnswer(channel, packet.TransactionId, in heartbeat, buffer))
        {
            packet.Fail();
        }
        else if (packet.TransactionId != forgotten)
        {
            packet.Complete();
        }
    }
}
