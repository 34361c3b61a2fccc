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
        ["OwedPacketReportTime 00:00:00"] = (NtStatus.InvalidParameter, true, options => options with { OwedPacketReportTime = TimeSpan.Zero }),
    };

    public static TheoryData<string> Cases => [.. Bad.Keys];

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
