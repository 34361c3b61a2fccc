using Vmbus;
using Vmbus.Testing;

namespace VmbusService1.Tests;

public sealed class ServiceHandlersTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 0)]
    public async Task Versions_up_to_ours_are_accepted(uint version, uint isAccepted)
    {
        await using LoopbackPair pair = LoopbackPair.Open(new ServiceHandlers());

        Assert.Equal(new VersionResponse(2, isAccepted), pair.Request(new VersionRequest(MessageType.Version, version)).As<VersionResponse>());
    }

    [Fact]
    public void A_register_that_is_not_there_is_refused()
    {
        TestPacket packet = TestPacket.Create([(byte)MessageType.Write, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

        packet.Deliver(new ServiceHandlers());

        Assert.Equal(NtStatus.InvalidParameter, packet.CompletedWith<NtStatus>());
    }

    [Fact]
    public void A_packet_of_another_protocol_is_failed()
    {
        TestPacket packet = TestPacket.Create([0xEE, 0, 0, 0]);

        packet.Deliver(new ServiceHandlers());

        Assert.Equal(TestPacketOutcome.Failed, packet.Outcome);
    }
}
