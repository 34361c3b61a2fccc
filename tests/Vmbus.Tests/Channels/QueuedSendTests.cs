using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>What waits on the channel for room: given up, used again, and what happens to those behind it.</summary>
public sealed class QueuedSendTests
{
    [Fact]
    public void A_full_ring_queues_packets_and_loses_none()
    {
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096, IncomingRingSize = 4096 });
        using ManualResetEventSlim gate = new();
        List<int> received = [];
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (received.Count == 0)
            {
                gate.Wait(ChannelPair.Patience);
            }

            received.Add(BinaryPrimitives.ReadInt32LittleEndian(buffer));
            packet.Complete(buffer);
        };
        pair.Open();
        int answered = 0;
        byte[] payload = new byte[200];
        for (int i = 0; i < 500; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(payload, i);
            VmbusPacket packet = pair.Client.AllocatePacket();
            int expected = i;
            packet.CompletionRoutine = (done, status, buffer) =>
            {
                Assert.Equal(expected, BinaryPrimitives.ReadInt32LittleEndian(buffer));
                done.Dispose();
                Interlocked.Increment(ref answered);
            };
            Assert.Equal(NtStatus.Success, packet.Send(payload, VmbusSendFlags.WaitForCompletion));
        }

        Assert.Equal(NtStatus.BufferOverflow, pair.Client.TrySend(payload));
        gate.Set();
        pair.Await(() => answered == 500, "all answers");
        Assert.Equal(Enumerable.Range(0, 500), received);
        Assert.True(pair.Client.Counters.PacketsQueued > 0);
    }

    [Fact]
    public void A_queued_send_that_is_given_up_lets_those_behind_it_go()
    {
        // The server does not read: room comes from nowhere.
        using ChannelPair pair = Full(out _);
        ConcurrentQueue<(string Name, NtStatus Status)> ends = new();
        VmbusPacket large = Packet(pair.Client, "large", ends);
        VmbusPacket small = Packet(pair.Client, "small", ends);
        Assert.Equal(NtStatus.Success, large.Send(new byte[2000]));
        Assert.Equal(NtStatus.Success, small.Send(new byte[100]));
        Assert.Empty(ends);
        Assert.Equal(NtStatus.BufferOverflow, pair.Client.TrySend([1]));
        Assert.True(large.Cancel());
        Assert.Equal([("small", NtStatus.Success), ("large", NtStatus.Cancelled)], ends);

        // Nothing waits any more, and nothing is asked of the server.
        Assert.Equal(NtStatus.Success, pair.Client.TrySend([1]));
        Assert.Equal(0, PendingSendSize(pair.Client));
        large.Dispose();
        small.Dispose();
    }

    [Fact]
    public void The_last_queued_send_that_is_given_up_asks_for_no_room_any_more()
    {
        using ChannelPair pair = Full(out Func<int> received);
        ConcurrentQueue<(string Name, NtStatus Status)> ends = new();
        VmbusPacket packet = Packet(pair.Client, "packet", ends);
        Assert.Equal(NtStatus.Success, packet.Send(new byte[3000], VmbusSendFlags.WaitForCompletion));
        Assert.NotEqual(0, PendingSendSize(pair.Client));
        Assert.True(packet.Cancel());
        Assert.Equal(0, PendingSendSize(pair.Client));
        Assert.False(packet.Cancel());
        Assert.Equal([("packet", NtStatus.Cancelled)], ends);

        // The packet is the caller's again: the same number of times as it was sent, it is told.
        Assert.Equal(NtStatus.Success, packet.Send([2], VmbusSendFlags.WaitForCompletion));
        pair.Server.Start();
        pair.Await(() => ends.Count == 2, "the second send");
        Assert.Equal(("packet", NtStatus.Success), ends.Last());
        Assert.Equal(4, received());
        Assert.Equal(0, pair.Client.Counters.LateCompletions);
        packet.Dispose();
    }

    [Fact]
    public void Given_up_in_a_completion_routine_the_rest_keeps_its_order()
    {
        using ChannelPair pair = Full(out _);
        ConcurrentQueue<(string Name, NtStatus Status)> ends = new();
        ConcurrentQueue<int> order = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            order.Enqueue(buffer[0]);
            packet.Complete();
        };
        List<VmbusPacket> packets = [.. Enumerable.Range(1, 9).Select(i => Packet(pair.Client, $"{i}", ends))];
        packets[0].CompletionRoutine = (_, status, _) =>
        {
            Assert.Equal(NtStatus.Success, status);
            Assert.True(packets[5].Cancel());
            Assert.True(packets[7].Cancel());
        };
        for (int i = 0; i < packets.Count; i++)
        {
            byte[] payload = new byte[1000];
            payload[0] = (byte)(i + 1);
            Assert.Equal(NtStatus.Success, packets[i].Send(payload, i % 2 == 0 ? VmbusSendFlags.None : VmbusSendFlags.WaitForCompletion));
        }

        pair.Server.Start();
        pair.Await(() => ends.Count == 8 && order.Count == 10, "all ends");
        Assert.Equal([0, 0, 0, 1, 2, 3, 4, 5, 7, 9], order);
        Assert.Equal(["6", "8"], ends.Where(end => end.Status == NtStatus.Cancelled).Select(end => end.Name));
    }

    [Fact]
    public void External_data_that_waits_is_given_up_and_its_memory_with_it_and_what_was_sent_is_not()
    {
        using ChannelPair pair = Full(out _);
        ConcurrentQueue<(string Name, NtStatus Status)> ends = new();
        VmbusPacket waiting = Packet(pair.Client, "waiting", ends);
        waiting.SetExternalData(new byte[100]);
        Assert.Equal(NtStatus.Success, waiting.Send(new byte[1000]));
        Assert.True(waiting.Cancel());
        Assert.Equal([("waiting", NtStatus.Cancelled)], ends);
        waiting.SetExternalData(new byte[100]);
        Assert.Equal(NtStatus.Success, waiting.Send([1]));

        // The other side may have the pages: they are shared until it has completed.
        Assert.False(waiting.Cancel());
        pair.Server.Start();
        pair.Await(() => ends.Count == 2, "the completion");
        Assert.Equal(("waiting", NtStatus.Success), ends.Last());
    }

    [Fact]
    public async Task A_token_withdraws_a_queued_send_and_a_queued_request()
    {
        using ChannelPair pair = Full(out Func<int> received);
        using CancellationTokenSource source = new();
        Task<NtStatus> send = pair.Client.SendAsync(new byte[1000], cancellationToken: source.Token).AsTask();
        Task<RequestResult> request = pair.Client.SendRequestAsync(new byte[1000], new byte[8], cancellationToken: source.Token).AsTask();
        Task<RequestResult> late = pair.Client.SendRequestAsync(new byte[1000], new byte[8], TimeSpan.FromMilliseconds(20)).AsTask();
        await source.CancelAsync();
        Assert.Equal(NtStatus.Cancelled, await send.WaitAsync(ChannelPair.Patience));
        Assert.Equal(new RequestResult(NtStatus.Cancelled, 0), await request.WaitAsync(ChannelPair.Patience));
        Assert.Equal(new RequestResult(NtStatus.Cancelled, 0), await late.WaitAsync(ChannelPair.Patience));
        Assert.Equal(NtStatus.Cancelled, await pair.Client.SendAsync(new byte[1], cancellationToken: source.Token));
        pair.Server.Start();
        pair.Await(() => received() == 3, "what was in the ring");
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));
        Assert.Equal(4, received());
        Assert.Equal(0, pair.Client.Counters.LateCompletions);
    }

    [Fact]
    public void A_time_out_that_cannot_be_is_refused_before_anything_is_sent()
    {
        using ChannelPair pair = new ChannelPair().Open();
        foreach (TimeSpan timeout in (TimeSpan[])[TimeSpan.FromMilliseconds(-2), TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromMilliseconds(1L << 31)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => pair.Client.SendSynchronousRequest([1], [], out _, timeout));
            Assert.Throws<ArgumentOutOfRangeException>(() => { _ = pair.Client.SendRequestAsync(new byte[1], new byte[8], timeout); });
        }

        Assert.Equal(0, pair.Client.Counters.PacketsSent);
    }

    /// <summary>A pair whose server does not read, with three packets of 1000 bytes in the client's ring of 4096, and no room for a fourth.</summary>
    private static ChannelPair Full(out Func<int> received)
    {
        ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096 });
        int count = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            Interlocked.Increment(ref count);
            packet.Complete();
        };
        pair.Open();
        pair.Server.Pause();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.TrySend(new byte[1000]));
        }

        received = () => Volatile.Read(ref count);
        return pair;
    }

    private static int PendingSendSize(VmbusChannel channel) => BitConverter.ToInt32(channel.OutgoingRing!.ToArray(), 12);

    private static VmbusPacket Packet(VmbusChannel channel, string name, ConcurrentQueue<(string Name, NtStatus Status)> ends)
    {
        VmbusPacket packet = channel.AllocatePacket();
        packet.CompletionRoutine = (_, status, _) => ends.Enqueue((name, status));
        return packet;
    }
}
