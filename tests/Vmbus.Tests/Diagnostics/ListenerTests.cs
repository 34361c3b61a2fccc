using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Diagnostics;

/// <summary>Listeners that come late, go early, or throw: none of them changes what becomes of a packet.</summary>
[Collection(nameof(Diagnostics))]
public sealed class ListenerTests
{
    public static TheoryData<string> Kinds => ["measurement", "sample", "started", "stopped"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_that_throws_is_written_and_the_packets_end_as_without_it(string kind)
    {
        using Written written = new();
        using ChannelPair pair = new(options => options with { HandlerException = HandlerExceptionPolicy.FailPacket });
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            switch (buffer[0])
            {
                case 0:
                    packet.Complete([1]);
                    break;
                case 1:
                    pended.Add(packet.Pend());
                    break;
                case 2:
                    throw new FormatException();
                case 3 when KernelIrql.Current == Irql.Dispatch:
                    packet.DeferToPassive();
                    break;
                case 3:
                    packet.Complete();
                    break;
                default:
                    // Lost.
                    break;
            }
        };
        pair.Open();
        for (int round = 0; round < 2; round++)
        {
            // With the listener, and once more without it.
            using IDisposable listener = round == 0 ? Throwing(kind) : Task.CompletedTask;
            long delivered = pair.Server.Counters.PacketsDelivered;
            foreach (byte fate in new byte[] { 0, 2, 3 })
            {
                Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([fate], new byte[8], out _, ChannelPair.Patience));
            }

            Task<RequestResult> request = pair.Client.SendRequestAsync(new byte[] { 1 }, new byte[8]).AsTask();
            PendingPacket owed = pended.TakeInTime();
            using SemaphoreSlim done = new(0);
            VmbusPacket packet = new(pair.Client, (_, _, _) => done.Release());
            Assert.Equal(NtStatus.Success, packet.Send([0], VmbusSendFlags.WaitForCompletion));
            Assert.True(await done.WaitAsync(ChannelPair.Patience));
            Assert.Equal(NtStatus.Success, pair.Client.Send([4]));
            pair.Await(() => pair.Server.GetOwedPackets().Count == 2, "the lost packet, and the pended one");
            owed.Complete([5]);
            Assert.Equal(new RequestResult(NtStatus.Success, 8), await request.WaitAsync(ChannelPair.Patience));
            Assert.Throws<InvalidOperationException>(owed.Complete);
            Assert.Equal(1, pair.Server.AbandonLostPackets());
            await pair.Server.PauseAsync().WaitAsync(ChannelPair.Patience);
            pair.Server.Start();
            Assert.Equal(7, pair.Server.Counters.PacketsDelivered - delivered);
            Assert.Null(Activity.Current);
        }

        Assert.Null(pair.Server.Fault);
        Assert.Null(pair.Client.Fault);
        Assert.Equal(2, pair.Server.Counters.HandlerExceptions);
        EventWrittenEventArgs threw = Assert.IsType<EventWrittenEventArgs>(written.All.FirstOrDefault(one => one.EventName == "ListenerThrew"));
        Assert.Equal([typeof(NotSupportedException).FullName, "by a listener"], threw.Payload!.Skip(1).Cast<string>());
    }

    [Fact]
    public async Task One_that_comes_while_packets_are_under_way_hears_of_the_next_ones_and_one_that_goes_of_none_after()
    {
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(options => options with { FriendlyName = name }, options => options with { FriendlyName = name });
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.Open();
        ConcurrentQueue<string> heard = new();

        // Begun before it came.
        (Task<RequestResult> request, PendingPacket owed) = Begin();
        IDisposable listener = Listening(heard, name);
        await EndAsync(request, owed);
        Assert.Empty(heard);

        // Begun, and ended, while it was there.
        (request, owed) = Begin();
        await EndAsync(request, owed);
        pair.Await(() => heard.Count == 4, "both activities and both durations");
        Assert.Equal(["vmbus.process", "vmbus.process.duration", "vmbus.request", "vmbus.request.duration"], heard.Order(StringComparer.Ordinal));

        // Begun while it was there, ended after it had gone.
        (request, owed) = Begin();
        listener.Dispose();
        await EndAsync(request, owed);
        (request, owed) = Begin();
        await EndAsync(request, owed);
        Assert.Equal(4, heard.Count);
        Assert.Null(pair.Server.Fault);
        Assert.Empty(pair.Server.GetOwedPackets());

        (Task<RequestResult> Request, PendingPacket Owed) Begin()
        {
            Task<RequestResult> begun = pair.Client.SendRequestAsync(new byte[1], new byte[8]).AsTask();
            return (begun, pended.TakeInTime());
        }

        static async Task EndAsync(Task<RequestResult> request, PendingPacket owed)
        {
            owed.Complete([1]);
            Assert.Equal(NtStatus.Success, (await request.WaitAsync(ChannelPair.Patience)).Status);
        }
    }

    [Fact]
    public void One_that_throws_over_events_or_over_what_it_collects_harms_no_channel()
    {
        using ThrowingOverEvents events = new();
        using MeterListener collector = new() { InstrumentPublished = Enable };
        collector.SetMeasurementEventCallback<long>((_, _, _, _) => throw new NotSupportedException("by a listener"));
        collector.Start();
        using ChannelPair pair = new();
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));

        // Whoever collects hears of it, and nobody else.
        Assert.NotNull(Record.Exception(collector.RecordObservableInstruments));
        pair.Server.Pause();
        pair.Server.Start();
        pair.Server.Disable();
        pair.Client.Disable();
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));
        Assert.True(events.Count > 0);
        Assert.Null(pair.Server.Fault);
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == VmbusDiagnostics.MeterName)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static IDisposable Throwing(string kind)
    {
        if (kind == "measurement")
        {
            MeterListener measurements = new() { InstrumentPublished = Enable };
            measurements.SetMeasurementEventCallback<double>((_, _, _, _) => throw new NotSupportedException("by a listener"));
            measurements.Start();
            return measurements;
        }

        ActivityListener activities = new()
        {
            ShouldListenTo = static source => source.Name == VmbusDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => kind == "sample" ? throw new NotSupportedException("by a listener") : ActivitySamplingResult.AllData,
            ActivityStarted = kind == "started" ? _ => throw new NotSupportedException("by a listener") : null,
            ActivityStopped = kind == "stopped" ? _ => throw new NotSupportedException("by a listener") : null,
        };
        ActivitySource.AddActivityListener(activities);
        return activities;
    }

    /// <summary>Notes activities that stop and durations that are recorded, of one channel.</summary>
    private static Both Listening(ConcurrentQueue<string> heard, string channel)
    {
        ActivityListener activities = new()
        {
            ShouldListenTo = static source => source.Name == VmbusDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("vmbus.channel.name"), channel))
                {
                    heard.Enqueue(activity.OperationName);
                }
            },
        };
        MeterListener measurements = new() { InstrumentPublished = Enable };
        measurements.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            if (tags.ToArray().Any(tag => Equals(tag.Value, channel)))
            {
                heard.Enqueue(instrument.Name);
            }
        });
        measurements.Start();
        ActivitySource.AddActivityListener(activities);
        return new Both(activities, measurements);
    }

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }

    private sealed class Written : EventListener
    {
        private readonly ConcurrentQueue<EventWrittenEventArgs> _written = new();

        public IReadOnlyCollection<EventWrittenEventArgs> All => _written;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == VmbusDiagnostics.EventSourceName)
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventSource.Name == VmbusDiagnostics.EventSourceName)
            {
                _written?.Enqueue(eventData);
            }
        }
    }

    private sealed class ThrowingOverEvents : EventListener
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == VmbusDiagnostics.EventSourceName)
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventSource.Name == VmbusDiagnostics.EventSourceName)
            {
                Interlocked.Increment(ref _count);
                throw new NotSupportedException("by a listener");
            }
        }
    }
}
