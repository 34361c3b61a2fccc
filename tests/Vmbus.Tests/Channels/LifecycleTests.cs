using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

public sealed class LifecycleTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_client_whose_IsPipe_is_not_the_servers_is_refused(bool serverIsPipe)
    {
        using ChannelPair pair = new(server: options => options with { IsPipe = serverIsPipe }, client: options => options with { IsPipe = !serverIsPipe });
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the client to give up");
        Assert.Equal(["PnpFailure NotSupported"], pair.ClientCallbacks.Log);
        VmbusException fault = Assert.IsType<VmbusException>(pair.Client.Fault);
        Assert.Equal(NtStatus.NotSupported, fault.Status);
        Assert.Contains("IsPipe", fault.Message, StringComparison.Ordinal);
        Assert.Empty(pair.ServerCallbacks.Log);
        Assert.Equal(ChannelState.Started, pair.Server.State);
    }

    [Fact]
    public void Callbacks_come_in_order_and_the_channel_opens_again()
    {
        using ChannelPair pair = new();
        pair.Open();
        pair.Client.Disable();
        Assert.Equal(ChannelState.Disabled, pair.Client.State);
        pair.Await(() => pair.Server.State == ChannelState.Closed, "the server to see the close");
        pair.Client.Enable();
        pair.Await(() => pair.Server.State == ChannelState.Active && pair.Client.State == ChannelState.Active, "the channel to open again");
        string[] once = ["Opened", "Started", "PostStarted"];
        pair.Await(() => pair.ServerCallbacks.Log.Count == 8 && pair.ClientCallbacks.Log.Count == 8, "PostStarted, which follows the state");
        Assert.Equal([.. once, "Suspend", "Closed", .. once], pair.ServerCallbacks.Log);
        Assert.Equal([.. once, "Suspend", "Closed", .. once], pair.ClientCallbacks.Log);
    }

    [Fact]
    public async Task Disabling_the_server_closes_the_client()
    {
        using ChannelPair pair = new();
        pair.Open();
        Task closed = pair.Client.WhenClosed;
        pair.Server.Disable();
        Assert.Equal(ChannelState.Disabled, pair.Server.State);
        await closed.WaitAsync(ChannelPair.Patience);
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the client to fall back");
        Assert.Equal(NtStatus.DeviceRemoved, pair.Client.Send([1]));
    }

    [Fact]
    public void A_server_delivers_nothing_before_Start()
    {
        using ChannelPair pair = new();
        pair.Server.Enable();
        pair.Client.Enable();
        pair.Await(() => pair.Server.State == ChannelState.Opened && pair.Client.State == ChannelState.Active, "the channel to open");
        pair.Client.Send([1]);
        Thread.Sleep(20);
        Assert.Equal(0, pair.Server.Counters.PacketsDelivered);
        pair.Server.Start();
        pair.Await(() => pair.Server.Counters.PacketsDelivered == 1, "the packet");
    }

    [Fact]
    public async Task Pause_waits_for_owed_packets_and_delivers_nothing_afterwards()
    {
        using ChannelPair pair = new(WaitReports.Soon);
        WaitReports reports = new(pair.Server);
        PendingPacket pending = default;
        using SemaphoreSlim arrived = new(0);
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            pending = packet.Pend();
            arrived.Release();
        };
        pair.Open();
        pair.Client.Send([1]);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        Task paused = pair.Server.PauseAsync();
        reports.AwaitOwed();
        pair.Client.Send([2]);
        reports.AwaitOwed();
        Assert.False(paused.IsCompleted);
        pending.Complete();
        await paused.WaitAsync(ChannelPair.Patience);
        Assert.Equal(ChannelState.Paused, pair.Server.State);
        Thread.Sleep(20);
        Assert.Equal(1, pair.Server.Counters.PacketsDelivered);
        Assert.Equal("Suspend", pair.ServerCallbacks.Log.Last());
        pair.Server.Start();
        Assert.True(arrived.Wait(ChannelPair.Patience));
        pending.Complete();
    }

    [Fact]
    public void Pause_while_disabled_takes_effect_at_Enable()
    {
        using ChannelPair pair = new();
        pair.Client.Pause();
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        pair.Await(() => pair.Server.State == ChannelState.Active && pair.Client.State == ChannelState.Paused, "the channel to open paused");
        Assert.Equal(["Opened"], pair.ClientCallbacks.Log);
    }

    [Fact]
    public async Task A_wait_that_takes_long_names_what_is_owed()
    {
        PendingPacket pending = default;
        using SemaphoreSlim arrived = new(0);
        using SemaphoreSlim reported = new(0);
        using ChannelPair pair = new(server: options => options with { OwedPacketReportTime = TimeSpan.FromMilliseconds(30) });
        IReadOnlyList<OwedPacket>? owed = null;
        pair.Server.OwedPacketsReported += (_, args) =>
        {
            owed = args.Packets;
            reported.Release();
        };
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            pending = packet.Pend();
            arrived.Release();
        };
        pair.Open();
        pair.Client.Send([1], transactionId: 42);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        Task disabled = pair.Server.DisableAsync();
        Assert.True(reported.Wait(ChannelPair.Patience));
        Assert.True(reported.Wait(ChannelPair.Patience));
        OwedPacket packet = Assert.Single(owed!);
        Assert.Equal((42ul, "OnPacket", false), (packet.TransactionId, packet.Handler, packet.IsLost));
        pending.Complete();
        await disabled.WaitAsync(ChannelPair.Patience);
    }

    [Fact]
    public void A_failing_Opened_rolls_the_opening_back()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnOpened = _ => NtStatus.InsufficientResources;
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        pair.Await(() => pair.ClientCallbacks.Log.Contains("PnpFailure InsufficientResources"), "the client to be refused");
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the client to fall back");
        Assert.Equal(ChannelState.Started, pair.Server.State);
        pair.ServerCallbacks.OnOpened = _ => NtStatus.Success;
        pair.Client.Enable();
        pair.Await(() => pair.Server.State == ChannelState.Active, "the second attempt");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_failing_Opened_of_the_client_closes_the_server_and_takes_its_GPADLs_with_it(bool throws)
    {
        using ChannelPair pair = new();
        Gpadl? created = null;
        pair.ClientCallbacks.OnOpened = channel =>
        {
            created = channel.CreateGpadl(new byte[8]);
            return throws ? throw new FormatException() : NtStatus.InsufficientResources;
        };
        pair.Server.Enable();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Disabled && pair.Server.State == ChannelState.Closed, "both to close");

        // Neither Closed, for it was not open, nor PnpFailure, for it could connect.
        Assert.Equal(["Opened"], pair.ClientCallbacks.Log);
        Assert.Equal(["Opened", "Closed"], pair.ServerCallbacks.Log);
        Assert.True(throws ? pair.Client.Fault is FormatException : pair.Client.Fault is VmbusException { Status: NtStatus.InsufficientResources });
        Assert.Throws<ObjectDisposedException>(() => created!.CopyTo(new byte[1]));
        Assert.Equal(NtStatus.DeviceRemoved, pair.Client.Send([1]));
        pair.ClientCallbacks.OnOpened = _ => NtStatus.Success;
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Active, "the second attempt");
        Assert.Null(pair.Client.Fault);
    }

    [Fact]
    public void Waiting_for_oneself_throws_at_once()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<VmbusException> thrown = new();
        IrqlViolationException? atDispatch = null;
        pair.ServerCallbacks.OnPostStarted = channel =>
        {
            foreach (Action wait in new Action[] { channel.Pause, channel.Disable, channel.Dispose, channel.Start })
            {
                thrown.Enqueue(Assert.Throws<VmbusException>(wait));
            }
        };
        pair.ServerCallbacks.OnPacket = (channel, packet, _, _) =>
        {
            atDispatch = Assert.Throws<IrqlViolationException>(channel.Pause);
            packet.Complete();
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => thrown.Count == 4 && atDispatch is not null, "all calls");
        Assert.Equal(NtStatus.PossibleDeadlock, thrown.First().Status);
        Assert.Equal(ChannelState.Active, pair.Server.State);
    }

    [Fact]
    public void Misuse_throws_with_the_status_and_changes_nothing()
    {
        using ChannelPair pair = new();
        pair.Open();
        Assert.Equal(NtStatus.InvalidParameter1, Assert.Throws<VmbusException>(() => pair.Server.SetCallbacks(new ScriptedCallbacks())).Status);
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(pair.Server.Enable).Status);
        VmbusChannel twin = new(pair.Bus, pair.Server.Options);
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(twin.Enable).Status);
        twin.SetCallbacks(new ScriptedCallbacks());
        Assert.Equal(NtStatus.ObjectNameCollision, Assert.Throws<VmbusException>(twin.Enable).Status);
        Assert.Equal(ChannelState.Disabled, twin.State);
        Assert.Equal(NtStatus.InvalidParameter2, Assert.Throws<VmbusException>(() => new VmbusChannel(pair.Bus, new VmbusChannelOptions { MaximumPacketSize = 0 })).Status);
        Assert.Equal(NtStatus.InvalidParameter2, Assert.Throws<VmbusException>(() => new VmbusChannel(pair.Bus, new VmbusChannelOptions { IncomingRingSize = 5000 })).Status);
    }

    [Fact]
    public void Completing_a_packet_of_a_closed_channel_sends_nothing_and_does_not_throw()
    {
        using ChannelPair pair = new();
        PendingPacket pending = default;
        using SemaphoreSlim arrived = new(0);
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 2)
            {
                throw new FormatException();
            }

            pending = packet.Pend();
            arrived.Release();
        };
        pair.Open();
        pair.Client.Send([1]);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        pair.Client.Send([2]);
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        pending.Complete([1, 2, 3]);
        Assert.Throws<InvalidOperationException>(pending.Complete);
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the channel to close");
    }
}
