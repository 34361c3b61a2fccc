using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch.Handlers;

/// <summary>64 handlers for consecutive message types, dispatched by generated code.</summary>
internal sealed partial class Dense64 : IHandlers
{
    public static uint[] MessageTypes { get; } =
    [
        0, 1, 2, 3, 4, 5, 6, 7,
        8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23,
        24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39,
        40, 41, 42, 43, 44, 45, 46, 47,
        48, 49, 50, 51, 52, 53, 54, 55,
        56, 57, 58, 59, 60, 61, 62, 63,
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

    [ProcessPacket(16)]
    internal void On16(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 16;
        packet.Complete();
    }

    [ProcessPacket(17)]
    internal void On17(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 17;
        packet.Complete();
    }

    [ProcessPacket(18)]
    internal void On18(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 18;
        packet.Complete();
    }

    [ProcessPacket(19)]
    internal void On19(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 19;
        packet.Complete();
    }

    [ProcessPacket(20)]
    internal void On20(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 20;
        packet.Complete();
    }

    [ProcessPacket(21)]
    internal void On21(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 21;
        packet.Complete();
    }

    [ProcessPacket(22)]
    internal void On22(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 22;
        packet.Complete();
    }

    [ProcessPacket(23)]
    internal void On23(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 23;
        packet.Complete();
    }

    [ProcessPacket(24)]
    internal void On24(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 24;
        packet.Complete();
    }

    [ProcessPacket(25)]
    internal void On25(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 25;
        packet.Complete();
    }

    [ProcessPacket(26)]
    internal void On26(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 26;
        packet.Complete();
    }

    [ProcessPacket(27)]
    internal void On27(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 27;
        packet.Complete();
    }

    [ProcessPacket(28)]
    internal void On28(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 28;
        packet.Complete();
    }

    [ProcessPacket(29)]
    internal void On29(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 29;
        packet.Complete();
    }

    [ProcessPacket(30)]
    internal void On30(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 30;
        packet.Complete();
    }

    [ProcessPacket(31)]
    internal void On31(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 31;
        packet.Complete();
    }

    [ProcessPacket(32)]
    internal void On32(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 32;
        packet.Complete();
    }

    [ProcessPacket(33)]
    internal void On33(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 33;
        packet.Complete();
    }

    [ProcessPacket(34)]
    internal void On34(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 34;
        packet.Complete();
    }

    [ProcessPacket(35)]
    internal void On35(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 35;
        packet.Complete();
    }

    [ProcessPacket(36)]
    internal void On36(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 36;
        packet.Complete();
    }

    [ProcessPacket(37)]
    internal void On37(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 37;
        packet.Complete();
    }

    [ProcessPacket(38)]
    internal void On38(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 38;
        packet.Complete();
    }

    [ProcessPacket(39)]
    internal void On39(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 39;
        packet.Complete();
    }

    [ProcessPacket(40)]
    internal void On40(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 40;
        packet.Complete();
    }

    [ProcessPacket(41)]
    internal void On41(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 41;
        packet.Complete();
    }

    [ProcessPacket(42)]
    internal void On42(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 42;
        packet.Complete();
    }

    [ProcessPacket(43)]
    internal void On43(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 43;
        packet.Complete();
    }

    [ProcessPacket(44)]
    internal void On44(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 44;
        packet.Complete();
    }

    [ProcessPacket(45)]
    internal void On45(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 45;
        packet.Complete();
    }

    [ProcessPacket(46)]
    internal void On46(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 46;
        packet.Complete();
    }

    [ProcessPacket(47)]
    internal void On47(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 47;
        packet.Complete();
    }

    [ProcessPacket(48)]
    internal void On48(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 48;
        packet.Complete();
    }

    [ProcessPacket(49)]
    internal void On49(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 49;
        packet.Complete();
    }

    [ProcessPacket(50)]
    internal void On50(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 50;
        packet.Complete();
    }

    [ProcessPacket(51)]
    internal void On51(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 51;
        packet.Complete();
    }

    [ProcessPacket(52)]
    internal void On52(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 52;
        packet.Complete();
    }

    [ProcessPacket(53)]
    internal void On53(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 53;
        packet.Complete();
    }

    [ProcessPacket(54)]
    internal void On54(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 54;
        packet.Complete();
    }

    [ProcessPacket(55)]
    internal void On55(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 55;
        packet.Complete();
    }

    [ProcessPacket(56)]
    internal void On56(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 56;
        packet.Complete();
    }

    [ProcessPacket(57)]
    internal void On57(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 57;
        packet.Complete();
    }

    [ProcessPacket(58)]
    internal void On58(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 58;
        packet.Complete();
    }

    [ProcessPacket(59)]
    internal void On59(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 59;
        packet.Complete();
    }

    [ProcessPacket(60)]
    internal void On60(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 60;
        packet.Complete();
    }

    [ProcessPacket(61)]
    internal void On61(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 61;
        packet.Complete();
    }

    [ProcessPacket(62)]
    internal void On62(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 62;
        packet.Complete();
    }

    [ProcessPacket(63)]
    internal void On63(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 63;
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
            (16, (packet, buffer) => On16(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (17, (packet, buffer) => On17(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (18, (packet, buffer) => On18(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (19, (packet, buffer) => On19(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (20, (packet, buffer) => On20(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (21, (packet, buffer) => On21(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (22, (packet, buffer) => On22(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (23, (packet, buffer) => On23(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (24, (packet, buffer) => On24(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (25, (packet, buffer) => On25(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (26, (packet, buffer) => On26(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (27, (packet, buffer) => On27(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (28, (packet, buffer) => On28(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (29, (packet, buffer) => On29(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (30, (packet, buffer) => On30(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (31, (packet, buffer) => On31(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (32, (packet, buffer) => On32(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (33, (packet, buffer) => On33(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (34, (packet, buffer) => On34(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (35, (packet, buffer) => On35(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (36, (packet, buffer) => On36(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (37, (packet, buffer) => On37(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (38, (packet, buffer) => On38(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (39, (packet, buffer) => On39(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (40, (packet, buffer) => On40(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (41, (packet, buffer) => On41(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (42, (packet, buffer) => On42(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (43, (packet, buffer) => On43(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (44, (packet, buffer) => On44(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (45, (packet, buffer) => On45(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (46, (packet, buffer) => On46(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (47, (packet, buffer) => On47(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (48, (packet, buffer) => On48(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (49, (packet, buffer) => On49(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (50, (packet, buffer) => On50(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (51, (packet, buffer) => On51(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (52, (packet, buffer) => On52(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (53, (packet, buffer) => On53(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (54, (packet, buffer) => On54(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (55, (packet, buffer) => On55(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (56, (packet, buffer) => On56(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (57, (packet, buffer) => On57(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (58, (packet, buffer) => On58(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (59, (packet, buffer) => On59(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (60, (packet, buffer) => On60(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (61, (packet, buffer) => On61(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (62, (packet, buffer) => On62(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (63, (packet, buffer) => On63(packet, in MemoryMarshal.AsRef<Message>(buffer))),
        ];
}

/// <summary>The same handlers, dispatched by the switch that a careful programmer writes.</summary>
internal sealed class Dense64ByHand(Dense64 handlers) : IChannelCallbacks
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
                case 16:
                    handlers.On16(packet, in message);
                    break;
                case 17:
                    handlers.On17(packet, in message);
                    break;
                case 18:
                    handlers.On18(packet, in message);
                    break;
                case 19:
                    handlers.On19(packet, in message);
                    break;
                case 20:
                    handlers.On20(packet, in message);
                    break;
                case 21:
                    handlers.On21(packet, in message);
                    break;
                case 22:
                    handlers.On22(packet, in message);
                    break;
                case 23:
                    handlers.On23(packet, in message);
                    break;
                case 24:
                    handlers.On24(packet, in message);
                    break;
                case 25:
                    handlers.On25(packet, in message);
                    break;
                case 26:
                    handlers.On26(packet, in message);
                    break;
                case 27:
                    handlers.On27(packet, in message);
                    break;
                case 28:
                    handlers.On28(packet, in message);
                    break;
                case 29:
                    handlers.On29(packet, in message);
                    break;
                case 30:
                    handlers.On30(packet, in message);
                    break;
                case 31:
                    handlers.On31(packet, in message);
                    break;
                case 32:
                    handlers.On32(packet, in message);
                    break;
                case 33:
                    handlers.On33(packet, in message);
                    break;
                case 34:
                    handlers.On34(packet, in message);
                    break;
                case 35:
                    handlers.On35(packet, in message);
                    break;
                case 36:
                    handlers.On36(packet, in message);
                    break;
                case 37:
                    handlers.On37(packet, in message);
                    break;
                case 38:
                    handlers.On38(packet, in message);
                    break;
                case 39:
                    handlers.On39(packet, in message);
                    break;
                case 40:
                    handlers.On40(packet, in message);
                    break;
                case 41:
                    handlers.On41(packet, in message);
                    break;
                case 42:
                    handlers.On42(packet, in message);
                    break;
                case 43:
                    handlers.On43(packet, in message);
                    break;
                case 44:
                    handlers.On44(packet, in message);
                    break;
                case 45:
                    handlers.On45(packet, in message);
                    break;
                case 46:
                    handlers.On46(packet, in message);
                    break;
                case 47:
                    handlers.On47(packet, in message);
                    break;
                case 48:
                    handlers.On48(packet, in message);
                    break;
                case 49:
                    handlers.On49(packet, in message);
                    break;
                case 50:
                    handlers.On50(packet, in message);
                    break;
                case 51:
                    handlers.On51(packet, in message);
                    break;
                case 52:
                    handlers.On52(packet, in message);
                    break;
                case 53:
                    handlers.On53(packet, in message);
                    break;
                case 54:
                    handlers.On54(packet, in message);
                    break;
                case 55:
                    handlers.On55(packet, in message);
                    break;
                case 56:
                    handlers.On56(packet, in message);
                    break;
                case 57:
                    handlers.On57(packet, in message);
                    break;
                case 58:
                    handlers.On58(packet, in message);
                    break;
                case 59:
                    handlers.On59(packet, in message);
                    break;
                case 60:
                    handlers.On60(packet, in message);
                    break;
                case 61:
                    handlers.On61(packet, in message);
                    break;
                case 62:
                    handlers.On62(packet, in message);
                    break;
                case 63:
                    handlers.On63(packet, in message);
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
    }
}
