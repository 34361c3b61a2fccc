using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch.Handlers;

/// <summary>4 handlers for consecutive message types, dispatched by generated code.</summary>
internal sealed partial class Dense4 : IHandlers
{
    public static uint[] MessageTypes { get; } =
    [
        0, 1, 2, 3,
    ];

    public ulong Sum { get; private set; }

    [ProcessPacket(0)]
    internal void On0(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 0;
        packet.Complete();
    }

    [ProcessPacket(1)]
    internal void On1(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 1;
        packet.Complete();
    }

    [ProcessPacket(2)]
    internal void On2(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 2;
        packet.Complete();
    }

    [ProcessPacket(3)]
    internal void On3(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 3;
        packet.Complete();
    }

    public (uint Type, Handler Handle)[] Table()
        =>
        [
            (0, (packet, buffer) => On0(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1, (packet, buffer) => On1(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2, (packet, buffer) => On2(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3, (packet, buffer) => On3(packet, in MemoryMarshal.AsRef<Message>(buffer))),
        ];
}

/// <summary>The same handlers, dispatched by the switch that a careful programmer writes.</summary>
internal sealed class Dense4ByHand(Dense4 handlers) : IChannelCallbacks
{
    public void ProcessBatch(ref PacketBatch batch)
    {
        while (batch.MoveNext())
        {
            PacketCompletion packet = batch.Packet;
            ReadOnlySpan<byte> buffer = batch.Buffer;
            if (buffer.Length < Message.Size)
            {
                packet.Fail();
                continue;
            }

            ref readonly Message message = ref MemoryMarshal.AsRef<Message>(buffer);
            switch (BinaryPrimitives.ReadUInt32LittleEndian(buffer))
            {
                case 0:
                    handlers.On0(packet, in message);
                    break;
                case 1:
                    handlers.On1(packet, in message);
                    break;
                case 2:
                    handlers.On2(packet, in message);
                    break;
                case 3:
                    handlers.On3(packet, in message);
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
    }
}
