using Vmbus.Testing;

namespace Vmbus.Tests.Testing;

public sealed class FaultyCallbacksTests
{
    [Fact]
    public async Task A_lost_packet_is_completed_and_no_handler_sees_it()
    {
        KitHandlers handlers = new();
        FaultyCallbacks faulty = new(handlers, static n => n == 0 ? PacketFault.Lose : default);
        await using LoopbackPair pair = LoopbackPair.Open(faulty);

        Assert.Empty(pair.Request(new Message(KitHandlers.Echo, 1)).Payload.ToArray());
        Assert.Equal(2u, pair.Request(new Message(KitHandlers.Echo, 2)).As<ulong>());
        Assert.Equal([2ul], handlers.Seen);
        Assert.Equal(1, faulty.Faults);
    }

    [Fact]
    public async Task A_flipped_bit_reaches_the_handler()
    {
        await using LoopbackPair pair = LoopbackPair.Open(new FaultyCallbacks(new KitHandlers(), static _ => PacketFault.FlipBit((4 * 8) + 1)));

        Assert.Equal(7u, pair.Request(new Message(KitHandlers.Echo, 5)).As<ulong>());
    }

    [Fact]
    public async Task A_packet_that_is_cut_too_short_never_reaches_the_handler()
    {
        KitHandlers handlers = new();
        await using LoopbackPair pair = LoopbackPair.Open(new FaultyCallbacks(handlers, static _ => PacketFault.Truncate(6)));

        pair.Client.Send(new Message(KitHandlers.Echo, 5));

        Assert.True(SpinWait.SpinUntil(() => pair.Server.Fault is not null, TimeSpan.FromSeconds(10)));
        Assert.Empty(handlers.Seen);
    }

    [Fact]
    public async Task An_exception_is_treated_as_the_options_say()
    {
        await using LoopbackPair pair = LoopbackPair.Open(
            new FaultyCallbacks(new KitHandlers(), static n => n == 0 ? PacketFault.Throw(new InvalidOperationException("broken")) : default),
            options: new LoopbackOptions { Server = static o => o with { HandlerException = HandlerExceptionPolicy.FailPacket } });

        Assert.Equal(NtStatus.Unsuccessful, pair.Request(new Message(KitHandlers.Echo, 1)).As<NtStatus>());
        Assert.Equal(2u, pair.Request(new Message(KitHandlers.Echo, 2)).As<ulong>());
    }

    [Fact]
    public void A_seed_gives_the_same_faults_again()
    {
        PacketFault[] Faults(int seed)
        {
            Func<long, PacketFault> choose = FaultyCallbacks.Randomly(seed, 0.5);
            return [.. Enumerable.Range(0, 200).Select(n => choose(n))];
        }

        Assert.Equal(Faults(7), Faults(7));
        Assert.NotEqual(Faults(7), Faults(8));
        Assert.InRange(Faults(7).Count(static f => f.Kind != PacketFaultKind.None), 60, 140);
    }

    [Fact]
    public void Faults_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PacketFault.Truncate(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacketFault.FlipBit(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FaultyCallbacks.Randomly(0, 1.5));
        Assert.Throws<ArgumentNullException>(() => PacketFault.Throw(null!));
    }
}
