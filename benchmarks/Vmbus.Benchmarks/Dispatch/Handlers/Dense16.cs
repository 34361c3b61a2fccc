using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch.Handlers;

/// <summary>16 handlers for consecutive message types, dispatched by generated code.</summary>
internal sealed partial class Dense16 : IHandlers
{
    public static uint[] MessageTypes { get; } =
    [
        0, 1, 2, 3, 4, 5, 6, 7,
        8, 9, 10, 11, 12, 13, 14, 15,
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

    [ProcessPacket(4)]
    internal void On4(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 4;
        packet.Complete();
    }

    [ProcessPacket(5)]
    internal void On5(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 5;
        packet.Complete();
    }

    [ProcessPacket(6)]
    internal void On6(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 6;
        packet.Complete();
    }

    [ProcessPacket(7)]
    internal void On7(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 7;
        packet.Complete();
    }

    [ProcessPacket(8)]
    internal void On8(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 8;
        packet.Complete();
    }

    [ProcessPacket(9)]
    internal void On9(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 9;
        packet.Complete();
    }

    [ProcessPacket(10)]
    internal void On10(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 10;
        packet.Complete();
    }

    [ProcessPacket(11)]
    internal void On11(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 11;
        packet.Complete();
    }

    [ProcessPacket(12)]
    internal void On12(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 12;
        packet.Complete();
    }

    [ProcessPacket(13)]
    internal void On13(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 13;
        packet.Complete();
    }

    [ProcessPacket(14)]
    internal void On14(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 14;
        packet.Complete();
    }

    [ProcessPacket(15)]
    internal void On15(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 15;
        packet.Complete();
    }

    public (uint Type, Handler Handle)[] Table()
        =>
        [
            (0, (packet, buffer) => On0(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1, (packet, buffer) => On1(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2, (packet, buffer) => On2(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3, (packet, buffer) => On3(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4, (packet, buffer) => On4(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (5, (packet, buffer) => On5(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (6, (packet, buffer) => On6(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (7, (packet, buffer) => On7(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (8, (packet, buffer) => On8(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (9, (packet, buffer) => On9(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (10, (packet, buffer) => On10(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (11, (packet, buffer) => On11(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (12, (packet, buffer) => On12(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (13, (packet, buffer) => On13(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (14, (packet, buffer) => On14(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (15, (packet, buffer) => On15(packet, in MemoryMarshal.AsRef<Message>(buffer))),
        ];
}

/// <summary>The same handlers, dispatched by the switch that a careful programmer writes.</summary>
internal sealed class Dense16ByHand(Dense16 handlers) : IChannelCallbacks
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
                case 4:
                    handlers.On4(packet, in message);
                    break;
                case 5:
                    handlers.On5(packet, in message);
                    break;
                case 6:
                    handlers.On6(packet, in message);
                    break;
                case 7:
                    handlers.On7(packet, in message);
                    break;
                case 8:
                    handlers.On8(packet, in message);
                    break;
                case 9:
                    handlers.On9(packet, in message);
                    break;
                case 10:
                    handlers.On10(packet, in message);
                    break;
                case 11:
                    handlers.On11(packet, in message);
                    break;
                case 12:
                    handlers.On12(packet, in message);
                    break;
                case 13:
                    handlers.On13(packet, in message);
                    break;
                case 14:
                    handlers.On14(packet, in message);
                    break;
                case 15:
                    handlers.On15(packet, in message);
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
    }
}
