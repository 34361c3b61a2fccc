using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>Sends, cancellations and deferrals at moments and with memory that nobody thinks of first.</summary>
public sealed class OddSendTests
{
    [Fact]
    public async Task SendAsync_has_its_own_copy_of_the_bytes_also_of_a_packet_that_waits_for_room()
    {
        using ManualResetEventSlim gate = new();
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096 });
        ConcurrentQueue<string> received = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            gate.Wait(ChannelPair.Patience);
            received.Enqueue($"{packet.TransactionId}: {buffer[0]}{(buffer.ContainsAnyExcept(buffer[0]) ? " mixed" : "")}");
            packet.Complete();
        };
        pair.Open();
        byte[] buffer = new byte[1000];
        List<Task<NtStatus>> sends = [];
        for (byte i = 1; i <= 12; i++)
        {
            buffer.AsSpan().Fill(i);
            sends.Add(pair.Client.SendAsync(buffer, transactionId: i).AsTask());
        }

        buffer.AsSpan().Fill(0xFF);
        Assert.False(sends[^1].IsCompleted);
        gate.Set();
        Assert.All(await Task.WhenAll(sends).WaitAsync(ChannelPair.Patience), status => Assert.Equal(NtStatus.Success, status));
        pair.Await(() => received.Count == 12, "all packets");
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"{i}: {i}"), received);
    }

    [Fact]
    public async Task SendAsync_in_a_handler_does_not_wait_there_and_goes_on_at_PASSIVE_LEVEL()
    {
        using ManualResetEventSlim gate = new();
        using ChannelPair pair = new(client: options => options with { IncomingRingSize = 4096 });
        pair.ClientCallbacks.OnPacket = (_, packet, _, _) =>
        {
            gate.Wait(ChannelPair.Patience);
            packet.Complete();
        };
        BlockingCollection<Task<(NtStatus Status, Irql Level, string? Thread)>> sends = [];
        pair.ServerCallbacks.OnPacket = (channel, packet, _, _) =>
        {
            for (int i = 0; i < 10; i++)
            {
                sends.Add(SendThenLook(channel));
            }

            packet.Complete();
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, await pair.Client.SendAsync(new byte[8]));

        // The handler has returned with sends under way, or this one would not be completed.
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the handler");
        gate.Set();
        int late = 0;
        for (int i = 0; i < 10; i++)
        {
            (NtStatus status, Irql level, string? thread) = await sends.TakeInTime().WaitAsync(ChannelPair.Patience);
            Assert.Equal(NtStatus.Success, status);
            late += level == Irql.Passive ? 1 : 0;
            Assert.True(level == Irql.Dispatch || thread?.Contains("ispatch", StringComparison.Ordinal) != true, $"at {level} on {thread}");
        }

        Assert.InRange(late, 1, 9);

        static async Task<(NtStatus, Irql, string?)> SendThenLook(VmbusChannel channel)
        {
            NtStatus status = await channel.SendAsync(new byte[1000]);
            return (status, KernelIrql.Current, Thread.CurrentThread.Name);
        }
    }

    [Fact]
    public void A_packet_has_nothing_to_be_cancelled_before_it_is_sent_and_in_its_completion_routine()
    {
        using ChannelPair pair = new ChannelPair().Open();
        BlockingCollection<(NtStatus Status, bool IsCancelled)> ends = [];
        VmbusPacket packet = new(pair.Client, (done, status, _) => ends.Add((status, done.Cancel())));
        Assert.False(packet.Cancel());
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(NtStatus.Success, packet.Send([1], i % 2 == 0 ? VmbusSendFlags.WaitForCompletion : VmbusSendFlags.None));
            Assert.Equal((NtStatus.Success, false), ends.TakeInTime());
            Assert.False(packet.Cancel());
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 3, "the packets");
        Assert.Empty(ends);
    }

    [Fact]
    public void A_packet_is_deferred_once_and_has_nothing_left_to_be_pended()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<string> seen = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            seen.Enqueue($"{KernelIrql.Current}");
            if (KernelIrql.Current == Irql.Passive)
            {
                packet.Complete();
                return;
            }

            packet.DeferToPassive();
            seen.Enqueue(After(packet, static packet => packet.DeferToPassive()));
            seen.Enqueue(After(packet, static packet => _ = packet.Pend()));
            seen.Enqueue(After(packet, static packet => packet.Complete()));
            seen.Enqueue(After(packet, static packet => _ = packet.TransactionId));
        };
        pair.Open();
        byte[] response = new byte[8];
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], response, out _, ChannelPair.Patience));
        Assert.Equal(
            ["Dispatch", nameof(InvalidOperationException), nameof(InvalidOperationException), nameof(InvalidOperationException), nameof(ObjectDisposedException), "Passive"], seen);
        Assert.Equal((1L, 1L), (pair.Server.Counters.PacketsDeferred, pair.Server.Counters.PacketsCompleted));
    }

    [Fact]
    public void A_handler_that_raises_the_level_itself_may_defer_there_and_the_packet_comes_again_at_PASSIVE_LEVEL()
    {
        using ChannelPair pair = new(options => options with { IncomingProcessingAtPassive = true });
        ConcurrentQueue<string> seen = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            seen.Enqueue($"{buffer[0]} at {KernelIrql.Current}");
            if (seen.Count == 1)
            {
                using (KernelIrql.Raise(Irql.Dispatch))
                {
                    packet.DeferToPassive();
                }
            }
            else
            {
                packet.Complete();
            }
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        Assert.Equal(NtStatus.Success, pair.Client.Send([2]));
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 2, "both packets");
        Assert.Equal(["1 at Passive", "1 at Passive", "2 at Passive"], seen);
    }

    private static string After(PacketCompletion packet, Use use)
    {
        try
        {
            use(packet);
            return "nothing";
        }
        catch (InvalidOperationException exception)
        {
            return exception.GetType().Name;
        }
    }

    private delegate void Use(PacketCompletion packet);
}
