using System.Buffers.Binary;
using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>Delivers one sequence of packets through one way of dispatch.</summary>
internal sealed class DispatchShape : Shape
{
    /// <summary>Longer than what a branch predictor learns by heart.</summary>
    private const int SequenceLength = 4096;

    private readonly PacketReplay _replay;
    private readonly IChannelCallbacks _callbacks;

    public DispatchShape(string name, IChannelCallbacks callbacks, IReadOnlyList<ReadOnlyMemory<byte>> sequence)
        : base(name)
    {
        _callbacks = callbacks;
        _replay = new PacketReplay(sequence);
    }

    /// <summary>Message types drawn at random, every one as likely, or nine of ten times the same.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Sequence(uint[] messageTypes, bool isHot)
    {
        Random random = new(messageTypes.Length);
        uint hot = messageTypes[messageTypes.Length / 2];
        ReadOnlyMemory<byte>[] sequence = new ReadOnlyMemory<byte>[SequenceLength];
        for (int i = 0; i < sequence.Length; i++)
        {
            byte[] packet = new byte[Message.Size];
            BinaryPrimitives.WriteUInt32LittleEndian(packet, isHot && random.Next(10) != 0 ? hot : messageTypes[random.Next(messageTypes.Length)]);
            BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(4), i);
            sequence[i] = packet;
        }

        return sequence;
    }

    public override void Run(int operations)
    {
        long before = _replay.Completed;
        _replay.Run(_callbacks, operations);
        if (_replay.Completed - before != operations)
        {
            throw new InvalidOperationException($"{Name} completed {_replay.Completed - before} of {operations} packets.");
        }
    }
}
