using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Vmbus.Tests.Channels;
using Kind = Vmbus.Tests.Handlers.AsyncHandlers.Kind;
using Message = Vmbus.Tests.Handlers.AsyncHandlers.Message;

namespace Vmbus.Tests.Handlers;

public sealed class AsyncHandlerTests
{
    [Theory]
    [InlineData((int)Kind.Value, 16)]
    [InlineData((int)Kind.Nothing, 0)]
    [InlineData((int)Kind.TaskOfValue, 8)]
    [InlineData((int)Kind.Task, 0)]
    [InlineData((int)Kind.Whole, 8)]
    [InlineData((int)Kind.ReturnsForeignTask, 8)]
    public void A_packet_is_completed_when_its_handler_ends(int kind, int length)
    {
        using Exchange exchange = new();
        exchange.Send((Kind)kind, 7);
        TaskCompletionSource<ulong> waiting = exchange.NextWaiting();
        Thread.Sleep(10);
        Assert.Empty(exchange.Completions);
        waiting.SetResult(7);
        byte[] payload = exchange.NextCompletion();
        Assert.Equal(length, payload.Length);
        if (length >= 8)
        {
            Assert.Equal(7UL, BitConverter.ToUInt64(payload, length - 8));
        }
    }

    [Theory]
    [InlineData((int)Kind.Finished, 16)]
    [InlineData((int)Kind.FinishedNothing, 0)]
    [InlineData((int)Kind.FinishedTask, 0)]
    public void A_handler_that_finishes_at_once_completes_its_packet_inline(int kind, int length)
    {
        using Exchange exchange = new();
        exchange.Send((Kind)kind, 7);
        byte[] payload = exchange.NextCompletion();
        Assert.Equal(length, payload.Length);
        Assert.Equal(0, exchange.Server.Counters.PacketsPended);
        if (length == 16)
        {
            Assert.Equal(new Message(Kind.Finished, 16, 7), MemoryMarshal.Read<Message>(payload));
        }
    }

    [Fact]
    public void An_answer_in_band_goes_out_before_the_completion()
    {
        using Exchange exchange = new();
        ConcurrentQueue<string> log = new();
        exchange.Pair.ClientCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            log.Enqueue($"reply {MemoryMarshal.Read<Message>(buffer).Id} to {packet.TransactionId}");
            packet.Complete();
        };
        VmbusPacket request = exchange.Pair.Client.AllocatePacket();
        request.CompletionRoutine = (packet, status, payload) => log.Enqueue($"completed {status} with {payload.Length}");
        Message message = new(Kind.InBand, 0, 0);
        request.Send(MemoryMarshal.AsBytes(new ReadOnlySpan<Message>(in message)), VmbusSendFlags.WaitForCompletion);
        exchange.NextWaiting().SetResult(99);
        exchange.Pair.Await(() => log.Count == 2, "both");
        Assert.StartsWith("reply 99 to ", log.First(), StringComparison.Ordinal);
        Assert.Equal("completed Success with 0", log.Last());
    }

    [Fact]
    public void Handlers_start_in_order_and_overlap_from_their_first_await_on()
    {
        using Exchange exchange = new();
        for (ulong i = 0; i < 5; i++)
        {
            exchange.Send(i % 2 == 0 ? Kind.Value : Kind.TaskOfValue, i);
        }

        exchange.Pair.Await(() => exchange.Handlers.Waiting.Count == 5, "all to start");
        Assert.Equal<ulong>([0, 1, 2, 3, 4], exchange.Handlers.Started);
        foreach (TaskCompletionSource<ulong> waiting in exchange.Handlers.Waiting.Reverse())
        {
            waiting.SetResult(1);
            exchange.NextCompletion();
        }
    }

    [Fact]
    public void The_quota_bounds_how_many_run()
    {
        using Exchange exchange = new(static options => options with { TransactionQuota = 3 });
        for (ulong i = 0; i < 8; i++)
        {
            exchange.Send(Kind.Nothing, i);
        }

        for (int ended = 0; ended < 8; ended++)
        {
            int running = Math.Min(3, 8 - ended);
            exchange.Pair.Await(() => exchange.Handlers.Waiting.Count == running, "as many as are allowed");
            Thread.Sleep(5);
            Assert.Equal(running, exchange.Handlers.Waiting.Count);
            exchange.NextWaiting().SetResult(0);
            exchange.NextCompletion();
        }
    }

    [Fact]
    public void Suspending_cancels_the_token_and_what_gives_up_then_is_completed_without_payload()
    {
        using Exchange exchange = new();
        for (int run = 0; run < 2; run++)
        {
            foreach (Kind kind in new[] { Kind.Value, Kind.Nothing, Kind.TaskOfValue, Kind.Task })
            {
                exchange.Send(kind, 1);
            }

            exchange.Pair.Await(() => exchange.Handlers.Waiting.Count == 4, "all to start");
            exchange.Server.Pause();
            Assert.Equal(["cancelled", "cancelled", "cancelled", "cancelled", "suspend"], exchange.Handlers.Log.Order());
            for (int i = 0; i < 4; i++)
            {
                Assert.Empty(exchange.NextCompletion());
            }

            Assert.Null(exchange.Server.Fault);
            Assert.Equal(0, exchange.Server.Counters.HandlerExceptions);
            exchange.Handlers.Waiting.Clear();
            exchange.Handlers.Log.Clear();
            exchange.Server.Start();
        }
    }

    [Fact]
    public void A_handler_that_waits_for_its_token_in_place_is_cancelled_too()
    {
        using Exchange exchange = new();
        exchange.Send(Kind.Blocks, 0);
        exchange.Pair.Await(() => !exchange.Handlers.Log.IsEmpty, "the handler");
        exchange.Server.Pause();
        Assert.Empty(exchange.NextCompletion());
        Assert.Null(exchange.Server.Fault);
    }

    [Fact]
    public void Pausing_waits_for_handlers_that_do_not_give_up()
    {
        using Exchange exchange = new(WaitReports.Soon);
        WaitReports reports = new(exchange.Server);
        exchange.Send(Kind.ReturnsForeignTask, 0);
        TaskCompletionSource<ulong> waiting = exchange.NextWaiting();
        Task paused = exchange.Server.PauseAsync();
        reports.AwaitOwed();
        Assert.False(paused.IsCompleted);
        waiting.SetResult(5);
        exchange.Pair.Await(() => paused.IsCompletedSuccessfully, "the pause");
        Assert.Equal(5UL, BitConverter.ToUInt64(exchange.NextCompletion()));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public void A_handler_that_throws_stops_the_channel(bool inPlace, bool isCancellation)
    {
        using Exchange exchange = new();
        exchange.Handlers.Exception = isCancellation ? new OperationCanceledException() : new FormatException();
        string? handler = null;
        exchange.Server.HandlerExceptionReported += (_, args) => Volatile.Write(ref handler, args.Handler);
        exchange.Send(inPlace ? Kind.ThrowsInPlace : Kind.Throws, 0);
        if (!inPlace)
        {
            exchange.NextWaiting().SetResult(0);
        }

        exchange.AwaitClosed();
        Assert.Same(exchange.Handlers.Exception, exchange.Server.Fault);
        exchange.Pair.Await(() => Volatile.Read(ref handler) is not null, "the report");
        Assert.Equal(inPlace ? "OnThrowsInPlace" : "OnThrows", handler);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_FailPacket_it_fails_its_packet_alone(bool inPlace)
    {
        using Exchange exchange = new(static options => options with { HandlerException = HandlerExceptionPolicy.FailPacket });
        exchange.Send(inPlace ? Kind.ThrowsInPlace : Kind.Throws, 0);
        if (!inPlace)
        {
            exchange.NextWaiting().SetResult(0);
        }

        Assert.Equal([0x01, 0x00, 0x00, 0xC0, 0, 0, 0, 0], exchange.NextCompletion());
        exchange.Send(Kind.Finished, 0);
        exchange.NextCompletion();
        Assert.Equal(1, exchange.Server.Counters.HandlerExceptions);
        Assert.Null(exchange.Server.Fault);
    }

    [Fact]
    public void A_handler_that_returns_no_task_is_told_so()
    {
        using Exchange exchange = new();
        exchange.Send(Kind.NoTask, 0);
        exchange.AwaitClosed();
        Assert.Contains("returned null", exchange.Server.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_buffer_lives_as_long_as_the_handler_runs()
    {
        using Exchange exchange = new();
        exchange.Send(Kind.Whole, 3);
        TaskCompletionSource<ulong> waiting = exchange.NextWaiting();
        for (ulong i = 0; i < 20; i++)
        {
            // Other packets do not touch it.
            exchange.Send(Kind.Finished, 100 + i);
            exchange.NextCompletion();
        }

        ReadOnlyMemory<byte> memory = exchange.Handlers.Memory;
        Assert.Equal(3UL, BitConverter.ToUInt64(memory.Span[8..]));
        waiting.SetResult(0);
        Assert.Equal(3UL, BitConverter.ToUInt64(exchange.NextCompletion()));
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
    }

    [Fact]
    public void A_buffer_that_a_finished_handler_has_kept_never_shows_a_later_packet()
    {
        using Exchange exchange = new();
        for (ulong id = 1; id <= 3; id++)
        {
            exchange.Send(Kind.Keeps, id);
            exchange.NextCompletion();
        }

        Assert.Equal([nameof(ObjectDisposedException), nameof(ObjectDisposedException)], exchange.Handlers.Log);
    }

    [Fact]
    public void On_a_channel_that_fails_meanwhile_the_packet_is_released()
    {
        using Exchange exchange = new();
        exchange.Send(Kind.ReturnsForeignTask, 0);
        TaskCompletionSource<ulong> waiting = exchange.NextWaiting();
        exchange.Send(Kind.ThrowsInPlace, 0);
        exchange.Pair.Await(() => exchange.Server.Fault is not null, "the fault");
        Assert.False(exchange.Server.WhenClosed.IsCompleted);
        waiting.SetResult(0);
        exchange.AwaitClosed();
        Assert.IsType<FormatException>(exchange.Server.Fault);
    }

    [Fact]
    public void What_a_registration_with_the_token_throws_is_reported()
    {
        using Exchange exchange = new();
        ConcurrentQueue<string> reported = new();
        exchange.Server.HandlerExceptionReported += (_, args) => reported.Enqueue($"{args.Handler}: {args.Exception.GetType().Name}");
        exchange.Send(Kind.Registers, 0);
        exchange.NextCompletion();
        exchange.Server.Pause();
        exchange.Pair.Await(() => !reported.IsEmpty, "the report");
        Assert.Equal(["a callback of a handler's CancellationToken: FormatException"], reported);
        Assert.Null(exchange.Server.Fault);
    }

    [Fact]
    public void In_a_unit_test_a_packet_is_pended_until_its_handler_ends()
    {
        AsyncHandlers handlers = new();
        Message message = new(Kind.Value, 0, 1);
        TestPacket packet = TestPacket.Create(MemoryMarshal.AsBytes(new ReadOnlySpan<Message>(in message)));
        packet.Deliver(handlers);
        Assert.Equal(TestPacketOutcome.Pended, packet.Outcome);
        Assert.True(handlers.Waiting.TryDequeue(out TaskCompletionSource<ulong>? waiting));
        waiting.SetResult(42);
        SpinWait.SpinUntil(() => packet.Outcome == TestPacketOutcome.Completed, ChannelPair.Patience);
        Assert.Equal(new Message(Kind.Value, 0, 42), MemoryMarshal.Read<Message>(packet.Payload.Span));

        // Above PASSIVE_LEVEL it is deferred first.
        TestPacket deferred = TestPacket.Create(MemoryMarshal.AsBytes(new ReadOnlySpan<Message>(in message)));
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            deferred.Deliver(handlers);
        }

        Assert.Equal(TestPacketOutcome.Deferred, deferred.Outcome);
    }

    [Fact]
    public void In_a_unit_test_a_handler_that_fails_later_fails_its_packet()
    {
        AsyncHandlers handlers = new();
        Message message = new(Kind.Throws, 0, 1);
        TestPacket packet = TestPacket.Create(MemoryMarshal.AsBytes(new ReadOnlySpan<Message>(in message)));
        packet.Deliver(handlers);
        Assert.True(handlers.Waiting.TryDequeue(out TaskCompletionSource<ulong>? waiting));
        waiting.SetResult(0);
        Assert.True(SpinWait.SpinUntil(() => packet.Outcome == TestPacketOutcome.Failed, ChannelPair.Patience));
    }

    /// <summary>A client that sends requests and notes completions.</summary>
    private sealed class Exchange : IDisposable
    {
        public Exchange(Func<VmbusChannelOptions, VmbusChannelOptions>? server = null)
        {
            Pair = new ChannelPair(server);
            Pair.Server.SetCallbacks(Handlers);
            Pair.Open();
        }

        public ChannelPair Pair { get; }

        public VmbusChannel Server => Pair.Server;

        public AsyncHandlers Handlers { get; } = new();

        public ConcurrentQueue<byte[]> Completions { get; } = new();

        public void Send(Kind kind, ulong id)
        {
            Message message = new(kind, 0, id);
            VmbusPacket packet = Pair.Client.AllocatePacket();
            packet.CompletionRoutine = (sent, status, payload) =>
            {
                if (status == NtStatus.Success)
                {
                    Completions.Enqueue(payload.ToArray());
                }

                sent.Dispose();
            };
            packet.Send(MemoryMarshal.AsBytes(new ReadOnlySpan<Message>(in message)), VmbusSendFlags.WaitForCompletion);
        }

        public void AwaitClosed()
        {
            Task closed = Server.WhenClosed;
            Pair.Await(() => closed.IsCompleted || Server.State == ChannelState.Stopped, "the channel to close");
        }

        public TaskCompletionSource<ulong> NextWaiting()
        {
            TaskCompletionSource<ulong>? waiting = null;
            Pair.Await(() => Handlers.Waiting.TryDequeue(out waiting), "a handler to wait");
            return waiting!;
        }

        public byte[] NextCompletion()
        {
            byte[]? payload = null;
            Pair.Await(() => Completions.TryDequeue(out payload), "a completion");
            return payload!;
        }

        public void Dispose() => Pair.Dispose();
    }
}
