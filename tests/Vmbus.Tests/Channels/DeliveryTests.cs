using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>How packets reach their callback: in order, at which level, and what becomes of those that it defers or forgets.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public void Packets_arrive_in_order_with_their_bytes_at_DISPATCH_LEVEL()
    {
        using ChannelPair pair = new();
        List<int> received = [];
        ConcurrentBag<Irql> levels = [];
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            levels.Add(KernelIrql.Current);
            received.Add(BinaryPrimitives.ReadInt32LittleEndian(buffer));
            packet.Complete();
        };
        pair.Open();
        Span<byte> payload = stackalloc byte[8];
        for (int i = 0; i < 5000; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(payload, i);
            Assert.Equal(NtStatus.Success, pair.Client.Send(payload));
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 5000, "all packets");
        Assert.Equal(Enumerable.Range(0, 5000), received);
        Assert.All(levels, level => Assert.Equal(Irql.Dispatch, level));
    }

    [Fact]
    public void A_deferred_packet_comes_again_at_PASSIVE_LEVEL_before_the_next_one()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<(byte Type, Irql Level)> calls = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            calls.Enqueue((buffer[0], KernelIrql.Current));
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
            pair.Client.Send([i]);
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 60, "all packets");
        List<(byte, Irql)> expected = [];
        for (byte i = 0; i < 60; i++)
        {
            expected.Add((i, Irql.Dispatch));
            if (i % 3 == 0)
            {
                expected.Add((i, Irql.Passive));
            }
        }

        Assert.Equal(expected, calls);
        Assert.Equal(20, pair.Server.Counters.PacketsDeferred);
    }

    [Fact]
    public void Deferring_at_PASSIVE_LEVEL_throws_and_the_packet_stays_owed()
    {
        using ChannelPair pair = new(server: options => options with { IncomingProcessingAtPassive = true });
        Exception? thrown = null;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            Assert.Equal(Irql.Passive, KernelIrql.Current);
            try
            {
                packet.DeferToPassive();
            }
            catch (InvalidOperationException exception)
            {
                thrown = exception;
                packet.Complete();
            }
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Contains("PASSIVE_LEVEL", thrown!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packet_that_its_handler_forgets_is_lost_and_named()
    {
        using ChannelPair pair = new(server: options => options with { OwedPacketReportTime = TimeSpan.FromMilliseconds(1) });
        TaskCompletionSource reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Server.OwedPacketsReported += (_, _) => reported.TrySetResult();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] != 7)
            {
                packet.Complete();
            }
        };
        pair.Open();
        for (byte i = 0; i < 10; i++)
        {
            pair.Client.Send([i], transactionId: i);
        }

        pair.Await(() => pair.Server.Counters.PacketsDelivered == 10, "all packets");
        pair.Await(() => pair.Server.GetOwedPackets().Count == 1, "the loss to be seen");
        OwedPacket owed = Assert.Single(pair.Server.GetOwedPackets());
        Assert.True(owed.IsLost);
        Assert.Equal(7ul, owed.TransactionId);
        Assert.Equal("OnPacket", owed.Handler);
        Assert.Equal(1, pair.Server.Counters.PacketsLost);
        Task disabled = pair.Server.DisableAsync();
        await reported.Task.WaitAsync(ChannelPair.Patience);
        Assert.False(disabled.IsCompleted);
        Assert.Equal(1, pair.Server.AbandonLostPackets());
        await disabled.WaitAsync(ChannelPair.Patience);
    }
}
