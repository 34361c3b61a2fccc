using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>Completions of a hostile peer: each finds the packet that waits for it, or none.</summary>
public sealed class CompletionMatchTests
{
    private const ushort Completion = 11;

    [Theory]
    [InlineData(UnexpectedCompletionPolicy.Ignore)]
    [InlineData(UnexpectedCompletionPolicy.StopChannel)]
    public void A_packet_that_is_completed_twice_ends_once_and_the_second_touches_no_other(UnexpectedCompletionPolicy policy)
    {
        using Exchange exchange = new(policy);
        exchange.Send("first");
        ulong id = exchange.NextId();
        RawPacket.FromClient(exchange.Pair, Complete(id, 1), Complete(id, 2));
        exchange.Pair.Await(() => exchange.Pair.Server.Counters.UnexpectedCompletions == 1, "the second completion");
        Assert.Equal([("first", NtStatus.Success, 1)], exchange.Ends);
        if (policy == UnexpectedCompletionPolicy.StopChannel)
        {
            exchange.Pair.Await(() => exchange.Pair.Server.State == ChannelState.Stopped, "the stop");
            VmbusException fault = Assert.IsType<VmbusException>(exchange.Pair.Server.Fault);
            Assert.Equal(NtStatus.DataError, fault.Status);
            Assert.Contains($"transaction {id:X} was completed twice", fault.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null(exchange.Pair.Server.Fault);
        }
    }

    [Fact]
    public void A_completion_of_a_packet_that_is_gone_does_not_reach_the_one_that_has_its_place()
    {
        using Exchange exchange = new(UnexpectedCompletionPolicy.Ignore);
        exchange.Send("first");
        ulong first = exchange.NextId();
        RawPacket.FromClient(exchange.Pair, Complete(first, 1));
        exchange.Pair.Await(() => exchange.Ends.Count == 1, "the first packet");
        exchange.Send("second");
        ulong second = exchange.NextId();
        Assert.NotEqual(first, second);

        // Stale, of another place, of another time of the same place, and none at all.
        ulong[] wrong = [first, second + 1, second + (1ul << 20), second ^ (1ul << 63), 0, ulong.MaxValue];
        RawPacket.FromClient(exchange.Pair, [.. wrong.Select(id => Complete(id, 9)), Complete(second, 2)]);
        exchange.Pair.Await(() => exchange.Ends.Count == 2, "the second packet");
        Assert.Equal([("first", NtStatus.Success, 1), ("second", NtStatus.Success, 2)], exchange.Ends);
        Assert.Equal(wrong.Length, exchange.Pair.Server.Counters.UnexpectedCompletions);
        Assert.Equal(0, exchange.Pair.Server.Counters.LateCompletions);
    }

    /// <summary>A peer that guesses the id of a packet that it cannot have: it waits for room, with the pages that it will reference.</summary>
    [Theory]
    [InlineData(UnexpectedCompletionPolicy.Ignore)]
    [InlineData(UnexpectedCompletionPolicy.StopChannel)]
    public void A_completion_of_a_packet_that_is_not_in_the_ring_yet_is_of_none_that_was_sent(UnexpectedCompletionPolicy policy)
    {
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096, UnexpectedCompletion = policy });
        ConcurrentQueue<(NtStatus Status, int First)> ends = new();
        BlockingCollection<PendingPacket> arrived = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, flags) =>
        {
            if (flags == ProcessPacketFlags.None)
            {
                packet.Complete();
            }
            else
            {
                arrived.Add(packet.Pend());
            }
        };
        pair.Open();
        pair.Server.Pause();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.TrySend(new byte[1000]));
        }

        byte[] memory = [1, 2, 3];
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(memory);
        packet.CompletionRoutine = (_, status, payload) => ends.Enqueue((status, payload.IsEmpty ? -1 : payload[0]));
        Assert.Equal(NtStatus.Success, packet.Send(new byte[1000]));
        RawPacket.FromServer(pair, Complete(1ul << 20, 9));
        pair.Await(() => pair.Client.Counters.UnexpectedCompletions == 1, "the guess");
        if (policy == UnexpectedCompletionPolicy.StopChannel)
        {
            pair.Await(() => pair.Client.State == ChannelState.Stopped || pair.Client.Fault is not null, "the stop");
            Assert.Contains("transaction 100000, which was never begun", pair.Client.Fault!.Message, StringComparison.Ordinal);
            pair.Await(() => ends.Count == 1, "the end of the packet");
            Assert.Equal((NtStatus.DeviceRemoved, -1), ends.Single());
            return;
        }

        Assert.Empty(ends);
        pair.Server.Start();
        PendingPacket owed = arrived.TakeInTime();
        Assert.Equal(1ul << 20, owed.TransactionId);
        Assert.Equal(NtStatus.Success, owed.GetExternalData(ExternalDataFlags.None, out ExternalData data));
        data.CopyFrom([7], 1);
        RawPacket.FromServer(pair, Complete(owed.TransactionId, 5));
        pair.Await(() => ends.Count == 1, "the end of the packet");
        Assert.Equal((NtStatus.Success, 5), ends.Single());
        Assert.Equal([1, 7, 3], memory);
        owed.Complete();
    }

    [Fact]
    public void An_id_of_another_channel_and_one_of_a_packet_that_asked_for_no_completion_end_nothing()
    {
        using Exchange exchange = new(UnexpectedCompletionPolicy.Ignore);
        using ChannelPair other = new();
        other.Open();
        exchange.Send("waits");
        ulong id = exchange.NextId();

        // The other channel has sent nothing that waits, and one packet under an id of its user's.
        int ends = 0;
        VmbusPacket packet = other.Server.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => ends++;
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        Assert.Equal(1, ends);
        Assert.Equal(NtStatus.Success, other.Server.Send([1], transactionId: id));
        RawPacket.FromClient(other, Complete(id, 1), Complete(0, 1));
        other.Await(() => other.Server.Counters.UnexpectedCompletions == 2, "both completions");
        Assert.Equal(1, ends);
        Assert.Empty(exchange.Ends);
        Assert.Null(other.Server.Fault);
        RawPacket.FromClient(exchange.Pair, Complete(id, 4));
        exchange.Pair.Await(() => exchange.Ends.Count == 1, "its own completion");
        Assert.Equal(("waits", NtStatus.Success, 4), exchange.Ends.Single());
    }

    [Fact]
    public void A_late_completion_of_a_packet_that_was_given_up_is_known_once()
    {
        using Exchange exchange = new(UnexpectedCompletionPolicy.StopChannel);
        VmbusPacket packet = exchange.Send("given up");
        ulong id = exchange.NextId();
        Assert.True(packet.Cancel());
        RawPacket.FromClient(exchange.Pair, Complete(id, 1));
        exchange.Pair.Await(() => exchange.Pair.Server.Counters.LateCompletions == 1, "the late completion");
        Assert.Null(exchange.Pair.Server.Fault);
        RawPacket.FromClient(exchange.Pair, Complete(id, 1));
        exchange.Pair.Await(() => exchange.Pair.Server.State == ChannelState.Stopped, "the stop over the second");
        Assert.Equal([("given up", NtStatus.Cancelled, -1)], exchange.Ends);
    }

    private static byte[] Complete(ulong transactionId, byte value) => RawPacket.Bytes(Completion, [], [value, 0, 0, 0, 0, 0, 0, 0], transactionId: transactionId);

    /// <summary>A server that sends, and a client that completes nothing by itself: the test does, in its ring.</summary>
    private sealed class Exchange : IDisposable
    {
        private readonly BlockingCollection<ulong> _ids = [];

        public Exchange(UnexpectedCompletionPolicy policy)
        {
            Pair = new ChannelPair(options => options with { UnexpectedCompletion = policy });
            Pair.ClientCallbacks.OnPacket = (_, packet, _, _) => _ids.Add(packet.TransactionId);
            Pair.Open();
        }

        public ChannelPair Pair { get; }

        public ConcurrentQueue<(string Name, NtStatus Status, int First)> Ends { get; } = new();

        public VmbusPacket Send(string name)
        {
            VmbusPacket packet = Pair.Server.AllocatePacket();
            packet.CompletionRoutine = (_, status, payload) => Ends.Enqueue((name, status, payload.IsEmpty ? -1 : payload[0]));
            Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
            return packet;
        }

        public ulong NextId() => _ids.TakeInTime();

        public void Dispose()
        {
            // What the client has never completed is lost, by intent.
            Pair.Client.AbandonLostPackets();
            Pair.Dispose();
            _ids.Dispose();
        }
    }
}
