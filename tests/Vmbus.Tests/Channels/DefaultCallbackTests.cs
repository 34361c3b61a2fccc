namespace Vmbus.Tests.Channels;

/// <summary>What callbacks do that a class does not have: every member of the interface has a body.</summary>
public sealed class DefaultCallbackTests
{
    [Fact]
    public void A_class_without_any_callback_opens_fails_packets_and_closes()
    {
        using ChannelPair pair = new();
        pair.Server.SetCallbacks(new Nothing());
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Equal(NtStatus.DataError, Assert.IsType<VmbusException>(pair.Server.Fault).Status);
        Assert.Equal((1L, 1L), (pair.Server.Counters.PacketsDelivered, pair.Server.Counters.PacketsFailed));
        Assert.Contains(nameof(Nothing), pair.Server.Fault!.Message, StringComparison.Ordinal);
        pair.Client.Disable();
        pair.Await(() => pair.Server.State == ChannelState.Closed, "the server to close");
    }

    [Theory]
    [InlineData(VmbusSendFlags.None)]
    [InlineData(VmbusSendFlags.WaitForCompletion)]
    public void The_default_completion_routine_gives_the_packet_back_to_the_lookaside_list(VmbusSendFlags flags)
    {
        using ChannelPair pair = new();
        pair.Client.SetCallbacks(new Nothing());
        pair.Open();
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.Context = "mine";
        Assert.Equal(NtStatus.Success, packet.Send([1], flags));
        VmbusPacket? again = null;
        pair.Await(() => ReferenceEquals(again = pair.Client.AllocatePacket(), packet), "the packet to come back");
        Assert.Null(again!.Context);
        Assert.Null(again.CompletionRoutine);
        again.Dispose();
    }

    [Fact]
    public void The_default_batch_hands_over_packet_by_packet_in_order()
    {
        using ChannelPair pair = new();
        List<byte> seen = [];
        pair.ServerCallbacks.OnPacket = (channel, packet, buffer, flags) =>
        {
            Assert.Same(pair.Server, channel);
            Assert.True(packet.Buffer.SequenceEqual(buffer) && flags == ProcessPacketFlags.None);
            seen.Add(buffer[0]);
            packet.Complete();
        };
        pair.Open();
        pair.Server.Pause();
        for (byte i = 0; i < 200; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([i]));
        }

        pair.Server.Start();
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 200, "all packets");
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (byte)i), seen);
        Assert.Null(pair.Server.Fault);
    }

    private sealed class Nothing : IChannelCallbacks;
}
