using Vmbus.Tests.Channels;

namespace Vmbus.Tests.BadInput;

/// <summary>Packets that are none, that are ended twice, and that the caller owns.</summary>
public sealed class PacketTests
{
    [Fact]
    public void The_default_of_a_packet_throws_on_use()
    {
        Assert.Throws<InvalidOperationException>(() => default(PacketCompletion).Complete());
        Assert.Throws<InvalidOperationException>(() => default(PacketCompletion).Fail());
        Assert.Throws<InvalidOperationException>(() => default(PacketCompletion).DeferToPassive());
        Assert.Throws<InvalidOperationException>(() => default(PacketCompletion).Pend());
        Assert.Throws<InvalidOperationException>(() => default(PacketCompletion).Buffer.Length);
        Assert.Throws<InvalidOperationException>(() => default(PacketCompletion).TransactionId);
        Assert.Throws<InvalidOperationException>(() => default(PacketCompletion).GetExternalData(ExternalDataFlags.None, out _));
        PendingPacket none = default;
        Assert.True(none.IsDefault);
        Assert.Throws<InvalidOperationException>(none.Complete);
        Assert.Throws<InvalidOperationException>(none.Fail);
        Assert.Throws<InvalidOperationException>(() => none.Channel);
        Assert.Throws<InvalidOperationException>(() => none.IsCompletionRequested);
        Assert.Throws<InvalidOperationException>(() => none.BufferMemory);
    }

    [Fact]
    public void External_data_of_a_packet_that_has_ended_is_gone_and_that_of_a_pended_one_is_its_own()
    {
        TestPacket completed = TestPacket.Create([1], externalData: new byte[8]);
        completed.Completion.Complete();
        ObjectDisposedException gone = Assert.Throws<ObjectDisposedException>(() => completed.Completion.GetExternalData(ExternalDataFlags.None, out _));
        Assert.Contains("VMB103", gone.Message, StringComparison.Ordinal);

        TestPacket deferred = TestPacket.Create([1], externalData: new byte[8]);
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            deferred.Completion.DeferToPassive();
        }

        Assert.Throws<ObjectDisposedException>(() => deferred.Completion.GetExternalData(ExternalDataFlags.None, out _));

        TestPacket pended = TestPacket.Create([1], externalData: new byte[8]);
        PendingPacket owner = pended.Completion.Pend();
        InvalidOperationException moved = Assert.Throws<InvalidOperationException>(() => pended.Completion.GetExternalData(ExternalDataFlags.None, out _));
        Assert.Contains("its PendingPacket owes", moved.Message, StringComparison.Ordinal);
        Assert.Equal(NtStatus.Success, owner.GetExternalData(ExternalDataFlags.None, out ExternalData data));
        Assert.Equal(8, data.Length);
        owner.Complete();
        Assert.Throws<ObjectDisposedException>(() => owner.GetExternalData(ExternalDataFlags.None, out _));
    }

    [Fact]
    public void A_test_packet_tells_what_became_of_it()
    {
        TestPacket none = TestPacket.Create([1, 2]);
        Assert.Equal(TestPacketOutcome.None, none.Outcome);
        Assert.Equal([1, 2], none.Completion.Buffer.ToArray());

        TestPacket completed = TestPacket.Create([1]);
        completed.Completion.Complete([7]);
        Assert.Equal((TestPacketOutcome.Completed, 7), (completed.Outcome, completed.Payload.ToArray()[0]));
        Assert.Throws<InvalidOperationException>(() => completed.Completion.Complete());

        TestPacket failed = TestPacket.Create([1]);
        failed.Completion.Fail();
        Assert.Equal(TestPacketOutcome.Failed, failed.Outcome);

        TestPacket pended = TestPacket.Create([1]);
        PendingPacket pending = pended.Completion.Pend();
        Assert.Equal(TestPacketOutcome.Pended, pended.Outcome);
        pending.Complete([3]);
        Assert.Equal(TestPacketOutcome.Completed, pended.Outcome);

        TestPacket deferred = TestPacket.Create([1]);
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            deferred.Completion.DeferToPassive();
        }

        Assert.Equal(TestPacketOutcome.Deferred, deferred.Outcome);
    }

    [Theory]
    [InlineData(NtStatus.Success, true)]
    [InlineData(NtStatus.Pending, true)]
    [InlineData(NtStatus.Timeout, true)]
    [InlineData(NtStatus.BufferOverflow, false)]
    [InlineData(NtStatus.Unsuccessful, false)]
    public void Success_is_what_NT_SUCCESS_takes_for_it(NtStatus status, bool isSuccess) => Assert.Equal(isSuccess, status.IsSuccess());

    [Fact]
    public void The_memory_of_a_pended_packet_ends_with_completion()
    {
        using ChannelPair pair = new();
        PendingPacket pending = default;
        using SemaphoreSlim arrived = new(0);
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            pending = packet.Pend();
            arrived.Release();
        };
        pair.Open();
        pair.Client.Send([5]);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        ReadOnlyMemory<byte> memory = pending.BufferMemory;
        Assert.Equal(5, memory.Span[0]);
        pending.Complete();
        Assert.Throws<ObjectDisposedException>(() => memory.Span[0]);
        Assert.Throws<InvalidOperationException>(pending.Complete);
        Assert.Throws<InvalidOperationException>(pending.Fail);
    }

    [Fact]
    public void A_packet_of_the_callers_has_a_routine_and_is_used_again()
    {
        using ChannelPair pair = new ChannelPair().Open();
        Assert.Throws<ArgumentNullException>(() => new VmbusPacket(null!, (_, _, _) => { }));
        Assert.Throws<ArgumentNullException>(() => new VmbusPacket(pair.Client, null!));
        using SemaphoreSlim done = new(0);
        VmbusPacket packet = new(pair.Client, (_, status, _) =>
        {
            Assert.Equal(NtStatus.Success, status);
            done.Release();
        });
        Assert.Same(pair.Client, packet.Channel);
        Assert.Throws<ArgumentNullException>(() => packet.CompletionRoutine = null);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
            Assert.True(done.Wait(ChannelPair.Patience));
        }

        packet.Dispose();
        packet.Dispose();
        Assert.Throws<InvalidOperationException>(() => packet.Send([1]));

        // It does not come out of the lookaside list.
        using VmbusPacket other = pair.Client.AllocatePacket();
        Assert.NotSame(packet, other);
    }
}
