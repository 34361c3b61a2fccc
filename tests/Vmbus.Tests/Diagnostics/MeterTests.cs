using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Vmbus.Tests.Channels;
using Vmbus.Tests.Verification;

namespace Vmbus.Tests.Diagnostics;

[Collection(nameof(Diagnostics))]
public sealed class MeterTests
{
    [Fact]
    public void Counts_are_observed_in_both_directions_under_the_tags_of_the_channel()
    {
        using Collector collector = new();
        string name = NewName();
        using (ChannelPair pair = Pair(name))
        {
            for (int i = 0; i < 10; i++)
            {
                pair.Client.Send(new byte[24]);
            }

            VmbusPacket request = pair.Client.AllocatePacket();
            int answered = 0;
            request.CompletionRoutine = (_, _, _) => Volatile.Write(ref answered, 1);
            pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) => packet.Complete(buffer[..8]);
            request.Send(new byte[13], VmbusSendFlags.WaitForCompletion);
            pair.Await(() => Volatile.Read(ref answered) == 1, "the answer");

            Assert.Equal(11, collector.Read("vmbus.packets", name + "-client", "transmit"));
            Assert.Equal(11, collector.Read("vmbus.packets", name + "-server", "receive"));
            Assert.Equal((10 * 24) + 16, collector.Read("vmbus.io", name + "-client", "transmit"));
            Assert.Equal((10 * 24) + 16, collector.Read("vmbus.io", name + "-server", "receive"));
            Assert.Equal(1, collector.Read("vmbus.packets", name + "-server", "transmit"));
            Assert.Equal(8, collector.Read("vmbus.io", name + "-server", "transmit"));
            Assert.Equal(pair.Client.Counters.SignalsSent, collector.Read("vmbus.signals", name + "-client"));
            Assert.Equal("client", collector.Tag("vmbus.signals", name + "-client", "vmbus.endpoint.role"));
            Assert.Equal(pair.Client.Options.InterfaceType.ToString(), collector.Tag("vmbus.signals", name + "-client", "vmbus.interface.type"));
        }

        // A counter never falls: what a channel had counted stays when it has left its bus.
        Assert.Equal(11, collector.Read("vmbus.packets", name + "-server", "receive"));
    }

    [Fact]
    public void A_channel_that_leaves_and_comes_back_is_not_counted_twice()
    {
        using Collector collector = new();
        string name = NewName();
        using ChannelPair pair = Pair(name);
        pair.Client.Send(new byte[8]);
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the first packet");
        pair.Client.Disable();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Active && pair.Server.State == ChannelState.Active, "the second opening");
        pair.Client.Send(new byte[8]);
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 2, "the second packet");
        Assert.Equal(2, collector.Read("vmbus.packets", name + "-client", "transmit"));
        Assert.Equal(2, collector.Read("vmbus.packets", name + "-server", "receive"));
    }

    [Fact]
    public void Queue_depth_full_waits_and_owed_packets_say_what_is_now()
    {
        using Collector collector = new();
        string name = NewName();
        List<PendingPacket> pended = [];
        using ChannelPair pair = Pair(name, options => options with { TransactionQuota = 4, OutgoingRingSize = 4096 }, open: false);
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            lock (pended)
            {
                pended.Add(packet.Pend());
            }
        };
        pair.Open();
        for (int i = 0; i < 40; i++)
        {
            pair.Client.Send(new byte[200]);
        }

        pair.Await(() => pair.Server.GetOwedPackets().Count == 4, "the quota to be used");
        Assert.Equal(4, collector.Read("vmbus.packets.owed", name + "-server"));
        long waiting = collector.Read("vmbus.outgoing.queue.depth", name + "-client");
        Assert.InRange(waiting, 10, 36);
        Assert.InRange(collector.Read("vmbus.ring.full_waits", name + "-client"), waiting, 40);
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Complete();
        lock (pended)
        {
            pended.ForEach(packet => packet.Complete());
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 40, "all packets");
        Assert.Equal(0, collector.Read("vmbus.packets.owed", name + "-server"));
        Assert.Equal(0, collector.Read("vmbus.outgoing.queue.depth", name + "-client"));
    }

    [Fact]
    public void A_packet_that_comes_again_was_received_once()
    {
        using Collector collector = new();
        string name = NewName();
        using ChannelPair pair = new(
            options => options with { FriendlyName = name },
            busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst });
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            if (packet.GetExternalData(ExternalDataFlags.None, out _) == NtStatus.Pending)
            {
                return;
            }

            if (KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
                return;
            }

            packet.Complete();
        };
        pair.Open();
        for (int i = 0; i < 4; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.SetExternalData(new byte[10]);
            Assert.Equal(NtStatus.Success, packet.Send(new byte[24]));
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 4, "the packets");
        Assert.Equal((4L, 4L * 24), (collector.Read("vmbus.packets", name, "receive"), collector.Read("vmbus.io", name, "receive")));

        // The channel's own counters tell of deliveries.
        Assert.Equal((12L, 12L * 24), (pair.Server.Counters.PacketsDelivered, pair.Server.Counters.BytesDelivered));
    }

    [Fact]
    public void What_went_wrong_is_counted_each_thing_under_its_instrument()
    {
        using Collector collector = new();
        string name = NewName();
        VerifierOptions verifier = new() { Enabled = true, CallbackBudget = Timeout.InfiniteTimeSpan };
        using ChannelPair pair = Pair(name, options => options with { HandlerException = HandlerExceptionPolicy.FailPacket, Verifier = verifier }, open: false);
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            switch (buffer[0])
            {
                case 1:
                    packet.Complete([1, 2, 3]);
                    break;
                case 2:
                    break;
                case 3:
                    throw new FormatException();
                case 4:
                    packet.Fail();
                    break;
                default:
                    packet.Complete();
                    break;
            }
        };
        pair.Open();
        (string Instrument, int Expected)[] instruments =
        [
            ("vmbus.completion.payloads.dropped", 1), ("vmbus.packets.lost", 2), ("vmbus.handler.exceptions", 3), ("vmbus.packets.failed", 1),
        ];
        string[] violations = ["PayloadDropped", "Lost", "ThrewWhileOwed"];
        long[] before = [.. violations.Select(violation => collector.Counted("vmbus.verifier.violations", "vmbus.violation", violation))];
        foreach (byte fate in new byte[] { 0, 1, 2, 2, 3, 3, 3, 4 })
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([fate, 0, 0, 0, 0, 0, 0, 0]));
        }

        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the failed packet");
        foreach ((string instrument, int expected) in instruments)
        {
            Assert.Equal((instrument, (long)expected), (instrument, collector.Read(instrument, name + "-server")));
            Assert.Equal((instrument, 0L), (instrument, collector.Read(instrument, name + "-client")));
        }

        // Repetitions of one cause are counted, though they are reported once; other channels of the process may be counted beside.
        long[] counted = [.. violations.Select((violation, i) => collector.Counted("vmbus.verifier.violations", "vmbus.violation", violation) - before[i])];
        Assert.True(counted[0] >= 1 && counted[1] >= 2 && counted[2] >= 3, string.Join(", ", counted));
        Assert.True(collector.Counted("vmbus.verifier.violations", "vmbus.rule", "VMB101") >= 2);
        Assert.Equal(2, pair.Server.AbandonLostPackets());
    }

    [Fact]
    public void Durations_are_in_seconds_by_the_channels_clock_and_only_recorded_while_somebody_listens()
    {
        string name = NewName();
        ManualTime time = new();
        using ChannelPair pair = Pair(name, options => options with { TimeProvider = time });
        ConcurrentQueue<PendingPacket> pended = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Enqueue(packet.Pend());
        Exchange(TimeSpan.FromSeconds(9));
        using Collector collector = new();
        Exchange(TimeSpan.FromSeconds(3));
        Assert.Equal([3.0], collector.Recorded("vmbus.request.duration", name + "-client"));
        Assert.Equal([3.0], collector.Recorded("vmbus.process.duration", name + "-server"));

        void Exchange(TimeSpan duration)
        {
            VmbusPacket request = pair.Client.AllocatePacket();
            int done = 0;
            request.CompletionRoutine = (packet, _, _) =>
            {
                packet.Dispose();
                Volatile.Write(ref done, 1);
            };
            request.Send([1, 2, 3, 4], VmbusSendFlags.WaitForCompletion);
            pair.Await(() => pended.Count == 1, "the request");
            time.Advance(duration);
            Assert.True(pended.TryDequeue(out PendingPacket packet));
            packet.Complete();
            pair.Await(() => Volatile.Read(ref done) == 1, "the answer");
        }
    }

    [Fact]
    public void Names_beyond_the_limit_are_measured_together()
    {
        using Collector collector = new();
        VmbusBus bus = VmbusBus.CreateInProcess();
        List<VmbusChannel> channels = [];
        try
        {
            for (int i = 0; i < 300; i++)
            {
                VmbusChannel channel = new(bus, new VmbusChannelOptions
                {
                    IsServer = true,
                    FriendlyName = $"one of many {i}",
                    InterfaceType = new Guid(1, 0, 0, new byte[8]),
                    InterfaceInstance = new Guid(i + 1, 0, 0, new byte[8]),
                });
                channel.SetCallbacks(new ScriptedCallbacks());
                channel.Enable();
                channels.Add(channel);
            }

            Assert.InRange(collector.TagSets("vmbus.signals"), 2, 257);
            Assert.True(collector.HasTag("vmbus.signals", "otel.metric.overflow", true));
        }
        finally
        {
            channels.ForEach(channel => channel.Dispose());
        }
    }

    [Fact]
    public void Every_instrument_has_a_unit_and_a_description_and_a_name_of_the_library()
    {
        using Collector collector = new();
        using ChannelPair pair = Pair(NewName());
        Assert.Equal(
            [
                "vmbus.completion.payloads.dropped", "vmbus.handler.exceptions", "vmbus.io", "vmbus.outgoing.queue.depth", "vmbus.packets", "vmbus.packets.failed",
                "vmbus.packets.lost", "vmbus.packets.owed", "vmbus.process.duration", "vmbus.request.duration", "vmbus.ring.full_waits", "vmbus.signals", "vmbus.verifier.violations",
            ],
            collector.Instruments.Select(instrument => instrument.Name).Order(StringComparer.Ordinal));
        Assert.All(collector.Instruments, instrument => Assert.False(string.IsNullOrEmpty(instrument.Unit) || string.IsNullOrEmpty(instrument.Description)));
    }

    [Fact]
    public void A_dropped_channel_is_collected_and_its_counts_stay()
    {
        using Collector collector = new();
        string name = NewName();
        WeakReference server = Drop(name);
        for (int i = 0; i < 200 && server.IsAlive; i++)
        {
            Thread.Sleep(50);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(server.IsAlive);
        Assert.Equal(1, collector.Read("vmbus.packets", name + "-server", "receive"));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Drop(string name)
        {
            ChannelPair pair = Pair(name, options => options with { Verifier = new VerifierOptions { Enabled = true } });
            pair.Client.Send(new byte[8]);
            pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
            return new WeakReference(pair.Server);
        }
    }

    private static string NewName() => Guid.NewGuid().ToString("N");

    private static ChannelPair Pair(string name, Func<VmbusChannelOptions, VmbusChannelOptions>? options = null, bool open = true)
    {
        options ??= static same => same;
        ChannelPair pair = new(
            server => options(server) with { FriendlyName = name + "-server" },
            client => options(client) with { FriendlyName = name + "-client" });
        return open ? pair.Open() : pair;
    }

    /// <summary>A listener to the meter.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, Instrument> _instruments = new();
        private readonly ConcurrentQueue<(string Instrument, double Value, KeyValuePair<string, object?>[] Tags)> _recorded = new();
        private readonly ConcurrentQueue<(string Instrument, long Value, KeyValuePair<string, object?>[] Tags)> _counted = new();
        private List<(string Instrument, long Value, KeyValuePair<string, object?>[] Tags)> _observed = [];

        public Collector()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == VmbusDiagnostics.MeterName)
                {
                    _instruments[instrument.Name] = instrument;
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                if (instrument.IsObservable)
                {
                    _observed.Add((instrument.Name, value, tags.ToArray()));
                }
                else
                {
                    _counted.Enqueue((instrument.Name, value, tags.ToArray()));
                }
            });
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _recorded.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.Start();
        }

        public ICollection<Instrument> Instruments => _instruments.Values;

        public long Read(string instrument, string channel, string? direction = null)
            => Assert.Single(Observe(instrument), measured => Has(measured.Tags, "vmbus.channel.name", channel) && (direction is null || Has(measured.Tags, "network.io.direction", direction))).Value;

        public object? Tag(string instrument, string channel, string name)
            => Observe(instrument).First(measured => Has(measured.Tags, "vmbus.channel.name", channel)).Tags.Single(tag => tag.Key == name).Value;

        public int TagSets(string instrument) => Observe(instrument).Count();

        public bool HasTag(string instrument, string name, object value) => Observe(instrument).Any(measured => Has(measured.Tags, name, value));

        public IEnumerable<double> Recorded(string instrument, string channel)
            => _recorded.Where(recorded => recorded.Instrument == instrument && Has(recorded.Tags, "vmbus.channel.name", channel)).Select(recorded => recorded.Value);

        /// <summary>The sum of what was added to a counter under a tag since the listener began.</summary>
        public long Counted(string instrument, string tag, string value)
            => _counted.Where(counted => counted.Instrument == instrument && Has(counted.Tags, tag, value)).Sum(counted => counted.Value);

        public void Dispose() => _listener.Dispose();

        private IEnumerable<(string Instrument, long Value, KeyValuePair<string, object?>[] Tags)> Observe(string instrument)
        {
            _observed = [];
            _listener.RecordObservableInstruments();
            return _observed.Where(measured => measured.Instrument == instrument);
        }

        private static bool Has(KeyValuePair<string, object?>[] tags, string name, object value) => tags.Any(tag => tag.Key == name && Equals(tag.Value, value));
    }
}
