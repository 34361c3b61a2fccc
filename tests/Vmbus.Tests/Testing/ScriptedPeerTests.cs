using Vmbus.Testing;

namespace Vmbus.Tests.Testing;

public sealed class ScriptedPeerTests
{
    [Fact]
    public async Task A_client_plays_its_script_against_a_service()
    {
        ScriptedPeer client = new ScriptedPeer()
            .Request([(byte)KitHandlers.Echo, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0], answer => Assert.Equal(9u, answer.As<ulong>()))
            .Send(new Message(KitHandlers.Hello, 1))
            .Expect<Message>("a hello with the next number", m => m.Value == 2)
            .Close();
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers(), client);

        await client.Finished;

        Assert.Equal(ChannelState.Disabled, pair.Client.State);
    }

    [Fact]
    public async Task A_server_answers_as_the_script_says()
    {
        PendingPacket kept = default;
        ScriptedPeer server = new ScriptedPeer()
            .Expect([1, 0, 0, 0, 1], PeerAnswer.Complete([7]))
            .Expect([2, 0, 0, 0], PeerAnswer.Complete(0x1234L))
            .Expect("anything", static _ => true, PeerAnswer.HandOver(packet => kept = packet));
        await using LoopbackPair pair = LoopbackPair.Open(server);

        Assert.Equal(7, pair.Request([1, 0, 0, 0, 1]).As<byte>());
        Assert.Equal(0x1234, pair.Request([2, 0, 0, 0]).As<long>());
        pair.Client.Send([3]);
        await server.Finished;
        Assert.False(kept.IsDefault);
        kept.Complete();
    }

    [Fact]
    public async Task A_failed_packet_stops_the_queue_of_the_peer()
    {
        ScriptedPeer server = new ScriptedPeer().Expect([1], PeerAnswer.Fail);
        await using LoopbackPair pair = LoopbackPair.Open(server);

        pair.Client.Send([1]);
        await server.Finished;

        Assert.True(SpinWait.SpinUntil(() => pair.Server.Fault is not null, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Another_packet_than_expected_names_the_step_and_what_came()
    {
        ScriptedPeer server = new ScriptedPeer().Expect([1]).Expect<Message>("a big message", m => m.Value > 10);
        await using LoopbackPair pair = LoopbackPair.Open(server);

        pair.Client.Send([1]);
        pair.Client.Send(new Message(5, 3));
        TestExpectationException thrown = await Assert.ThrowsAsync<TestExpectationException>(() => server.Finished);

        Assert.Equal("Step 2 of 2, expect a big message: 05000000030000000000000000000000 arrived.", thrown.Message);
        Assert.True(pair.Request([9]).Status.IsSuccess());
    }

    [Fact]
    public async Task What_does_not_come_names_the_step()
    {
        ScriptedPeer server = new ScriptedPeer(patience: TimeSpan.FromMilliseconds(200)).Expect([1]);
        await using LoopbackPair pair = LoopbackPair.Open(server);

        TestExpectationException thrown = await Assert.ThrowsAsync<TestExpectationException>(() => server.Finished);

        Assert.StartsWith("Step 1 of 1, expect the packet 01: Nothing came of it within 00:00:00.2", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_of_the_tests_own_that_throws_names_itself()
    {
        ScriptedPeer client = new ScriptedPeer().Do("look around", static _ => throw new InvalidOperationException("dark"));
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers(), client);

        Assert.Equal("Step 1 of 1, look around: dark", (await Assert.ThrowsAsync<TestExpectationException>(() => client.Finished)).Message);
    }

    [Fact]
    public async Task Steps_cannot_be_added_to_a_script_that_runs()
    {
        ScriptedPeer client = new();
        await using LoopbackPair pair = LoopbackPair.Open(new KitHandlers(), client);
        await client.Finished;

        Assert.Throws<InvalidOperationException>(() => client.Close());
    }
}
