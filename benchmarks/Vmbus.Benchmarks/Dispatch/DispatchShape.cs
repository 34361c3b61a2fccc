using System.Buffers.Binary;
using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>Delivers one sequence of packets through one way of dispatch.</summary>
internal sealed class DispatchShape : Shape
{
    /// <summary>Longer than what a branch predictor learns by heart.</summary>
    private const int SequenceLength = 131_072;

    private readonly PacketReplay _replay;
    private readonly IChannelCallbacks _callbacks;

    public DispatchShape(string name, IChannelCallbacks callbacks, uint[] messageTypes, int[] order)
        : base(name)
    {
        _callbacks = callbacks;
        _replay = new PacketReplay([.. messageTypes.Select(Packet)], order);
    }

    /// <summary>Message types drawn at random, every one as likely, or nine of ten times the same.</summary>
    public static int[] Order(int messageTypes, bool isHot)
    {
        Random random = new(messageTypes);
        int[] order = new int[SequenceLength];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = isHot && random.Next(10) != 0 ? messageTypes / 2 : random.Next(messageTypes);
        }

        return order;
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

    private static ReadOnlyMemory<byte> Packet(uint messageType)
    {
        byte[] packet = new byte[Message.Size];
        BinaryPrimitives.WriteUInt32LittleEndian(packet, messageType);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(4), messageType);
        return packet;
    }
}
