namespace Vmbus.Tests.Native;

/// <summary>The life of a channel of a host in C: its openings, its end, and calls that come after it.</summary>
[Collection(nameof(CompiledHost))]
public sealed class NativeLifecycleTests(CompiledHost code)
{
    [GccFact]
    public void State_changes_come_at_passive_level_in_the_order_of_the_host()
    {
        using NativeHost host = new(code);
        Assert.Equal(ChannelState.Enabled, host.Channel.State);
        Assert.Equal(NtStatus.Success, host.Open());
        Assert.Equal(ChannelState.Active, host.Channel.State);
        host.EndBatch(3);
        Task closed = host.Channel.WhenClosed;
        Assert.False(closed.IsCompleted);
        host.Close();
        Assert.True(closed.IsCompleted);
        host.FailPnp(NtStatus.NoSuchDevice);
        Assert.Equal(
            ["opened, Enabled", "started, Opened", "post-started, Opened", "batch 3 at Dispatch, Active", "suspend, Active", "closed, Paused", "failure NoSuchDevice, Disabled"],
            host.Device.Seen);

        host.Device.OpenStatus = NtStatus.InsufficientResources;
        Assert.Equal(NtStatus.InsufficientResources, host.Open());
        Assert.Equal(ChannelState.Disabled, host.Channel.State);
    }

    [GccFact]
    public async Task WhenStopped_tells_the_reason_and_each_opening_has_its_own()
    {
        using NativeHost host = new(code);
        Assert.Equal(NtStatus.Success, host.Open());
        Task<Exception> stopped = host.Channel.WhenStopped;
        Task closed = host.Channel.WhenClosed;
        host.Deliver(1, 1);
        Assert.False(stopped.IsCompleted);
        host.Deliver(2, 3);
        Exception reason = await stopped.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Same(host.Channel.Fault, reason);
        Assert.Equal(NtStatus.DataError, Assert.IsType<VmbusException>(reason).Status);
        Assert.Equal(ChannelState.Stopped, host.Channel.State);

        // A second reason changes nothing.
        host.Deliver(3, 7);
        Assert.Same(reason, host.Channel.Fault);
        Assert.False(closed.IsCompleted);
        host.Close();
        await closed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Same(stopped, host.Channel.WhenStopped);
        Assert.Equal("complete 1 0100000000000000\nfail 2\nfail 3\n", host.Log);

        // The host opens it again: what stopped the opening before does not stop this one.
        Assert.Equal(NtStatus.Success, host.Open());
        Assert.Equal((ChannelState.Active, null), (host.Channel.State, host.Channel.Fault));
        Assert.False(host.Channel.WhenStopped.IsCompleted);
        Assert.False(host.Channel.WhenClosed.IsCompleted);
        host.Deliver(4, 1);
        host.Deliver(5, 7);
        Assert.Equal("complete 4 0100000000000000\nfail 5\n", host.Log);
        Assert.IsType<FormatException>(await host.Channel.WhenStopped.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Same(reason, await stopped);

        // An end without a fault leaves it waiting.
        Assert.Equal(NtStatus.Success, host.Open());
        Task<Exception> last = host.Channel.WhenStopped;
        host.Close();
        host.Destroy();
        Assert.False(last.IsCompleted);
    }

    [GccFact]
    public void The_host_drives_the_lifecycle_and_nobody_else()
    {
        using NativeHost host = new(code);
        Action[] refused =
        [
            host.Channel.Enable, host.Channel.Start, host.Channel.Pause, host.Channel.Disable, host.Channel.Dispose,
            () => host.Channel.PauseAsync(), () => host.Channel.DisableAsync(), () => host.Channel.SetCallbacks(host.Device),
            () => host.Channel.CreateGpadl(new byte[8]), () => host.Channel.MapGpadl(1, GpadlFlags.None, out _),
        ];
        foreach (Action action in refused)
        {
            Assert.Equal(NtStatus.InvalidDeviceRequest, Assert.Throws<VmbusException>(action).Status);
        }

        // Also not from inside.
        host.Channel.Context = host.Handle;
        host.Deliver(1, 14);
        Assert.Equal(["VmbusException"], host.Device.Seen);
        host.Deliver(2, 1);
        Assert.Equal("defer 1\ncomplete 1 null\ncomplete 2 0100000000000000\n", host.Log);
    }

    [GccFact]
    public async Task Destroying_while_packets_are_completed_on_other_threads_calls_no_host_afterwards()
    {
        for (int round = 0; round < 50; round++)
        {
            using NativeHost host = new(code);
            PendingPacket[] pended = new PendingPacket[8];
            for (uint i = 0; i < pended.Length; i++)
            {
                host.Deliver(i, 4);
                pended[i] = host.Device.NextPended();
            }

            Task completing = Task.Run(() => Array.ForEach(pended, static packet => packet.Complete()));
            host.Destroy();
            string log = host.Log;
            await completing;
            Assert.Equal("", host.Log);
            Assert.InRange(log.Count(static c => c == '\n'), 0, pended.Length);
            Assert.All(pended, static packet => Assert.Throws<InvalidOperationException>(packet.Complete));
        }
    }

    [GccFact]
    public void After_destroy_the_host_is_not_called_and_its_calls_are_refused()
    {
        using NativeHost host = new(code);
        using NativeRefusals refusals = new();
        host.Deliver(1, 4);
        host.Channel.AllocatePacket().Send("pending"u8, VmbusSendFlags.WaitForCompletion);
        _ = host.Log;
        host.Destroy();
        Assert.Equal(["done DeviceRemoved at Passive: "], host.Device.Seen);

        host.Device.NextPended().Complete("late"u8);
        Assert.Equal(NtStatus.DeviceRemoved, host.Channel.Send("late"u8));
        host.Deliver(2, 1);
        Assert.Equal(NtStatus.InvalidHandle, host.Open());
        host.Close();
        host.EndBatch(1);
        host.FailPnp(NtStatus.NoSuchDevice);
        nint packet = host.CompleteSent(NtStatus.Success);
        Assert.Equal("", host.Log);
        Assert.Single(host.Device.Seen);
        Assert.Equal(
            ["ProcessPacket", "Opened", "Suspend", "Closed", "ProcessingComplete", "PnpFailure"],
            refusals.Of(host.Handle).Select(static r => r.Split(':')[0]));
        Assert.Single(refusals.Of(packet));
        Assert.Contains($"0x{host.Handle:X} is no VMBCHANNEL", Assert.Throws<ArgumentException>(() => NativeChannel.Destroy(host.Handle)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NativeChannel.GetChannel(host.Handle));
    }
}
