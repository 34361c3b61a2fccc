using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch.Handlers;

/// <summary>256 handlers for consecutive message types, dispatched by generated code.</summary>
internal sealed partial class Dense256 : IHandlers
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
        64, 65, 66, 67, 68, 69, 70, 71,
        72, 73, 74, 75, 76, 77, 78, 79,
        80, 81, 82, 83, 84, 85, 86, 87,
        88, 89, 90, 91, 92, 93, 94, 95,
        96, 97, 98, 99, 100, 101, 102, 103,
        104, 105, 106, 107, 108, 109, 110, 111,
        112, 113, 114, 115, 116, 117, 118, 119,
        120, 121, 122, 123, 124, 125, 126, 127,
        128, 129, 130, 131, 132, 133, 134, 135,
        136, 137, 138, 139, 140, 141, 142, 143,
        144, 145, 146, 147, 148, 149, 150, 151,
        152, 153, 154, 155, 156, 157, 158, 159,
        160, 161, 162, 163, 164, 165, 166, 167,
        168, 169, 170, 171, 172, 173, 174, 175,
        176, 177, 178, 179, 180, 181, 182, 183,
        184, 185, 186, 187, 188, 189, 190, 191,
        192, 193, 194, 195, 196, 197, 198, 199,
        200, 201, 202, 203, 204, 205, 206, 207,
        208, 209, 210, 211, 212, 213, 214, 215,
        216, 217, 218, 219, 220, 221, 222, 223,
        224, 225, 226, 227, 228, 229, 230, 231,
        232, 233, 234, 235, 236, 237, 238, 239,
        240, 241, 242, 243, 244, 245, 246, 247,
        248, 249, 250, 251, 252, 253, 254, 255,
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

    [ProcessPacket(64)]
    internal void On64(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 64;
        packet.Complete();
    }

    [ProcessPacket(65)]
    internal void On65(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 65;
        packet.Complete();
    }

    [ProcessPacket(66)]
    internal void On66(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 66;
        packet.Complete();
    }

    [ProcessPacket(67)]
    internal void On67(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 67;
        packet.Complete();
    }

    [ProcessPacket(68)]
    internal void On68(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 68;
        packet.Complete();
    }

    [ProcessPacket(69)]
    internal void On69(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 69;
        packet.Complete();
    }

    [ProcessPacket(70)]
    internal void On70(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 70;
        packet.Complete();
    }

    [ProcessPacket(71)]
    internal void On71(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 71;
        packet.Complete();
    }

    [ProcessPacket(72)]
    internal void On72(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 72;
        packet.Complete();
    }

    [ProcessPacket(73)]
    internal void On73(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 73;
        packet.Complete();
    }

    [ProcessPacket(74)]
    internal void On74(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 74;
        packet.Complete();
    }

    [ProcessPacket(75)]
    internal void On75(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 75;
        packet.Complete();
    }

    [ProcessPacket(76)]
    internal void On76(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 76;
        packet.Complete();
    }

    [ProcessPacket(77)]
    internal void On77(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 77;
        packet.Complete();
    }

    [ProcessPacket(78)]
    internal void On78(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 78;
        packet.Complete();
    }

    [ProcessPacket(79)]
    internal void On79(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 79;
        packet.Complete();
    }

    [ProcessPacket(80)]
    internal void On80(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 80;
        packet.Complete();
    }

    [ProcessPacket(81)]
    internal void On81(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 81;
        packet.Complete();
    }

    [ProcessPacket(82)]
    internal void On82(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 82;
        packet.Complete();
    }

    [ProcessPacket(83)]
    internal void On83(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 83;
        packet.Complete();
    }

    [ProcessPacket(84)]
    internal void On84(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 84;
        packet.Complete();
    }

    [ProcessPacket(85)]
    internal void On85(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 85;
        packet.Complete();
    }

    [ProcessPacket(86)]
    internal void On86(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 86;
        packet.Complete();
    }

    [ProcessPacket(87)]
    internal void On87(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 87;
        packet.Complete();
    }

    [ProcessPacket(88)]
    internal void On88(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 88;
        packet.Complete();
    }

    [ProcessPacket(89)]
    internal void On89(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 89;
        packet.Complete();
    }

    [ProcessPacket(90)]
    internal void On90(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 90;
        packet.Complete();
    }

    [ProcessPacket(91)]
    internal void On91(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 91;
        packet.Complete();
    }

    [ProcessPacket(92)]
    internal void On92(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 92;
        packet.Complete();
    }

    [ProcessPacket(93)]
    internal void On93(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 93;
        packet.Complete();
    }

    [ProcessPacket(94)]
    internal void On94(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 94;
        packet.Complete();
    }

    [ProcessPacket(95)]
    internal void On95(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 95;
        packet.Complete();
    }

    [ProcessPacket(96)]
    internal void On96(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 96;
        packet.Complete();
    }

    [ProcessPacket(97)]
    internal void On97(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 97;
        packet.Complete();
    }

    [ProcessPacket(98)]
    internal void On98(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 98;
        packet.Complete();
    }

    [ProcessPacket(99)]
    internal void On99(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 99;
        packet.Complete();
    }

    [ProcessPacket(100)]
    internal void On100(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 100;
        packet.Complete();
    }

    [ProcessPacket(101)]
    internal void On101(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 101;
        packet.Complete();
    }

    [ProcessPacket(102)]
    internal void On102(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 102;
        packet.Complete();
    }

    [ProcessPacket(103)]
    internal void On103(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 103;
        packet.Complete();
    }

    [ProcessPacket(104)]
    internal void On104(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 104;
        packet.Complete();
    }

    [ProcessPacket(105)]
    internal void On105(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 105;
        packet.Complete();
    }

    [ProcessPacket(106)]
    internal void On106(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 106;
        packet.Complete();
    }

    [ProcessPacket(107)]
    internal void On107(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 107;
        packet.Complete();
    }

    [ProcessPacket(108)]
    internal void On108(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 108;
        packet.Complete();
    }

    [ProcessPacket(109)]
    internal void On109(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 109;
        packet.Complete();
    }

    [ProcessPacket(110)]
    internal void On110(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 110;
        packet.Complete();
    }

    [ProcessPacket(111)]
    internal void On111(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 111;
        packet.Complete();
    }

    [ProcessPacket(112)]
    internal void On112(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 112;
        packet.Complete();
    }

    [ProcessPacket(113)]
    internal void On113(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 113;
        packet.Complete();
    }

    [ProcessPacket(114)]
    internal void On114(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 114;
        packet.Complete();
    }

    [ProcessPacket(115)]
    internal void On115(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 115;
        packet.Complete();
    }

    [ProcessPacket(116)]
    internal void On116(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 116;
        packet.Complete();
    }

    [ProcessPacket(117)]
    internal void On117(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 117;
        packet.Complete();
    }

    [ProcessPacket(118)]
    internal void On118(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 118;
        packet.Complete();
    }

    [ProcessPacket(119)]
    internal void On119(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 119;
        packet.Complete();
    }

    [ProcessPacket(120)]
    internal void On120(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 120;
        packet.Complete();
    }

    [ProcessPacket(121)]
    internal void On121(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 121;
        packet.Complete();
    }

    [ProcessPacket(122)]
    internal void On122(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 122;
        packet.Complete();
    }

    [ProcessPacket(123)]
    internal void On123(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 123;
        packet.Complete();
    }

    [ProcessPacket(124)]
    internal void On124(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 124;
        packet.Complete();
    }

    [ProcessPacket(125)]
    internal void On125(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 125;
        packet.Complete();
    }

    [ProcessPacket(126)]
    internal void On126(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 126;
        packet.Complete();
    }

    [ProcessPacket(127)]
    internal void On127(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 127;
        packet.Complete();
    }

    [ProcessPacket(128)]
    internal void On128(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 128;
        packet.Complete();
    }

    [ProcessPacket(129)]
    internal void On129(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 129;
        packet.Complete();
    }

    [ProcessPacket(130)]
    internal void On130(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 130;
        packet.Complete();
    }

    [ProcessPacket(131)]
    internal void On131(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 131;
        packet.Complete();
    }

    [ProcessPacket(132)]
    internal void On132(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 132;
        packet.Complete();
    }

    [ProcessPacket(133)]
    internal void On133(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 133;
        packet.Complete();
    }

    [ProcessPacket(134)]
    internal void On134(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 134;
        packet.Complete();
    }

    [ProcessPacket(135)]
    internal void On135(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 135;
        packet.Complete();
    }

    [ProcessPacket(136)]
    internal void On136(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 136;
        packet.Complete();
    }

    [ProcessPacket(137)]
    internal void On137(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 137;
        packet.Complete();
    }

    [ProcessPacket(138)]
    internal void On138(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 138;
        packet.Complete();
    }

    [ProcessPacket(139)]
    internal void On139(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 139;
        packet.Complete();
    }

    [ProcessPacket(140)]
    internal void On140(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 140;
        packet.Complete();
    }

    [ProcessPacket(141)]
    internal void On141(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 141;
        packet.Complete();
    }

    [ProcessPacket(142)]
    internal void On142(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 142;
        packet.Complete();
    }

    [ProcessPacket(143)]
    internal void On143(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 143;
        packet.Complete();
    }

    [ProcessPacket(144)]
    internal void On144(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 144;
        packet.Complete();
    }

    [ProcessPacket(145)]
    internal void On145(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 145;
        packet.Complete();
    }

    [ProcessPacket(146)]
    internal void On146(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 146;
        packet.Complete();
    }

    [ProcessPacket(147)]
    internal void On147(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 147;
        packet.Complete();
    }

    [ProcessPacket(148)]
    internal void On148(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 148;
        packet.Complete();
    }

    [ProcessPacket(149)]
    internal void On149(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 149;
        packet.Complete();
    }

    [ProcessPacket(150)]
    internal void On150(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 150;
        packet.Complete();
    }

    [ProcessPacket(151)]
    internal void On151(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 151;
        packet.Complete();
    }

    [ProcessPacket(152)]
    internal void On152(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 152;
        packet.Complete();
    }

    [ProcessPacket(153)]
    internal void On153(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 153;
        packet.Complete();
    }

    [ProcessPacket(154)]
    internal void On154(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 154;
        packet.Complete();
    }

    [ProcessPacket(155)]
    internal void On155(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 155;
        packet.Complete();
    }

    [ProcessPacket(156)]
    internal void On156(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 156;
        packet.Complete();
    }

    [ProcessPacket(157)]
    internal void On157(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 157;
        packet.Complete();
    }

    [ProcessPacket(158)]
    internal void On158(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 158;
        packet.Complete();
    }

    [ProcessPacket(159)]
    internal void On159(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 159;
        packet.Complete();
    }

    [ProcessPacket(160)]
    internal void On160(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 160;
        packet.Complete();
    }

    [ProcessPacket(161)]
    internal void On161(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 161;
        packet.Complete();
    }

    [ProcessPacket(162)]
    internal void On162(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 162;
        packet.Complete();
    }

    [ProcessPacket(163)]
    internal void On163(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 163;
        packet.Complete();
    }

    [ProcessPacket(164)]
    internal void On164(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 164;
        packet.Complete();
    }

    [ProcessPacket(165)]
    internal void On165(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 165;
        packet.Complete();
    }

    [ProcessPacket(166)]
    internal void On166(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 166;
        packet.Complete();
    }

    [ProcessPacket(167)]
    internal void On167(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 167;
        packet.Complete();
    }

    [ProcessPacket(168)]
    internal void On168(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 168;
        packet.Complete();
    }

    [ProcessPacket(169)]
    internal void On169(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 169;
        packet.Complete();
    }

    [ProcessPacket(170)]
    internal void On170(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 170;
        packet.Complete();
    }

    [ProcessPacket(171)]
    internal void On171(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 171;
        packet.Complete();
    }

    [ProcessPacket(172)]
    internal void On172(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 172;
        packet.Complete();
    }

    [ProcessPacket(173)]
    internal void On173(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 173;
        packet.Complete();
    }

    [ProcessPacket(174)]
    internal void On174(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 174;
        packet.Complete();
    }

    [ProcessPacket(175)]
    internal void On175(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 175;
        packet.Complete();
    }

    [ProcessPacket(176)]
    internal void On176(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 176;
        packet.Complete();
    }

    [ProcessPacket(177)]
    internal void On177(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 177;
        packet.Complete();
    }

    [ProcessPacket(178)]
    internal void On178(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 178;
        packet.Complete();
    }

    [ProcessPacket(179)]
    internal void On179(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 179;
        packet.Complete();
    }

    [ProcessPacket(180)]
    internal void On180(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 180;
        packet.Complete();
    }

    [ProcessPacket(181)]
    internal void On181(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 181;
        packet.Complete();
    }

    [ProcessPacket(182)]
    internal void On182(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 182;
        packet.Complete();
    }

    [ProcessPacket(183)]
    internal void On183(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 183;
        packet.Complete();
    }

    [ProcessPacket(184)]
    internal void On184(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 184;
        packet.Complete();
    }

    [ProcessPacket(185)]
    internal void On185(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 185;
        packet.Complete();
    }

    [ProcessPacket(186)]
    internal void On186(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 186;
        packet.Complete();
    }

    [ProcessPacket(187)]
    internal void On187(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 187;
        packet.Complete();
    }

    [ProcessPacket(188)]
    internal void On188(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 188;
        packet.Complete();
    }

    [ProcessPacket(189)]
    internal void On189(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 189;
        packet.Complete();
    }

    [ProcessPacket(190)]
    internal void On190(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 190;
        packet.Complete();
    }

    [ProcessPacket(191)]
    internal void On191(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 191;
        packet.Complete();
    }

    [ProcessPacket(192)]
    internal void On192(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 192;
        packet.Complete();
    }

    [ProcessPacket(193)]
    internal void On193(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 193;
        packet.Complete();
    }

    [ProcessPacket(194)]
    internal void On194(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 194;
        packet.Complete();
    }

    [ProcessPacket(195)]
    internal void On195(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 195;
        packet.Complete();
    }

    [ProcessPacket(196)]
    internal void On196(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 196;
        packet.Complete();
    }

    [ProcessPacket(197)]
    internal void On197(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 197;
        packet.Complete();
    }

    [ProcessPacket(198)]
    internal void On198(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 198;
        packet.Complete();
    }

    [ProcessPacket(199)]
    internal void On199(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 199;
        packet.Complete();
    }

    [ProcessPacket(200)]
    internal void On200(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 200;
        packet.Complete();
    }

    [ProcessPacket(201)]
    internal void On201(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 201;
        packet.Complete();
    }

    [ProcessPacket(202)]
    internal void On202(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 202;
        packet.Complete();
    }

    [ProcessPacket(203)]
    internal void On203(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 203;
        packet.Complete();
    }

    [ProcessPacket(204)]
    internal void On204(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 204;
        packet.Complete();
    }

    [ProcessPacket(205)]
    internal void On205(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 205;
        packet.Complete();
    }

    [ProcessPacket(206)]
    internal void On206(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 206;
        packet.Complete();
    }

    [ProcessPacket(207)]
    internal void On207(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 207;
        packet.Complete();
    }

    [ProcessPacket(208)]
    internal void On208(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 208;
        packet.Complete();
    }

    [ProcessPacket(209)]
    internal void On209(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 209;
        packet.Complete();
    }

    [ProcessPacket(210)]
    internal void On210(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 210;
        packet.Complete();
    }

    [ProcessPacket(211)]
    internal void On211(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 211;
        packet.Complete();
    }

    [ProcessPacket(212)]
    internal void On212(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 212;
        packet.Complete();
    }

    [ProcessPacket(213)]
    internal void On213(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 213;
        packet.Complete();
    }

    [ProcessPacket(214)]
    internal void On214(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 214;
        packet.Complete();
    }

    [ProcessPacket(215)]
    internal void On215(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 215;
        packet.Complete();
    }

    [ProcessPacket(216)]
    internal void On216(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 216;
        packet.Complete();
    }

    [ProcessPacket(217)]
    internal void On217(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 217;
        packet.Complete();
    }

    [ProcessPacket(218)]
    internal void On218(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 218;
        packet.Complete();
    }

    [ProcessPacket(219)]
    internal void On219(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 219;
        packet.Complete();
    }

    [ProcessPacket(220)]
    internal void On220(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 220;
        packet.Complete();
    }

    [ProcessPacket(221)]
    internal void On221(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 221;
        packet.Complete();
    }

    [ProcessPacket(222)]
    internal void On222(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 222;
        packet.Complete();
    }

    [ProcessPacket(223)]
    internal void On223(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 223;
        packet.Complete();
    }

    [ProcessPacket(224)]
    internal void On224(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 224;
        packet.Complete();
    }

    [ProcessPacket(225)]
    internal void On225(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 225;
        packet.Complete();
    }

    [ProcessPacket(226)]
    internal void On226(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 226;
        packet.Complete();
    }

    [ProcessPacket(227)]
    internal void On227(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 227;
        packet.Complete();
    }

    [ProcessPacket(228)]
    internal void On228(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 228;
        packet.Complete();
    }

    [ProcessPacket(229)]
    internal void On229(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 229;
        packet.Complete();
    }

    [ProcessPacket(230)]
    internal void On230(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 230;
        packet.Complete();
    }

    [ProcessPacket(231)]
    internal void On231(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 231;
        packet.Complete();
    }

    [ProcessPacket(232)]
    internal void On232(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 232;
        packet.Complete();
    }

    [ProcessPacket(233)]
    internal void On233(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 233;
        packet.Complete();
    }

    [ProcessPacket(234)]
    internal void On234(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 234;
        packet.Complete();
    }

    [ProcessPacket(235)]
    internal void On235(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 235;
        packet.Complete();
    }

    [ProcessPacket(236)]
    internal void On236(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 236;
        packet.Complete();
    }

    [ProcessPacket(237)]
    internal void On237(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 237;
        packet.Complete();
    }

    [ProcessPacket(238)]
    internal void On238(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 238;
        packet.Complete();
    }

    [ProcessPacket(239)]
    internal void On239(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 239;
        packet.Complete();
    }

    [ProcessPacket(240)]
    internal void On240(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 240;
        packet.Complete();
    }

    [ProcessPacket(241)]
    internal void On241(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 241;
        packet.Complete();
    }

    [ProcessPacket(242)]
    internal void On242(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 242;
        packet.Complete();
    }

    [ProcessPacket(243)]
    internal void On243(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 243;
        packet.Complete();
    }

    [ProcessPacket(244)]
    internal void On244(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 244;
        packet.Complete();
    }

    [ProcessPacket(245)]
    internal void On245(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 245;
        packet.Complete();
    }

    [ProcessPacket(246)]
    internal void On246(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 246;
        packet.Complete();
    }

    [ProcessPacket(247)]
    internal void On247(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 247;
        packet.Complete();
    }

    [ProcessPacket(248)]
    internal void On248(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 248;
        packet.Complete();
    }

    [ProcessPacket(249)]
    internal void On249(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 249;
        packet.Complete();
    }

    [ProcessPacket(250)]
    internal void On250(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 250;
        packet.Complete();
    }

    [ProcessPacket(251)]
    internal void On251(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 251;
        packet.Complete();
    }

    [ProcessPacket(252)]
    internal void On252(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 252;
        packet.Complete();
    }

    [ProcessPacket(253)]
    internal void On253(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 253;
        packet.Complete();
    }

    [ProcessPacket(254)]
    internal void On254(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 254;
        packet.Complete();
    }

    [ProcessPacket(255)]
    internal void On255(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 255;
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
            (64, (packet, buffer) => On64(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (65, (packet, buffer) => On65(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (66, (packet, buffer) => On66(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (67, (packet, buffer) => On67(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (68, (packet, buffer) => On68(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (69, (packet, buffer) => On69(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (70, (packet, buffer) => On70(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (71, (packet, buffer) => On71(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (72, (packet, buffer) => On72(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (73, (packet, buffer) => On73(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (74, (packet, buffer) => On74(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (75, (packet, buffer) => On75(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (76, (packet, buffer) => On76(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (77, (packet, buffer) => On77(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (78, (packet, buffer) => On78(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (79, (packet, buffer) => On79(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (80, (packet, buffer) => On80(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (81, (packet, buffer) => On81(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (82, (packet, buffer) => On82(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (83, (packet, buffer) => On83(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (84, (packet, buffer) => On84(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (85, (packet, buffer) => On85(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (86, (packet, buffer) => On86(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (87, (packet, buffer) => On87(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (88, (packet, buffer) => On88(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (89, (packet, buffer) => On89(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (90, (packet, buffer) => On90(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (91, (packet, buffer) => On91(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (92, (packet, buffer) => On92(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (93, (packet, buffer) => On93(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (94, (packet, buffer) => On94(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (95, (packet, buffer) => On95(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (96, (packet, buffer) => On96(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (97, (packet, buffer) => On97(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (98, (packet, buffer) => On98(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (99, (packet, buffer) => On99(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (100, (packet, buffer) => On100(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (101, (packet, buffer) => On101(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (102, (packet, buffer) => On102(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (103, (packet, buffer) => On103(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (104, (packet, buffer) => On104(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (105, (packet, buffer) => On105(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (106, (packet, buffer) => On106(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (107, (packet, buffer) => On107(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (108, (packet, buffer) => On108(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (109, (packet, buffer) => On109(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (110, (packet, buffer) => On110(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (111, (packet, buffer) => On111(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (112, (packet, buffer) => On112(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (113, (packet, buffer) => On113(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (114, (packet, buffer) => On114(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (115, (packet, buffer) => On115(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (116, (packet, buffer) => On116(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (117, (packet, buffer) => On117(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (118, (packet, buffer) => On118(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (119, (packet, buffer) => On119(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (120, (packet, buffer) => On120(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (121, (packet, buffer) => On121(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (122, (packet, buffer) => On122(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (123, (packet, buffer) => On123(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (124, (packet, buffer) => On124(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (125, (packet, buffer) => On125(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (126, (packet, buffer) => On126(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (127, (packet, buffer) => On127(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (128, (packet, buffer) => On128(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (129, (packet, buffer) => On129(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (130, (packet, buffer) => On130(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (131, (packet, buffer) => On131(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (132, (packet, buffer) => On132(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (133, (packet, buffer) => On133(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (134, (packet, buffer) => On134(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (135, (packet, buffer) => On135(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (136, (packet, buffer) => On136(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (137, (packet, buffer) => On137(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (138, (packet, buffer) => On138(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (139, (packet, buffer) => On139(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (140, (packet, buffer) => On140(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (141, (packet, buffer) => On141(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (142, (packet, buffer) => On142(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (143, (packet, buffer) => On143(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (144, (packet, buffer) => On144(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (145, (packet, buffer) => On145(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (146, (packet, buffer) => On146(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (147, (packet, buffer) => On147(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (148, (packet, buffer) => On148(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (149, (packet, buffer) => On149(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (150, (packet, buffer) => On150(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (151, (packet, buffer) => On151(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (152, (packet, buffer) => On152(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (153, (packet, buffer) => On153(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (154, (packet, buffer) => On154(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (155, (packet, buffer) => On155(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (156, (packet, buffer) => On156(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (157, (packet, buffer) => On157(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (158, (packet, buffer) => On158(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (159, (packet, buffer) => On159(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (160, (packet, buffer) => On160(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (161, (packet, buffer) => On161(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (162, (packet, buffer) => On162(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (163, (packet, buffer) => On163(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (164, (packet, buffer) => On164(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (165, (packet, buffer) => On165(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (166, (packet, buffer) => On166(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (167, (packet, buffer) => On167(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (168, (packet, buffer) => On168(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (169, (packet, buffer) => On169(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (170, (packet, buffer) => On170(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (171, (packet, buffer) => On171(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (172, (packet, buffer) => On172(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (173, (packet, buffer) => On173(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (174, (packet, buffer) => On174(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (175, (packet, buffer) => On175(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (176, (packet, buffer) => On176(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (177, (packet, buffer) => On177(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (178, (packet, buffer) => On178(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (179, (packet, buffer) => On179(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (180, (packet, buffer) => On180(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (181, (packet, buffer) => On181(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (182, (packet, buffer) => On182(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (183, (packet, buffer) => On183(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (184, (packet, buffer) => On184(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (185, (packet, buffer) => On185(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (186, (packet, buffer) => On186(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (187, (packet, buffer) => On187(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (188, (packet, buffer) => On188(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (189, (packet, buffer) => On189(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (190, (packet, buffer) => On190(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (191, (packet, buffer) => On191(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (192, (packet, buffer) => On192(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (193, (packet, buffer) => On193(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (194, (packet, buffer) => On194(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (195, (packet, buffer) => On195(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (196, (packet, buffer) => On196(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (197, (packet, buffer) => On197(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (198, (packet, buffer) => On198(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (199, (packet, buffer) => On199(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (200, (packet, buffer) => On200(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (201, (packet, buffer) => On201(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (202, (packet, buffer) => On202(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (203, (packet, buffer) => On203(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (204, (packet, buffer) => On204(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (205, (packet, buffer) => On205(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (206, (packet, buffer) => On206(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (207, (packet, buffer) => On207(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (208, (packet, buffer) => On208(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (209, (packet, buffer) => On209(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (210, (packet, buffer) => On210(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (211, (packet, buffer) => On211(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (212, (packet, buffer) => On212(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (213, (packet, buffer) => On213(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (214, (packet, buffer) => On214(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (215, (packet, buffer) => On215(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (216, (packet, buffer) => On216(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (217, (packet, buffer) => On217(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (218, (packet, buffer) => On218(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (219, (packet, buffer) => On219(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (220, (packet, buffer) => On220(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (221, (packet, buffer) => On221(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (222, (packet, buffer) => On222(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (223, (packet, buffer) => On223(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (224, (packet, buffer) => On224(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (225, (packet, buffer) => On225(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (226, (packet, buffer) => On226(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (227, (packet, buffer) => On227(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (228, (packet, buffer) => On228(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (229, (packet, buffer) => On229(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (230, (packet, buffer) => On230(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (231, (packet, buffer) => On231(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (232, (packet, buffer) => On232(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (233, (packet, buffer) => On233(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (234, (packet, buffer) => On234(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (235, (packet, buffer) => On235(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (236, (packet, buffer) => On236(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (237, (packet, buffer) => On237(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (238, (packet, buffer) => On238(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (239, (packet, buffer) => On239(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (240, (packet, buffer) => On240(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (241, (packet, buffer) => On241(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (242, (packet, buffer) => On242(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (243, (packet, buffer) => On243(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (244, (packet, buffer) => On244(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (245, (packet, buffer) => On245(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (246, (packet, buffer) => On246(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (247, (packet, buffer) => On247(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (248, (packet, buffer) => On248(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (249, (packet, buffer) => On249(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (250, (packet, buffer) => On250(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (251, (packet, buffer) => On251(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (252, (packet, buffer) => On252(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (253, (packet, buffer) => On253(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (254, (packet, buffer) => On254(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (255, (packet, buffer) => On255(packet, in MemoryMarshal.AsRef<Message>(buffer))),
        ];
}

/// <summary>The same handlers, dispatched by the switch that a careful programmer writes.</summary>
internal sealed class Dense256ByHand(Dense256 handlers) : IChannelCallbacks
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
                case 64:
                    handlers.On64(packet, in message);
                    break;
                case 65:
                    handlers.On65(packet, in message);
                    break;
                case 66:
                    handlers.On66(packet, in message);
                    break;
                case 67:
                    handlers.On67(packet, in message);
                    break;
                case 68:
                    handlers.On68(packet, in message);
                    break;
                case 69:
                    handlers.On69(packet, in message);
                    break;
                case 70:
                    handlers.On70(packet, in message);
                    break;
                case 71:
                    handlers.On71(packet, in message);
                    break;
                case 72:
                    handlers.On72(packet, in message);
                    break;
                case 73:
                    handlers.On73(packet, in message);
                    break;
                case 74:
                    handlers.On74(packet, in message);
                    break;
                case 75:
                    handlers.On75(packet, in message);
                    break;
                case 76:
                    handlers.On76(packet, in message);
                    break;
                case 77:
                    handlers.On77(packet, in message);
                    break;
                case 78:
                    handlers.On78(packet, in message);
                    break;
                case 79:
                    handlers.On79(packet, in message);
                    break;
                case 80:
                    handlers.On80(packet, in message);
                    break;
                case 81:
                    handlers.On81(packet, in message);
                    break;
                case 82:
                    handlers.On82(packet, in message);
                    break;
                case 83:
                    handlers.On83(packet, in message);
                    break;
                case 84:
                    handlers.On84(packet, in message);
                    break;
                case 85:
                    handlers.On85(packet, in message);
                    break;
                case 86:
                    handlers.On86(packet, in message);
                    break;
                case 87:
                    handlers.On87(packet, in message);
                    break;
                case 88:
                    handlers.On88(packet, in message);
                    break;
                case 89:
                    handlers.On89(packet, in message);
                    break;
                case 90:
                    handlers.On90(packet, in message);
                    break;
                case 91:
                    handlers.On91(packet, in message);
                    break;
                case 92:
                    handlers.On92(packet, in message);
                    break;
                case 93:
                    handlers.On93(packet, in message);
                    break;
                case 94:
                    handlers.On94(packet, in message);
                    break;
                case 95:
                    handlers.On95(packet, in message);
                    break;
                case 96:
                    handlers.On96(packet, in message);
                    break;
                case 97:
                    handlers.On97(packet, in message);
                    break;
                case 98:
                    handlers.On98(packet, in message);
                    break;
                case 99:
                    handlers.On99(packet, in message);
                    break;
                case 100:
                    handlers.On100(packet, in message);
                    break;
                case 101:
                    handlers.On101(packet, in message);
                    break;
                case 102:
                    handlers.On102(packet, in message);
                    break;
                case 103:
                    handlers.On103(packet, in message);
                    break;
                case 104:
                    handlers.On104(packet, in message);
                    break;
                case 105:
                    handlers.On105(packet, in message);
                    break;
                case 106:
                    handlers.On106(packet, in message);
                    break;
                case 107:
                    handlers.On107(packet, in message);
                    break;
                case 108:
                    handlers.On108(packet, in message);
                    break;
                case 109:
                    handlers.On109(packet, in message);
                    break;
                case 110:
                    handlers.On110(packet, in message);
                    break;
                case 111:
                    handlers.On111(packet, in message);
                    break;
                case 112:
                    handlers.On112(packet, in message);
                    break;
                case 113:
                    handlers.On113(packet, in message);
                    break;
                case 114:
                    handlers.On114(packet, in message);
                    break;
                case 115:
                    handlers.On115(packet, in message);
                    break;
                case 116:
                    handlers.On116(packet, in message);
                    break;
                case 117:
                    handlers.On117(packet, in message);
                    break;
                case 118:
                    handlers.On118(packet, in message);
                    break;
                case 119:
                    handlers.On119(packet, in message);
                    break;
                case 120:
                    handlers.On120(packet, in message);
                    break;
                case 121:
                    handlers.On121(packet, in message);
                    break;
                case 122:
                    handlers.On122(packet, in message);
                    break;
                case 123:
                    handlers.On123(packet, in message);
                    break;
                case 124:
                    handlers.On124(packet, in message);
                    break;
                case 125:
                    handlers.On125(packet, in message);
                    break;
                case 126:
                    handlers.On126(packet, in message);
                    break;
                case 127:
                    handlers.On127(packet, in message);
                    break;
                case 128:
                    handlers.On128(packet, in message);
                    break;
                case 129:
                    handlers.On129(packet, in message);
                    break;
                case 130:
                    handlers.On130(packet, in message);
                    break;
                case 131:
                    handlers.On131(packet, in message);
                    break;
                case 132:
                    handlers.On132(packet, in message);
                    break;
                case 133:
                    handlers.On133(packet, in message);
                    break;
                case 134:
                    handlers.On134(packet, in message);
                    break;
                case 135:
                    handlers.On135(packet, in message);
                    break;
                case 136:
                    handlers.On136(packet, in message);
                    break;
                case 137:
                    handlers.On137(packet, in message);
                    break;
                case 138:
                    handlers.On138(packet, in message);
                    break;
                case 139:
                    handlers.On139(packet, in message);
                    break;
                case 140:
                    handlers.On140(packet, in message);
                    break;
                case 141:
                    handlers.On141(packet, in message);
                    break;
                case 142:
                    handlers.On142(packet, in message);
                    break;
                case 143:
                    handlers.On143(packet, in message);
                    break;
                case 144:
                    handlers.On144(packet, in message);
                    break;
                case 145:
                    handlers.On145(packet, in message);
                    break;
                case 146:
                    handlers.On146(packet, in message);
                    break;
                case 147:
                    handlers.On147(packet, in message);
                    break;
                case 148:
                    handlers.On148(packet, in message);
                    break;
                case 149:
                    handlers.On149(packet, in message);
                    break;
                case 150:
                    handlers.On150(packet, in message);
                    break;
                case 151:
                    handlers.On151(packet, in message);
                    break;
                case 152:
                    handlers.On152(packet, in message);
                    break;
                case 153:
                    handlers.On153(packet, in message);
                    break;
                case 154:
                    handlers.On154(packet, in message);
                    break;
                case 155:
                    handlers.On155(packet, in message);
                    break;
                case 156:
                    handlers.On156(packet, in message);
                    break;
                case 157:
                    handlers.On157(packet, in message);
                    break;
                case 158:
                    handlers.On158(packet, in message);
                    break;
                case 159:
                    handlers.On159(packet, in message);
                    break;
                case 160:
                    handlers.On160(packet, in message);
                    break;
                case 161:
                    handlers.On161(packet, in message);
                    break;
                case 162:
                    handlers.On162(packet, in message);
                    break;
                case 163:
                    handlers.On163(packet, in message);
                    break;
                case 164:
                    handlers.On164(packet, in message);
                    break;
                case 165:
                    handlers.On165(packet, in message);
                    break;
                case 166:
                    handlers.On166(packet, in message);
                    break;
                case 167:
                    handlers.On167(packet, in message);
                    break;
                case 168:
                    handlers.On168(packet, in message);
                    break;
                case 169:
                    handlers.On169(packet, in message);
                    break;
                case 170:
                    handlers.On170(packet, in message);
                    break;
                case 171:
                    handlers.On171(packet, in message);
                    break;
                case 172:
                    handlers.On172(packet, in message);
                    break;
                case 173:
                    handlers.On173(packet, in message);
                    break;
                case 174:
                    handlers.On174(packet, in message);
                    break;
                case 175:
                    handlers.On175(packet, in message);
                    break;
                case 176:
                    handlers.On176(packet, in message);
                    break;
                case 177:
                    handlers.On177(packet, in message);
                    break;
                case 178:
                    handlers.On178(packet, in message);
                    break;
                case 179:
                    handlers.On179(packet, in message);
                    break;
                case 180:
                    handlers.On180(packet, in message);
                    break;
                case 181:
                    handlers.On181(packet, in message);
                    break;
                case 182:
                    handlers.On182(packet, in message);
                    break;
                case 183:
                    handlers.On183(packet, in message);
                    break;
                case 184:
                    handlers.On184(packet, in message);
                    break;
                case 185:
                    handlers.On185(packet, in message);
                    break;
                case 186:
                    handlers.On186(packet, in message);
                    break;
                case 187:
                    handlers.On187(packet, in message);
                    break;
                case 188:
                    handlers.On188(packet, in message);
                    break;
                case 189:
                    handlers.On189(packet, in message);
                    break;
                case 190:
                    handlers.On190(packet, in message);
                    break;
                case 191:
                    handlers.On191(packet, in message);
                    break;
                case 192:
                    handlers.On192(packet, in message);
                    break;
                case 193:
                    handlers.On193(packet, in message);
                    break;
                case 194:
                    handlers.On194(packet, in message);
                    break;
                case 195:
                    handlers.On195(packet, in message);
                    break;
                case 196:
                    handlers.On196(packet, in message);
                    break;
                case 197:
                    handlers.On197(packet, in message);
                    break;
                case 198:
                    handlers.On198(packet, in message);
                    break;
                case 199:
                    handlers.On199(packet, in message);
                    break;
                case 200:
                    handlers.On200(packet, in message);
                    break;
                case 201:
                    handlers.On201(packet, in message);
                    break;
                case 202:
                    handlers.On202(packet, in message);
                    break;
                case 203:
                    handlers.On203(packet, in message);
                    break;
                case 204:
                    handlers.On204(packet, in message);
                    break;
                case 205:
                    handlers.On205(packet, in message);
                    break;
                case 206:
                    handlers.On206(packet, in message);
                    break;
                case 207:
                    handlers.On207(packet, in message);
                    break;
                case 208:
                    handlers.On208(packet, in message);
                    break;
                case 209:
                    handlers.On209(packet, in message);
                    break;
                case 210:
                    handlers.On210(packet, in message);
                    break;
                case 211:
                    handlers.On211(packet, in message);
                    break;
                case 212:
                    handlers.On212(packet, in message);
                    break;
                case 213:
                    handlers.On213(packet, in message);
                    break;
                case 214:
                    handlers.On214(packet, in message);
                    break;
                case 215:
                    handlers.On215(packet, in message);
                    break;
                case 216:
                    handlers.On216(packet, in message);
                    break;
                case 217:
                    handlers.On217(packet, in message);
                    break;
                case 218:
                    handlers.On218(packet, in message);
                    break;
                case 219:
                    handlers.On219(packet, in message);
                    break;
                case 220:
                    handlers.On220(packet, in message);
                    break;
                case 221:
                    handlers.On221(packet, in message);
                    break;
                case 222:
                    handlers.On222(packet, in message);
                    break;
                case 223:
                    handlers.On223(packet, in message);
                    break;
                case 224:
                    handlers.On224(packet, in message);
                    break;
                case 225:
                    handlers.On225(packet, in message);
                    break;
                case 226:
                    handlers.On226(packet, in message);
                    break;
                case 227:
                    handlers.On227(packet, in message);
                    break;
                case 228:
                    handlers.On228(packet, in message);
                    break;
                case 229:
                    handlers.On229(packet, in message);
                    break;
                case 230:
                    handlers.On230(packet, in message);
                    break;
                case 231:
                    handlers.On231(packet, in message);
                    break;
                case 232:
                    handlers.On232(packet, in message);
                    break;
                case 233:
                    handlers.On233(packet, in message);
                    break;
                case 234:
                    handlers.On234(packet, in message);
                    break;
                case 235:
                    handlers.On235(packet, in message);
                    break;
                case 236:
                    handlers.On236(packet, in message);
                    break;
                case 237:
                    handlers.On237(packet, in message);
                    break;
                case 238:
                    handlers.On238(packet, in message);
                    break;
                case 239:
                    handlers.On239(packet, in message);
                    break;
                case 240:
                    handlers.On240(packet, in message);
                    break;
                case 241:
                    handlers.On241(packet, in message);
                    break;
                case 242:
                    handlers.On242(packet, in message);
                    break;
                case 243:
                    handlers.On243(packet, in message);
                    break;
                case 244:
                    handlers.On244(packet, in message);
                    break;
                case 245:
                    handlers.On245(packet, in message);
                    break;
                case 246:
                    handlers.On246(packet, in message);
                    break;
                case 247:
                    handlers.On247(packet, in message);
                    break;
                case 248:
                    handlers.On248(packet, in message);
                    break;
                case 249:
                    handlers.On249(packet, in message);
                    break;
                case 250:
                    handlers.On250(packet, in message);
                    break;
                case 251:
                    handlers.On251(packet, in message);
                    break;
                case 252:
                    handlers.On252(packet, in message);
                    break;
                case 253:
                    handlers.On253(packet, in message);
                    break;
                case 254:
                    handlers.On254(packet, in message);
                    break;
                case 255:
                    handlers.On255(packet, in message);
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
    }
}
