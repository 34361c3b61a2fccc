using Vmbus.Testing;

namespace Vmbus.Tests.Testing;

public sealed class LoopbackPairTests
{
    [Fact]
    public async Task A_request_comes_back_with_its_answer()
    {
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers());

        Assert.Equal(42u, pair.Request(new Message(KitHandlers.Echo, 42)).As<ulong>());
    }

    [Fact]
    public async Task External_data_reaches_the_server_in_place()
    {
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers(), options: new LoopbackOptions { Bus = new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst } });

        Assert.Equal(6u, pair.Request([(byte)KitHandlers.Sum, 0, 0, 0], new byte[] { 1, 2, 3 }).As<uint>());
    }

    [Fact]
    public async Task What_the_server_sends_by_itself_is_received_in_order()
    {
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers());

        pair.Client.Send(new Message(KitHandlers.Hello, 1));
        pair.Client.Send(new Message(KitHandlers.Hello, 2));

        Assert.Equal(new Message(KitHandlers.Hello, 2), new PeerResponse(NtStatus.Success, await pair.ReceiveAsync()).As<Message>());
        Assert.Equal(new Message(KitHandlers.Hello, 3), new PeerResponse(NtStatus.Success, await pair.ReceiveAsync()).As<Message>());
    }

    [Fact]
    public async Task A_pair_opens_again()
    {
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers());

        pair.Reopen();

        Assert.Equal(7u, pair.Request(new Message(KitHandlers.Echo, 7)).As<ulong>());
    }

    [Fact]
    public async Task What_does_not_come_is_named()
    {
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers());

        TestExpectationException thrown = await Assert.ThrowsAsync<TestExpectationException>(() => pair.ReceiveAsync(TimeSpan.FromSeconds(0.3)));
        Assert.Contains("A packet from the server took longer than 00:00:00.3", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("'server' is Active", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Closing_names_the_packets_that_are_owed_and_does_not_hang()
    {
        KitHandlers handlers = new();
        LoopbackPair pair = LoopbackPair.Open(handlers, options: new LoopbackOptions { Patience = TimeSpan.FromSeconds(4) });
        pair.Client.Send([(byte)KitHandlers.Keep, 0, 0, 0]);
        Assert.True(SpinWait.SpinUntil(() => !handlers.Kept.IsEmpty, TimeSpan.FromSeconds(10)));

        TestExpectationException thrown = Assert.Throws<TestExpectationException>(pair.Close);
        Assert.Contains("OnKeep", thrown.Message, StringComparison.Ordinal);

        Assert.True(handlers.Kept.TryDequeue(out PendingPacket packet));
        packet.Complete();
        pair.Dispose();
        Assert.Equal(ChannelState.Disabled, pair.Server.State);
    }

    [Fact]
    public async Task An_answer_that_is_no_such_structure_is_named()
    {
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers());

        PeerResponse response = pair.Request(new Message(KitHandlers.Echo, 0x0102));

        Assert.Contains("8 bytes, Guid has 16: 0201000000000000", Assert.Throws<TestExpectationException>(() => response.As<Guid>()).Message, StringComparison.Ordinal);
    }
}
