using Vmbus.Tests.Channels;

namespace Vmbus.Tests.BadInput;

/// <summary>Every configured value out of its range: the status of KMCL's Init function, an error that names the value, and no channel.</summary>
public sealed class OptionTests
{
    private static readonly Dictionary<string, (NtStatus Status, bool IsServer, Func<VmbusChannelOptions, VmbusChannelOptions> Change)> Bad = new()
    {
        ["MaximumPacketSize 0"] = (NtStatus.InvalidParameter2, true, options => options with { MaximumPacketSize = 0 }),
        ["MaximumPacketSize -1"] = (NtStatus.InvalidParameter2, false, options => options with { MaximumPacketSize = -1 }),
        ["MaximumPacketSize 524257"] = (NtStatus.InvalidParameter2, false, options => options with { MaximumPacketSize = 524257 }),
        ["MaximumExternalData -1"] = (NtStatus.InvalidParameter2, true, options => options with { MaximumExternalData = -1 }),
        ["MaximumExternalDataChain -1"] = (NtStatus.InvalidParameter3, true, options => options with { MaximumExternalDataChain = -1 }),
        ["ClientContextSize -1"] = (NtStatus.InvalidParameter2, true, options => options with { ClientContextSize = -1 }),
        ["ClientContextSize 65537"] = (NtStatus.InvalidParameter2, true, options => options with { ClientContextSize = 65537 }),
        ["TransactionQuota 0"] = (NtStatus.InvalidParameter2, true, options => options with { TransactionQuota = 0 }),
        ["TransactionQuota -7"] = (NtStatus.InvalidParameter2, false, options => options with { TransactionQuota = -7 }),
        ["IncomingRingSize 0"] = (NtStatus.InvalidParameter2, false, options => options with { IncomingRingSize = 0 }),
        ["IncomingRingSize 4095"] = (NtStatus.InvalidParameter2, false, options => options with { IncomingRingSize = 4095 }),
        ["OutgoingRingSize -4096"] = (NtStatus.InvalidParameter2, false, options => options with { OutgoingRingSize = -4096 }),
        ["OutgoingRingSize 6000"] = (NtStatus.InvalidParameter2, false, options => options with { OutgoingRingSize = 6000 }),
        ["OfferFlags 0x20"] = (NtStatus.InvalidParameter2, true, options => options with { OfferFlags = (ServerOfferFlags)0x20 }),
        ["OfferFlags 0x80000000"] = (NtStatus.InvalidParameter2, true, options => options with { OfferFlags = (ServerOfferFlags)0x80000000 }),
        ["OfferFlags OfferAsPipe"] = (NtStatus.InvalidParameter2, true, options => options with { OfferFlags = ServerOfferFlags.OfferAsPipe }),
        ["MmioMegabytes -1"] = (NtStatus.InvalidParameter2, true, options => options with { MmioMegabytes = -1 }),
        ["MmioMegabytes 65536"] = (NtStatus.InvalidParameter2, true, options => options with { MmioMegabytes = 65536 }),
        ["TargetVtl -1"] = (NtStatus.InvalidParameter2, true, options => options with { TargetVtl = -1 }),
        ["TargetVtl 16"] = (NtStatus.InvalidParameter2, true, options => options with { TargetVtl = 16 }),
        ["OfferData.Length 121"] = (NtStatus.InvalidParameter2, true, options => options with { OfferData = new byte[121] }),
        ["IsServer False"] = (NtStatus.InvalidDeviceRequest, false, options => options with { OfferFlags = ServerOfferFlags.LoopbackOffer }),
        ["IsServer False; MMIO"] = (NtStatus.InvalidDeviceRequest, false, options => options with { MmioMegabytes = 1 }),
        ["IsServer False; VTL"] = (NtStatus.InvalidDeviceRequest, false, options => options with { TargetVtl = 1 }),
        ["IsServer False; data"] = (NtStatus.InvalidDeviceRequest, false, options => options with { OfferData = new byte[1] }),
        ["InterfaceInstance 0"] = (NtStatus.InvalidParameter3, true, options => options with { InterfaceInstance = Guid.Empty }),
        ["Reception 7"] = (NtStatus.InvalidParameter2, true, options => options with { Reception = (PacketReception)7 }),
        ["HandlerException 7"] = (NtStatus.InvalidParameter2, true, options => options with { HandlerException = (HandlerExceptionPolicy)7 }),
        ["UnexpectedCompletion -1"] = (NtStatus.InvalidParameter2, false, options => options with { UnexpectedCompletion = (UnexpectedCompletionPolicy)(-1) }),
        ["FriendlyName null"] = (NtStatus.InvalidParameter2, true, options => options with { FriendlyName = null! }),
        ["TimeProvider null"] = (NtStatus.InvalidParameter, true, options => options with { TimeProvider = null! }),
        ["Verifier null"] = (NtStatus.InvalidParameter, true, options => options with { Verifier = null! }),
        ["Verifier VerifierOptions"] = (NtStatus.InvalidParameter, true, options => options with { Verifier = new VerifierOptions { CallbackBudget = TimeSpan.Zero } }),
        ["Verifier VerifierOptions; owed"] = (NtStatus.InvalidParameter, true, options => options with { Verifier = new VerifierOptions { OwedPacketLimit = TimeSpan.FromTicks(-5) } }),
        ["TargetProcessor -1"] = (NtStatus.InvalidParameter2, true, options => options with { TargetProcessor = -1 }),
        ["TargetProcessor 100000"] = (NtStatus.InvalidParameter2, true, options => options with { TargetProcessor = 100000 }),
        ["OwedPacketReportTime 10675199.02:48:05.4775807"] = (NtStatus.InvalidParameter, true, options => options with { OwedPacketReportTime = TimeSpan.MaxValue }),
        ["OwedPacketReportTime 00:00:00"] = (NtStatus.InvalidParameter, true, options => options with { OwedPacketReportTime = TimeSpan.Zero }),
    };

    /// <summary>Options that have no value out of range.</summary>
    private static readonly string[] Unbounded =
    [
        nameof(VmbusChannelOptions.InterfaceType), nameof(VmbusChannelOptions.IsPipe), nameof(VmbusChannelOptions.IncomingProcessingAtPassive), nameof(VmbusChannelOptions.CountHandlers),
    ];

    private static readonly Dictionary<string, Func<VmbusBusOptions, VmbusBusOptions>> BadBuses = new()
    {
        ["ExternalData 7"] = options => options with { ExternalData = (ExternalDataMode)7 },
        ["PageInTime -00:00:00.0000001"] = options => options with { PageInTime = TimeSpan.FromTicks(-1) },
        ["PageInTime 10675199.02:48:05.4775807"] = options => options with { PageInTime = TimeSpan.MaxValue },
        ["TimeProvider null"] = options => options with { TimeProvider = null! },
        ["GuestMemorySize 4097"] = options => options with { GuestMemorySize = 4097 },
        ["GuestMemorySize 0"] = options => options with { GuestMemorySize = 0 },
        ["GuestMemorySize -4096"] = options => options with { GuestMemorySize = -4096 },
        ["GuestMemorySize 4294967296"] = options => options with { GuestMemorySize = 1L << 32 },
    };

    public static TheoryData<string> Cases => [.. Bad.Keys];

    public static TheoryData<string> BusCases => [.. BadBuses.Keys];

    [Fact]
    public void Every_option_has_its_cases()
    {
        Assert.Empty(Settable<VmbusChannelOptions>().Except(Bad.Keys.Select(Name)).Except(Unbounded));
        Assert.Empty(Settable<VmbusBusOptions>().Except(BadBuses.Keys.Select(Name)));
        Assert.Equal(["CallbackBudget", "Enabled", "OwedPacketLimit", "Sink"], Settable<VerifierOptions>().Order());

        static string Name(string key) => key.Split(' ')[0].Split('.')[0];
        static IEnumerable<string> Settable<T>() => typeof(T).GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name);
    }

    [Theory]
    [MemberData(nameof(BusCases))]
    public void A_bus_option_out_of_range_is_refused_and_named(string name)
    {
        VmbusBusOptions options = BadBuses[name](new VmbusBusOptions());
        string path = Path.Combine(Path.GetTempPath(), $"vmbus-test-{Guid.NewGuid():N}");
        VmbusException refused = Assert.Throws<VmbusException>(() => SharedMemoryBus.CreateHost(path, options));
        Assert.Equal(NtStatus.InvalidParameter2, refused.Status);
        Assert.All(name.Split(' '), part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
        Assert.False(File.Exists(path));
        if (!name.StartsWith(nameof(VmbusBusOptions.GuestMemorySize), StringComparison.Ordinal))
        {
            Assert.Equal(NtStatus.InvalidParameter2, Assert.Throws<VmbusException>(() => VmbusBus.CreateInProcess(options)).Status);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_out_of_range_is_refused_with_its_status_and_named(string name)
    {
        (NtStatus status, bool isServer, Func<VmbusChannelOptions, VmbusChannelOptions> change) = Bad[name];
        VmbusChannelOptions good = new() { IsServer = isServer, InterfaceType = Guid.NewGuid(), InterfaceInstance = Guid.NewGuid() };
        VmbusBus bus = VmbusBus.CreateInProcess();
        VmbusException refused = Assert.Throws<VmbusException>(() => new VmbusChannel(bus, change(good)));
        Assert.Equal(status, refused.Status);
        string[] parts = name.Split(';')[0].Split(' ');
        Assert.Contains(parts[0], refused.Message, StringComparison.Ordinal);
        Assert.Contains(parts[1], refused.Message, StringComparison.Ordinal);

        // The ids are free all the same.
        using VmbusChannel channel = new(bus, good);
        channel.SetCallbacks(new ScriptedCallbacks());
        channel.Enable();
    }

    [Fact]
    public void What_is_set_at_run_time_is_checked_in_the_same_way_and_changes_nothing()
    {
        using ChannelPair pair = new ChannelPair().Open();
        foreach (int quota in new[] { 0, -1, int.MinValue })
        {
            Assert.Equal(NtStatus.InvalidParameter2, Assert.Throws<VmbusException>(() => pair.Server.SetTransactionQuota(quota)).Status);
        }

        Assert.Equal(TimeSpan.Zero, pair.Server.SetInterruptLatency(TimeSpan.FromTicks(100)));
        Assert.Equal(NtStatus.InvalidParameter2, Assert.Throws<VmbusException>(() => pair.Server.SetInterruptLatency(TimeSpan.FromTicks(-1))).Status);
        Assert.Equal(TimeSpan.FromTicks(100), pair.Server.SetInterruptLatency(TimeSpan.Zero));
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }

    [Fact]
    public void The_client_reads_what_the_server_offers()
    {
        byte[] data = [.. Enumerable.Range(0, VmbusChannelOptions.MaximumOfferData).Select(i => (byte)i)];
        const ServerOfferFlags Flags = ServerOfferFlags.LoopbackOffer | ServerOfferFlags.EnumerateDeviceInterface | ServerOfferFlags.OfferAsPipe
            | ServerOfferFlags.ForceNewChannel | ServerOfferFlags.TlnpiProviderOffer;
        using ChannelPair pair = new(
            options => options with { IsPipe = true, OfferFlags = Flags, MmioMegabytes = ushort.MaxValue, TargetVtl = VmbusChannelOptions.MaximumVtl, OfferData = data },
            options => options with { IsPipe = true, InterfaceInstance = Guid.Empty });
        data[0] = 99;
        Assert.Null(pair.Client.Offer);
        pair.Open();
        VmbusOffer offer = Assert.IsType<VmbusOffer>(pair.Client.Offer);
        Assert.Same(pair.Server.Offer, offer);
        Assert.Equal((Flags, (int)ushort.MaxValue, VmbusChannelOptions.MaximumVtl), (offer.Flags, offer.MmioMegabytes, offer.TargetVtl));
        Assert.Equal((pair.Server.Options.InterfaceType, pair.Server.Options.InterfaceInstance), (offer.InterfaceType, offer.InterfaceInstance));
        Assert.Equal(Enumerable.Range(0, VmbusChannelOptions.MaximumOfferData).Select(i => (byte)i), offer.Data.ToArray());
        pair.Client.Disable();
        Assert.Null(pair.Client.Offer);
    }
}
