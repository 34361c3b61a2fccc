using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>The transaction quota of a channel that runs: KMCL VmbChannelSetTransactionQuota.</summary>
public sealed class QuotaTests
{
    [Fact]
    public void The_quota_bounds_what_is_delivered_and_not_completed()
    {
        using ChannelPair pair = new(server: options => options with { TransactionQuota = 3 });
        ConcurrentQueue<PendingPacket> pending = new();
        long processed = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Enqueue(packet.Pend());
        pair.ServerCallbacks.OnProcessingComplete = (_, count) => Interlocked.Add(ref processed, count);
        pair.Open();
        for (byte i = 0; i < 20; i++)
        {
            pair.Client.Send([i]);
        }

        for (byte i = 0; i < 20; i++)
        {
            // Delivery has paused after these, and not later.
            int expected = Math.Min(i + 3, 20);
            pair.Await(() => Interlocked.Read(ref processed) == expected, $"packet {expected}");
            Assert.Equal(expected, pair.Server.Counters.PacketsDelivered);
            Assert.True(pending.TryDequeue(out PendingPacket packet));
            Assert.Equal(i, packet.Buffer[0]);
            packet.Complete();
        }
    }

    [Fact]
    public void A_lower_quota_takes_nothing_back_and_lets_nothing_new_in_until_less_is_owed()
    {
        using ChannelPair pair = Pend(quota: 5, out ConcurrentQueue<PendingPacket> pended);
        Send(pair, 20);
        Delivers(pair, 5);
        pair.Server.SetTransactionQuota(2);
        for (int completed = 1; completed <= 3; completed++)
        {
            Complete(pended);
            Delivers(pair, 5);
        }

        Complete(pended);
        Delivers(pair, 6);
        Assert.Equal(2, pair.Server.GetOwedPackets().Count);
        CompleteAll(pair, pended);
    }

    [Fact]
    public void A_higher_quota_holds_from_the_next_completion_on()
    {
        using ChannelPair pair = Pend(quota: 2, out ConcurrentQueue<PendingPacket> pended);
        Send(pair, 20);
        Delivers(pair, 2);

        // A queue that the quota has stopped goes on when a packet is completed, and not when the quota changes.
        pair.Server.SetTransactionQuota(10);
        Delivers(pair, 2);
        Complete(pended);
        Delivers(pair, 11);
        Assert.Equal(10, pair.Server.GetOwedPackets().Count);
        CompleteAll(pair, pended);
    }

    [Fact]
    public void It_is_set_at_DISPATCH_LEVEL_and_inside_the_handler()
    {
        using ChannelPair pair = new(options => options with { TransactionQuota = 100 });
        ConcurrentQueue<PendingPacket> pended = new();
        pair.ServerCallbacks.OnPacket = (channel, packet, _, _) =>
        {
            channel.SetTransactionQuota(3);
            pended.Enqueue(packet.Pend());
        };
        pair.Open();
        pair.Server.Pause();
        Send(pair, 10);
        pair.Server.Start();
        Delivers(pair, 3);
        while (pended.TryDequeue(out PendingPacket packet))
        {
            packet.Complete();
            pair.Await(() => !pended.IsEmpty || pair.Server.Counters.PacketsCompleted == 10, "the next packet");
        }

        Assert.Equal(10, pair.Server.Counters.PacketsCompleted);
    }

    /// <summary>Exactly so many packets are delivered, and stay all that are.</summary>
    private static void Delivers(ChannelPair pair, int count)
    {
        pair.Await(() => pair.Server.Counters.PacketsDelivered >= count, $"packet {count}");
        Thread.Sleep(30);
        Assert.Equal(count, pair.Server.Counters.PacketsDelivered);
    }

    private static void Send(ChannelPair pair, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        }
    }

    private static void Complete(ConcurrentQueue<PendingPacket> pended)
    {
        Assert.True(pended.TryDequeue(out PendingPacket packet));
        packet.Complete();
    }

    private static void CompleteAll(ChannelPair pair, ConcurrentQueue<PendingPacket> pended)
    {
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Complete();
        while (pended.TryDequeue(out PendingPacket packet))
        {
            packet.Complete();
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 20, "all packets");
    }

    private static ChannelPair Pend(int quota, out ConcurrentQueue<PendingPacket> pended)
    {
        ChannelPair pair = new(options => options with { TransactionQuota = quota });
        ConcurrentQueue<PendingPacket> packets = pended = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packets.Enqueue(packet.Pend());
        return pair.Open();
    }
}
