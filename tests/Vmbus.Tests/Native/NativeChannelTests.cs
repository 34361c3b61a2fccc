namespace Vmbus.Tests.Native;

/// <summary>A host in C drives handlers in C#: packets go in, completions come out, and nothing that either does wrong harms the other.</summary>
[Collection(nameof(CompiledHost))]
public sealed class NativeChannelTests(CompiledHost code)
{
    [GccFact]
    public void Every_way_to_end_a_packet_reaches_the_host()
    {
        using NativeHost host = new(code);

        host.Deliver(1, 1, rest: [1, 2, 3, 4]);
        Assert.Equal("complete 1 0100000001020304\n", host.Log);
        host.Deliver(2, 2);
        Assert.Equal("complete 2 ea03000000000000\n", host.Log);
        host.Deliver(3, 11);
        Assert.Equal("send bytes xid 1003 flags 0 0b0b0b0b\ncomplete 3 null\n", host.Log);
        host.Deliver(4, 10, flags: 0x10, rest: [0xFF]);
        Assert.Equal("complete 4 0a000000ff\n", host.Log);
        host.Deliver(5, 5);
        Assert.Equal("defer 5\ncomplete 5 null\n", host.Log);
        host.Deliver(6, 3);
        Assert.Equal("fail 6\n", host.Log);
        Assert.Equal(["native 5 16: 0a000000ff", "passive at Passive"], host.Device.Seen);

        // The queue has stopped: what comes all the same is failed and reaches no handler.
        Assert.Equal(ChannelState.Stopped, host.Channel.State);
        host.Deliver(7, 1);
        Assert.Equal("fail 7\n", host.Log);
        Assert.Equal(6, host.Channel.Counters.PacketsDelivered - 1);
    }

    [GccFact]
    public void A_packet_that_no_handler_takes_or_that_is_too_short_is_failed()
    {
        foreach (byte[] bytes in (byte[][])[[99, 0, 0, 0], [1, 0], []])
        {
            using NativeHost host = new(code);
            host.DeliverBytes(1, bytes);
            Assert.Equal("fail 1\n", host.Log);
        }
    }

    [GccFact]
    public async Task A_pended_packet_is_completed_later_and_from_any_thread()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 4, rest: [5, 6, 7, 8]);
        host.Deliver(2, 4);
        Assert.Equal("", host.Log);
        Assert.Equal(["OnPend", "OnPend"], host.Channel.GetOwedPackets().Select(static p => p.Handler));

        // The host has overwritten and freed its buffer: the packet has a copy.
        PendingPacket first = host.Device.NextPended();
        Assert.Equal([4, 0, 0, 0, 5, 6, 7, 8], first.Buffer.ToArray());
        Assert.Equal(1001UL, first.TransactionId);
        await Task.Run(() => first.Complete("later"u8));
        Assert.Equal("complete 1 6c61746572\n", host.Log);
        Assert.Throws<InvalidOperationException>(first.Complete);
        Assert.Throws<ObjectDisposedException>(() => first.TransactionId);

        host.Device.NextPended().Fail();
        Assert.Equal("fail 2\n", host.Log);
        Assert.Empty(host.Channel.GetOwedPackets());
    }

    [GccFact]
    public void A_host_may_deliver_the_next_packet_inside_a_completion()
    {
        using NativeHost host = new(code);
        host.Nest(4);
        host.Deliver(1, 1);
        Assert.Equal("complete 1 0100000000000000\nback in 1\n", host.Log);
        Assert.Single(host.Channel.GetOwedPackets());

        // Also where it is completed long after its callback.
        host.Nest(1);
        host.Device.NextPended().Complete();
        Assert.Equal("complete 101 null\ncomplete 201 01000000\nback in 101\n", host.Log);
        Assert.Empty(host.Channel.GetOwedPackets());
        Assert.Equal(3, host.Channel.Counters.PacketsCompleted);
    }

    [GccFact]
    public void In_place_a_handler_sees_the_buffer_of_the_host_and_a_pended_packet_has_a_copy()
    {
        using NativeHost host = new(code, new VmbusChannelOptions { Reception = PacketReception.InPlace });
        host.Deliver(1, 10, rest: [7]);
        host.Deliver(2, 4, rest: [8]);
        Assert.Equal("complete 1 0a00000007\n", host.Log);
        PendingPacket pended = host.Device.NextPended();
        Assert.Equal([4, 0, 0, 0, 8], pended.Buffer.ToArray());
        pended.Complete(pended.Buffer);
        Assert.Equal("complete 2 0400000008\n", host.Log);
    }

    [GccFact]
    public void Asynchronous_handlers_answer_when_they_are_done_and_give_up_when_the_host_suspends()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 15);
        Assert.Equal("defer 1\n", host.Log);
        host.Device.Answer.SetResult();
        host.Await("complete 1 15151515\n");

        using NativeHost suspending = new(code);
        suspending.Deliver(2, 15);
        suspending.Close();
        suspending.Await("defer 2\ncomplete 2 null\n");
        Assert.Null(suspending.Channel.Fault);

        using NativeHost failing = new(code);
        failing.Deliver(3, 15);
        failing.Device.Answer.SetException(new InvalidTimeZoneException());
        failing.Await("defer 3\nfail 3\n");
        Assert.IsType<InvalidTimeZoneException>(failing.Channel.Fault);
    }

    [GccFact]
    public void A_packet_that_its_handler_forgot_stays_owed_until_it_is_given_up()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 9);
        Assert.True(Assert.Single(host.Channel.GetOwedPackets()).IsLost);
        Assert.Equal(1, host.Channel.AbandonLostPackets());
        Assert.Empty(host.Channel.GetOwedPackets());
        host.Deliver(2, 1);
        Assert.Equal("complete 2 0100000000000000\n", host.Log);
    }

    [GccFact]
    public void The_level_is_that_of_the_host_where_it_tells()
    {
        using NativeHost silent = new(code);
        silent.Deliver(1, 13);
        Assert.Equal(["level Dispatch"], silent.Device.Seen);

        using NativeHost telling = new(code, tellsIrql: true);
        telling.Deliver(1, 5);
        telling.Deliver(2, 13);
        Assert.Equal(["passive at Passive", "level Dispatch"], telling.Device.Seen);
        Assert.Equal("defer 1\ncomplete 1 null\ncomplete 2 null\n", telling.Log);

        using NativeHost passive = new(code, new VmbusChannelOptions { IncomingProcessingAtPassive = true });
        passive.Deliver(1, 5);
        passive.Deliver(2, 13);
        Assert.Equal(["passive at Passive", "level Passive"], passive.Device.Seen);
        Assert.Equal("complete 1 null\ncomplete 2 null\n", passive.Log);
    }
}
