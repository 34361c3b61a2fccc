using System.Collections.Concurrent;
using Vmbus.CompilerServices;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>Callbacks that wait for channels: what can never end throws at once, what may end is named while it lasts.</summary>
public sealed class WaitingCallbackTests
{
    public static TheoryData<string> Callbacks => ["Opened", "Started", "PostStarted", "Suspend", "Closed"];

    [Theory]
    [MemberData(nameof(Callbacks))]
    public void What_the_state_model_forbids_throws_inside_every_state_change_callback(string callback)
    {
        using ChannelPair pair = new();
        List<(string, Exception?)> calls = [];
        int done = 0;
        Set(pair.ServerCallbacks, callback, channel =>
        {
            calls.Add(("SetCallbacks", Record.Exception(() => channel.SetCallbacks(pair.ServerCallbacks))));
            calls.Add(("Enable", Record.Exception(channel.Enable)));
            calls.Add(("Start", Record.Exception(channel.Start)));
            calls.Add(("Pause", Record.Exception(channel.Pause)));
            calls.Add(("PauseAsync", Record.Exception(() => { _ = channel.PauseAsync(); })));
            calls.Add(("Disable", Record.Exception(channel.Disable)));
            calls.Add(("Dispose", Record.Exception(channel.Dispose)));
            Volatile.Write(ref done, 1);
        });
        pair.Open();
        pair.Client.Disable();
        pair.Await(() => pair.Server.State == ChannelState.Closed && Volatile.Read(ref done) == 1, "the callback");
        Assert.Equal(7, calls.Count);
        Assert.All(calls, call => Assert.True(call.Item2 is VmbusException, $"{call.Item1} in {callback}: {call.Item2}"));
    }

    [Fact]
    public void Two_channels_whose_handlers_pause_each_other_do_not_wait_for_ever()
    {
        using ChannelPair one = new(server: AtPassive);
        using ChannelPair two = new(server: AtPassive);
        using Barrier both = new(2);
        List<Exception?> outcomes = [];
        one.ServerCallbacks.OnPacket = (_, packet, _, _) => PauseOther(packet, two.Server);
        two.ServerCallbacks.OnPacket = (_, packet, _, _) => PauseOther(packet, one.Server);
        one.Open();
        two.Open();
        one.Client.Send([1]);
        two.Client.Send([1]);
        one.Await(
            () =>
            {
                lock (outcomes)
                {
                    return outcomes.Count == 2;
                }
            },
            "both handlers to return");
        VmbusException refused = Assert.IsType<VmbusException>(Assert.Single(outcomes, outcome => outcome is not null));
        Assert.Equal(NtStatus.PossibleDeadlock, refused.Status);

        void PauseOther(PacketCompletion packet, VmbusChannel other)
        {
            packet.Complete();
            both.SignalAndWait(ChannelPair.Patience);
            Exception? outcome = Record.Exception(other.Pause);
            lock (outcomes)
            {
                outcomes.Add(outcome);
            }
        }
    }

    [Fact]
    public void A_handler_may_wait_for_another_channel()
    {
        using ChannelPair one = new(server: AtPassive);
        using ChannelPair two = new();
        Exception? outcome = new TimeoutException();
        one.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            outcome = Record.Exception(two.Server.Pause);
            packet.Complete();
        };
        one.Open();
        two.Open();
        one.Client.Send([1]);
        one.Await(() => one.Server.Counters.PacketsCompleted == 1, "the handler");
        Assert.Null(outcome);
        Assert.Equal(ChannelState.Paused, two.Server.State);
    }

    [Fact]
    public void Waits_that_lead_back_through_a_third_channel_are_refused()
    {
        ChannelPair[] pairs = [new(server: AtPassive), new(server: AtPassive), new(server: AtPassive)];
        using Barrier all = new(3);
        List<Exception?> outcomes = [];
        for (int i = 0; i < pairs.Length; i++)
        {
            VmbusChannel next = pairs[(i + 1) % pairs.Length].Server;
            pairs[i].ServerCallbacks.OnPacket = (_, packet, _, _) =>
            {
                packet.Complete();
                all.SignalAndWait(ChannelPair.Patience);
                Exception? outcome = Record.Exception(next.Disable);
                lock (outcomes)
                {
                    outcomes.Add(outcome);
                }
            };
            pairs[i].Open();
        }

        foreach (ChannelPair pair in pairs)
        {
            pair.Client.Send([1]);
        }

        pairs[0].Await(
            () =>
            {
                lock (outcomes)
                {
                    return outcomes.Count == 3;
                }
            },
            "all handlers to return");
        VmbusException refused = Assert.IsType<VmbusException>(Assert.Single(outcomes, outcome => outcome is not null));
        Assert.Equal(NtStatus.PossibleDeadlock, refused.Status);
        foreach (ChannelPair pair in pairs)
        {
            pair.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Callbacks))]
    public async Task A_thread_that_a_callback_started_and_waits_for_is_named(string callback)
    {
        using ChannelPair pair = new(server: options => options with { OwedPacketReportTime = TimeSpan.FromMilliseconds(40) });
        using SemaphoreSlim reported = new(0);
        string? running = null;
        pair.Server.OwedPacketsReported += (_, args) =>
        {
            running = args.RunningCallback;
            reported.Release();
        };
        int once = 0;
        bool named = false;
        Task? pausing = null;
        Set(pair.ServerCallbacks, callback, channel =>
        {
            if (Interlocked.Exchange(ref once, 1) == 0)
            {
                Thread thread = new(() => pausing = Task.Run(channel.Pause));
                thread.Start();
                thread.Join();

                // Whoever joined the Pause itself would wait for ever; it is named, so that somebody can see why.
                named = reported.Wait(ChannelPair.Patience);
            }
        });
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Active, "the client to open");
        Task disabled = pair.Client.DisableAsync();
        pair.Await(() => Volatile.Read(ref once) == 1 && disabled.IsCompleted && named, "the callback and its report");
        Assert.StartsWith(callback, running);
        await pausing!.WaitAsync(ChannelPair.Patience);
    }

    [Fact]
    public void A_handler_that_does_not_return_is_named()
    {
        using ChannelPair pair = new(server: options => AtPassive(options) with { OwedPacketReportTime = TimeSpan.FromMilliseconds(40) });
        using SemaphoreSlim reported = new(0);
        string? running = null;
        pair.Server.OwedPacketsReported += (_, args) =>
        {
            running = args.ToString();
            reported.Release();
        };
        Task? pausing = null;
        bool named = false;
        pair.ServerCallbacks.OnPacket = (channel, packet, _, _) =>
        {
            pausing = Task.Run(channel.Pause);
            named = reported.Wait(ChannelPair.Patience);
            packet.Complete();
        };
        pair.Open();
        pair.Client.Send([1], transactionId: 7);
        pair.Await(() => pausing is { IsCompleted: true }, "the Pause");
        Assert.True(named);
        Assert.Equal("the callback OnPacket, transaction 7 has not returned", running);
    }

    /// <summary>Behind an await nothing tells the handler's own code from what it has started; so this wait is named, as all are that may end.</summary>
    [Fact]
    public void A_wait_that_an_asynchronous_handler_begins_behind_an_await_is_named()
    {
        using ChannelPair pair = new(server: options => AtPassive(options) with { OwedPacketReportTime = TimeSpan.FromMilliseconds(40) });
        using SemaphoreSlim reported = new(0);
        string? owed = null;
        pair.Server.OwedPacketsReported += (_, args) =>
        {
            owed = args.ToString();
            reported.Release();
        };
        Task? pausing = null;
        bool named = false;
        pair.ServerCallbacks.OnPacket = (channel, packet, _, _) =>
        {
            AsyncPacket handling = AsyncPacket.Begin(packet);
            handling.End(HandleAsync(channel));
        };
        pair.Open();
        pair.Client.Send([1], transactionId: 7);
        pair.Await(() => pausing is { IsCompleted: true }, "the Pause");
        Assert.True(named);
        Assert.Contains("transaction 7", owed, StringComparison.Ordinal);

        async ValueTask HandleAsync(VmbusChannel channel)
        {
            await Task.Yield();
            pausing = Task.Run(channel.Pause);
            named = await reported.WaitAsync(ChannelPair.Patience);
        }
    }

    [Fact]
    public async Task The_report_of_what_is_waited_for_must_not_wait_itself()
    {
        using ChannelPair pair = new(server: options => options with { OwedPacketReportTime = TimeSpan.FromMilliseconds(30) });
        PendingPacket pending = default;
        using SemaphoreSlim arrived = new(0);
        using SemaphoreSlim reported = new(0);
        Exception? outcome = null;
        pair.Server.OwedPacketsReported += (_, _) =>
        {
            outcome = Record.Exception(pair.Server.Disable);
            reported.Release();
        };
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            pending = packet.Pend();
            arrived.Release();
        };
        pair.Open();
        pair.Client.Send([1]);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        Task paused = pair.Server.PauseAsync();
        Assert.True(reported.Wait(ChannelPair.Patience));
        Assert.Equal(NtStatus.PossibleDeadlock, Assert.IsType<VmbusException>(outcome).Status);
        pending.Complete();
        await paused.WaitAsync(ChannelPair.Patience);
    }

    [Fact]
    public void An_endpoint_can_be_paused_while_its_opening_is_answered()
    {
        using ChannelPair pair = new();
        Exception? outcome = new TimeoutException();
        pair.ServerCallbacks.OnOpened = _ =>
        {
            // Nothing is delivered or owed by a client that is not open.
            outcome = Record.Exception(pair.Client.Pause);
            return NtStatus.Success;
        };
        pair.Server.Enable();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Paused, "the client to open paused");
        Assert.Null(outcome);
    }

    [Fact]
    public void A_request_in_PostStarted_ends_when_the_other_side_leaves()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, _, _, _) => throw new FormatException();
        NtStatus? status = null;
        pair.ClientCallbacks.OnPostStarted = channel => status = channel.SendSynchronousRequest([1], new byte[8], out _, Timeout.InfiniteTimeSpan);
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Disabled && pair.ClientCallbacks.Log.Contains("Closed"), "the client to close");
        Assert.Equal(NtStatus.DeviceRemoved, status);
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Closed"], pair.ClientCallbacks.Log);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_in_PostStarted_ends_when_the_own_queue_stops(bool throws)
    {
        using ChannelPair pair = new();
        ConcurrentQueue<PendingPacket> pending = new();
        pair.ServerCallbacks.OnPacket = (channel, packet, _, _) =>
        {
            pending.Enqueue(packet.Pend());
            channel.Send([2]);
        };
        pair.ClientCallbacks.OnPacket = (_, packet, _, _) =>
        {
            if (throws)
            {
                throw new FormatException();
            }

            packet.Fail();
        };
        NtStatus? status = null;
        pair.ClientCallbacks.OnPostStarted = channel => status = channel.SendSynchronousRequest([1], new byte[8], out _, Timeout.InfiniteTimeSpan);
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Stopped && pair.ClientCallbacks.Log.Contains("Suspend"), "the client to stop");
        Assert.Equal(NtStatus.DeviceRemoved, status);
        while (pending.TryDequeue(out PendingPacket packet))
        {
            packet.Complete();
        }
    }

    [Fact]
    public async Task A_Gpadl_deleted_in_Closed_waits_for_a_server_that_unmaps_it_in_Closed()
    {
        using ChannelPair pair = new();
        Gpadl? created = null;
        Gpadl? mapped = null;
        pair.ClientCallbacks.OnOpened = channel =>
        {
            created = channel.CreateGpadl(new byte[100]);
            return NtStatus.Success;
        };
        pair.ClientCallbacks.OnClosed = _ => created!.Dispose();
        pair.ServerCallbacks.OnClosed = _ => mapped!.Dispose();
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Server.MapGpadl(created!.Handle, GpadlFlags.None, out mapped));
        await pair.Client.DisableAsync().WaitAsync(ChannelPair.Patience);
        pair.Await(() => pair.Server.State == ChannelState.Closed, "the server to close");
    }

    private static VmbusChannelOptions AtPassive(VmbusChannelOptions options) => options with { IncomingProcessingAtPassive = true };

    private static void Set(ScriptedCallbacks callbacks, string callback, Action<VmbusChannel> body)
    {
        switch (callback)
        {
            case "Opened":
                callbacks.OnOpened = channel =>
                {
                    body(channel);
                    return NtStatus.Success;
                };
                break;
            case "Started":
                callbacks.OnStarted = body;
                break;
            case "PostStarted":
                callbacks.OnPostStarted = body;
                break;
            case "Suspend":
                callbacks.OnSuspend = body;
                break;
            case "Closed":
                callbacks.OnClosed = body;
                break;
        }
    }
}
