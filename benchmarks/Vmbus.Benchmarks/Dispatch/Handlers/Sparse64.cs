using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch.Handlers;

/// <summary>64 handlers for scattered message types, dispatched by generated code.</summary>
internal sealed partial class Sparse64 : IHandlers
{
    public static uint[] MessageTypes { get; } =
    [
        24978243u, 58871172u, 97150693u, 143582644u, 191016946u, 233487126u, 287646517u, 357982133u,
        447026317u, 556941107u, 641309192u, 714077418u, 823420485u, 865297657u, 948787912u, 1048293125u,
        1136804847u, 1159892335u, 1241869804u, 1325140470u, 1400042816u, 1426592355u, 1453286056u, 1476598066u,
        1587017209u, 1634185929u, 1691766905u, 1749600002u, 1828619804u, 1862407300u, 2012198680u, 2050917037u,
        2156776910u, 2206780347u, 2284560165u, 2438706106u, 2460087376u, 2489094268u, 2585270681u, 2689280453u,
        2875920110u, 2913711007u, 2990461895u, 3074147487u, 3108553050u, 3160951774u, 3196634206u, 3259826780u,
        3280816147u, 3432017425u, 3469354606u, 3522965742u, 3533596777u, 3569824344u, 3652387581u, 3707940494u,
        3756059467u, 3790381610u, 3869324661u, 3946300548u, 4046111217u, 4106732831u, 4182921200u, 4233104684u,
    ];

    public ulong Sum { get; private set; }

    [ProcessPacket(24978243u)]
    internal void On0(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 0;
        packet.Complete();
    }

    [ProcessPacket(58871172u)]
    internal void On1(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 1;
        packet.Complete();
    }

    [ProcessPacket(97150693u)]
    internal void On2(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 2;
        packet.Complete();
    }

    [ProcessPacket(143582644u)]
    internal void On3(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 3;
        packet.Complete();
    }

    [ProcessPacket(191016946u)]
    internal void On4(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 4;
        packet.Complete();
    }

    [ProcessPacket(233487126u)]
    internal void On5(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 5;
        packet.Complete();
    }

    [ProcessPacket(287646517u)]
    internal void On6(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 6;
        packet.Complete();
    }

    [ProcessPacket(357982133u)]
    internal void On7(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 7;
        packet.Complete();
    }

    [ProcessPacket(447026317u)]
    internal void On8(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 8;
        packet.Complete();
    }

    [ProcessPacket(556941107u)]
    internal void On9(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 9;
        packet.Complete();
    }

    [ProcessPacket(641309192u)]
    internal void On10(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 10;
        packet.Complete();
    }

    [ProcessPacket(714077418u)]
    internal void On11(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 11;
        packet.Complete();
    }

    [ProcessPacket(823420485u)]
    internal void On12(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 12;
        packet.Complete();
    }

    [ProcessPacket(865297657u)]
    internal void On13(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 13;
        packet.Complete();
    }

    [ProcessPacket(948787912u)]
    internal void On14(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 14;
        packet.Complete();
    }

    [ProcessPacket(1048293125u)]
    internal void On15(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 15;
        packet.Complete();
    }

    [ProcessPacket(1136804847u)]
    internal void On16(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 16;
        packet.Complete();
    }

    [ProcessPacket(1159892335u)]
    internal void On17(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 17;
        packet.Complete();
    }

    [ProcessPacket(1241869804u)]
    internal void On18(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 18;
        packet.Complete();
    }

    [ProcessPacket(1325140470u)]
    internal void On19(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 19;
        packet.Complete();
    }

    [ProcessPacket(1400042816u)]
    internal void On20(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 20;
        packet.Complete();
    }

    [ProcessPacket(1426592355u)]
    internal void On21(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 21;
        packet.Complete();
    }

    [ProcessPacket(1453286056u)]
    internal void On22(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 22;
        packet.Complete();
    }

    [ProcessPacket(1476598066u)]
    internal void On23(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 23;
        packet.Complete();
    }

    [ProcessPacket(1587017209u)]
    internal void On24(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 24;
        packet.Complete();
    }

    [ProcessPacket(1634185929u)]
    internal void On25(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 25;
        packet.Complete();
    }

    [ProcessPacket(1691766905u)]
    internal void On26(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 26;
        packet.Complete();
    }

    [ProcessPacket(1749600002u)]
    internal void On27(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 27;
        packet.Complete();
    }

    [ProcessPacket(1828619804u)]
    internal void On28(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 28;
        packet.Complete();
    }

    [ProcessPacket(1862407300u)]
    internal void On29(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 29;
        packet.Complete();
    }

    [ProcessPacket(2012198680u)]
    internal void On30(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 30;
        packet.Complete();
    }

    [ProcessPacket(2050917037u)]
    internal void On31(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 31;
        packet.Complete();
    }

    [ProcessPacket(2156776910u)]
    internal void On32(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 32;
        packet.Complete();
    }

    [ProcessPacket(2206780347u)]
    internal void On33(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 33;
        packet.Complete();
    }

    [ProcessPacket(2284560165u)]
    internal void On34(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 34;
        packet.Complete();
    }

    [ProcessPacket(2438706106u)]
    internal void On35(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 35;
        packet.Complete();
    }

    [ProcessPacket(2460087376u)]
    internal void On36(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 36;
        packet.Complete();
    }

    [ProcessPacket(2489094268u)]
    internal void On37(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 37;
        packet.Complete();
    }

    [ProcessPacket(2585270681u)]
    internal void On38(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 38;
        packet.Complete();
    }

    [ProcessPacket(2689280453u)]
    internal void On39(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 39;
        packet.Complete();
    }

    [ProcessPacket(2875920110u)]
    internal void On40(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 40;
        packet.Complete();
    }

    [ProcessPacket(2913711007u)]
    internal void On41(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 41;
        packet.Complete();
    }

    [ProcessPacket(2990461895u)]
    internal void On42(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 42;
        packet.Complete();
    }

    [ProcessPacket(3074147487u)]
    internal void On43(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 43;
        packet.Complete();
    }

    [ProcessPacket(3108553050u)]
    internal void On44(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 44;
        packet.Complete();
    }

    [ProcessPacket(3160951774u)]
    internal void On45(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 45;
        packet.Complete();
    }

    [ProcessPacket(3196634206u)]
    internal void On46(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 46;
        packet.Complete();
    }

    [ProcessPacket(3259826780u)]
    internal void On47(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 47;
        packet.Complete();
    }

    [ProcessPacket(3280816147u)]
    internal void On48(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 48;
        packet.Complete();
    }

    [ProcessPacket(3432017425u)]
    internal void On49(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 49;
        packet.Complete();
    }

    [ProcessPacket(3469354606u)]
    internal void On50(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 50;
        packet.Complete();
    }

    [ProcessPacket(3522965742u)]
    internal void On51(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 51;
        packet.Complete();
    }

    [ProcessPacket(3533596777u)]
    internal void On52(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 52;
        packet.Complete();
    }

    [ProcessPacket(3569824344u)]
    internal void On53(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 53;
        packet.Complete();
    }

    [ProcessPacket(3652387581u)]
    internal void On54(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 54;
        packet.Complete();
    }

    [ProcessPacket(3707940494u)]
    internal void On55(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 55;
        packet.Complete();
    }

    [ProcessPacket(3756059467u)]
    internal void On56(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 56;
        packet.Complete();
    }

    [ProcessPacket(3790381610u)]
    internal void On57(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 57;
        packet.Complete();
    }

    [ProcessPacket(3869324661u)]
    internal void On58(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 58;
        packet.Complete();
    }

    [ProcessPacket(3946300548u)]
    internal void On59(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 59;
        packet.Complete();
    }

    [ProcessPacket(4046111217u)]
    internal void On60(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 60;
        packet.Complete();
    }

    [ProcessPacket(4106732831u)]
    internal void On61(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 61;
        packet.Complete();
    }

    [ProcessPacket(4182921200u)]
    internal void On62(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 62;
        packet.Complete();
    }

    [ProcessPacket(4233104684u)]
    internal void On63(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 63;
        packet.Complete();
    }

    public (uint Type, Handler Handle)[] Table()
        =>
        [
            (24978243, (packet, buffer) => On0(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (58871172, (packet, buffer) => On1(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (97150693, (packet, buffer) => On2(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (143582644, (packet, buffer) => On3(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (191016946, (packet, buffer) => On4(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (233487126, (packet, buffer) => On5(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (287646517, (packet, buffer) => On6(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (357982133, (packet, buffer) => On7(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (447026317, (packet, buffer) => On8(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (556941107, (packet, buffer) => On9(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (641309192, (packet, buffer) => On10(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (714077418, (packet, buffer) => On11(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (823420485, (packet, buffer) => On12(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (865297657, (packet, buffer) => On13(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (948787912, (packet, buffer) => On14(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1048293125, (packet, buffer) => On15(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1136804847, (packet, buffer) => On16(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1159892335, (packet, buffer) => On17(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1241869804, (packet, buffer) => On18(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1325140470, (packet, buffer) => On19(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1400042816, (packet, buffer) => On20(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1426592355, (packet, buffer) => On21(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1453286056, (packet, buffer) => On22(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1476598066, (packet, buffer) => On23(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1587017209, (packet, buffer) => On24(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1634185929, (packet, buffer) => On25(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1691766905, (packet, buffer) => On26(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1749600002, (packet, buffer) => On27(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1828619804, (packet, buffer) => On28(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1862407300, (packet, buffer) => On29(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2012198680, (packet, buffer) => On30(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2050917037, (packet, buffer) => On31(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2156776910, (packet, buffer) => On32(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2206780347, (packet, buffer) => On33(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2284560165, (packet, buffer) => On34(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2438706106, (packet, buffer) => On35(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2460087376, (packet, buffer) => On36(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2489094268, (packet, buffer) => On37(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2585270681, (packet, buffer) => On38(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2689280453, (packet, buffer) => On39(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2875920110, (packet, buffer) => On40(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2913711007, (packet, buffer) => On41(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2990461895, (packet, buffer) => On42(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3074147487, (packet, buffer) => On43(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3108553050, (packet, buffer) => On44(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3160951774, (packet, buffer) => On45(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3196634206, (packet, buffer) => On46(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3259826780, (packet, buffer) => On47(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3280816147, (packet, buffer) => On48(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3432017425, (packet, buffer) => On49(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3469354606, (packet, buffer) => On50(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3522965742, (packet, buffer) => On51(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3533596777, (packet, buffer) => On52(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3569824344, (packet, buffer) => On53(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3652387581, (packet, buffer) => On54(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3707940494, (packet, buffer) => On55(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3756059467, (packet, buffer) => On56(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3790381610, (packet, buffer) => On57(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3869324661, (packet, buffer) => On58(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3946300548, (packet, buffer) => On59(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4046111217, (packet, buffer) => On60(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4106732831, (packet, buffer) => On61(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4182921200, (packet, buffer) => On62(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4233104684, (packet, buffer) => On63(packet, in MemoryMarshal.AsRef<Message>(buffer))),
        ];
}

/// <summary>The same handlers, dispatched by the switch that a careful programmer writes.</summary>
internal sealed class Sparse64ByHand(Sparse64 handlers) : IChannelCallbacks
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
                case 58871172:
                    handlers.On1(packet, in message);
                    break;
                case 97150693:
                    handlers.On2(packet, in message);
                    break;
                case 143582644:
                    handlers.On3(packet, in message);
                    break;
                case 191016946:
                    handlers.On4(packet, in message);
                    break;
                case 233487126:
                    handlers.On5(packet, in message);
                    break;
                case 287646517:
                    handlers.On6(packet, in message);
                    break;
                case 357982133:
                    handlers.On7(packet, in message);
                    break;
                case 447026317:
                    handlers.On8(packet, in message);
                    break;
                case 556941107:
                    handlers.On9(packet, in message);
                    break;
                case 641309192:
                    handlers.On10(packet, in message);
                    break;
                case 714077418:
                    handlers.On11(packet, in message);
                    break;
                case 823420485:
                    handlers.On12(packet, in message);
                    break;
                case 865297657:
                    handlers.On13(packet, in message);
                    break;
                case 948787912:
                    handlers.On14(packet, in message);
                    break;
                case 1048293125:
                    handlers.On15(packet, in message);
                    break;
                case 1136804847:
                    handlers.On16(packet, in message);
                    break;
                case 1159892335:
                    handlers.On17(packet, in message);
                    break;
                case 1241869804:
                    handlers.On18(packet, in message);
                    break;
                case 1325140470:
                    handlers.On19(packet, in message);
                    break;
                case 1400042816:
                    handlers.On20(packet, in message);
                    break;
                case 1426592355:
                    handlers.On21(packet, in message);
                    break;
                case 1453286056:
                    handlers.On22(packet, in message);
                    break;
                case 1476598066:
                    handlers.On23(packet, in message);
                    break;
                case 1587017209:
                    handlers.On24(packet, in message);
                    break;
                case 1634185929:
                    handlers.On25(packet, in message);
                    break;
                case 1691766905:
                    handlers.On26(packet, in message);
                    break;
                case 1749600002:
                    handlers.On27(packet, in message);
                    break;
                case 1828619804:
                    handlers.On28(packet, in message);
                    break;
                case 1862407300:
                    handlers.On29(packet, in message);
                    break;
                case 2012198680:
                    handlers.On30(packet, in message);
                    break;
                case 2050917037:
                    handlers.On31(packet, in message);
                    break;
                case 2156776910:
                    handlers.On32(packet, in message);
                    break;
                case 2206780347:
                    handlers.On33(packet, in message);
                    break;
                case 2284560165:
                    handlers.On34(packet, in message);
                    break;
                case 2438706106:
                    handlers.On35(packet, in message);
                    break;
                case 2460087376:
                    handlers.On36(packet, in message);
                    break;
                case 2489094268:
                    handlers.On37(packet, in message);
                    break;
                case 2585270681:
                    handlers.On38(packet, in message);
                    break;
                case 2689280453:
                    handlers.On39(packet, in message);
                    break;
                case 2875920110:
                    handlers.On40(packet, in message);
                    break;
                case 2913711007:
                    handlers.On41(packet, in message);
                    break;
                case 2990461895:
                    handlers.On42(packet, in message);
                    break;
                case 3074147487:
                    handlers.On43(packet, in message);
                    break;
                case 3108553050:
                    handlers.On44(packet, in message);
                    break;
                case 3160951774:
                    handlers.On45(packet, in message);
                    break;
                case 3196634206:
                    handlers.On46(packet, in message);
                    break;
                case 3259826780:
                    handlers.On47(packet, in message);
                    break;
                case 3280816147:
                    handlers.On48(packet, in message);
                    break;
                case 3432017425:
                    handlers.On49(packet, in message);
                    break;
                case 3469354606:
                    handlers.On50(packet, in message);
                    break;
                case 3522965742:
                    handlers.On51(packet, in message);
                    break;
                case 3533596777:
                    handlers.On52(packet, in message);
                    break;
                case 3569824344:
                    handlers.On53(packet, in message);
                    break;
                case 3652387581:
                    handlers.On54(packet, in message);
                    break;
                case 3707940494:
                    handlers.On55(packet, in message);
                    break;
                case 3756059467:
                    handlers.On56(packet, in message);
                    break;
                case 3790381610:
                    handlers.On57(packet, in message);
                    break;
                case 3869324661:
                    handlers.On58(packet, in message);
                    break;
                case 3946300548:
                    handlers.On59(packet, in message);
                    break;
                case 4046111217:
                    handlers.On60(packet, in message);
                    break;
                case 4106732831:
                    handlers.On61(packet, in message);
                    break;
                case 4182921200:
                    handlers.On62(packet, in message);
                    break;
                case 4233104684:
                    handlers.On63(packet, in message);
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
    }
}
