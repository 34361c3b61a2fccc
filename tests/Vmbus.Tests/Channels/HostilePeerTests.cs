using System.Buffers.Binary;
using Vmbus.Ring;

namespace Vmbus.Tests.Channels;

public sealed class HostilePeerTests
{
    [Fact]
    public void A_corrupt_ring_stops_its_channel_with_the_reason_and_nothing_else()
    {
        using ChannelPair victim = new();
        using ChannelPair bystander = new(bus: victim.Bus);
        victim.Open();
        bystander.Open();
        victim.Server.Pause();
        RingControlPage page = victim.Client.OutgoingRing!.ControlPage;
        page.WriteIndex = 0x12345;
        victim.Server.Start();
        victim.Await(() => victim.Server.State == ChannelState.Stopped, "the server to stop");
        RingCorruption corruption = Assert.IsType<RingCorruptException>(victim.Server.Fault).Corruption;
        Assert.Equal(RingField.WriteIndex, corruption.Field);
        Assert.Equal(0x12345ul, corruption.Value);
        Assert.Contains(corruption.Message, victim.Server.Fault.Message, StringComparison.Ordinal);
        victim.Await(() => victim.Client.State is ChannelState.Disabled or ChannelState.Stopped, "the client to close");

        bystander.Client.Send([1]);
        bystander.Await(() => bystander.Server.Counters.PacketsCompleted == 1, "the other channel of the bus");
        Assert.Null(bystander.Server.Fault);
    }

    [Fact]
    public void A_peer_that_moves_the_read_index_backwards_is_found_by_the_sender()
    {
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096, IncomingRingSize = 4096 });
        pair.Open();
        RingControlPage page = pair.Client.OutgoingRing!.ControlPage;
        page.ReadIndex = 12;
        NtStatus status = NtStatus.Success;
        for (int i = 0; i < 100 && status.IsSuccess(); i++)
        {
            status = pair.Client.Send(new byte[1000]);
        }

        pair.Await(() => pair.Client.Fault is not null || pair.Server.Fault is not null, "one side to find it");
        pair.Await(() => pair.Client.State != ChannelState.Active, "the channel to stop");
    }

    [Fact]
    public void A_sender_finds_its_own_index_moved()
    {
        using ChannelPair pair = new();
        pair.Open();
        RingControlPage page = pair.Client.OutgoingRing!.ControlPage;
        page.WriteIndex = 64;
        Assert.Equal(NtStatus.DataError, pair.Client.Send([1]));
        pair.Await(() => pair.Client.State == ChannelState.Stopped, "the client to stop");
        Assert.IsType<RingCorruptException>(pair.Client.Fault);
    }

    [Fact]
    public void Whatever_stands_in_the_ring_no_callback_sees_it_unchecked_and_the_process_lives()
    {
        Random random = new(7);
        for (int round = 0; round < 40; round++)
        {
            using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096, IncomingRingSize = 4096 });
            int tooLong = 0;
            pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
            {
                tooLong += buffer.Length > VmbusChannelOptions.DefaultMaximumPacketSize + 7 ? 1 : 0;
                packet.Complete();
            };
            pair.Open();
            pair.Server.Pause();
            Span<byte> data = pair.Client.OutgoingRing!.Data;
            random.NextBytes(data);
            uint write = (uint)random.Next(0, 4096) & ~7u;
            BinaryPrimitives.WriteUInt16LittleEndian(data, (ushort)random.Next(14));
            RingControlPage page = pair.Client.OutgoingRing!.ControlPage;
            page.WriteIndex = write;
            pair.Server.Start();
            pair.Await(() => write == 0 || pair.Server.State == ChannelState.Stopped || pair.Server.Counters.PacketsDelivered > 0, "the ring to be read");
            Assert.Equal(0, tooLong);
        }
    }
}
