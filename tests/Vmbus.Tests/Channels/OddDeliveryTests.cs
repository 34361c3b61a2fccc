using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>What handlers do with packets that nobody would expect of them: one call in the middle of another, and packets behind those that end the queue.</summary>
public sealed class OddDeliveryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_packet_that_is_failed_ends_its_batch_and_those_before_it_are_released_by_whoever_holds_them(bool failsPended)
    {
        using ChannelPair pair = new();
        ConcurrentQueue<byte> delivered = new();
        ConcurrentQueue<uint> counts = new();
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnProcessingComplete = (_, count) => counts.Enqueue(count);
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            delivered.Enqueue(buffer[0]);
            if (buffer[0] < 2)
            {
                pended.Add(packet.Pend());
            }
            else if (failsPended)
            {
                // Another packet of the same batch, through what was pended of it.
                packet.Complete();
                pended.Take().Fail();
            }
            else
            {
                packet.Fail();
            }
        };
        pair.Open();
        pair.Server.Pause();
        ConcurrentQueue<NtStatus> ends = new();
        for (byte i = 0; i < 6; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.CompletionRoutine = (_, status, _) => ends.Enqueue(status);
            Assert.Equal(NtStatus.Success, packet.Send([i], VmbusSendFlags.WaitForCompletion));
        }

        pair.Server.Start();
        pair.Await(() => counts.Count == 1, "the pause of delivery");
        Assert.Equal(ChannelState.Stopped, pair.Server.State);
        Assert.Equal<byte>([0, 1, 2], delivered);
        Assert.Equal([3u], counts);
        Assert.Equal(1, pair.Server.Counters.PacketsFailed);

        // Nothing more is delivered, whatever else is tried, and what is completed now is released and sends nothing.
        long sent = pair.Server.Counters.PacketsSent;
        pair.Server.Start();
        Assert.Equal(NtStatus.Success, pair.Client.Send([9]));
        while (pended.TryTake(out PendingPacket owed))
        {
            owed.Complete([1]);
            Assert.Throws<InvalidOperationException>(owed.Complete);
        }

        await pair.Server.PauseAsync().WaitAsync(ChannelPair.Patience);
        Assert.Equal<byte>([0, 1, 2], delivered);
        Assert.Equal(sent, pair.Server.Counters.PacketsSent);

        // A completion that is still in the ring when it closes is lost with it.
        pair.Await(() => ends.Count == (failsPended ? 1 : 0), "what was completed before the failure");
        await pair.Server.DisableAsync().WaitAsync(ChannelPair.Patience);
        pair.Await(() => ends.Count == 6, "the requests");
        Assert.Equal(failsPended ? 5 : 6, ends.Count(status => status == NtStatus.DeviceRemoved));

        // The next opening begins without them.
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the client to close");
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Complete();
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));
    }

    [Theory]
    [InlineData("PauseAsync")]
    [InlineData("DisableAsync")]
    public async Task A_Pause_inside_ProcessingComplete_holds_behind_it_and_waits_for_what_it_leaves_owed(string form)
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pended = [];
        TaskCompletionSource<Task> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Exception? synchronous = null;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.ServerCallbacks.OnProcessingComplete = (channel, _) =>
        {
            if (!begun.Task.IsCompleted)
            {
                synchronous = Record.Exception(channel.Pause);
                Task task = form == "PauseAsync" ? channel.PauseAsync() : channel.DisableAsync();
                Assert.False(task.IsCompleted);
                begun.SetResult(task);
            }
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        Task waiting = await begun.Task.WaitAsync(ChannelPair.Patience);
        Assert.IsType<IrqlViolationException>(synchronous);
        pair.Await(() => pair.ServerCallbacks.Log.Last() == "Suspend", "the queue to rest");
        Assert.Equal(NtStatus.Success, pair.Client.Send([2]));
        PendingPacket owed = pended.TakeInTime();
        Assert.False(waiting.IsCompleted);
        owed.Complete();
        await waiting.WaitAsync(ChannelPair.Patience);
        Assert.Equal(1, pair.Server.Counters.PacketsDelivered);
        Assert.Empty(pended);
        Assert.Equal(form == "PauseAsync" ? ChannelState.Paused : ChannelState.Disabled, pair.Server.State);
    }

    [Fact]
    public void A_quota_that_changes_while_packets_are_owed_counts_those_that_come_again_and_those_that_are_lost()
    {
        using ChannelPair pair = new(options => options with { TransactionQuota = 3 });
        BlockingCollection<PendingPacket> pended = [];
        ConcurrentQueue<uint> counts = new();
        pair.ServerCallbacks.OnProcessingComplete = (_, count) => counts.Enqueue(count);
        pair.ServerCallbacks.OnPacket = (channel, packet, buffer, _) =>
        {
            switch (buffer[0])
            {
                case 0:
                    pended.Add(packet.Pend());
                    break;
                case 1:
                    break;
                default:
                    if (KernelIrql.Current == Irql.Dispatch)
                    {
                        // Lower than what is owed already: the packet that is deferred comes again all the same.
                        channel.SetTransactionQuota(1);
                        packet.DeferToPassive();
                    }
                    else
                    {
                        packet.Complete();
                    }

                    break;
            }
        };
        pair.Open();
        pair.Server.Pause();
        foreach (byte kind in new byte[] { 0, 1, 2, 0 })
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([kind]));
        }

        pair.Server.Start();
        pair.Await(() => counts.Count == 1, "the passive callback, and the pause after it");
        Assert.Equal([3u], counts);
        Assert.Equal((1L, 2), (pair.Server.Counters.PacketsCompleted, pair.Server.GetOwedPackets().Count));

        // The lost one alone uses the quota of 1; a greater quota changes nothing until a packet has ended, and giving one up is such an end.
        pended.TakeInTime().Complete();
        pair.Server.SetTransactionQuota(2);
        Assert.Equal(1, pair.Server.AbandonLostPackets());
        PendingPacket last = pended.TakeInTime();
        last.Complete();
        Assert.Equal(4, pair.Server.Counters.PacketsDelivered - pair.Server.Counters.PacketsDeferred);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_client_context_of_a_packet_that_comes_again_is_what_its_callback_left_and_the_next_packet_finds_none_of_it(bool inPlace)
    {
        using ChannelPair pair = new(options => options with { ClientContextSize = 24, Reception = inPlace ? PacketReception.InPlace : PacketReception.Copied });
        ConcurrentQueue<string> seen = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            seen.Enqueue($"{buffer[0]} {KernelIrql.Current} {Convert.ToHexString(packet.ClientContext[..1])}{Convert.ToHexString(packet.ClientContext[23..])}");
            if (KernelIrql.Current == Irql.Dispatch && buffer[0] % 2 == 0)
            {
                packet.ClientContext.Fill(buffer[0]);
                packet.DeferToPassive();

                // Like every member of a packet that has left the callback.
                try
                {
                    _ = packet.ClientContext.Length;
                    seen.Enqueue("readable");
                }
                catch (ObjectDisposedException)
                {
                    // By intent.
                }

                return;
            }

            packet.ClientContext.Fill(0xEE);
            packet.Complete();
        };
        pair.Open();
        pair.Server.Pause();
        for (byte i = 1; i <= 4; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([i]));
        }

        pair.Server.Start();
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 4, "all packets");
        Assert.Equal(["1 Dispatch 0000", "2 Dispatch 0000", "2 Passive 0202", "3 Dispatch 0000", "4 Dispatch 0000", "4 Passive 0404"], seen);
    }
}
