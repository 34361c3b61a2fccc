using System.Runtime.InteropServices;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Guest;

/// <summary>Keeps the guest's clock with the host's.</summary>
internal sealed partial class TimeSyncGuest(VmbusBus bus, GuestClock clock)
    : GuestService(bus, ServiceIdentity.TimeSync, new IcVersion(4, 0), new IcVersion(3, 0), new IcVersion(1, 0))
{
    /// <summary>The clock.</summary>
    public GuestClock Clock { get; } = clock;

    /// <summary>Returns the answer: it fills the same packet whichever body it has.</summary>
    [ProcessPacket(IcMessageType.TimeSync)]
    private TimeSyncMessage OnTimeSync(in TimeSyncMessage request)
    {
        TimeSyncMessage answer = request;
        answer.Ic = request.Ic.Answer(Take(in request) ? IcStatus.Ok : IcStatus.InvalidArgument);
        return answer;
    }

    private bool Take(in TimeSyncMessage request)
    {
        ReadOnlySpan<byte> body = request.Body;
        long length = (long)request.Pipe.DataLength - IcHeader.Length;
        if (request.Pipe.Type != PipePacketType.Data || length < 0 || length > body.Length)
        {
            return false;
        }

        body = body[..(int)length];
        if (request.Ic.MessageVersion.Major >= TimeSyncReference.FirstMajorVersion)
        {
            if (!MemoryMarshal.TryRead(body, out TimeSyncReference reference))
            {
                return false;
            }

            Clock.Take(reference.HostTime, reference.Flags);
            return true;
        }

        if (!MemoryMarshal.TryRead(body, out TimeSyncClassic classic))
        {
            return false;
        }

        Clock.Take(classic.HostTime, classic.Flags);
        return true;
    }
}
