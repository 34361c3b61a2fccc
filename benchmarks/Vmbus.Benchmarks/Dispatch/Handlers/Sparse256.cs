using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch.Handlers;

/// <summary>256 handlers for scattered message types, dispatched by generated code.</summary>
internal sealed partial class Sparse256 : IHandlers
{
    public static uint[] MessageTypes { get; } =
    [
        24978243u, 25220578u, 27837430u, 48046374u, 58871172u, 63453551u, 75374953u, 92540749u,
        97150693u, 102054074u, 110379767u, 140463041u, 143582644u, 147836967u, 155535055u, 184072333u,
        191016946u, 192058882u, 215321799u, 231908854u, 233487126u, 236560249u, 237623312u, 262057172u,
        287646517u, 314443032u, 318989132u, 354230119u, 357982133u, 372175474u, 419154743u, 442571712u,
        447026317u, 461901019u, 466328400u, 527853120u, 556941107u, 557367677u, 572693821u, 593446432u,
        641309192u, 665511079u, 674481244u, 709912574u, 714077418u, 751480751u, 762653291u, 795636474u,
        823420485u, 845075655u, 849126588u, 859046442u, 865297657u, 908330657u, 927388805u, 934318049u,
        948787912u, 950185682u, 952241852u, 986488441u, 1048293125u, 1081703438u, 1124057557u, 1127638098u,
        1136804847u, 1137246703u, 1149385682u, 1154522942u, 1159892335u, 1195701217u, 1211761759u, 1238187805u,
        1241869804u, 1279194202u, 1290220045u, 1311816288u, 1325140470u, 1327685752u, 1334532969u, 1343800740u,
        1400042816u, 1418855493u, 1423734354u, 1424977448u, 1426592355u, 1426645073u, 1438300445u, 1451887425u,
        1453286056u, 1455111506u, 1462907376u, 1464324576u, 1476598066u, 1515939365u, 1518272270u, 1533640511u,
        1587017209u, 1605111227u, 1623208162u, 1629875384u, 1634185929u, 1648220384u, 1664501173u, 1677290449u,
        1691766905u, 1702623269u, 1733808963u, 1748261732u, 1749600002u, 1758377724u, 1808485985u, 1816930138u,
        1828619804u, 1835446756u, 1845709099u, 1850777053u, 1862407300u, 1875657567u, 1956628611u, 2007381483u,
        2012198680u, 2024637770u, 2024759235u, 2030831631u, 2050917037u, 2078971142u, 2095364795u, 2121859121u,
        2156776910u, 2178763918u, 2181103888u, 2201018217u, 2206780347u, 2207399378u, 2209470627u, 2211157878u,
        2284560165u, 2314794717u, 2324052096u, 2348823001u, 2438706106u, 2448684720u, 2456861920u, 2460072749u,
        2460087376u, 2473251242u, 2475405623u, 2480227519u, 2489094268u, 2547239068u, 2551012088u, 2573197669u,
        2585270681u, 2590426799u, 2670756789u, 2677221055u, 2689280453u, 2764636798u, 2773995126u, 2791780732u,
        2875920110u, 2883216041u, 2895399080u, 2900922268u, 2913711007u, 2951160177u, 2951619446u, 2979193050u,
        2990461895u, 3013285098u, 3047219462u, 3054735420u, 3074147487u, 3082026876u, 3088273016u, 3089721752u,
        3108553050u, 3119605827u, 3131442858u, 3139921759u, 3160951774u, 3176987125u, 3181654305u, 3195483772u,
        3196634206u, 3198438337u, 3233413451u, 3239614567u, 3259826780u, 3267698973u, 3269075953u, 3271652356u,
        3280816147u, 3324124727u, 3359201966u, 3409619018u, 3432017425u, 3434874762u, 3447584842u, 3452625886u,
        3469354606u, 3470558256u, 3488217805u, 3491632063u, 3522965742u, 3523957456u, 3525680852u, 3529326788u,
        3533596777u, 3535192507u, 3546379183u, 3558987616u, 3569824344u, 3573493662u, 3614393975u, 3635061239u,
        3652387581u, 3658803508u, 3691527221u, 3697918104u, 3707940494u, 3715493660u, 3728910556u, 3738046671u,
        3756059467u, 3765136552u, 3779603910u, 3779784938u, 3790381610u, 3797764239u, 3842957673u, 3845123093u,
        3869324661u, 3902980386u, 3913658170u, 3943422711u, 3946300548u, 3975006169u, 4008604502u, 4037218683u,
        4046111217u, 4046962118u, 4047538786u, 4095724329u, 4106732831u, 4110778351u, 4157219290u, 4175167807u,
        4182921200u, 4191259284u, 4199602898u, 4229467418u, 4233104684u, 4237350342u, 4255244443u, 4261445610u,
    ];

    public ulong Sum { get; private set; }

    [ProcessPacket(24978243u)]
    internal void On0(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 0;
        packet.Complete();
    }

    [ProcessPacket(25220578u)]
    internal void On1(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 1;
        packet.Complete();
    }

    [ProcessPacket(27837430u)]
    internal void On2(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 2;
        packet.Complete();
    }

    [ProcessPacket(48046374u)]
    internal void On3(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 3;
        packet.Complete();
    }

    [ProcessPacket(58871172u)]
    internal void On4(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 4;
        packet.Complete();
    }

    [ProcessPacket(63453551u)]
    internal void On5(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 5;
        packet.Complete();
    }

    [ProcessPacket(75374953u)]
    internal void On6(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 6;
        packet.Complete();
    }

    [ProcessPacket(92540749u)]
    internal void On7(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 7;
        packet.Complete();
    }

    [ProcessPacket(97150693u)]
    internal void On8(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 8;
        packet.Complete();
    }

    [ProcessPacket(102054074u)]
    internal void On9(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 9;
        packet.Complete();
    }

    [ProcessPacket(110379767u)]
    internal void On10(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 10;
        packet.Complete();
    }

    [ProcessPacket(140463041u)]
    internal void On11(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 11;
        packet.Complete();
    }

    [ProcessPacket(143582644u)]
    internal void On12(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 12;
        packet.Complete();
    }

    [ProcessPacket(147836967u)]
    internal void On13(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 13;
        packet.Complete();
    }

    [ProcessPacket(155535055u)]
    internal void On14(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 14;
        packet.Complete();
    }

    [ProcessPacket(184072333u)]
    internal void On15(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 15;
        packet.Complete();
    }

    [ProcessPacket(191016946u)]
    internal void On16(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 16;
        packet.Complete();
    }

    [ProcessPacket(192058882u)]
    internal void On17(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 17;
        packet.Complete();
    }

    [ProcessPacket(215321799u)]
    internal void On18(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 18;
        packet.Complete();
    }

    [ProcessPacket(231908854u)]
    internal void On19(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 19;
        packet.Complete();
    }

    [ProcessPacket(233487126u)]
    internal void On20(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 20;
        packet.Complete();
    }

    [ProcessPacket(236560249u)]
    internal void On21(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 21;
        packet.Complete();
    }

    [ProcessPacket(237623312u)]
    internal void On22(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 22;
        packet.Complete();
    }

    [ProcessPacket(262057172u)]
    internal void On23(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 23;
        packet.Complete();
    }

    [ProcessPacket(287646517u)]
    internal void On24(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 24;
        packet.Complete();
    }

    [ProcessPacket(314443032u)]
    internal void On25(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 25;
        packet.Complete();
    }

    [ProcessPacket(318989132u)]
    internal void On26(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 26;
        packet.Complete();
    }

    [ProcessPacket(354230119u)]
    internal void On27(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 27;
        packet.Complete();
    }

    [ProcessPacket(357982133u)]
    internal void On28(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 28;
        packet.Complete();
    }

    [ProcessPacket(372175474u)]
    internal void On29(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 29;
        packet.Complete();
    }

    [ProcessPacket(419154743u)]
    internal void On30(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 30;
        packet.Complete();
    }

    [ProcessPacket(442571712u)]
    internal void On31(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 31;
        packet.Complete();
    }

    [ProcessPacket(447026317u)]
    internal void On32(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 32;
        packet.Complete();
    }

    [ProcessPacket(461901019u)]
    internal void On33(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 33;
        packet.Complete();
    }

    [ProcessPacket(466328400u)]
    internal void On34(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 34;
        packet.Complete();
    }

    [ProcessPacket(527853120u)]
    internal void On35(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 35;
        packet.Complete();
    }

    [ProcessPacket(556941107u)]
    internal void On36(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 36;
        packet.Complete();
    }

    [ProcessPacket(557367677u)]
    internal void On37(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 37;
        packet.Complete();
    }

    [ProcessPacket(572693821u)]
    internal void On38(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 38;
        packet.Complete();
    }

    [ProcessPacket(593446432u)]
    internal void On39(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 39;
        packet.Complete();
    }

    [ProcessPacket(641309192u)]
    internal void On40(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 40;
        packet.Complete();
    }

    [ProcessPacket(665511079u)]
    internal void On41(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 41;
        packet.Complete();
    }

    [ProcessPacket(674481244u)]
    internal void On42(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 42;
        packet.Complete();
    }

    [ProcessPacket(709912574u)]
    internal void On43(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 43;
        packet.Complete();
    }

    [ProcessPacket(714077418u)]
    internal void On44(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 44;
        packet.Complete();
    }

    [ProcessPacket(751480751u)]
    internal void On45(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 45;
        packet.Complete();
    }

    [ProcessPacket(762653291u)]
    internal void On46(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 46;
        packet.Complete();
    }

    [ProcessPacket(795636474u)]
    internal void On47(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 47;
        packet.Complete();
    }

    [ProcessPacket(823420485u)]
    internal void On48(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 48;
        packet.Complete();
    }

    [ProcessPacket(845075655u)]
    internal void On49(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 49;
        packet.Complete();
    }

    [ProcessPacket(849126588u)]
    internal void On50(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 50;
        packet.Complete();
    }

    [ProcessPacket(859046442u)]
    internal void On51(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 51;
        packet.Complete();
    }

    [ProcessPacket(865297657u)]
    internal void On52(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 52;
        packet.Complete();
    }

    [ProcessPacket(908330657u)]
    internal void On53(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 53;
        packet.Complete();
    }

    [ProcessPacket(927388805u)]
    internal void On54(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 54;
        packet.Complete();
    }

    [ProcessPacket(934318049u)]
    internal void On55(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 55;
        packet.Complete();
    }

    [ProcessPacket(948787912u)]
    internal void On56(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 56;
        packet.Complete();
    }

    [ProcessPacket(950185682u)]
    internal void On57(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 57;
        packet.Complete();
    }

    [ProcessPacket(952241852u)]
    internal void On58(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 58;
        packet.Complete();
    }

    [ProcessPacket(986488441u)]
    internal void On59(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 59;
        packet.Complete();
    }

    [ProcessPacket(1048293125u)]
    internal void On60(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 60;
        packet.Complete();
    }

    [ProcessPacket(1081703438u)]
    internal void On61(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 61;
        packet.Complete();
    }

    [ProcessPacket(1124057557u)]
    internal void On62(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 62;
        packet.Complete();
    }

    [ProcessPacket(1127638098u)]
    internal void On63(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 63;
        packet.Complete();
    }

    [ProcessPacket(1136804847u)]
    internal void On64(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 64;
        packet.Complete();
    }

    [ProcessPacket(1137246703u)]
    internal void On65(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 65;
        packet.Complete();
    }

    [ProcessPacket(1149385682u)]
    internal void On66(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 66;
        packet.Complete();
    }

    [ProcessPacket(1154522942u)]
    internal void On67(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 67;
        packet.Complete();
    }

    [ProcessPacket(1159892335u)]
    internal void On68(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 68;
        packet.Complete();
    }

    [ProcessPacket(1195701217u)]
    internal void On69(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 69;
        packet.Complete();
    }

    [ProcessPacket(1211761759u)]
    internal void On70(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 70;
        packet.Complete();
    }

    [ProcessPacket(1238187805u)]
    internal void On71(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 71;
        packet.Complete();
    }

    [ProcessPacket(1241869804u)]
    internal void On72(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 72;
        packet.Complete();
    }

    [ProcessPacket(1279194202u)]
    internal void On73(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 73;
        packet.Complete();
    }

    [ProcessPacket(1290220045u)]
    internal void On74(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 74;
        packet.Complete();
    }

    [ProcessPacket(1311816288u)]
    internal void On75(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 75;
        packet.Complete();
    }

    [ProcessPacket(1325140470u)]
    internal void On76(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 76;
        packet.Complete();
    }

    [ProcessPacket(1327685752u)]
    internal void On77(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 77;
        packet.Complete();
    }

    [ProcessPacket(1334532969u)]
    internal void On78(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 78;
        packet.Complete();
    }

    [ProcessPacket(1343800740u)]
    internal void On79(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 79;
        packet.Complete();
    }

    [ProcessPacket(1400042816u)]
    internal void On80(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 80;
        packet.Complete();
    }

    [ProcessPacket(1418855493u)]
    internal void On81(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 81;
        packet.Complete();
    }

    [ProcessPacket(1423734354u)]
    internal void On82(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 82;
        packet.Complete();
    }

    [ProcessPacket(1424977448u)]
    internal void On83(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 83;
        packet.Complete();
    }

    [ProcessPacket(1426592355u)]
    internal void On84(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 84;
        packet.Complete();
    }

    [ProcessPacket(1426645073u)]
    internal void On85(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 85;
        packet.Complete();
    }

    [ProcessPacket(1438300445u)]
    internal void On86(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 86;
        packet.Complete();
    }

    [ProcessPacket(1451887425u)]
    internal void On87(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 87;
        packet.Complete();
    }

    [ProcessPacket(1453286056u)]
    internal void On88(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 88;
        packet.Complete();
    }

    [ProcessPacket(1455111506u)]
    internal void On89(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 89;
        packet.Complete();
    }

    [ProcessPacket(1462907376u)]
    internal void On90(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 90;
        packet.Complete();
    }

    [ProcessPacket(1464324576u)]
    internal void On91(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 91;
        packet.Complete();
    }

    [ProcessPacket(1476598066u)]
    internal void On92(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 92;
        packet.Complete();
    }

    [ProcessPacket(1515939365u)]
    internal void On93(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 93;
        packet.Complete();
    }

    [ProcessPacket(1518272270u)]
    internal void On94(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 94;
        packet.Complete();
    }

    [ProcessPacket(1533640511u)]
    internal void On95(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 95;
        packet.Complete();
    }

    [ProcessPacket(1587017209u)]
    internal void On96(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 96;
        packet.Complete();
    }

    [ProcessPacket(1605111227u)]
    internal void On97(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 97;
        packet.Complete();
    }

    [ProcessPacket(1623208162u)]
    internal void On98(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 98;
        packet.Complete();
    }

    [ProcessPacket(1629875384u)]
    internal void On99(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 99;
        packet.Complete();
    }

    [ProcessPacket(1634185929u)]
    internal void On100(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 100;
        packet.Complete();
    }

    [ProcessPacket(1648220384u)]
    internal void On101(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 101;
        packet.Complete();
    }

    [ProcessPacket(1664501173u)]
    internal void On102(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 102;
        packet.Complete();
    }

    [ProcessPacket(1677290449u)]
    internal void On103(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 103;
        packet.Complete();
    }

    [ProcessPacket(1691766905u)]
    internal void On104(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 104;
        packet.Complete();
    }

    [ProcessPacket(1702623269u)]
    internal void On105(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 105;
        packet.Complete();
    }

    [ProcessPacket(1733808963u)]
    internal void On106(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 106;
        packet.Complete();
    }

    [ProcessPacket(1748261732u)]
    internal void On107(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 107;
        packet.Complete();
    }

    [ProcessPacket(1749600002u)]
    internal void On108(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 108;
        packet.Complete();
    }

    [ProcessPacket(1758377724u)]
    internal void On109(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 109;
        packet.Complete();
    }

    [ProcessPacket(1808485985u)]
    internal void On110(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 110;
        packet.Complete();
    }

    [ProcessPacket(1816930138u)]
    internal void On111(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 111;
        packet.Complete();
    }

    [ProcessPacket(1828619804u)]
    internal void On112(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 112;
        packet.Complete();
    }

    [ProcessPacket(1835446756u)]
    internal void On113(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 113;
        packet.Complete();
    }

    [ProcessPacket(1845709099u)]
    internal void On114(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 114;
        packet.Complete();
    }

    [ProcessPacket(1850777053u)]
    internal void On115(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 115;
        packet.Complete();
    }

    [ProcessPacket(1862407300u)]
    internal void On116(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 116;
        packet.Complete();
    }

    [ProcessPacket(1875657567u)]
    internal void On117(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 117;
        packet.Complete();
    }

    [ProcessPacket(1956628611u)]
    internal void On118(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 118;
        packet.Complete();
    }

    [ProcessPacket(2007381483u)]
    internal void On119(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 119;
        packet.Complete();
    }

    [ProcessPacket(2012198680u)]
    internal void On120(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 120;
        packet.Complete();
    }

    [ProcessPacket(2024637770u)]
    internal void On121(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 121;
        packet.Complete();
    }

    [ProcessPacket(2024759235u)]
    internal void On122(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 122;
        packet.Complete();
    }

    [ProcessPacket(2030831631u)]
    internal void On123(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 123;
        packet.Complete();
    }

    [ProcessPacket(2050917037u)]
    internal void On124(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 124;
        packet.Complete();
    }

    [ProcessPacket(2078971142u)]
    internal void On125(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 125;
        packet.Complete();
    }

    [ProcessPacket(2095364795u)]
    internal void On126(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 126;
        packet.Complete();
    }

    [ProcessPacket(2121859121u)]
    internal void On127(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 127;
        packet.Complete();
    }

    [ProcessPacket(2156776910u)]
    internal void On128(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 128;
        packet.Complete();
    }

    [ProcessPacket(2178763918u)]
    internal void On129(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 129;
        packet.Complete();
    }

    [ProcessPacket(2181103888u)]
    internal void On130(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 130;
        packet.Complete();
    }

    [ProcessPacket(2201018217u)]
    internal void On131(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 131;
        packet.Complete();
    }

    [ProcessPacket(2206780347u)]
    internal void On132(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 132;
        packet.Complete();
    }

    [ProcessPacket(2207399378u)]
    internal void On133(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 133;
        packet.Complete();
    }

    [ProcessPacket(2209470627u)]
    internal void On134(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 134;
        packet.Complete();
    }

    [ProcessPacket(2211157878u)]
    internal void On135(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 135;
        packet.Complete();
    }

    [ProcessPacket(2284560165u)]
    internal void On136(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 136;
        packet.Complete();
    }

    [ProcessPacket(2314794717u)]
    internal void On137(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 137;
        packet.Complete();
    }

    [ProcessPacket(2324052096u)]
    internal void On138(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 138;
        packet.Complete();
    }

    [ProcessPacket(2348823001u)]
    internal void On139(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 139;
        packet.Complete();
    }

    [ProcessPacket(2438706106u)]
    internal void On140(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 140;
        packet.Complete();
    }

    [ProcessPacket(2448684720u)]
    internal void On141(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 141;
        packet.Complete();
    }

    [ProcessPacket(2456861920u)]
    internal void On142(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 142;
        packet.Complete();
    }

    [ProcessPacket(2460072749u)]
    internal void On143(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 143;
        packet.Complete();
    }

    [ProcessPacket(2460087376u)]
    internal void On144(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 144;
        packet.Complete();
    }

    [ProcessPacket(2473251242u)]
    internal void On145(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 145;
        packet.Complete();
    }

    [ProcessPacket(2475405623u)]
    internal void On146(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 146;
        packet.Complete();
    }

    [ProcessPacket(2480227519u)]
    internal void On147(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 147;
        packet.Complete();
    }

    [ProcessPacket(2489094268u)]
    internal void On148(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 148;
        packet.Complete();
    }

    [ProcessPacket(2547239068u)]
    internal void On149(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 149;
        packet.Complete();
    }

    [ProcessPacket(2551012088u)]
    internal void On150(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 150;
        packet.Complete();
    }

    [ProcessPacket(2573197669u)]
    internal void On151(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 151;
        packet.Complete();
    }

    [ProcessPacket(2585270681u)]
    internal void On152(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 152;
        packet.Complete();
    }

    [ProcessPacket(2590426799u)]
    internal void On153(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 153;
        packet.Complete();
    }

    [ProcessPacket(2670756789u)]
    internal void On154(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 154;
        packet.Complete();
    }

    [ProcessPacket(2677221055u)]
    internal void On155(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 155;
        packet.Complete();
    }

    [ProcessPacket(2689280453u)]
    internal void On156(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 156;
        packet.Complete();
    }

    [ProcessPacket(2764636798u)]
    internal void On157(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 157;
        packet.Complete();
    }

    [ProcessPacket(2773995126u)]
    internal void On158(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 158;
        packet.Complete();
    }

    [ProcessPacket(2791780732u)]
    internal void On159(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 159;
        packet.Complete();
    }

    [ProcessPacket(2875920110u)]
    internal void On160(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 160;
        packet.Complete();
    }

    [ProcessPacket(2883216041u)]
    internal void On161(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 161;
        packet.Complete();
    }

    [ProcessPacket(2895399080u)]
    internal void On162(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 162;
        packet.Complete();
    }

    [ProcessPacket(2900922268u)]
    internal void On163(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 163;
        packet.Complete();
    }

    [ProcessPacket(2913711007u)]
    internal void On164(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 164;
        packet.Complete();
    }

    [ProcessPacket(2951160177u)]
    internal void On165(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 165;
        packet.Complete();
    }

    [ProcessPacket(2951619446u)]
    internal void On166(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 166;
        packet.Complete();
    }

    [ProcessPacket(2979193050u)]
    internal void On167(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 167;
        packet.Complete();
    }

    [ProcessPacket(2990461895u)]
    internal void On168(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 168;
        packet.Complete();
    }

    [ProcessPacket(3013285098u)]
    internal void On169(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 169;
        packet.Complete();
    }

    [ProcessPacket(3047219462u)]
    internal void On170(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 170;
        packet.Complete();
    }

    [ProcessPacket(3054735420u)]
    internal void On171(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 171;
        packet.Complete();
    }

    [ProcessPacket(3074147487u)]
    internal void On172(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 172;
        packet.Complete();
    }

    [ProcessPacket(3082026876u)]
    internal void On173(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 173;
        packet.Complete();
    }

    [ProcessPacket(3088273016u)]
    internal void On174(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 174;
        packet.Complete();
    }

    [ProcessPacket(3089721752u)]
    internal void On175(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 175;
        packet.Complete();
    }

    [ProcessPacket(3108553050u)]
    internal void On176(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 176;
        packet.Complete();
    }

    [ProcessPacket(3119605827u)]
    internal void On177(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 177;
        packet.Complete();
    }

    [ProcessPacket(3131442858u)]
    internal void On178(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 178;
        packet.Complete();
    }

    [ProcessPacket(3139921759u)]
    internal void On179(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 179;
        packet.Complete();
    }

    [ProcessPacket(3160951774u)]
    internal void On180(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 180;
        packet.Complete();
    }

    [ProcessPacket(3176987125u)]
    internal void On181(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 181;
        packet.Complete();
    }

    [ProcessPacket(3181654305u)]
    internal void On182(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 182;
        packet.Complete();
    }

    [ProcessPacket(3195483772u)]
    internal void On183(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 183;
        packet.Complete();
    }

    [ProcessPacket(3196634206u)]
    internal void On184(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 184;
        packet.Complete();
    }

    [ProcessPacket(3198438337u)]
    internal void On185(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 185;
        packet.Complete();
    }

    [ProcessPacket(3233413451u)]
    internal void On186(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 186;
        packet.Complete();
    }

    [ProcessPacket(3239614567u)]
    internal void On187(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 187;
        packet.Complete();
    }

    [ProcessPacket(3259826780u)]
    internal void On188(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 188;
        packet.Complete();
    }

    [ProcessPacket(3267698973u)]
    internal void On189(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 189;
        packet.Complete();
    }

    [ProcessPacket(3269075953u)]
    internal void On190(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 190;
        packet.Complete();
    }

    [ProcessPacket(3271652356u)]
    internal void On191(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 191;
        packet.Complete();
    }

    [ProcessPacket(3280816147u)]
    internal void On192(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 192;
        packet.Complete();
    }

    [ProcessPacket(3324124727u)]
    internal void On193(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 193;
        packet.Complete();
    }

    [ProcessPacket(3359201966u)]
    internal void On194(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 194;
        packet.Complete();
    }

    [ProcessPacket(3409619018u)]
    internal void On195(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 195;
        packet.Complete();
    }

    [ProcessPacket(3432017425u)]
    internal void On196(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 196;
        packet.Complete();
    }

    [ProcessPacket(3434874762u)]
    internal void On197(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 197;
        packet.Complete();
    }

    [ProcessPacket(3447584842u)]
    internal void On198(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 198;
        packet.Complete();
    }

    [ProcessPacket(3452625886u)]
    internal void On199(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 199;
        packet.Complete();
    }

    [ProcessPacket(3469354606u)]
    internal void On200(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 200;
        packet.Complete();
    }

    [ProcessPacket(3470558256u)]
    internal void On201(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 201;
        packet.Complete();
    }

    [ProcessPacket(3488217805u)]
    internal void On202(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 202;
        packet.Complete();
    }

    [ProcessPacket(3491632063u)]
    internal void On203(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 203;
        packet.Complete();
    }

    [ProcessPacket(3522965742u)]
    internal void On204(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 204;
        packet.Complete();
    }

    [ProcessPacket(3523957456u)]
    internal void On205(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 205;
        packet.Complete();
    }

    [ProcessPacket(3525680852u)]
    internal void On206(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 206;
        packet.Complete();
    }

    [ProcessPacket(3529326788u)]
    internal void On207(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 207;
        packet.Complete();
    }

    [ProcessPacket(3533596777u)]
    internal void On208(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 208;
        packet.Complete();
    }

    [ProcessPacket(3535192507u)]
    internal void On209(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 209;
        packet.Complete();
    }

    [ProcessPacket(3546379183u)]
    internal void On210(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 210;
        packet.Complete();
    }

    [ProcessPacket(3558987616u)]
    internal void On211(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 211;
        packet.Complete();
    }

    [ProcessPacket(3569824344u)]
    internal void On212(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 212;
        packet.Complete();
    }

    [ProcessPacket(3573493662u)]
    internal void On213(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 213;
        packet.Complete();
    }

    [ProcessPacket(3614393975u)]
    internal void On214(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 214;
        packet.Complete();
    }

    [ProcessPacket(3635061239u)]
    internal void On215(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 215;
        packet.Complete();
    }

    [ProcessPacket(3652387581u)]
    internal void On216(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 216;
        packet.Complete();
    }

    [ProcessPacket(3658803508u)]
    internal void On217(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 217;
        packet.Complete();
    }

    [ProcessPacket(3691527221u)]
    internal void On218(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 218;
        packet.Complete();
    }

    [ProcessPacket(3697918104u)]
    internal void On219(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 219;
        packet.Complete();
    }

    [ProcessPacket(3707940494u)]
    internal void On220(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 220;
        packet.Complete();
    }

    [ProcessPacket(3715493660u)]
    internal void On221(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 221;
        packet.Complete();
    }

    [ProcessPacket(3728910556u)]
    internal void On222(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 222;
        packet.Complete();
    }

    [ProcessPacket(3738046671u)]
    internal void On223(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 223;
        packet.Complete();
    }

    [ProcessPacket(3756059467u)]
    internal void On224(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 224;
        packet.Complete();
    }

    [ProcessPacket(3765136552u)]
    internal void On225(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 225;
        packet.Complete();
    }

    [ProcessPacket(3779603910u)]
    internal void On226(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 226;
        packet.Complete();
    }

    [ProcessPacket(3779784938u)]
    internal void On227(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 227;
        packet.Complete();
    }

    [ProcessPacket(3790381610u)]
    internal void On228(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 228;
        packet.Complete();
    }

    [ProcessPacket(3797764239u)]
    internal void On229(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 229;
        packet.Complete();
    }

    [ProcessPacket(3842957673u)]
    internal void On230(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 230;
        packet.Complete();
    }

    [ProcessPacket(3845123093u)]
    internal void On231(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 231;
        packet.Complete();
    }

    [ProcessPacket(3869324661u)]
    internal void On232(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 232;
        packet.Complete();
    }

    [ProcessPacket(3902980386u)]
    internal void On233(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 233;
        packet.Complete();
    }

    [ProcessPacket(3913658170u)]
    internal void On234(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 234;
        packet.Complete();
    }

    [ProcessPacket(3943422711u)]
    internal void On235(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 235;
        packet.Complete();
    }

    [ProcessPacket(3946300548u)]
    internal void On236(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 236;
        packet.Complete();
    }

    [ProcessPacket(3975006169u)]
    internal void On237(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 237;
        packet.Complete();
    }

    [ProcessPacket(4008604502u)]
    internal void On238(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 238;
        packet.Complete();
    }

    [ProcessPacket(4037218683u)]
    internal void On239(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 239;
        packet.Complete();
    }

    [ProcessPacket(4046111217u)]
    internal void On240(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 240;
        packet.Complete();
    }

    [ProcessPacket(4046962118u)]
    internal void On241(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 241;
        packet.Complete();
    }

    [ProcessPacket(4047538786u)]
    internal void On242(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 242;
        packet.Complete();
    }

    [ProcessPacket(4095724329u)]
    internal void On243(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 243;
        packet.Complete();
    }

    [ProcessPacket(4106732831u)]
    internal void On244(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 244;
        packet.Complete();
    }

    [ProcessPacket(4110778351u)]
    internal void On245(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 245;
        packet.Complete();
    }

    [ProcessPacket(4157219290u)]
    internal void On246(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 246;
        packet.Complete();
    }

    [ProcessPacket(4175167807u)]
    internal void On247(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 247;
        packet.Complete();
    }

    [ProcessPacket(4182921200u)]
    internal void On248(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 248;
        packet.Complete();
    }

    [ProcessPacket(4191259284u)]
    internal void On249(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 249;
        packet.Complete();
    }

    [ProcessPacket(4199602898u)]
    internal void On250(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 250;
        packet.Complete();
    }

    [ProcessPacket(4229467418u)]
    internal void On251(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 251;
        packet.Complete();
    }

    [ProcessPacket(4233104684u)]
    internal void On252(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 252;
        packet.Complete();
    }

    [ProcessPacket(4237350342u)]
    internal void On253(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 253;
        packet.Complete();
    }

    [ProcessPacket(4255244443u)]
    internal void On254(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 254;
        packet.Complete();
    }

    [ProcessPacket(4261445610u)]
    internal void On255(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 255;
        packet.Complete();
    }

    public (uint Type, Handler Handle)[] Table()
        =>
        [
            (24978243, (packet, buffer) => On0(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (25220578, (packet, buffer) => On1(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (27837430, (packet, buffer) => On2(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (48046374, (packet, buffer) => On3(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (58871172, (packet, buffer) => On4(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (63453551, (packet, buffer) => On5(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (75374953, (packet, buffer) => On6(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (92540749, (packet, buffer) => On7(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (97150693, (packet, buffer) => On8(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (102054074, (packet, buffer) => On9(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (110379767, (packet, buffer) => On10(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (140463041, (packet, buffer) => On11(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (143582644, (packet, buffer) => On12(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (147836967, (packet, buffer) => On13(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (155535055, (packet, buffer) => On14(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (184072333, (packet, buffer) => On15(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (191016946, (packet, buffer) => On16(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (192058882, (packet, buffer) => On17(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (215321799, (packet, buffer) => On18(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (231908854, (packet, buffer) => On19(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (233487126, (packet, buffer) => On20(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (236560249, (packet, buffer) => On21(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (237623312, (packet, buffer) => On22(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (262057172, (packet, buffer) => On23(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (287646517, (packet, buffer) => On24(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (314443032, (packet, buffer) => On25(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (318989132, (packet, buffer) => On26(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (354230119, (packet, buffer) => On27(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (357982133, (packet, buffer) => On28(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (372175474, (packet, buffer) => On29(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (419154743, (packet, buffer) => On30(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (442571712, (packet, buffer) => On31(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (447026317, (packet, buffer) => On32(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (461901019, (packet, buffer) => On33(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (466328400, (packet, buffer) => On34(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (527853120, (packet, buffer) => On35(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (556941107, (packet, buffer) => On36(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (557367677, (packet, buffer) => On37(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (572693821, (packet, buffer) => On38(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (593446432, (packet, buffer) => On39(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (641309192, (packet, buffer) => On40(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (665511079, (packet, buffer) => On41(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (674481244, (packet, buffer) => On42(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (709912574, (packet, buffer) => On43(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (714077418, (packet, buffer) => On44(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (751480751, (packet, buffer) => On45(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (762653291, (packet, buffer) => On46(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (795636474, (packet, buffer) => On47(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (823420485, (packet, buffer) => On48(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (845075655, (packet, buffer) => On49(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (849126588, (packet, buffer) => On50(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (859046442, (packet, buffer) => On51(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (865297657, (packet, buffer) => On52(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (908330657, (packet, buffer) => On53(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (927388805, (packet, buffer) => On54(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (934318049, (packet, buffer) => On55(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (948787912, (packet, buffer) => On56(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (950185682, (packet, buffer) => On57(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (952241852, (packet, buffer) => On58(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (986488441, (packet, buffer) => On59(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1048293125, (packet, buffer) => On60(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1081703438, (packet, buffer) => On61(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1124057557, (packet, buffer) => On62(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1127638098, (packet, buffer) => On63(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1136804847, (packet, buffer) => On64(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1137246703, (packet, buffer) => On65(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1149385682, (packet, buffer) => On66(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1154522942, (packet, buffer) => On67(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1159892335, (packet, buffer) => On68(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1195701217, (packet, buffer) => On69(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1211761759, (packet, buffer) => On70(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1238187805, (packet, buffer) => On71(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1241869804, (packet, buffer) => On72(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1279194202, (packet, buffer) => On73(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1290220045, (packet, buffer) => On74(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1311816288, (packet, buffer) => On75(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1325140470, (packet, buffer) => On76(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1327685752, (packet, buffer) => On77(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1334532969, (packet, buffer) => On78(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1343800740, (packet, buffer) => On79(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1400042816, (packet, buffer) => On80(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1418855493, (packet, buffer) => On81(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1423734354, (packet, buffer) => On82(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1424977448, (packet, buffer) => On83(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1426592355, (packet, buffer) => On84(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1426645073, (packet, buffer) => On85(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1438300445, (packet, buffer) => On86(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1451887425, (packet, buffer) => On87(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1453286056, (packet, buffer) => On88(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1455111506, (packet, buffer) => On89(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1462907376, (packet, buffer) => On90(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1464324576, (packet, buffer) => On91(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1476598066, (packet, buffer) => On92(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1515939365, (packet, buffer) => On93(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1518272270, (packet, buffer) => On94(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1533640511, (packet, buffer) => On95(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1587017209, (packet, buffer) => On96(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1605111227, (packet, buffer) => On97(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1623208162, (packet, buffer) => On98(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1629875384, (packet, buffer) => On99(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1634185929, (packet, buffer) => On100(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1648220384, (packet, buffer) => On101(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1664501173, (packet, buffer) => On102(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1677290449, (packet, buffer) => On103(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1691766905, (packet, buffer) => On104(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1702623269, (packet, buffer) => On105(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1733808963, (packet, buffer) => On106(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1748261732, (packet, buffer) => On107(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1749600002, (packet, buffer) => On108(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1758377724, (packet, buffer) => On109(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1808485985, (packet, buffer) => On110(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1816930138, (packet, buffer) => On111(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1828619804, (packet, buffer) => On112(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1835446756, (packet, buffer) => On113(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1845709099, (packet, buffer) => On114(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1850777053, (packet, buffer) => On115(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1862407300, (packet, buffer) => On116(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1875657567, (packet, buffer) => On117(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1956628611, (packet, buffer) => On118(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2007381483, (packet, buffer) => On119(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2012198680, (packet, buffer) => On120(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2024637770, (packet, buffer) => On121(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2024759235, (packet, buffer) => On122(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2030831631, (packet, buffer) => On123(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2050917037, (packet, buffer) => On124(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2078971142, (packet, buffer) => On125(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2095364795, (packet, buffer) => On126(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2121859121, (packet, buffer) => On127(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2156776910, (packet, buffer) => On128(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2178763918, (packet, buffer) => On129(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2181103888, (packet, buffer) => On130(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2201018217, (packet, buffer) => On131(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2206780347, (packet, buffer) => On132(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2207399378, (packet, buffer) => On133(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2209470627, (packet, buffer) => On134(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2211157878, (packet, buffer) => On135(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2284560165, (packet, buffer) => On136(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2314794717, (packet, buffer) => On137(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2324052096, (packet, buffer) => On138(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2348823001, (packet, buffer) => On139(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2438706106, (packet, buffer) => On140(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2448684720, (packet, buffer) => On141(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2456861920, (packet, buffer) => On142(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2460072749, (packet, buffer) => On143(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2460087376, (packet, buffer) => On144(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2473251242, (packet, buffer) => On145(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2475405623, (packet, buffer) => On146(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2480227519, (packet, buffer) => On147(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2489094268, (packet, buffer) => On148(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2547239068, (packet, buffer) => On149(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2551012088, (packet, buffer) => On150(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2573197669, (packet, buffer) => On151(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2585270681, (packet, buffer) => On152(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2590426799, (packet, buffer) => On153(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2670756789, (packet, buffer) => On154(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2677221055, (packet, buffer) => On155(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2689280453, (packet, buffer) => On156(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2764636798, (packet, buffer) => On157(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2773995126, (packet, buffer) => On158(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2791780732, (packet, buffer) => On159(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2875920110, (packet, buffer) => On160(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2883216041, (packet, buffer) => On161(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2895399080, (packet, buffer) => On162(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2900922268, (packet, buffer) => On163(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2913711007, (packet, buffer) => On164(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2951160177, (packet, buffer) => On165(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2951619446, (packet, buffer) => On166(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2979193050, (packet, buffer) => On167(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2990461895, (packet, buffer) => On168(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3013285098, (packet, buffer) => On169(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3047219462, (packet, buffer) => On170(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3054735420, (packet, buffer) => On171(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3074147487, (packet, buffer) => On172(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3082026876, (packet, buffer) => On173(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3088273016, (packet, buffer) => On174(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3089721752, (packet, buffer) => On175(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3108553050, (packet, buffer) => On176(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3119605827, (packet, buffer) => On177(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3131442858, (packet, buffer) => On178(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3139921759, (packet, buffer) => On179(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3160951774, (packet, buffer) => On180(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3176987125, (packet, buffer) => On181(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3181654305, (packet, buffer) => On182(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3195483772, (packet, buffer) => On183(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3196634206, (packet, buffer) => On184(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3198438337, (packet, buffer) => On185(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3233413451, (packet, buffer) => On186(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3239614567, (packet, buffer) => On187(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3259826780, (packet, buffer) => On188(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3267698973, (packet, buffer) => On189(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3269075953, (packet, buffer) => On190(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3271652356, (packet, buffer) => On191(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3280816147, (packet, buffer) => On192(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3324124727, (packet, buffer) => On193(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3359201966, (packet, buffer) => On194(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3409619018, (packet, buffer) => On195(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3432017425, (packet, buffer) => On196(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3434874762, (packet, buffer) => On197(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3447584842, (packet, buffer) => On198(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3452625886, (packet, buffer) => On199(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3469354606, (packet, buffer) => On200(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3470558256, (packet, buffer) => On201(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3488217805, (packet, buffer) => On202(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3491632063, (packet, buffer) => On203(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3522965742, (packet, buffer) => On204(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3523957456, (packet, buffer) => On205(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3525680852, (packet, buffer) => On206(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3529326788, (packet, buffer) => On207(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3533596777, (packet, buffer) => On208(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3535192507, (packet, buffer) => On209(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3546379183, (packet, buffer) => On210(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3558987616, (packet, buffer) => On211(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3569824344, (packet, buffer) => On212(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3573493662, (packet, buffer) => On213(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3614393975, (packet, buffer) => On214(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3635061239, (packet, buffer) => On215(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3652387581, (packet, buffer) => On216(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3658803508, (packet, buffer) => On217(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3691527221, (packet, buffer) => On218(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3697918104, (packet, buffer) => On219(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3707940494, (packet, buffer) => On220(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3715493660, (packet, buffer) => On221(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3728910556, (packet, buffer) => On222(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3738046671, (packet, buffer) => On223(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3756059467, (packet, buffer) => On224(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3765136552, (packet, buffer) => On225(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3779603910, (packet, buffer) => On226(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3779784938, (packet, buffer) => On227(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3790381610, (packet, buffer) => On228(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3797764239, (packet, buffer) => On229(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3842957673, (packet, buffer) => On230(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3845123093, (packet, buffer) => On231(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3869324661, (packet, buffer) => On232(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3902980386, (packet, buffer) => On233(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3913658170, (packet, buffer) => On234(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3943422711, (packet, buffer) => On235(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3946300548, (packet, buffer) => On236(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3975006169, (packet, buffer) => On237(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4008604502, (packet, buffer) => On238(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4037218683, (packet, buffer) => On239(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4046111217, (packet, buffer) => On240(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4046962118, (packet, buffer) => On241(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4047538786, (packet, buffer) => On242(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4095724329, (packet, buffer) => On243(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4106732831, (packet, buffer) => On244(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4110778351, (packet, buffer) => On245(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4157219290, (packet, buffer) => On246(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4175167807, (packet, buffer) => On247(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4182921200, (packet, buffer) => On248(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4191259284, (packet, buffer) => On249(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4199602898, (packet, buffer) => On250(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4229467418, (packet, buffer) => On251(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4233104684, (packet, buffer) => On252(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4237350342, (packet, buffer) => On253(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4255244443, (packet, buffer) => On254(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (4261445610, (packet, buffer) => On255(packet, in MemoryMarshal.AsRef<Message>(buffer))),
        ];
}

/// <summary>The same handlers, dispatched by the switch that a careful programmer writes.</summary>
internal sealed class Sparse256ByHand(Sparse256 handlers) : IChannelCallbacks
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
                case 25220578:
                    handlers.On1(packet, in message);
                    break;
                case 27837430:
                    handlers.On2(packet, in message);
                    break;
                case 48046374:
                    handlers.On3(packet, in message);
                    break;
                case 58871172:
                    handlers.On4(packet, in message);
                    break;
                case 63453551:
                    handlers.On5(packet, in message);
                    break;
                case 75374953:
                    handlers.On6(packet, in message);
                    break;
                case 92540749:
                    handlers.On7(packet, in message);
                    break;
                case 97150693:
                    handlers.On8(packet, in message);
                    break;
                case 102054074:
                    handlers.On9(packet, in message);
                    break;
                case 110379767:
                    handlers.On10(packet, in message);
                    break;
                case 140463041:
                    handlers.On11(packet, in message);
                    break;
                case 143582644:
                    handlers.On12(packet, in message);
                    break;
                case 147836967:
                    handlers.On13(packet, in message);
                    break;
                case 155535055:
                    handlers.On14(packet, in message);
                    break;
                case 184072333:
                    handlers.On15(packet, in message);
                    break;
                case 191016946:
                    handlers.On16(packet, in message);
                    break;
                case 192058882:
                    handlers.On17(packet, in message);
                    break;
                case 215321799:
                    handlers.On18(packet, in message);
                    break;
                case 231908854:
                    handlers.On19(packet, in message);
                    break;
                case 233487126:
                    handlers.On20(packet, in message);
                    break;
                case 236560249:
                    handlers.On21(packet, in message);
                    break;
                case 237623312:
                    handlers.On22(packet, in message);
                    break;
                case 262057172:
                    handlers.On23(packet, in message);
                    break;
                case 287646517:
                    handlers.On24(packet, in message);
                    break;
                case 314443032:
                    handlers.On25(packet, in message);
                    break;
                case 318989132:
                    handlers.On26(packet, in message);
                    break;
                case 354230119:
                    handlers.On27(packet, in message);
                    break;
                case 357982133:
                    handlers.On28(packet, in message);
                    break;
                case 372175474:
                    handlers.On29(packet, in message);
                    break;
                case 419154743:
                    handlers.On30(packet, in message);
                    break;
                case 442571712:
                    handlers.On31(packet, in message);
                    break;
                case 447026317:
                    handlers.On32(packet, in message);
                    break;
                case 461901019:
                    handlers.On33(packet, in message);
                    break;
                case 466328400:
                    handlers.On34(packet, in message);
                    break;
                case 527853120:
                    handlers.On35(packet, in message);
                    break;
                case 556941107:
                    handlers.On36(packet, in message);
                    break;
                case 557367677:
                    handlers.On37(packet, in message);
                    break;
                case 572693821:
                    handlers.On38(packet, in message);
                    break;
                case 593446432:
                    handlers.On39(packet, in message);
                    break;
                case 641309192:
                    handlers.On40(packet, in message);
                    break;
                case 665511079:
                    handlers.On41(packet, in message);
                    break;
                case 674481244:
                    handlers.On42(packet, in message);
                    break;
                case 709912574:
                    handlers.On43(packet, in message);
                    break;
                case 714077418:
                    handlers.On44(packet, in message);
                    break;
                case 751480751:
                    handlers.On45(packet, in message);
                    break;
                case 762653291:
                    handlers.On46(packet, in message);
                    break;
                case 795636474:
                    handlers.On47(packet, in message);
                    break;
                case 823420485:
                    handlers.On48(packet, in message);
                    break;
                case 845075655:
                    handlers.On49(packet, in message);
                    break;
                case 849126588:
                    handlers.On50(packet, in message);
                    break;
                case 859046442:
                    handlers.On51(packet, in message);
                    break;
                case 865297657:
                    handlers.On52(packet, in message);
                    break;
                case 908330657:
                    handlers.On53(packet, in message);
                    break;
                case 927388805:
                    handlers.On54(packet, in message);
                    break;
                case 934318049:
                    handlers.On55(packet, in message);
                    break;
                case 948787912:
                    handlers.On56(packet, in message);
                    break;
                case 950185682:
                    handlers.On57(packet, in message);
                    break;
                case 952241852:
                    handlers.On58(packet, in message);
                    break;
                case 986488441:
                    handlers.On59(packet, in message);
                    break;
                case 1048293125:
                    handlers.On60(packet, in message);
                    break;
                case 1081703438:
                    handlers.On61(packet, in message);
                    break;
                case 1124057557:
                    handlers.On62(packet, in message);
                    break;
                case 1127638098:
                    handlers.On63(packet, in message);
                    break;
                case 1136804847:
                    handlers.On64(packet, in message);
                    break;
                case 1137246703:
                    handlers.On65(packet, in message);
                    break;
                case 1149385682:
                    handlers.On66(packet, in message);
                    break;
                case 1154522942:
                    handlers.On67(packet, in message);
                    break;
                case 1159892335:
                    handlers.On68(packet, in message);
                    break;
                case 1195701217:
                    handlers.On69(packet, in message);
                    break;
                case 1211761759:
                    handlers.On70(packet, in message);
                    break;
                case 1238187805:
                    handlers.On71(packet, in message);
                    break;
                case 1241869804:
                    handlers.On72(packet, in message);
                    break;
                case 1279194202:
                    handlers.On73(packet, in message);
                    break;
                case 1290220045:
                    handlers.On74(packet, in message);
                    break;
                case 1311816288:
                    handlers.On75(packet, in message);
                    break;
                case 1325140470:
                    handlers.On76(packet, in message);
                    break;
                case 1327685752:
                    handlers.On77(packet, in message);
                    break;
                case 1334532969:
                    handlers.On78(packet, in message);
                    break;
                case 1343800740:
                    handlers.On79(packet, in message);
                    break;
                case 1400042816:
                    handlers.On80(packet, in message);
                    break;
                case 1418855493:
                    handlers.On81(packet, in message);
                    break;
                case 1423734354:
                    handlers.On82(packet, in message);
                    break;
                case 1424977448:
                    handlers.On83(packet, in message);
                    break;
                case 1426592355:
                    handlers.On84(packet, in message);
                    break;
                case 1426645073:
                    handlers.On85(packet, in message);
                    break;
                case 1438300445:
                    handlers.On86(packet, in message);
                    break;
                case 1451887425:
                    handlers.On87(packet, in message);
                    break;
                case 1453286056:
                    handlers.On88(packet, in message);
                    break;
                case 1455111506:
                    handlers.On89(packet, in message);
                    break;
                case 1462907376:
                    handlers.On90(packet, in message);
                    break;
                case 1464324576:
                    handlers.On91(packet, in message);
                    break;
                case 1476598066:
                    handlers.On92(packet, in message);
                    break;
                case 1515939365:
                    handlers.On93(packet, in message);
                    break;
                case 1518272270:
                    handlers.On94(packet, in message);
                    break;
                case 1533640511:
                    handlers.On95(packet, in message);
                    break;
                case 1587017209:
                    handlers.On96(packet, in message);
                    break;
                case 1605111227:
                    handlers.On97(packet, in message);
                    break;
                case 1623208162:
                    handlers.On98(packet, in message);
                    break;
                case 1629875384:
                    handlers.On99(packet, in message);
                    break;
                case 1634185929:
                    handlers.On100(packet, in message);
                    break;
                case 1648220384:
                    handlers.On101(packet, in message);
                    break;
                case 1664501173:
                    handlers.On102(packet, in message);
                    break;
                case 1677290449:
                    handlers.On103(packet, in message);
                    break;
                case 1691766905:
                    handlers.On104(packet, in message);
                    break;
                case 1702623269:
                    handlers.On105(packet, in message);
                    break;
                case 1733808963:
                    handlers.On106(packet, in message);
                    break;
                case 1748261732:
                    handlers.On107(packet, in message);
                    break;
                case 1749600002:
                    handlers.On108(packet, in message);
                    break;
                case 1758377724:
                    handlers.On109(packet, in message);
                    break;
                case 1808485985:
                    handlers.On110(packet, in message);
                    break;
                case 1816930138:
                    handlers.On111(packet, in message);
                    break;
                case 1828619804:
                    handlers.On112(packet, in message);
                    break;
                case 1835446756:
                    handlers.On113(packet, in message);
                    break;
                case 1845709099:
                    handlers.On114(packet, in message);
                    break;
                case 1850777053:
                    handlers.On115(packet, in message);
                    break;
                case 1862407300:
                    handlers.On116(packet, in message);
                    break;
                case 1875657567:
                    handlers.On117(packet, in message);
                    break;
                case 1956628611:
                    handlers.On118(packet, in message);
                    break;
                case 2007381483:
                    handlers.On119(packet, in message);
                    break;
                case 2012198680:
                    handlers.On120(packet, in message);
                    break;
                case 2024637770:
                    handlers.On121(packet, in message);
                    break;
                case 2024759235:
                    handlers.On122(packet, in message);
                    break;
                case 2030831631:
                    handlers.On123(packet, in message);
                    break;
                case 2050917037:
                    handlers.On124(packet, in message);
                    break;
                case 2078971142:
                    handlers.On125(packet, in message);
                    break;
                case 2095364795:
                    handlers.On126(packet, in message);
                    break;
                case 2121859121:
                    handlers.On127(packet, in message);
                    break;
                case 2156776910:
                    handlers.On128(packet, in message);
                    break;
                case 2178763918:
                    handlers.On129(packet, in message);
                    break;
                case 2181103888:
                    handlers.On130(packet, in message);
                    break;
                case 2201018217:
                    handlers.On131(packet, in message);
                    break;
                case 2206780347:
                    handlers.On132(packet, in message);
                    break;
                case 2207399378:
                    handlers.On133(packet, in message);
                    break;
                case 2209470627:
                    handlers.On134(packet, in message);
                    break;
                case 2211157878:
                    handlers.On135(packet, in message);
                    break;
                case 2284560165:
                    handlers.On136(packet, in message);
                    break;
                case 2314794717:
                    handlers.On137(packet, in message);
                    break;
                case 2324052096:
                    handlers.On138(packet, in message);
                    break;
                case 2348823001:
                    handlers.On139(packet, in message);
                    break;
                case 2438706106:
                    handlers.On140(packet, in message);
                    break;
                case 2448684720:
                    handlers.On141(packet, in message);
                    break;
                case 2456861920:
                    handlers.On142(packet, in message);
                    break;
                case 2460072749:
                    handlers.On143(packet, in message);
                    break;
                case 2460087376:
                    handlers.On144(packet, in message);
                    break;
                case 2473251242:
                    handlers.On145(packet, in message);
                    break;
                case 2475405623:
                    handlers.On146(packet, in message);
                    break;
                case 2480227519:
                    handlers.On147(packet, in message);
                    break;
                case 2489094268:
                    handlers.On148(packet, in message);
                    break;
                case 2547239068:
                    handlers.On149(packet, in message);
                    break;
                case 2551012088:
                    handlers.On150(packet, in message);
                    break;
                case 2573197669:
                    handlers.On151(packet, in message);
                    break;
                case 2585270681:
                    handlers.On152(packet, in message);
                    break;
                case 2590426799:
                    handlers.On153(packet, in message);
                    break;
                case 2670756789:
                    handlers.On154(packet, in message);
                    break;
                case 2677221055:
                    handlers.On155(packet, in message);
                    break;
                case 2689280453:
                    handlers.On156(packet, in message);
                    break;
                case 2764636798:
                    handlers.On157(packet, in message);
                    break;
                case 2773995126:
                    handlers.On158(packet, in message);
                    break;
                case 2791780732:
                    handlers.On159(packet, in message);
                    break;
                case 2875920110:
                    handlers.On160(packet, in message);
                    break;
                case 2883216041:
                    handlers.On161(packet, in message);
                    break;
                case 2895399080:
                    handlers.On162(packet, in message);
                    break;
                case 2900922268:
                    handlers.On163(packet, in message);
                    break;
                case 2913711007:
                    handlers.On164(packet, in message);
                    break;
                case 2951160177:
                    handlers.On165(packet, in message);
                    break;
                case 2951619446:
                    handlers.On166(packet, in message);
                    break;
                case 2979193050:
                    handlers.On167(packet, in message);
                    break;
                case 2990461895:
                    handlers.On168(packet, in message);
                    break;
                case 3013285098:
                    handlers.On169(packet, in message);
                    break;
                case 3047219462:
                    handlers.On170(packet, in message);
                    break;
                case 3054735420:
                    handlers.On171(packet, in message);
                    break;
                case 3074147487:
                    handlers.On172(packet, in message);
                    break;
                case 3082026876:
                    handlers.On173(packet, in message);
                    break;
                case 3088273016:
                    handlers.On174(packet, in message);
                    break;
                case 3089721752:
                    handlers.On175(packet, in message);
                    break;
                case 3108553050:
                    handlers.On176(packet, in message);
                    break;
                case 3119605827:
                    handlers.On177(packet, in message);
                    break;
                case 3131442858:
                    handlers.On178(packet, in message);
                    break;
                case 3139921759:
                    handlers.On179(packet, in message);
                    break;
                case 3160951774:
                    handlers.On180(packet, in message);
                    break;
                case 3176987125:
                    handlers.On181(packet, in message);
                    break;
                case 3181654305:
                    handlers.On182(packet, in message);
                    break;
                case 3195483772:
                    handlers.On183(packet, in message);
                    break;
                case 3196634206:
                    handlers.On184(packet, in message);
                    break;
                case 3198438337:
                    handlers.On185(packet, in message);
                    break;
                case 3233413451:
                    handlers.On186(packet, in message);
                    break;
                case 3239614567:
                    handlers.On187(packet, in message);
                    break;
                case 3259826780:
                    handlers.On188(packet, in message);
                    break;
                case 3267698973:
                    handlers.On189(packet, in message);
                    break;
                case 3269075953:
                    handlers.On190(packet, in message);
                    break;
                case 3271652356:
                    handlers.On191(packet, in message);
                    break;
                case 3280816147:
                    handlers.On192(packet, in message);
                    break;
                case 3324124727:
                    handlers.On193(packet, in message);
                    break;
                case 3359201966:
                    handlers.On194(packet, in message);
                    break;
                case 3409619018:
                    handlers.On195(packet, in message);
                    break;
                case 3432017425:
                    handlers.On196(packet, in message);
                    break;
                case 3434874762:
                    handlers.On197(packet, in message);
                    break;
                case 3447584842:
                    handlers.On198(packet, in message);
                    break;
                case 3452625886:
                    handlers.On199(packet, in message);
                    break;
                case 3469354606:
                    handlers.On200(packet, in message);
                    break;
                case 3470558256:
                    handlers.On201(packet, in message);
                    break;
                case 3488217805:
                    handlers.On202(packet, in message);
                    break;
                case 3491632063:
                    handlers.On203(packet, in message);
                    break;
                case 3522965742:
                    handlers.On204(packet, in message);
                    break;
                case 3523957456:
                    handlers.On205(packet, in message);
                    break;
                case 3525680852:
                    handlers.On206(packet, in message);
                    break;
                case 3529326788:
                    handlers.On207(packet, in message);
                    break;
                case 3533596777:
                    handlers.On208(packet, in message);
                    break;
                case 3535192507:
                    handlers.On209(packet, in message);
                    break;
                case 3546379183:
                    handlers.On210(packet, in message);
                    break;
                case 3558987616:
                    handlers.On211(packet, in message);
                    break;
                case 3569824344:
                    handlers.On212(packet, in message);
                    break;
                case 3573493662:
                    handlers.On213(packet, in message);
                    break;
                case 3614393975:
                    handlers.On214(packet, in message);
                    break;
                case 3635061239:
                    handlers.On215(packet, in message);
                    break;
                case 3652387581:
                    handlers.On216(packet, in message);
                    break;
                case 3658803508:
                    handlers.On217(packet, in message);
                    break;
                case 3691527221:
                    handlers.On218(packet, in message);
                    break;
                case 3697918104:
                    handlers.On219(packet, in message);
                    break;
                case 3707940494:
                    handlers.On220(packet, in message);
                    break;
                case 3715493660:
                    handlers.On221(packet, in message);
                    break;
                case 3728910556:
                    handlers.On222(packet, in message);
                    break;
                case 3738046671:
                    handlers.On223(packet, in message);
                    break;
                case 3756059467:
                    handlers.On224(packet, in message);
                    break;
                case 3765136552:
                    handlers.On225(packet, in message);
                    break;
                case 3779603910:
                    handlers.On226(packet, in message);
                    break;
                case 3779784938:
                    handlers.On227(packet, in message);
                    break;
                case 3790381610:
                    handlers.On228(packet, in message);
                    break;
                case 3797764239:
                    handlers.On229(packet, in message);
                    break;
                case 3842957673:
                    handlers.On230(packet, in message);
                    break;
                case 3845123093:
                    handlers.On231(packet, in message);
                    break;
                case 3869324661:
                    handlers.On232(packet, in message);
                    break;
                case 3902980386:
                    handlers.On233(packet, in message);
                    break;
                case 3913658170:
                    handlers.On234(packet, in message);
                    break;
                case 3943422711:
                    handlers.On235(packet, in message);
                    break;
                case 3946300548:
                    handlers.On236(packet, in message);
                    break;
                case 3975006169:
                    handlers.On237(packet, in message);
                    break;
                case 4008604502:
                    handlers.On238(packet, in message);
                    break;
                case 4037218683:
                    handlers.On239(packet, in message);
                    break;
                case 4046111217:
                    handlers.On240(packet, in message);
                    break;
                case 4046962118:
                    handlers.On241(packet, in message);
                    break;
                case 4047538786:
                    handlers.On242(packet, in message);
                    break;
                case 4095724329:
                    handlers.On243(packet, in message);
                    break;
                case 4106732831:
                    handlers.On244(packet, in message);
                    break;
                case 4110778351:
                    handlers.On245(packet, in message);
                    break;
                case 4157219290:
                    handlers.On246(packet, in message);
                    break;
                case 4175167807:
                    handlers.On247(packet, in message);
                    break;
                case 4182921200:
                    handlers.On248(packet, in message);
                    break;
                case 4191259284:
                    handlers.On249(packet, in message);
                    break;
                case 4199602898:
                    handlers.On250(packet, in message);
                    break;
                case 4229467418:
                    handlers.On251(packet, in message);
                    break;
                case 4233104684:
                    handlers.On252(packet, in message);
                    break;
                case 4237350342:
                    handlers.On253(packet, in message);
                    break;
                case 4255244443:
                    handlers.On254(packet, in message);
                    break;
                case 4261445610:
                    handlers.On255(packet, in message);
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
    }
}
