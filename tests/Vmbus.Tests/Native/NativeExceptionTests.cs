namespace Vmbus.Tests.Native;

/// <summary>What handlers throw under a host in C, which no exception may unwind into.</summary>
[Collection(nameof(CompiledHost))]
public sealed class NativeExceptionTests(CompiledHost code)
{
    [GccFact]
    public void What_a_handler_throws_stays_in_the_handler_and_stops_the_channel()
    {
        using NativeHost host = new(code);
        List<string> reported = [];
        host.Channel.HandlerExceptionReported += (_, e) => reported.Add($"{e.Handler} {e.Exception.GetType().Name}");
        host.Deliver(1, 7);
        Assert.Equal("fail 1\n", host.Log);
        Assert.IsType<FormatException>(host.Channel.Fault);
        Assert.Equal(["OnThrow FormatException"], reported);
    }

    [GccFact]
    public void With_the_other_policy_a_packet_whose_handler_threw_is_completed_with_a_status()
    {
        using NativeHost host = new(code, new VmbusChannelOptions { HandlerException = HandlerExceptionPolicy.FailPacket });
        host.Deliver(1, 7);
        host.Deliver(2, 1);
        Assert.Equal("complete 1 010000c0\ncomplete 2 0100000000000000\n", host.Log);
        Assert.Null(host.Channel.Fault);
        Assert.Equal(1, host.Channel.Counters.HandlerExceptions);
    }

    [GccFact]
    public void A_listener_that_throws_does_not_unwind_into_the_host()
    {
        using NativeHost host = new(code);
        host.Channel.HandlerExceptionReported += static (_, _) => throw new InvalidTimeZoneException();
        host.Deliver(1, 7);
        Assert.Equal("fail 1\n", host.Log);
    }

    [GccFact]
    public void What_a_state_change_throws_is_a_status_to_the_host()
    {
        using NativeHost host = new(code);
        host.Device.ThrowsInStateChanges = true;
        Assert.Equal(NtStatus.Unsuccessful, host.Open());
        host.Close();
        host.EndBatch(1);
        host.FailPnp(NtStatus.NoSuchDevice);
        Assert.IsType<ArgumentOutOfRangeException>(host.Channel.Fault);
        Assert.Equal(5, host.Channel.Counters.HandlerExceptions);
    }

    [GccFact]
    public void A_second_completion_never_reaches_the_host()
    {
        using NativeHost host = new(code);
        host.Deliver(1, 8);
        Assert.Equal("complete 1 08\n", host.Log);
        Assert.IsType<InvalidOperationException>(host.Channel.Fault);
    }
}
