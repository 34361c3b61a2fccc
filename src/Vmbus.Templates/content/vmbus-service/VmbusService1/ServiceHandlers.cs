using Vmbus;

namespace VmbusService1;

/// <summary>The packets of the service. Callbacks of one channel never overlap, so that no lock is needed.</summary>
public sealed partial class ServiceHandlers
{
    private const uint NewestVersion = 2;

    private readonly ulong[] _registers = new ulong[16];

    /// <summary>What a handler returns is sent back, and the packet is completed, by generated code.</summary>
    [ProcessPacket(MessageType.Version)]
    private VersionResponse OnVersion(in VersionRequest request) => new(NewestVersion, request.Version <= NewestVersion ? 1u : 0u);

    /// <summary>A handler that returns nothing owes the completion of its packet, exactly once on every path.</summary>
    [ProcessPacket(MessageType.Write)]
    private void OnWrite(PacketCompletion packet, in WriteRequest request)
    {
        if (request.Register >= _registers.Length)
        {
            packet.Complete(NtStatus.InvalidParameter);
            return;
        }

        _registers[request.Register] = request.Value;
        packet.Complete(NtStatus.Success);
    }

    /// <summary>A handler that waits runs at PASSIVE_LEVEL.</summary>
    [ProcessPacket(MessageType.Flush, Irql = Irql.Passive)]
    private NtStatus OnFlush()
    {
        File.WriteAllLines(Path.Combine(Path.GetTempPath(), "VmbusService1.txt"), _registers.Select(static r => r.ToString("X16")));
        return NtStatus.Success;
    }

    /// <summary>Every other packet is no message of this protocol.</summary>
    [ProcessPacket]
    private void OnAnyOther(PacketCompletion packet) => packet.Fail();
}
