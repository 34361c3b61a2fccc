using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>The flags of VmbPacketSend, each alone and together: what the other side sees, and when the packet is done.</summary>
public sealed class SendFlagTests
{
    private const VmbusSendFlags All = VmbusSendFlags.WaitForCompletion | VmbusSendFlags.ForceMdlLength | VmbusSendFlags.PagedBuffer;

    public static TheoryData<VmbusSendFlags> Combinations
    {
        get
        {
            TheoryData<VmbusSendFlags> flags = [];
            for (VmbusSendFlags value = VmbusSendFlags.None; value <= All; value++)
            {
                flags.Add(value);
            }

            return flags;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void The_wait_flag_alone_decides_when_a_packet_is_done(VmbusSendFlags flags)
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> arrived = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => arrived.Add(packet.Pend());
        pair.Open();
        foreach (VmbusChannel sender in (VmbusChannel[])[pair.Client, pair.Server])
        {
            if (sender == pair.Server)
            {
                pair.ClientCallbacks.OnPacket = (_, packet, _, _) => arrived.Add(packet.Pend());
            }

            ConcurrentQueue<(NtStatus Status, string Payload)> ends = new();
            using VmbusPacket packet = sender.AllocatePacket();
            packet.CompletionRoutine = (_, status, payload) => ends.Enqueue((status, Convert.ToHexString(payload)));
            Assert.Equal(NtStatus.Success, packet.Send([7], flags));
            bool waits = (flags & VmbusSendFlags.WaitForCompletion) != 0;
            PendingPacket received = arrived.TakeInTime();
            Assert.Equal(waits, received.IsCompletionRequested);
            Assert.Equal(waits, received.TransactionId != 0);
            Assert.Equal(7, received.Buffer[0]);

            // Without the flag it was done in the ring, before Send returned.
            Assert.Equal(waits ? [] : [(NtStatus.Success, "")], ends);
            received.Complete(waits ? [1, 2] : []);
            pair.Await(() => ends.Count == 1, "the end of the packet");
            Assert.Equal((NtStatus.Success, waits ? "0102000000000000" : ""), Assert.Single(ends));
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void External_data_is_shared_until_completion_whatever_the_flags(VmbusSendFlags flags)
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> arrived = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => arrived.Add(packet.Pend());
        pair.Open();
        using SemaphoreSlim done = new(0);
        byte[] memory = [1, 2, 3];
        using VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(memory);
        packet.CompletionRoutine = (_, _, _) => done.Release();
        Assert.Equal(NtStatus.Success, packet.Send([7], flags));
        PendingPacket received = arrived.TakeInTime();
        Assert.True(received.IsCompletionRequested);
        Assert.Equal(NtStatus.Success, received.GetExternalData(ExternalDataFlags.None, out ExternalData data));
        data.CopyFrom([9], 2);
        Assert.False(done.Wait(0));
        received.Complete();
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Equal([1, 2, 9], memory);
    }

    [Fact]
    public void A_forced_length_is_not_held_to_the_senders_maximum_and_is_to_the_receivers()
    {
        using ChannelPair pair = new(
            server: options => options with { MaximumExternalData = 100, MaximumExternalDataChain = 2 },
            client: options => options with { MaximumExternalData = 50, MaximumExternalDataChain = 1 });
        pair.Open();
        using SemaphoreSlim done = new(0);
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => done.Release();
        packet.SetExternalData(new byte[60]);
        packet.AppendExternalData(new byte[40]);
        Assert.Equal(NtStatus.InvalidBufferSize, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion | VmbusSendFlags.ForceMdlLength));
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Null(pair.Server.Fault);
        packet.AppendExternalData(new byte[1]);
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion | VmbusSendFlags.ForceMdlLength));
        pair.Await(() => pair.Server.Fault is not null, "the server to refuse it");
        Assert.Equal(NtStatus.DataError, Assert.IsType<VmbusException>(pair.Server.Fault).Status);
    }

    [Fact]
    public void Pages_that_the_caller_names_are_held_to_the_senders_maximum_too()
    {
        using ChannelPair pair = new(client: options => options with { MaximumExternalData = 50 });
        pair.Open();
        using SemaphoreSlim done = new(0);
        using VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => done.Release();
        Assert.Equal(NtStatus.InvalidBufferSize, packet.SendWithExternalPages([1], [77], 0, 51, VmbusSendFlags.WaitForCompletion));
        Assert.Equal(0, pair.Client.Counters.PacketsSent);
        Assert.Equal(NtStatus.Success, packet.SendWithExternalPages([1], [77], 0, 50, VmbusSendFlags.WaitForCompletion));
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Equal(NtStatus.Success, packet.SendWithExternalPages([1], [77], 0, 51, VmbusSendFlags.WaitForCompletion | VmbusSendFlags.ForceMdlLength));
        Assert.True(done.Wait(ChannelPair.Patience));
    }

    [Fact]
    public void A_pageable_payload_is_sent_below_DISPATCH_LEVEL_only_and_a_refused_packet_stays_the_callers()
    {
        using ChannelPair pair = new ChannelPair().Open();
        using SemaphoreSlim done = new(0);
        using VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => done.Release();
        using (KernelIrql.Raise(Irql.Apc))
        {
            Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.PagedBuffer));
            using (KernelIrql.Raise(Irql.Dispatch))
            {
                IrqlViolationException refused = Assert.Throws<IrqlViolationException>(() => packet.Send([1], VmbusSendFlags.PagedBuffer));
                Assert.Contains("PagedBuffer", refused.Message, StringComparison.Ordinal);
                Assert.Equal(NtStatus.Success, packet.Send([1]));
            }
        }

        Assert.True(done.Wait(ChannelPair.Patience) && done.Wait(ChannelPair.Patience));
        pair.Await(() => pair.Server.Counters.PacketsDelivered == 2, "both packets");
        Assert.Equal(2, pair.Client.Counters.PacketsSent);
    }

    [Fact]
    public void A_bit_that_is_no_flag_is_refused_and_nothing_is_sent()
    {
        using ChannelPair pair = new ChannelPair().Open();
        int ends = 0;
        using VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => ends++;
        for (int bit = 3; bit < 32; bit++)
        {
            VmbusSendFlags unknown = (VmbusSendFlags)(1u << bit);
            Assert.Equal(NtStatus.InvalidParameter, packet.Send([1], unknown));
            Assert.Equal(NtStatus.InvalidParameter, packet.Send([1], unknown | VmbusSendFlags.WaitForCompletion));
            Assert.Equal(NtStatus.InvalidParameter, packet.SendWithExternalPages([1], [1], 0, 8, unknown | VmbusSendFlags.WaitForCompletion));
        }

        Assert.Equal((0, 0L), (ends, pair.Client.Counters.PacketsSent));
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        Assert.Equal(1, ends);
    }

    [Theory]
    [InlineData(0, 0, true, 0)]
    [InlineData(0, 9, true, 0)]
    [InlineData(1, 1, true, 1)]
    [InlineData(1, 8, true, 1)]
    [InlineData(1, 9, false, 1)]
    [InlineData(5, 0, true, 0)]
    [InlineData(7, 7, true, 7)]
    [InlineData(8, 3, true, 8)]
    [InlineData(8, 9, false, 8)]
    [InlineData(9, 8, true, 8)]
    [InlineData(9, 16, true, 9)]
    [InlineData(9, 17, false, 9)]
    [InlineData(24, 10, true, 16)]
    public async Task The_length_of_a_response_buffer_counts_as_rounded_up_to_8(int buffer, int response, bool fits, int written)
    {
        using ChannelPair pair = new();
        byte[] answer = [.. Enumerable.Range(1, response).Select(i => (byte)i)];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Complete(answer);
        pair.Open();
        NtStatus status = fits ? NtStatus.Success : NtStatus.BufferTooSmall;
        byte[] received = new byte[buffer];
        Assert.Equal((status, written), (pair.Client.SendSynchronousRequest([1], received, out int count, ChannelPair.Patience), count));
        byte[] onWire = [.. answer, .. new byte[32]];
        Assert.Equal(onWire[..written], received[..written]);
        Assert.All(received[written..], value => Assert.Equal(0, value));
        Array.Clear(received);
        Assert.Equal(new RequestResult(status, written), await pair.Client.SendRequestAsync(new byte[1], received));
        Assert.Equal(onWire[..written], received[..written]);
    }
}
