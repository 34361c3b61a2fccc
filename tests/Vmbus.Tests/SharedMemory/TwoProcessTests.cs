namespace Vmbus.Tests.SharedMemory;

[Collection(nameof(AloneOnTheMachine))]
public sealed class TwoProcessTests
{
    [Fact]
    public void Another_process_exchanges_packets_and_leaves()
    {
        using SharedHost host = new();
        using GuestProcess guest = new(host.Path, host.InterfaceType, "exchange", 500);
        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        SharedHost.Await(() => host.Server.State == ChannelState.Closed, () => $"the server to close: {host.Server.State}");
        Assert.Equal(500, host.Server.Counters.PacketsCompleted);
        Assert.Null(host.Server.Fault);
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Closed"], host.Callbacks.Log);
    }

    /// <summary>The library is made known to listeners once in a process, so that this takes one of its own.</summary>
    [Fact]
    public void Listeners_that_throw_as_soon_as_they_hear_of_the_library_leave_it_usable()
    {
        using SharedHost host = new();
        using GuestProcess guest = new(host.Path, host.InterfaceType, "exchange under unwilling listeners", 20);
        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(20, host.Server.Counters.PacketsCompleted);
    }

    [Fact]
    public void External_data_and_gpadls_lie_in_memory_that_both_processes_see()
    {
        using SharedHost host = new();
        using GuestProcess guest = new(host.Path, host.InterfaceType, "data");
        Assert.True(guest.WaitForEnd() == 0, guest.Output);
    }

    [Fact]
    public void A_guest_that_is_killed_in_the_middle_of_traffic_closes_its_channel_in_order_and_another_takes_its_place()
    {
        using SharedHost host = new();
        for (int round = 1; round <= 3; round++)
        {
            long before = host.Server.Counters.PacketsCompleted;
            using GuestProcess guest = new(host.Path, host.InterfaceType, "flood");
            SharedHost.Await(() => host.Server.Counters.PacketsCompleted > before + 1000, () => $"traffic: {host.Server.State} {host.Server.Fault} {guest.Output}");
            guest.Kill();
            SharedHost.Await(() => host.Server.State == ChannelState.Closed && !host.Bus.IsConnected, () => $"the server to close: {host.Server.State}");
            Assert.Null(host.Server.Fault);
            Assert.Empty(host.Server.GetOwedPackets());
            Assert.Equal(round * 5, host.Callbacks.Log.Count);
        }

        using GuestProcess last = new(host.Path, host.InterfaceType, "exchange", 20);
        Assert.True(last.WaitForEnd() == 0, last.Output);
    }

    [Fact]
    public void A_guest_whose_host_goes_falls_back_to_Disabled()
    {
        SharedHost host = new();
        using GuestProcess guest = new(host.Path, host.InterfaceType, "wait");
        SharedHost.Await(() => host.Server.State == ChannelState.Active && guest.Output.Contains("open", StringComparison.Ordinal), () => guest.Output);
        host.Bus.Dispose();
        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        host.Dispose();
    }
}
