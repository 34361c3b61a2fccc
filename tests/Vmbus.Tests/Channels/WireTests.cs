using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>What stands on the wire, and what of it a callback sees.</summary>
public sealed class WireTests
{
    [Fact]
    public void What_a_peer_puts_into_the_padding_is_seen_as_it_is_up_to_the_multiple_of_8()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<byte[]> seen = Note(pair);
        pair.Open();
        RawPacket.FromClient(pair, RawPacket.Bytes(6, [], [1, 2, 3, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE]), RawPacket.Bytes(6, [], [4, 5, 6]));
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 2, "both packets");
        Assert.Equal([[1, 2, 3, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE], [4, 5, 6, 0, 0, 0, 0, 0]], seen);
        Assert.Null(pair.Server.Fault);
    }

    [Fact]
    public void On_a_pipe_what_a_peer_puts_into_the_padding_is_seen_by_nobody()
    {
        using ChannelPair pair = new(options => options with { IsPipe = true }, options => options with { IsPipe = true });
        ConcurrentQueue<byte[]> seen = Note(pair);
        pair.Open();
        RawPacket.FromClient(pair, RawPacket.Bytes(6, [], [1, 0, 0, 0, 3, 0, 0, 0, 1, 2, 3, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE]));
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Equal([1, 2, 3], Assert.Single(seen));
    }

    [Theory]
    [InlineData(PacketReception.Copied)]
    [InlineData(PacketReception.InPlace)]
    public void A_packet_that_wraps_in_the_ring_is_handed_out_contiguously(PacketReception reception)
    {
        const int Payload = 904;
        const int Footprint = 16 + Payload + 8;
        using ChannelPair pair = new(options => options with { Reception = reception }, options => options with { OutgoingRingSize = 4096 });
        ConcurrentQueue<byte[]> seen = Note(pair);
        pair.Open();
        int wrapped = 0;
        for (int i = 0; i < 64; i++)
        {
            byte[] payload = new byte[Payload];
            new Random(i).NextBytes(payload);
            Assert.Equal(NtStatus.Success, pair.Client.Send(payload));
            int start = i * Footprint % 4096;
            wrapped += start + 16 < 4096 && start + 16 + Payload > 4096 ? 1 : 0;
        }

        pair.Await(() => seen.Count == 64, "the packets");
        Assert.True(wrapped > 10, $"{wrapped}");
        int number = 0;
        foreach (byte[] bytes in seen)
        {
            byte[] expected = new byte[Payload];
            new Random(number++).NextBytes(expected);
            Assert.Equal(expected, bytes);
        }
    }

    [Fact]
    public void The_largest_packet_of_the_smallest_ring_goes_through_and_one_byte_more_is_refused()
    {
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096, IncomingRingSize = 4096 });
        ConcurrentQueue<byte[]> seen = Note(pair);
        pair.Open();

        // All but what keeps a full ring from looking empty: descriptor, footer, and 8 bytes.
        byte[] largest = new byte[4096 - 16 - 8 - 8];
        largest[^1] = 9;
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send(largest));
        }

        Assert.Equal(NtStatus.InvalidBufferSize, pair.Client.Send(new byte[largest.Length + 1]));
        pair.Await(() => seen.Count == 10, "the packets");
        Assert.All(seen, bytes => Assert.Equal(largest, bytes));
        byte[] response = new byte[8];
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest(largest, response, out _, ChannelPair.Patience));
    }

    private static ConcurrentQueue<byte[]> Note(ChannelPair pair)
    {
        ConcurrentQueue<byte[]> seen = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            seen.Enqueue(buffer.ToArray());
            packet.Complete();
        };
        return seen;
    }
}
