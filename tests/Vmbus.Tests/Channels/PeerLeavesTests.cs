using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>What becomes of what an endpoint has sent when the other side leaves: it ends at once, whatever the endpoint itself still owes.</summary>
public sealed class PeerLeavesTests
{
    [Theory]
    [InlineData(true, BusKind.InProcess)]
    [InlineData(false, BusKind.InProcess)]
    [InlineData(true, BusKind.SharedMemory)]
    [InlineData(false, BusKind.SharedMemory)]
    public async Task What_was_sent_ends_though_packets_are_owed(bool onServer, BusKind kind)
    {
        using ChannelPair pair = new(SmallRings, SmallRings, kind: kind);
        (VmbusChannel channel, ScriptedCallbacks callbacks, VmbusChannel other) = onServer
            ? (pair.Server, pair.ServerCallbacks, pair.Client)
            : (pair.Client, pair.ClientCallbacks, pair.Server);
        BlockingCollection<PendingPacket> pended = [];
        callbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.Open();
        Assert.Equal(NtStatus.Success, other.Send([1]));
        PendingPacket owed = pended.TakeInTime();
        other.Pause();

        // One that waits for its completion, one that is in the ring, and of each kind one that waits for room.
        ConcurrentQueue<NtStatus> ends = new();
        foreach (VmbusSendFlags flags in new[] { VmbusSendFlags.WaitForCompletion, VmbusSendFlags.None, VmbusSendFlags.WaitForCompletion, VmbusSendFlags.None })
        {
            VmbusPacket packet = channel.AllocatePacket();
            packet.CompletionRoutine = (done, status, _) =>
            {
                ends.Enqueue(status);
                done.Dispose();
            };
            Assert.Equal(NtStatus.Success, packet.Send(new byte[1900], flags));
        }

        Task<NtStatus> room = channel.SendAsync(new byte[8]).AsTask();
        Assert.Equal([NtStatus.Success], ends);
        other.Disable();
        pair.Await(() => ends.Count == 4, "the ends");
        Assert.Equal([NtStatus.Success, NtStatus.DeviceRemoved, NtStatus.DeviceRemoved, NtStatus.DeviceRemoved], ends);
        Assert.Equal(NtStatus.DeviceRemoved, await room.WaitAsync(ChannelPair.Patience));
        Assert.Equal(NtStatus.DeviceRemoved, channel.Send([1]));
        pair.Await(() => callbacks.Log.Last() == "Suspend", "the queue to stop");
        Assert.Single(channel.GetOwedPackets());
        Task closed = channel.WhenClosed;
        owed.Complete([1]);
        await closed.WaitAsync(ChannelPair.Patience);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_sent_from_the_moment_at_which_the_other_side_has_left(bool onServer)
    {
        using ChannelPair pair = new();
        (VmbusChannel channel, ScriptedCallbacks callbacks, VmbusChannel other) = onServer
            ? (pair.Server, pair.ServerCallbacks, pair.Client)
            : (pair.Client, pair.ClientCallbacks, pair.Server);
        BlockingCollection<PendingPacket> pended = [];
        callbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        for (int i = 0; i < 300; i++)
        {
            pair.Open();

            // What is owed keeps the endpoint from closing: it is open on its side for as long as this takes.
            Assert.Equal(NtStatus.Success, other.Send([1]));
            PendingPacket owed = pended.TakeInTime();
            Task closed = channel.WhenClosed;
            other.Disable();
            Assert.Equal(NtStatus.DeviceRemoved, channel.Send([2]));
            Assert.Equal(NtStatus.DeviceRemoved, channel.TrySend([3]));
            owed.Complete();
            await closed.WaitAsync(ChannelPair.Patience);
            channel.Disable();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_waits_for_an_answer_does_not_hold_up_the_close(bool wasPaused)
    {
        using ChannelPair pair = new();
        TaskCompletionSource<NtStatus> handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.ClientCallbacks.OnPacket = (channel, packet, _, _) => _ = Handle(channel, packet.Pend());
        pair.Open();
        Task closed = pair.Client.WhenClosed;
        pair.Server.Pause();
        Assert.Equal(NtStatus.Success, pair.Server.Send([1]));
        pair.Await(() => pair.Client.Counters.PacketsSent == 1, "the request");
        Task paused = wasPaused ? pair.Client.PauseAsync() : Task.CompletedTask;
        pair.Server.Disable();
        Assert.Equal(NtStatus.DeviceRemoved, await handled.Task.WaitAsync(ChannelPair.Patience));
        await paused.WaitAsync(ChannelPair.Patience);
        await closed.WaitAsync(ChannelPair.Patience);
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Closed"], pair.ClientCallbacks.Log);

        async Task Handle(VmbusChannel channel, PendingPacket packet)
        {
            // Nobody gives the request up: no token, no time-out.
            NtStatus status = (await channel.SendRequestAsync(new byte[8], new byte[8])).Status;
            packet.Complete();
            handled.SetResult(status);
        }
    }

    [Fact]
    public void A_completion_that_was_in_the_ring_when_its_sender_left_is_late_and_breaks_no_protocol()
    {
        using ChannelPair pair = new(options => options with { UnexpectedCompletion = UnexpectedCompletionPolicy.StopChannel });
        using SemaphoreSlim inPostStarted = new(0);
        using SemaphoreSlim mayReturn = new(0);
        using SemaphoreSlim inHandler = new(0);
        using SemaphoreSlim mayDeliver = new(0);
        pair.ServerCallbacks.OnPostStarted = _ =>
        {
            inPostStarted.Release();
            mayReturn.Wait(ChannelPair.Patience);
        };
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            inHandler.Release();
            mayDeliver.Wait(ChannelPair.Patience);
            packet.Complete();
        };
        BlockingCollection<PendingPacket> pended = [];
        pair.ClientCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        Assert.True(inPostStarted.Wait(ChannelPair.Patience));
        ConcurrentQueue<NtStatus> ends = new();
        VmbusPacket request = pair.Server.AllocatePacket();
        request.CompletionRoutine = (_, status, _) => ends.Enqueue(status);
        Assert.Equal(NtStatus.Success, request.Send([1], VmbusSendFlags.WaitForCompletion));
        PendingPacket owed = pended.TakeInTime();

        // The completion lies behind a packet whose handler has not returned.
        Assert.Equal(NtStatus.Success, pair.Client.Send([2]));
        Assert.True(inHandler.Wait(ChannelPair.Patience));
        owed.Complete([3]);
        pair.Client.Disable();
        pair.Await(() => ends.Count == 1, "the end of what the server has sent");
        Assert.Equal([NtStatus.DeviceRemoved], ends);
        mayDeliver.Release();
        pair.Await(() => pair.Server.Counters.LateCompletions == 1, "the late completion");
        Assert.Equal(0, pair.Server.Counters.UnexpectedCompletions);
        Assert.Null(pair.Server.Fault);
        mayReturn.Release();
        pair.Await(() => pair.ServerCallbacks.Log.Last() == "Closed", "the close");
        Assert.Null(pair.Server.Fault);
    }

    [Fact]
    public void The_requests_of_a_primary_channel_end_before_what_its_sub_channels_owe()
    {
        using ChannelPair pair = new();
        pair.Open();
        BlockingCollection<PendingPacket> pended = [];
        using VmbusChannel server = Add(pair.Server, new ScriptedCallbacks { OnPacket = (_, packet, _, _) => pended.Add(packet.Pend()) });
        using VmbusChannel client = Add(pair.Client, new ScriptedCallbacks());
        pair.Await(() => client.State == ChannelState.Active && server.State == ChannelState.Active, "the sub-channel");
        Assert.Equal(NtStatus.Success, client.Send([1]));
        PendingPacket owed = pended.TakeInTime();
        pair.Client.Pause();
        ConcurrentQueue<NtStatus> ends = new();
        VmbusPacket request = pair.Server.AllocatePacket();
        request.CompletionRoutine = (_, status, _) =>
        {
            // As a handler of the sub-channel does that asks on the primary channel before it answers.
            ends.Enqueue(status);
            owed.Complete();
        };
        Assert.Equal(NtStatus.Success, request.Send([1], VmbusSendFlags.WaitForCompletion));
        pair.Client.Disable();
        pair.Await(() => ends.Count == 1 && pair.ServerCallbacks.Log.Last() == "Closed", "the close");
        Assert.Equal([NtStatus.DeviceRemoved], ends);
    }

    private static VmbusChannel Add(VmbusChannel primary, ScriptedCallbacks callbacks)
    {
        VmbusChannel channel = primary.CreateSubChannel(1);
        channel.SetCallbacks(callbacks);
        channel.Enable();
        channel.Start();
        return channel;
    }

    private static VmbusChannelOptions SmallRings(VmbusChannelOptions options) => options with { IncomingRingSize = 4096, OutgoingRingSize = 4096 };
}
