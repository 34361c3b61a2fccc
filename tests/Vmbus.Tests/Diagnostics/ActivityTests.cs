using System.Collections.Concurrent;
using System.Diagnostics;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Diagnostics;

[Collection(nameof(Diagnostics))]
public sealed class ActivityTests
{
    [Fact]
    public void A_request_and_its_processing_are_activities_with_handler_and_channel()
    {
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(options => options with { FriendlyName = name }, options => options with { FriendlyName = name });
        ConcurrentQueue<Activity> stopped = new();
        using ActivityListener listener = Listen(stopped, name, ActivitySamplingResult.AllData);
        Activity? inside = null;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            inside = Activity.Current;
            packet.Complete();
        };
        pair.Open();
        using Activity caller = new Activity("caller").Start();
        int answered = 0;
        Activity? atCompletion = caller;
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) =>
        {
            atCompletion = Activity.Current;
            Volatile.Write(ref answered, 1);
        };
        Assert.Equal(NtStatus.Success, packet.Send([1, 2, 3, 4, 5, 6, 7, 8], VmbusSendFlags.WaitForCompletion));
        Assert.Same(caller, Activity.Current);
        pair.Await(() => Volatile.Read(ref answered) == 1 && stopped.Count == 2, "both activities");

        Activity request = Assert.Single(stopped, activity => activity.OperationName == "vmbus.request");
        Assert.Equal(ActivityKind.Client, request.Kind);
        Assert.Equal(caller.SpanId, request.ParentSpanId);
        Assert.Equal(8, request.GetTagItem("vmbus.packet.size"));
        Assert.Equal("client", request.GetTagItem("vmbus.endpoint.role"));
        Assert.Equal(ActivityStatusCode.Unset, request.Status);

        Activity process = Assert.Single(stopped, activity => activity.OperationName == "vmbus.process");
        Assert.Equal(ActivityKind.Server, process.Kind);
        Assert.Equal("OnPacket", process.DisplayName);
        Assert.Equal("OnPacket", process.GetTagItem("vmbus.handler"));
        Assert.Equal(request.GetTagItem("vmbus.transaction.id"), process.GetTagItem("vmbus.transaction.id"));
        Assert.Same(process, inside);
        Assert.Null(atCompletion);
    }

    [Fact]
    public void A_pended_packet_is_processed_until_it_is_completed_and_is_not_current_for_the_next()
    {
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(options => options with { FriendlyName = name });
        ConcurrentQueue<Activity> stopped = new();
        using ActivityListener listener = Listen(stopped, name, ActivitySamplingResult.AllData);
        ConcurrentQueue<PendingPacket> pended = new();
        ConcurrentQueue<Activity?> parents = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            parents.Enqueue(Activity.Current!.Parent);
            pended.Enqueue(packet.Pend());
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Client.Send([2]);
        pair.Await(() => pended.Count == 2, "both packets");
        Assert.Empty(stopped);
        Assert.All(parents, Assert.Null);
        using Activity completer = new Activity("completer").Start();
        foreach (PendingPacket packet in pended)
        {
            packet.Complete();
        }

        Assert.Same(completer, Activity.Current);
        Assert.Equal(2, stopped.Count);
    }

    [Fact]
    public void A_request_that_ends_with_the_channel_is_an_error()
    {
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(options => options with { FriendlyName = name }, options => options with { FriendlyName = name });
        ConcurrentQueue<Activity> stopped = new();
        using ActivityListener listener = Listen(stopped, name, ActivitySamplingResult.AllData);
        ConcurrentQueue<PendingPacket> pended = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Enqueue(packet.Pend());
        pair.Open();
        pair.Client.AllocatePacket().Send([1], VmbusSendFlags.WaitForCompletion);
        pair.Await(() => pended.Count == 1, "the packet");
        pair.Client.Disable();
        Activity request = Assert.Single(stopped, activity => activity.OperationName == "vmbus.request");
        Assert.Equal((ActivityStatusCode.Error, "DeviceRemoved"), (request.Status, request.GetTagItem("error.type")));
        Assert.True(pended.TryDequeue(out PendingPacket packet));
        packet.Complete();
    }

    [Fact]
    public void The_processing_of_a_packet_that_was_to_come_again_when_its_channel_closed_is_an_error()
    {
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(
            options => options with { FriendlyName = name },
            busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst, PageInTime = TimeSpan.FromMinutes(1) });
        ConcurrentQueue<Activity> stopped = new();
        using ActivityListener listener = Listen(stopped, name, ActivitySamplingResult.AllData);
        int calls = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            if (packet.GetExternalData(ExternalDataFlags.None, out _) != NtStatus.Pending)
            {
                packet.Complete();
            }

            Interlocked.Increment(ref calls);
        };
        pair.Open();
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(new byte[8]);
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        pair.Await(() => Volatile.Read(ref calls) == 1, "the callback");
        pair.Server.Disable();
        Activity process = Assert.Single(stopped, activity => activity.OperationName == "vmbus.process");
        Assert.Equal((ActivityStatusCode.Error, "DeviceRemoved", "OnPacket"), (process.Status, process.GetTagItem("error.type"), process.DisplayName));
    }

    [Fact]
    public void What_is_not_sampled_does_not_exist()
    {
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(options => options with { FriendlyName = name });
        ConcurrentQueue<Activity> stopped = new();
        using ActivityListener listener = Listen(stopped, name, ActivitySamplingResult.None);
        Activity? inside = null;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            inside = Activity.Current;
            packet.Complete();
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Null(inside);
        Assert.Empty(stopped);
    }

    /// <summary>Only what belongs to the channel of this test: others of the process may be traced, too.</summary>
    private static ActivityListener Listen(ConcurrentQueue<Activity> stopped, string channel, ActivitySamplingResult sampling)
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == VmbusDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("vmbus.channel.name"), channel))
                {
                    stopped.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
