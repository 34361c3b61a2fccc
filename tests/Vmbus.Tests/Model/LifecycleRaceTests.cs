using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>Interleavings of both endpoints that once went wrong, each brought about on purpose.</summary>
public sealed class LifecycleRaceTests
{
    [Fact]
    public async Task A_server_that_comes_back_at_once_is_not_taken_for_the_one_that_left()
    {
        using ChannelPair pair = new();
        using SemaphoreSlim inPostStarted = new(0);
        using SemaphoreSlim mayReturn = new(0);
        pair.ClientCallbacks.OnPostStarted = _ =>
        {
            inPostStarted.Release();
            mayReturn.Wait(ChannelPair.Patience);
        };
        pair.Server.Enable();
        pair.Client.Enable();
        Assert.True(inPostStarted.Wait(ChannelPair.Patience));

        // The client sees neither the end of the first offer nor the second before its callback returns.
        pair.Server.Disable();
        pair.Server.Enable();
        Task closed = pair.Client.WhenClosed;
        mayReturn.Release();
        await closed.WaitAsync(ChannelPair.Patience);
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Closed"], pair.ClientCallbacks.Log);
        Assert.Equal(ChannelState.Disabled, pair.Client.State);
    }

    [Fact]
    public void An_answer_to_an_opening_that_was_given_up_does_not_open_the_next_one()
    {
        using ChannelPair pair = new();
        using SemaphoreSlim inOpened = new(0);
        using SemaphoreSlim mayReturn = new(0);
        int openings = 0;
        pair.ServerCallbacks.OnOpened = _ =>
        {
            inOpened.Release();
            mayReturn.Wait(ChannelPair.Patience);
            return ++openings == 1 ? NtStatus.Success : NtStatus.InsufficientResources;
        };
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        Assert.True(inOpened.Wait(ChannelPair.Patience));
        pair.Client.Disable();
        pair.Client.Enable();

        // The server says yes to the first opening, which is no answer to the second; and no to that one.
        mayReturn.Release();
        Assert.True(inOpened.Wait(ChannelPair.Patience));
        Assert.Empty(pair.ClientCallbacks.Log);
        mayReturn.Release();
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the client to be refused");
        Assert.Equal(["PnpFailure InsufficientResources"], pair.ClientCallbacks.Log);
    }

    [Fact]
    public void A_client_that_leaves_while_it_is_answered_takes_its_memory_with_it_and_nothing_else()
    {
        // Whether the server finds the memory gone is a matter of microseconds; the process must live either way.
        using ChannelPair pair = new();
        pair.Server.Enable();
        pair.Server.Start();
        for (int i = 0; i < 300; i++)
        {
            pair.Client.Enable();
            Thread.SpinWait(i * 40);
            pair.Client.Disable();
        }

        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Active && pair.Server.State == ChannelState.Active, "the last opening");
    }

    [Fact]
    public void An_offer_withdrawn_while_the_client_opens_is_no_failure()
    {
        using ChannelPair pair = new();
        for (int i = 0; i < 200; i++)
        {
            pair.Server.Enable();
            pair.Client.Enable();
            Thread.SpinWait(i * 30);
            pair.Server.Disable();

            // It may have heard of the opening before it heard of its end, and closed; if it has not, it waits on.
            pair.Client.Disable();
        }

        Assert.DoesNotContain(pair.ClientCallbacks.Log, entry => entry.StartsWith("PnpFailure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Pause_ends_though_Start_comes_right_after_it()
    {
        using ChannelPair pair = new();
        pair.Open();
        for (int i = 0; i < 500; i++)
        {
            Task paused = pair.Server.PauseAsync();
            pair.Server.Start();
            await paused.WaitAsync(ChannelPair.Patience);
        }

        pair.Await(() => pair.Server.State == ChannelState.Active, "the server to run again");
    }

    [Fact]
    public async Task A_Disable_ends_though_Enable_comes_right_after_it()
    {
        using ChannelPair pair = new();
        for (int i = 0; i < 300; i++)
        {
            pair.Client.Enable();
            Task disabled = pair.Client.DisableAsync();
            pair.Await(() => pair.Client.State == ChannelState.Disabled && TryEnable(pair.Client), "the channel to be enabled again");
            await disabled.WaitAsync(ChannelPair.Patience);
            pair.Client.Disable();
        }
    }

    [Fact]
    public async Task Whoever_waited_for_the_close_can_enable_again()
    {
        using ChannelPair pair = new();
        pair.Open();
        for (int i = 0; i < 200; i++)
        {
            Task closed = pair.Client.WhenClosed;
            Task disabled = pair.Server.DisableAsync();
            await closed.WaitAsync(ChannelPair.Patience);
            pair.Client.Enable();
            await disabled.WaitAsync(ChannelPair.Patience);
            pair.Server.Enable();
            pair.Server.Start();
            pair.Await(() => pair.Client.State == ChannelState.Active && pair.Server.State == ChannelState.Active, "the channel to open again");
        }
    }

    [Fact]
    public void An_opening_that_was_given_up_is_no_close()
    {
        using ChannelPair pair = new();
        using SemaphoreSlim inOpened = new(0);
        using SemaphoreSlim mayReturn = new(0);
        pair.ServerCallbacks.OnOpened = _ =>
        {
            inOpened.Release();
            mayReturn.Wait(ChannelPair.Patience);
            return NtStatus.Success;
        };
        pair.Server.Enable();
        pair.Client.Enable();
        Assert.True(inOpened.Wait(ChannelPair.Patience));
        Task closed = pair.Client.WhenClosed;
        pair.Client.Disable();
        Assert.False(closed.IsCompleted);
        Assert.Empty(pair.ClientCallbacks.Log);
        mayReturn.Release();
    }

    [Fact]
    public async Task A_packet_deferred_before_a_Pause_comes_at_PASSIVE_LEVEL_after_it()
    {
        using ChannelPair pair = new();
        using SemaphoreSlim inCallback = new(0);
        using SemaphoreSlim mayReturn = new(0);
        List<Irql> levels = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            levels.Add(KernelIrql.Current);
            if (levels.Count == 1)
            {
                packet.DeferToPassive();
                inCallback.Release();
                mayReturn.Wait(ChannelPair.Patience);
            }
            else
            {
                packet.Complete();
            }
        };
        pair.Open();
        pair.Client.Send([1]);
        Assert.True(inCallback.Wait(ChannelPair.Patience));
        Task paused = pair.Server.PauseAsync();
        pair.Await(() => pair.Server.State == ChannelState.Paused, "the queue to be stopped");
        mayReturn.Release();
        await paused.WaitAsync(ChannelPair.Patience);
        Assert.Single(levels);
        pair.Server.Start();
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Equal([Irql.Dispatch, Irql.Passive], levels);
    }

    [Fact]
    public void A_failed_packet_stops_the_queue_until_the_guest_opens_anew()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 1)
            {
                packet.Fail();
            }
            else
            {
                packet.Complete();
            }
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.IsType<VmbusException>(pair.Server.Fault);
        Assert.Equal(ChannelState.Active, pair.Client.State);
        pair.Client.Disable();
        pair.Await(() => pair.Server.State == ChannelState.Closed, "the server to close");
        Assert.NotNull(pair.Server.Fault);
        pair.Client.Enable();
        pair.Await(() => pair.Server.State == ChannelState.Active && pair.Client.State == ChannelState.Active, "the next opening");
        Assert.Null(pair.Server.Fault);
        pair.Client.Send([2]);
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
    }

    [Fact]
    public void A_stopped_endpoint_sends_nothing_and_waits_for_nothing()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<PendingPacket> pending = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 1)
            {
                pending.Enqueue(packet.Pend());
            }
            else
            {
                packet.Fail();
            }
        };
        pair.ClientCallbacks.OnPacket = (_, packet, _, _) => pending.Enqueue(packet.Pend());
        pair.Open();
        ConcurrentQueue<NtStatus> toServer = new();
        ConcurrentQueue<NtStatus> toClient = new();
        SendAndWait(pair.Server, [1], toServer);
        SendAndWait(pair.Client, [1], toClient);
        pair.Await(() => pending.Count == 2, "both to be held");
        pair.Client.Send([2]);
        pair.Await(() => toServer.Contains(NtStatus.DeviceRemoved), "the server, which reads no completion any more, to give its packet up");
        Assert.Equal(NtStatus.DeviceRemoved, pair.Server.Send([3]));
        long sent = pair.Server.Counters.PacketsSent;
        while (pending.TryDequeue(out PendingPacket packet))
        {
            packet.Complete();
        }

        pair.Client.Disable();
        Assert.Equal(sent, pair.Server.Counters.PacketsSent);
        Assert.Equal([NtStatus.DeviceRemoved], toClient);
        Assert.Equal([NtStatus.DeviceRemoved], toServer);

        static void SendAndWait(VmbusChannel channel, byte[] payload, ConcurrentQueue<NtStatus> outcomes)
        {
            VmbusPacket packet = channel.AllocatePacket();
            packet.CompletionRoutine = (done, status, _) =>
            {
                outcomes.Enqueue(status);
                done.Dispose();
            };
            Assert.Equal(NtStatus.Success, packet.Send(payload, VmbusSendFlags.WaitForCompletion));
        }
    }

    [Fact]
    public void A_handler_that_throws_stops_the_server_until_Enable_and_Start()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, _, _, _) => throw new FormatException();
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => pair.Server.State == ChannelState.Stopped && pair.Client.State == ChannelState.Disabled, "both to close");
        Assert.IsType<FormatException>(pair.Server.Fault);
        pair.Await(() => TryEnable(pair.Server), "the server to have left the bus");
        Assert.Equal(ChannelState.Enabled, pair.Server.State);
        Assert.Null(pair.Server.Fault);
        pair.Client.Enable();
        pair.Await(() => pair.Server.State == ChannelState.Opened && pair.Client.State == ChannelState.Active, "the channel to open");
        pair.Server.Start();
        pair.Await(() => pair.Server.State == ChannelState.Active, "the server to run");
    }

    [Fact]
    public void Start_is_for_an_enabled_channel()
    {
        using ChannelPair pair = new();
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(pair.Server.Start).Status);
        pair.Server.Enable();
        Assert.Equal(ChannelState.Enabled, pair.Server.State);
        pair.Server.Start();
        Assert.Equal(ChannelState.Started, pair.Server.State);
    }

    [Fact]
    public async Task An_Enable_beside_Dispose_never_leaves_a_disposed_channel_on_the_bus()
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        VmbusChannelOptions options = new() { IsServer = true, InterfaceInstance = Guid.NewGuid() };
        for (int i = 0; i < 200; i++)
        {
            VmbusChannel channel = new(bus, options);
            channel.SetCallbacks(new ScriptedCallbacks());
            channel.Enable();
            using Barrier both = new(2);
            Task enabling = Task.Run(() =>
            {
                both.SignalAndWait();
                for (int attempt = 0; attempt < 20; attempt++)
                {
                    if (TryEnable(channel))
                    {
                        break;
                    }
                }
            });
            both.SignalAndWait();
            channel.Dispose();
            await enabling.WaitAsync(ChannelPair.Patience);
            Assert.Equal(ChannelState.Disabled, channel.State);
        }
    }

    private static bool TryEnable(VmbusChannel channel)
    {
        try
        {
            channel.Enable();
            return true;
        }
        catch (VmbusException exception) when (exception.Status == NtStatus.InvalidDeviceState)
        {
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
