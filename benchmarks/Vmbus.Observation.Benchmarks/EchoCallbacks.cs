using System.Buffers.Binary;

namespace Vmbus.Observation.Benchmarks;

/// <summary>Answers each packet with its own bytes; counts answers. Describes its handlers as generated code does.</summary>
internal sealed class EchoCallbacks : IChannelCallbacks
{
    private long _answered;

    public long Answered => Volatile.Read(ref _answered);

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

    public void PacketCompletionRoutine(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer)
    {
        packet.Dispose();
        Volatile.Write(ref _answered, _answered + 1);
    }

    public string? DescribeHandler(ReadOnlySpan<byte> buffer) => buffer.Length < 4 ? null : BinaryPrimitives.ReadUInt32LittleEndian(buffer) switch
    {
        1 => "OnPing",
        2 => "OnStatus",
        3 => "OnReport",
        _ => "OnAnyOther",
    };
}
