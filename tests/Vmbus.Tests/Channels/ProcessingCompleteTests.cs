using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>ProcessingComplete comes whenever delivery pauses, whatever the reason, with the packets since the last time.</summary>
public sealed class ProcessingCompleteTests
{
    [Fact]
    public void ProcessingComplete_counts_every_packet_once()
    {
        using ChannelPair pair = new();
        long counted = 0;
        pair.ServerCallbacks.OnProcessingComplete = (_, count) =>
        {
            Assert.NotEqual(0u, count);
            Interlocked.Add(ref counted, count);
        };
        pair.Open();
        for (int i = 0; i < 3000; i++)
        {
            pair.Client.Send([1]);
        }

        pair.Await(() => Interlocked.Read(ref counted) == 3000, "all packets to be counted");
    }

    [Fact]
    public void When_the_ring_is_empty()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<uint> counts = Watch(pair);
        pair.Open();
        for (int i = 1; i <= 3; i++)
        {
            pair.Client.Send([1]);
            pair.Await(() => counts.Count == i, $"ProcessingComplete {i}");
        }

        Assert.Equal([1u, 1u, 1u], counts);
    }

    [Fact]
    public void When_the_quota_is_reached()
    {
        using ChannelPair pair = new(server: options => options with { TransactionQuota = 3 });
        ConcurrentQueue<uint> counts = Watch(pair);
        ConcurrentQueue<PendingPacket> pending = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Enqueue(packet.Pend());
        SendBeforeOpen(pair, 4);
        pair.Await(() => counts.Count == 1, "the quota");
        Assert.Equal([3u], counts);
        Complete(pending);
        pair.Await(() => counts.Count == 2, "the rest");
        Assert.Equal([3u, 1u], counts);
        Complete(pending);
    }

    [Fact]
    public void When_a_packet_was_failed()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<uint> counts = Watch(pair);
        int delivered = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            if (++delivered == 2)
            {
                packet.Fail();
            }
            else
            {
                packet.Complete();
            }
        };
        SendBeforeOpen(pair, 4);
        pair.Await(() => counts.Count == 1, "the stop");
        Assert.Equal([2u], counts);
    }

    [Fact]
    public void When_external_data_is_pending()
    {
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst, PageInTime = TimeSpan.FromMilliseconds(30) });
        ConcurrentQueue<uint> counts = Watch(pair);
        int waits = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, flags) =>
        {
            if (flags == ProcessPacketFlags.ExternalData && packet.GetExternalData(ExternalDataFlags.None, out ExternalData _) == NtStatus.Pending)
            {
                waits++;
                return;
            }

            packet.Complete();
        };
        pair.Open();
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(new byte[100]);
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1 && counts.Count == 2, "the packet, and the pause after it");
        Assert.Equal(1, waits);

        // It is one packet, though it came twice; what the second callback did may be acted upon as well.
        Assert.Equal([1u, 0u], counts);
    }

    [Fact]
    public void Packets_that_come_again_count_once()
    {
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst });
        ConcurrentQueue<uint> counts = Watch(pair);
        int callbacks = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, flags) =>
        {
            callbacks++;
            if (flags == ProcessPacketFlags.ExternalData && packet.GetExternalData(ExternalDataFlags.None, out ExternalData _) == NtStatus.Pending)
            {
                return;
            }

            if (buffer[0] % 3 == 0 && KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
                return;
            }

            packet.Complete();
        };
        pair.Open();
        for (byte i = 0; i < 60; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.SetExternalData(i % 2 == 0 ? new byte[10] : default(Memory<byte>));
            Assert.Equal(NtStatus.Success, packet.Send([i]));
        }

        pair.Await(() => counts.Sum(count => count) >= 60 && pair.Server.Counters.PacketsCompleted == 60, "all packets");
        pair.Server.Pause();
        Assert.Equal(60, counts.Sum(count => count));

        // 30 wait for pages, 20 for PASSIVE_LEVEL.
        Assert.Equal(60 + 30 + 20, callbacks);
    }

    [Fact]
    public void When_a_packet_was_deferred_it_comes_after_the_passive_callback()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<string> log = new();
        pair.ServerCallbacks.OnProcessingComplete = (_, count) => log.Enqueue($"complete {count}");
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            log.Enqueue($"packet {KernelIrql.Current}");
            if (KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
            }
            else
            {
                packet.Complete();
            }
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => log.Count == 3, "the deferred packet");
        Assert.Equal(["packet Dispatch", "packet Passive", "complete 1"], log);
    }

    [Fact]
    public async Task When_the_channel_is_paused()
    {
        using ChannelPair pair = new(WaitReports.Soon);
        WaitReports reports = new(pair.Server);
        using SemaphoreSlim arrived = new(0);
        using SemaphoreSlim gate = new(0);
        ConcurrentQueue<uint> counts = Watch(pair);
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            arrived.Release();
            gate.Wait(ChannelPair.Patience);
            packet.Complete();
        };
        SendBeforeOpen(pair, 5);
        Assert.True(await arrived.WaitAsync(ChannelPair.Patience));
        Task paused = pair.Server.PauseAsync();
        reports.AwaitCallback();
        gate.Release(5);
        await paused.WaitAsync(ChannelPair.Patience);
        Assert.Equal([1u], counts);
        Assert.Equal(1, pair.Server.Counters.PacketsDelivered);
        pair.Server.Start();
        pair.Await(() => counts.Sum(count => count) == 5, "the rest");
    }

    [Fact]
    public async Task When_the_channel_is_paused_between_a_deferral_and_its_passive_callback()
    {
        using ChannelPair pair = new();
        using SemaphoreSlim arrived = new(0);
        using SemaphoreSlim gate = new(0);
        ConcurrentQueue<PendingPacket> pending = new();
        ConcurrentQueue<uint> counts = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 1)
            {
                pending.Enqueue(packet.Pend());
            }
            else if (KernelIrql.Current == Irql.Dispatch)
            {
                arrived.Release();
                gate.Wait(ChannelPair.Patience);
                packet.DeferToPassive();
            }
            else
            {
                packet.Complete();
            }
        };

        // A handler that completes what it has gathered when delivery pauses: the Pause waits for that.
        pair.ServerCallbacks.OnProcessingComplete = (_, count) =>
        {
            counts.Enqueue(count);
            Complete(pending);
        };
        pair.Open();
        pair.Server.Pause();
        foreach (byte kind in new byte[] { 1, 1, 2 })
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([kind]));
        }

        pair.Server.Start();
        Assert.True(await arrived.WaitAsync(ChannelPair.Patience));
        Task paused = pair.Server.PauseAsync();

        // The state shows the Pause once the queue has been stopped.
        pair.Await(() => pair.Server.State == ChannelState.Paused, "the queue to be stopped");
        gate.Release();
        await paused.WaitAsync(ChannelPair.Patience);
        Assert.Equal([3u], counts);
        Assert.Equal(2, pair.Server.Counters.PacketsCompleted);
        pair.Server.Start();
        pair.Await(() => counts.Count == 2, "the deferred packet");
        Assert.Equal([3u, 0u], counts);
        Assert.Equal(3, pair.Server.Counters.PacketsCompleted);
    }

    [Fact]
    public void When_the_budget_of_a_wake_up_is_used()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<uint> counts = Watch(pair);
        SendBeforeOpen(pair, 600);
        pair.Await(() => counts.Sum(count => count) == 600, "all packets");
        Assert.True(counts.Count >= 3, $"600 packets in {counts.Count} turns: one channel may not keep its processor so long");
        Assert.All(counts, count => Assert.InRange(count, 1u, 256u));
    }

    private static ConcurrentQueue<uint> Watch(ChannelPair pair)
    {
        ConcurrentQueue<uint> counts = new();
        pair.ServerCallbacks.OnProcessingComplete = (_, count) => counts.Enqueue(count);
        return counts;
    }

    /// <summary>Sends while the server is paused, so that it finds all packets in its ring.</summary>
    private static void SendBeforeOpen(ChannelPair pair, int count)
    {
        pair.Open();
        pair.Server.Pause();
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        }

        pair.Server.Start();
    }

    private static void Complete(ConcurrentQueue<PendingPacket> pending)
    {
        while (pending.TryDequeue(out PendingPacket packet))
        {
            packet.Complete();
        }
    }
}
