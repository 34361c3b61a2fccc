using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>Delivers one sequence of packets through one way of dispatch.</summary>
/// <param name="name">Its name.</param>
/// <param name="callbacks">The way.</param>
/// <param name="replay">The packets, the same for all ways: where they lie in memory makes no difference then.</param>
internal sealed class DispatchShape(string name, IChannelCallbacks callbacks, PacketReplay replay) : Shape(name)
{
    /// <summary>Longer than what a branch predictor learns by heart.</summary>
    private const int SequenceLength = 131_072;

    /// <summary>A packet of each type, delivered at random, every type as likely, or nine of ten times the same.</summary>
    public static PacketReplay Replay(uint[] messageTypes, bool isHot) => new([.. messageTypes.Select(Packet)], Order(messageTypes.Length, isHot));

    public override void Run(int operations)
    {
        long before = replay.Completed;
        replay.Run(callbacks, operations);
        if (replay.Completed - before != operations)
        {
            throw new InvalidOperationException($"{Name} completed {replay.Completed - before} of {operations} packets.");
        }
    }

    private static int[] Order(int messageTypes, bool isHot)
    {
        Random random = new(messageTypes);
        int[] order = new int[SequenceLength];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = isHot && random.Next(10) != 0 ? messageTypes / 2 : random.Next(messageTypes);
        }

        return order;
    }

    private static ReadOnlyMemory<byte> Packet(uint messageType)
    {
        byte[] packet = new byte[Unsafe.SizeOf<Message3>()];
        BinaryPrimitives.WriteUInt32LittleEndian(packet, messageType);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(4), messageType);
        return packet;
    }
}
