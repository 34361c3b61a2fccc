using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Diagnostics;

[Collection(nameof(Diagnostics))]
public sealed class EventTests
{
    [Fact]
    public void The_life_of_a_channel_is_written()
    {
        using Listener listener = new();
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(options => options with { FriendlyName = name });
        pair.Open();
        pair.Server.Pause();
        pair.Server.Start();
        pair.Await(() => pair.Server.State == ChannelState.Active, "the channel to run again");
        pair.Client.Disable();
        pair.Server.Disable();
        Assert.Equal(
            ["ChannelOpened", "ChannelStarted", "ChannelSuspended", "ChannelStarted", "ChannelSuspended", "ChannelClosed"],
            listener.Of(name).Select(written => written.EventName));
    }

    [Fact]
    public void A_fault_a_handlers_exception_and_owed_packets_are_written()
    {
        using Listener listener = new();
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(options => options with { FriendlyName = name, OwedPacketReportTime = TimeSpan.FromMilliseconds(20) });
        PendingPacket pended = default;
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 2)
            {
                throw new NotSupportedException("of the test");
            }

            pended = packet.Pend();
        };
        pair.Open();
        pair.Client.Send([1], 99);
        pair.Client.Send([2]);
        pair.Await(() => listener.Of(name).Any(written => written.EventName == "PacketsOwed"), "the owed packet to be reported");
        pended.Complete();
        pair.Await(() => pair.Server.Fault is not null && pair.Server.State == ChannelState.Stopped, "the fault");
        pair.Await(() => listener.Of(name).Any(written => written.EventName == "HandlerThrew"), "the exception to be written, which is the last that follows from it");
        EventWrittenEventArgs threw = Assert.Single(listener.Of(name), written => written.EventName == "HandlerThrew");
        Assert.Equal(["OnPacket", typeof(NotSupportedException).FullName, "of the test"], threw.Payload!.Skip(1).Cast<string>());
        EventWrittenEventArgs fault = Assert.Single(listener.Of(name), written => written.EventName == "ChannelFaulted");
        Assert.Equal([typeof(NotSupportedException).FullName, "of the test"], fault.Payload!.Skip(1).Cast<string>());
        EventWrittenEventArgs owed = listener.Of(name).First(written => written.EventName == "PacketsOwed");
        Assert.Equal(1, owed.Payload![1]);
        Assert.Contains("transaction 99", (string)owed.Payload[2]!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_completion_that_nothing_waits_for_is_written_though_it_is_ignored()
    {
        using Listener listener = new();
        string name = Guid.NewGuid().ToString("N");
        using ChannelPair pair = new(options => options with { FriendlyName = name });
        pair.Open();
        RawPacket.FromClient(pair, RawPacket.Bytes(11, [], [], transactionId: 0xABC));
        pair.Await(() => listener.Of(name).Any(written => written.EventName == "UnexpectedCompletion"), "the event");
        EventWrittenEventArgs unexpected = Assert.Single(listener.Of(name), written => written.EventName == "UnexpectedCompletion");
        Assert.Equal("it completed transaction ABC, which was never begun", unexpected.Payload![1]);
        Assert.Null(pair.Server.Fault);
    }

    [Fact]
    public void A_report_of_the_verifier_and_a_sink_that_throws_are_written()
    {
        using Listener listener = new();
        string name = Guid.NewGuid().ToString("N");
        string secret = Guid.NewGuid().ToString("N");
        VerifierOptions verifier = new() { Enabled = true, Sink = _ => throw new InvalidOperationException(secret) };
        using ChannelPair pair = new(options => options with { FriendlyName = name, Verifier = verifier });
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Complete([1]);
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => listener.All.Any(written => written.EventName == "VerifierSinkThrew" && Equals(written.Payload![1], secret)), "the sink's exception");
        EventWrittenEventArgs report = Assert.Single(listener.Of(name), written => written.EventName == "VerifierReported");
        Assert.Equal("OnPacket", report.Payload![1]);
        Assert.Equal("PayloadDropped", report.Payload[4]);
    }

    [Fact]
    public void The_manifest_can_be_made()
    {
        string? manifest = EventSource.GenerateManifest(EventSource.GetSources().Single(source => source.Name == VmbusDiagnostics.EventSourceName).GetType(), null, EventManifestOptions.Strict);
        Assert.Contains("ChannelFaulted", manifest, StringComparison.Ordinal);
    }

    private sealed class Listener : EventListener
    {
        private readonly ConcurrentQueue<EventWrittenEventArgs> _written = new();

        public IReadOnlyCollection<EventWrittenEventArgs> All => _written;

        public IReadOnlyList<EventWrittenEventArgs> Of(string channel)
            => [.. _written.Where(written => written.Payload is [string name, ..] && name.Contains(channel, StringComparison.Ordinal))];

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
}
