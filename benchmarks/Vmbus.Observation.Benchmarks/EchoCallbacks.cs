using System.Buffers.Binary;

namespace Vmbus.Observation.Benchmarks;

/// <summary>Answers each packet with its own bytes; counts answers. Describes its handlers as generated code does.</summary>
internal sealed class EchoCallbacks : IChannelCallbacks
{
    private readonly ManualResetEventSlim _done = new(false, spinCount: 0);
    private long _answered;
    private long _expected = long.MaxValue;

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
        long answered = Interlocked.Increment(ref _answered);
        if (answered == Volatile.Read(ref _expected))
        {
            _done.Set();
        }
    }

    /// <summary>So many answers more are expected.</summary>
    public void Expect(int count)
    {
        _done.Reset();
        Volatile.Write(ref _expected, Answered + count);
    }

    /// <summary>Waits until they have come.</summary>
    public void AwaitExpected() => _done.Wait();

    public string? DescribeHandler(ReadOnlySpan<byte> buffer) => buffer.Length < 4 ? null : BinaryPrimitives.ReadUInt32LittleEndian(buffer) switch
    {
        1 => "OnPing",
        2 => "OnStatus",
        3 => "OnReport",
        _ => "OnAnyOther",
    };
}
