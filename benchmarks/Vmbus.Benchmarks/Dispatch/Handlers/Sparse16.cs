using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch.Handlers;

/// <summary>16 handlers for scattered message types, dispatched by generated code.</summary>
internal sealed partial class Sparse16 : IHandlers
{
    public static uint[] MessageTypes { get; } =
    [
        24978243u, 191016946u, 447026317u, 823420485u, 1136804847u, 1400042816u, 1587017209u, 1828619804u,
        2156776910u, 2460087376u, 2875920110u, 3108553050u, 3280816147u, 3533596777u, 3756059467u, 4046111217u,
    ];

    public ulong Sum { get; private set; }

    [ProcessPacket(24978243u)]
    internal void On0(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 0;
        packet.Complete();
    }

    [ProcessPacket(191016946u)]
    internal void On1(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 1;
        packet.Complete();
    }

    [ProcessPacket(447026317u)]
    internal void On2(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 2;
        packet.Complete();
    }

    [ProcessPacket(823420485u)]
    internal void On3(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 3;
        packet.Complete();
    }

    [ProcessPacket(1136804847u)]
    internal void On4(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 4;
        packet.Complete();
    }

    [ProcessPacket(1400042816u)]
    internal void On5(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 5;
        packet.Complete();
    }

    [ProcessPacket(1587017209u)]
    internal void On6(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 6;
        packet.Complete();
    }

    [ProcessPacket(1828619804u)]
    internal void On7(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 7;
        packet.Complete();
    }

    [ProcessPacket(2156776910u)]
    internal void On8(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 8;
        packet.Complete();
    }

    [ProcessPacket(2460087376u)]
    internal void On9(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 9;
        packet.Complete();
    }

    [ProcessPacket(2875920110u)]
    internal void On10(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 10;
        packet.Complete();
    }

    [ProcessPacket(3108553050u)]
    internal void On11(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 11;
        packet.Complete();
    }

    [ProcessPacket(3280816147u)]
    internal void On12(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 12;
        packet.Complete();
    }

    [ProcessPacket(3533596777u)]
    internal void On13(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 13;
        packet.Complete();
    }

    [ProcessPacket(3756059467u)]
    internal void On14(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 14;
        packet.Complete();
    }

    [ProcessPacket(4046111217u)]
    internal void On15(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 15;
        packet.Complete();
    }

    public (uint Type, Handler Handle)[] Table()
        =>
        [
            (24978243, (packet, buffer) => On0(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (191016946, (packet, buffer) => On1(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (447026317, (packet, buffer) => On2(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (823420485, (packet, buffer) => On3(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1136804847, (packet, buffer) => On4(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1400042816, (packet, buffer) => On5(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1587017209, (packet, buffer) => On6(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1828619804, (packet, buffer) => On7(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2156776910, (packet, buffer) => On8(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2460087376, (packet, buffer) => On9(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2875920110, (packet, buffer) => On10(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3108553050, (packet, buffer) => On11(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3280816147, (packet, buffer) => On12(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3533596777, (packet, buffer) => On13(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3756059467, (packet, buffer) => On14(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4046111217, (packet, buffer) => On15(packet, in MemoryMarshal.AsRef<Message>(buffer))),
        ];
}

/// <summary>The same handlers, dispatched by the switch that a careful programmer writes.</summary>
internal sealed class Sparse16ByHand(Sparse16 handlers) : IChannelCallbacks
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
                case 24978243:
                    handlers.On0(packet, in message);
                    break;
                case 191016946:
                    handlers.On1(packet, in message);
                    break;
                case 447026317:
                    handlers.On2(packet, in message);
                    break;
                case 823420485:
                    handlers.On3(packet, in message);
                    break;
                case 1136804847:
                    handlers.On4(packet, in message);
                    break;
                case 1400042816:
                    handlers.On5(packet, in message);
                    break;
                case 1587017209:
                    handlers.On6(packet, in message);
                    break;
                case 1828619804:
                    handlers.On7(packet, in message);
                    break;
                case 2156776910:
                    handlers.On8(packet, in message);
                    break;
                case 2460087376:
                    handlers.On9(packet, in message);
                    break;
                case 2875920110:
                    handlers.On10(packet, in message);
                    break;
                case 3108553050:
                    handlers.On11(packet, in message);
                    break;
                case 3280816147:
                    handlers.On12(packet, in message);
                    break;
                case 3533596777:
                    handlers.On13(packet, in message);
                    break;
                case 3756059467:
                    handlers.On14(packet, in message);
                    break;
                case 4046111217:
                    handlers.On15(packet, in message);
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
    }
}
