using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>Packets that were taken out of their callback.</summary>
public sealed class PendingPacketTests
{
    [Fact]
    public void A_pended_packet_keeps_its_bytes_and_is_completed_from_another_thread()
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pending = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Add(packet.Pend());
        pair.Open();
        int answered = 0;
        for (byte i = 0; i < 100; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            byte expected = i;
            packet.CompletionRoutine = (_, _, buffer) =>
            {
                Assert.Equal(expected, buffer[0]);
                Interlocked.Increment(ref answered);
            };
            packet.Send([i, 0, 0, 0, 0, 0, 0, 0], VmbusSendFlags.WaitForCompletion);
        }

        for (int i = 0; i < 100; i++)
        {
            PendingPacket packet = pending.TakeInTime();
            ReadOnlyMemory<byte> memory = packet.BufferMemory;
            Assert.Equal(i, packet.Buffer[0]);
            Assert.Equal(i, memory.Span[0]);
            packet.Complete(packet.Buffer);
            Assert.Throws<ObjectDisposedException>(() => memory.Span[0]);
            Assert.Throws<ObjectDisposedException>(() => packet.Buffer[0]);
            Assert.Throws<InvalidOperationException>(packet.Complete);
        }

        pair.Await(() => answered == 100, "all answers");
    }

    [Fact]
    public void Copies_are_the_same_packet_and_the_next_of_the_same_place_is_another()
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.Open();
        pair.Client.Send([1]);
        PendingPacket first = pended.TakeInTime();
        PendingPacket copy = first;
        Assert.True(first == copy && first.Equals(copy) && first.Equals((object)copy) && first.GetHashCode() == copy.GetHashCode());
        Assert.True(first != default && !first.IsDefault && default(PendingPacket) == new PendingPacket());
        copy.Complete();
        Assert.Throws<InvalidOperationException>(first.Complete);
        pair.Client.Send([2]);
        PendingPacket second = pended.TakeInTime();
        Assert.True(first != second);
        second.Complete();
    }

    [Fact]
    public void External_data_that_was_obtained_before_Pend_is_there_at_any_level_afterwards()
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            Assert.Equal(NtStatus.Success, packet.GetExternalData(ExternalDataFlags.None, out ExternalData _));
            pended.Add(packet.Pend());
        };
        pair.Open();
        byte[] memory = [1, 2];
        VmbusPacket request = pair.Client.AllocatePacket();
        request.SetExternalData(memory);
        Assert.Equal(NtStatus.Success, request.Send([1]));
        PendingPacket packet = pended.TakeInTime();
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Equal(NtStatus.Success, packet.GetExternalData(ExternalDataFlags.None, out ExternalData data));
            data.CopyFrom([9]);
            packet.Complete();
        }

        Assert.Equal([9, 2], memory);
    }

    [Fact]
    public async Task A_payload_larger_than_the_maximum_is_refused_and_the_packet_stays_owed()
    {
        using ChannelPair pair = new(options => options with { MaximumPacketSize = 8 });
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.Open();
        Task<NtStatus> request = Task.Run(() => pair.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
        PendingPacket owed = pended.TakeInTime();
        foreach (Action tooLarge in new Action[] { () => owed.Complete(new byte[9]), () => owed.Complete(Guid.Empty) })
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(tooLarge);
            Assert.Equal(unchecked((int)NtStatus.InvalidBufferSize), refused.HResult);
            Assert.Contains("8 bytes", refused.Message, StringComparison.Ordinal);
            Assert.Single(pair.Server.GetOwedPackets());
        }

        owed.Complete(7L);
        Assert.Equal(NtStatus.Success, await request);
        Assert.Empty(pair.Server.GetOwedPackets());
    }

    [Fact]
    public void A_packet_counts_against_the_quota_until_its_completion_is_in_the_ring()
    {
        using ChannelPair pair = new(
            server: options => options with { TransactionQuota = 2 },
            client: options => options with { IncomingRingSize = 4096 });
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Complete(new byte[3000]);
        pair.Open();

        // The client reads nothing: of the completions one is in the ring, two wait for room.
        pair.Client.Pause();
        int done = 0;
        for (int i = 0; i < 6; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.CompletionRoutine = (finished, _, _) =>
            {
                finished.Dispose();
                Interlocked.Increment(ref done);
            };
            Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        }

        pair.Await(() => pair.Server.Counters is { PacketsDelivered: 3, PacketsQueued: 2 }, "three packets");
        Thread.Sleep(30);
        Assert.Equal((3L, 2L), (pair.Server.Counters.PacketsDelivered, pair.Server.Counters.PacketsQueued));
        Assert.Empty(pair.Server.GetOwedPackets());
        pair.Client.Start();
        pair.Await(() => Volatile.Read(ref done) == 6, "all completions");
    }
}
