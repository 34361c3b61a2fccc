using Vmbus.Testing;

namespace Vmbus.Tests.Testing;

public sealed class TestPacketTests
{
    [Fact]
    public void The_payload_is_read_as_a_structure()
    {
        TestPacket packet = TestPacket.Create([(byte)KitHandlers.Echo, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0]);

        packet.Deliver(new KitHandlers());

        Assert.Equal(8ul, packet.CompletedWith<ulong>());
    }

    [Fact]
    public void A_packet_that_was_not_completed_says_what_became_of_it()
    {
        TestPacket packet = TestPacket.Create([(byte)KitHandlers.Keep, 0, 0, 0]);
        KitHandlers handlers = new();

        packet.Deliver(handlers);

        Assert.Equal("The packet was to be completed; its outcome is Pended.", Assert.Throws<TestExpectationException>(() => packet.CompletedWith<uint>()).Message);
        Assert.True(handlers.Kept.TryDequeue(out PendingPacket pending));
        pending.Complete();
        Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
    }

    [Fact]
    public void External_data_is_given_and_ends_with_the_packet()
    {
        byte[] memory = [4, 5, 6];
        TestPacket packet = TestPacket.Create([(byte)KitHandlers.Sum, 0, 0, 0], externalData: memory);
        Assert.Equal(ProcessPacketFlags.ExternalData, packet.Flags);

        packet.Deliver(new KitHandlers());

        Assert.Equal(15u, packet.CompletedWith<uint>());
    }

    [Fact]
    public void External_data_is_the_memory_of_the_test()
    {
        byte[] memory = new byte[3];
        TestPacket packet = TestPacket.Create([1], externalData: memory);

        Assert.Equal(NtStatus.Success, packet.Completion.GetExternalData(ExternalDataFlags.None, out ExternalData data));
        data.Span[1] = 9;
        Assert.Equal(NtStatus.Success, packet.Completion.GetExternalData(ExternalDataFlags.ReadOnly, out ExternalData readOnly));
        Assert.True(readOnly.IsReadOnly);
        packet.Completion.Complete();

        Assert.Equal([0, 9, 0], memory);
        Assert.Throws<ObjectDisposedException>(() => data.Length + data.Span.Length);
    }

    [Fact]
    public void A_packet_without_external_data_has_none_to_give()
        => Assert.Equal(NtStatus.InvalidParameter, TestPacket.Create([1]).Completion.GetExternalData(ExternalDataFlags.None, out _));
}
