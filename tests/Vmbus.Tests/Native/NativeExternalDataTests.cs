namespace Vmbus.Tests.Native;

/// <summary>External data of packets of a host in C: memory of the host, which it may let go at completion.</summary>
[Collection(nameof(CompiledHost))]
public sealed class NativeExternalDataTests(CompiledHost code)
{
    [GccFact]
    public void External_data_is_the_memory_of_the_host()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 6, flags: 1);
        Assert.Equal("data 1 flags 0\ncomplete 1 null\n", host.Log);
        Assert.Equal(["data of 24 in 2: 000102030405060708090a0b0c0d0e0f1011121314151617"], host.Device.Seen);

        // Without the flag there is none, and such a packet never reaches its handler.
        host.Deliver(2, 6);
        Assert.Equal("fail 2\n", host.Log);
        Assert.Single(host.Device.Seen);
    }

    [GccFact]
    public void A_packet_whose_data_is_pending_comes_again()
    {
        using NativeHost host = new(code);
        host.Set(isPendingFirst: true);
        host.Deliver(1, 6, flags: 1);
        Assert.Equal("data 1 flags 0\ndata 1 flags 0\ncomplete 1 null\n", host.Log);
        Assert.Single(host.Device.Seen);
        Assert.Empty(host.Channel.GetOwedPackets());
    }

    [GccFact]
    public void A_chain_that_goes_in_a_circle_stops_the_channel()
    {
        using NativeHost host = new(code);
        host.Set(isMdlCircular: true);
        host.Deliver(1, 6, flags: 1);
        Assert.Equal("data 1 flags 0\nfail 1\n", host.Log);
        Assert.Contains("answered GetExternalData with a chain whose piece 65536", host.Channel.Fault!.Message, StringComparison.Ordinal);
    }
}
