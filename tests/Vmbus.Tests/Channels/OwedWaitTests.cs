using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>Every form of Pause, Disable and Dispose waits for what is owed, names it while it waits, and is over when it is completed.</summary>
public sealed class OwedWaitTests
{
    private static readonly TimeSpan ReportTime = TimeSpan.FromMilliseconds(30);

    private static readonly Dictionary<string, Func<VmbusChannel, Task>> Forms = new()
    {
        ["Pause"] = channel => OnThread(channel.Pause),
        ["PauseAsync"] = channel => channel.PauseAsync(),
        ["Disable"] = channel => OnThread(channel.Disable),
        ["DisableAsync"] = channel => channel.DisableAsync(),
        ["Dispose"] = channel => OnThread(channel.Dispose),
        ["DisposeAsync"] = channel => channel.DisposeAsync().AsTask(),
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            TheoryData<string, bool> cases = [];
            foreach (string form in Forms.Keys)
            {
                cases.Add(form, true);
                cases.Add(form, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_waits_for_every_owed_packet_and_names_handler_transaction_and_time(string form, bool onServer)
    {
        using ChannelPair pair = new(options => options with { OwedPacketReportTime = ReportTime }, options => options with { OwedPacketReportTime = ReportTime });
        VmbusChannel channel = onServer ? pair.Server : pair.Client;
        VmbusChannel other = onServer ? pair.Client : pair.Server;
        ScriptedCallbacks callbacks = onServer ? pair.ServerCallbacks : pair.ClientCallbacks;
        BlockingCollection<PendingPacket> pended = [];
        callbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        ConcurrentQueue<OwedPacketsEventArgs> reports = new();
        channel.OwedPacketsReported += (_, args) => reports.Enqueue(args);
        pair.Open();
        Assert.Equal(NtStatus.Success, other.Send([1], transactionId: 41));
        Assert.Equal(NtStatus.Success, other.Send([1], transactionId: 42));
        PendingPacket[] owed = [pended.TakeInTime(), pended.TakeInTime()];
        Task waiting = Forms[form](channel);
        pair.Await(() => reports.Any(report => report.Packets.Count == 2), "the report of both");
        Assert.False(waiting.IsCompleted);
        Assert.Equal("Suspend", callbacks.Log.Last());
        OwedPacketsEventArgs report = reports.First(report => report.Packets.Count == 2);
        Assert.Equal([("OnPacket", 41ul, false), ("OnPacket", 42ul, false)], report.Packets.Select(packet => (packet.Handler, packet.TransactionId, packet.IsLost)).OrderBy(packet => packet.TransactionId));
        Assert.All(report.Packets, packet => Assert.InRange(packet.Age, ReportTime, ChannelPair.Patience));
        Assert.InRange(report.Waited, ReportTime, ChannelPair.Patience);
        Assert.Null(report.RunningCallback);
        Assert.Matches(@"OnPacket: transaction 41 owed for \d+\.\d+ s", report.ToString());

        // One of two is not enough, and the next report names what is left.
        owed[0].Complete();
        pair.Await(() => reports.Last().Packets.Count == 1, "the report of the rest");
        Assert.Equal(42ul, Assert.Single(reports.Last().Packets).TransactionId);
        Assert.False(waiting.IsCompleted);
        owed[1].Complete();
        await waiting.WaitAsync(ChannelPair.Patience);
        Assert.Equal(form.StartsWith("Pause", StringComparison.Ordinal) ? ChannelState.Paused : ChannelState.Disabled, channel.State);
        Assert.Equal(form.StartsWith("Pause", StringComparison.Ordinal) ? "Suspend" : "Closed", callbacks.Log.Last());
        Assert.Empty(channel.GetOwedPackets());
    }

    [Fact]
    public async Task A_Start_while_a_Pause_waits_holds_when_the_Pause_has_ended_and_a_Disable_ends_both()
    {
        using ChannelPair pair = new(WaitReports.Soon);
        WaitReports reports = new(pair.Server);
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        PendingPacket owed = pended.TakeInTime();
        Task paused = pair.Server.PauseAsync();
        pair.Server.Start();
        reports.AwaitOwed();
        Assert.Equal(NtStatus.Success, pair.Client.Send([2]));
        reports.AwaitOwed();
        Assert.False(paused.IsCompleted);
        Assert.Empty(pended);
        owed.Complete();
        await paused.WaitAsync(ChannelPair.Patience);
        owed = pended.TakeInTime();
        Assert.Equal(2, owed.Buffer[0]);
        pair.Await(() => pair.ServerCallbacks.Log.Count == 6, "PostStarted");
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Started", "PostStarted"], pair.ServerCallbacks.Log);

        paused = pair.Server.PauseAsync();
        Task disabled = pair.Server.DisableAsync();
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(pair.Server.Enable).Status);
        reports.AwaitOwed();
        Assert.False(paused.IsCompleted || disabled.IsCompleted);
        owed.Complete();
        await paused.WaitAsync(ChannelPair.Patience);
        await disabled.WaitAsync(ChannelPair.Patience);
        Assert.Equal(ChannelState.Disabled, pair.Server.State);
    }

    public static TheoryData<bool, string> Ends => new()
    {
        { false, "Complete" }, { false, "CompleteWithPayload" }, { false, "Fail" },
        { true, "Complete" }, { true, "CompleteWithPayload" }, { true, "Fail" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_packet_of_a_channel_that_stopped_or_whose_other_side_has_closed_is_released_however_it_ends(bool isClosedByPeer, string end)
    {
        using ChannelPair pair = new(WaitReports.Soon);
        WaitReports reports = new(pair.Server);
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 2)
            {
                throw new FormatException();
            }

            pended.Add(packet.Pend());
        };
        pair.Open();
        Task closed = pair.Server.WhenClosed;
        Task<RequestResult> request = pair.Client.SendRequestAsync(new byte[1], new byte[8]).AsTask();
        PendingPacket owed = pended.TakeInTime();
        if (isClosedByPeer)
        {
            pair.Client.Disable();
        }
        else
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([2]));
            pair.Await(() => pair.Server.State == ChannelState.Stopped, "the stop");
        }

        reports.AwaitOwed();
        Assert.False(closed.IsCompleted);
        Exception? fault = pair.Server.Fault;
        long sent = pair.Server.Counters.PacketsSent;
        switch (end)
        {
            case "Complete":
                owed.Complete();
                break;
            case "CompleteWithPayload":
                owed.Complete([1, 2, 3]);
                break;
            default:
                owed.Fail();
                break;
        }

        await closed.WaitAsync(ChannelPair.Patience);
        Assert.Empty(pair.Server.GetOwedPackets());
        Assert.Equal(NtStatus.DeviceRemoved, (await request.WaitAsync(ChannelPair.Patience)).Status);
        if (!isClosedByPeer)
        {
            // It sends nothing, and the first reason holds.
            Assert.Equal(sent, pair.Server.Counters.PacketsSent);
            Assert.Same(fault, pair.Server.Fault);
        }

        Assert.Throws<InvalidOperationException>(owed.Complete);
        Assert.Throws<InvalidOperationException>(owed.Fail);
    }

    private static Task OnThread(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
