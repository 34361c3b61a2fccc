using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>Callbacks that throw with their packet in every state that it can be in, and others that throw beside the handlers.</summary>
public sealed class HandlerExceptionTests
{
    [Theory]
    [InlineData(HandlerExceptionPolicy.FailChannel)]
    [InlineData(HandlerExceptionPolicy.FailPacket)]
    public async Task What_a_handler_has_completed_before_it_throws_stays_completed(HandlerExceptionPolicy policy)
    {
        using ChannelPair pair = new(options => options with { HandlerException = policy });
        ConcurrentQueue<string> reported = Reports(pair.Server);
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            packet.Complete(buffer);
            throw new FormatException("behind the completion");
        };
        pair.Open();
        Task<Exception> stopped = pair.Server.WhenStopped;
        byte[] response = new byte[8];
        NtStatus status = pair.Client.SendSynchronousRequest([7], response, out _, ChannelPair.Patience);
        if (policy == HandlerExceptionPolicy.FailPacket)
        {
            Assert.Equal((NtStatus.Success, 7), (status, response[0]));
            Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([8], response, out _, ChannelPair.Patience));
            Assert.Equal(8, response[0]);
            pair.Await(() => pair.Server.Counters.HandlerExceptions == 2, "both exceptions");
            Assert.Null(pair.Server.Fault);
        }
        else
        {
            Assert.IsType<FormatException>(await stopped.WaitAsync(ChannelPair.Patience));
        }

        Assert.Equal(0, pair.Server.Counters.PacketsFailed);
        pair.Await(() => !reported.IsEmpty, "the report");
        Assert.Equal("OnPacket: behind the completion", reported.First());
    }

    [Theory]
    [InlineData(HandlerExceptionPolicy.FailChannel)]
    [InlineData(HandlerExceptionPolicy.FailPacket)]
    public async Task What_a_handler_has_pended_before_it_throws_is_owed_by_whoever_holds_it(HandlerExceptionPolicy policy)
    {
        using ChannelPair pair = new(options => WaitReports.Soon(options) with { HandlerException = policy });
        WaitReports waits = new(pair.Server);
        ConcurrentQueue<string> reported = Reports(pair.Server);
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            pended.Add(packet.Pend());
            throw new FormatException("behind the pending");
        };
        pair.Open();
        Task closed = pair.Server.WhenClosed;
        Task<RequestResult> request = pair.Client.SendRequestAsync(new byte[1], new byte[8]).AsTask();
        PendingPacket owed = pended.TakeInTime();
        pair.Await(() => !reported.IsEmpty, "the report");
        Assert.Equal("OnPacket: behind the pending", Assert.Single(reported));
        Assert.Single(pair.Server.GetOwedPackets());
        if (policy == HandlerExceptionPolicy.FailChannel)
        {
            Assert.Equal(ChannelState.Stopped, pair.Server.State);
            waits.AwaitOwed();
            Assert.False(closed.IsCompleted);
        }

        owed.Complete([5]);
        if (policy == HandlerExceptionPolicy.FailPacket)
        {
            Assert.Equal(new RequestResult(NtStatus.Success, 8), await request.WaitAsync(ChannelPair.Patience));
            Assert.Null(pair.Server.Fault);
        }
        else
        {
            await closed.WaitAsync(ChannelPair.Patience);
            Assert.Equal(NtStatus.DeviceRemoved, (await request.WaitAsync(ChannelPair.Patience)).Status);
            Assert.IsType<FormatException>(pair.Server.Fault);
        }

        Assert.Equal(0, pair.Server.Counters.PacketsFailed);
    }

    [Fact]
    public void What_a_handler_has_deferred_before_it_throws_comes_again_where_the_queue_goes_on()
    {
        using ChannelPair pair = new(options => options with { HandlerException = HandlerExceptionPolicy.FailPacket });
        ConcurrentQueue<Irql> levels = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            levels.Enqueue(KernelIrql.Current);
            if (KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
                throw new FormatException();
            }

            packet.Complete(buffer);
        };
        pair.Open();
        byte[] response = new byte[8];
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([9], response, out _, ChannelPair.Patience));
        Assert.Equal(9, response[0]);
        Assert.Equal([Irql.Dispatch, Irql.Passive], levels);
        Assert.Equal(1, pair.Server.Counters.HandlerExceptions);
    }

    [Fact]
    public void A_handler_that_throws_instead_of_waiting_for_its_external_data_ends_its_packet_once()
    {
        using ChannelPair pair = new(
            options => options with { HandlerException = HandlerExceptionPolicy.FailPacket },
            busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst });
        ConcurrentQueue<NtStatus> answers = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, flags) =>
        {
            if (flags == ProcessPacketFlags.None)
            {
                packet.Complete();
                return;
            }

            answers.Enqueue(packet.GetExternalData(ExternalDataFlags.None, out _));
            throw new FormatException();
        };
        pair.Open();
        Assert.Equal((uint)NtStatus.Unsuccessful, BinaryPrimitives.ReadUInt32LittleEndian(RequestWithData(pair)));

        // The queue goes on with what comes next, and the pages that were asked for concern nobody any more.
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));
        Assert.Equal([NtStatus.Pending], answers);
        Assert.Equal((2L, 0L), (pair.Server.Counters.PacketsCompleted, pair.Client.Counters.UnexpectedCompletions));
    }

    [Theory]
    [InlineData(HandlerExceptionPolicy.FailChannel)]
    [InlineData(HandlerExceptionPolicy.FailPacket)]
    public async Task A_ProcessingComplete_that_throws_is_named_and_ends_no_packet(HandlerExceptionPolicy policy)
    {
        using ChannelPair pair = new(options => options with { HandlerException = policy });
        ConcurrentQueue<string> reported = Reports(pair.Server);
        pair.ServerCallbacks.OnProcessingComplete = (_, _) => throw new FormatException("by intent");
        pair.Open();
        Task<Exception> stopped = pair.Server.WhenStopped;
        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        pair.Await(() => !reported.IsEmpty, "the report");
        Assert.Equal("ProcessingComplete: by intent", reported.First());
        if (policy == HandlerExceptionPolicy.FailChannel)
        {
            Assert.IsType<FormatException>(await stopped.WaitAsync(ChannelPair.Patience));
        }
        else
        {
            Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));
            Assert.Null(pair.Server.Fault);
        }

        Assert.Equal(0, pair.Server.Counters.PacketsFailed);
    }

    [Fact]
    public void A_ProcessingComplete_that_throws_leaves_alone_the_packet_that_waits_for_its_external_data()
    {
        using ChannelPair pair = new(
            options => options with { HandlerException = HandlerExceptionPolicy.FailPacket },
            busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst, PageInTime = TimeSpan.FromMilliseconds(20) });
        int calls = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, flags) =>
        {
            if (flags == ProcessPacketFlags.None)
            {
                packet.Complete();
                return;
            }

            Interlocked.Increment(ref calls);
            if (packet.GetExternalData(ExternalDataFlags.None, out ExternalData data) == NtStatus.Success)
            {
                data.CopyFrom([9]);
                packet.Complete([3]);
            }
        };
        pair.ServerCallbacks.OnProcessingComplete = (_, _) => throw new FormatException();
        pair.Open();
        Assert.Equal(3, RequestWithData(pair)[0]);
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));
        Assert.Equal((2, 2L, 0L), (Volatile.Read(ref calls), pair.Server.Counters.PacketsCompleted, pair.Client.Counters.UnexpectedCompletions));
    }

    [Theory]
    [InlineData("Opened")]
    [InlineData("Started")]
    [InlineData("PostStarted")]
    [InlineData("Suspend")]
    [InlineData("Closed")]
    [InlineData("OnPacket")]
    [InlineData("ProcessingComplete")]
    public async Task Whoever_hears_of_an_exception_finds_the_channel_stopped_with_it(string callback)
    {
        using ChannelPair pair = new();
        FormatException exception = new("by intent");
        TaskCompletionSource<(string Handler, Exception? Fault, ChannelState State)> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Server.HandlerExceptionReported += (_, args) => heard.TrySetResult((args.Handler, pair.Server.Fault, pair.Server.State));
        ScriptedCallbacks callbacks = pair.ServerCallbacks;
        callbacks.OnOpened = _ => ThrowIn("Opened");
        callbacks.OnStarted = _ => ThrowIn("Started");
        callbacks.OnPostStarted = _ => ThrowIn("PostStarted");
        callbacks.OnSuspend = _ => ThrowIn("Suspend");
        callbacks.OnClosed = _ => ThrowIn("Closed");
        callbacks.OnProcessingComplete = (_, _) => ThrowIn("ProcessingComplete");
        callbacks.OnPacket = (_, packet, _, _) =>
        {
            ThrowIn("OnPacket");
            packet.Complete();
        };
        pair.Server.Enable();
        pair.Server.Start();
        pair.Client.Enable();
        if (callback is not ("Opened" or "Started" or "PostStarted"))
        {
            pair.Await(() => pair.Server.State == ChannelState.Active && pair.Client.State == ChannelState.Active, "the opening");
            Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        }

        if (callback is "Suspend" or "Closed")
        {
            pair.Client.Disable();
        }

        Assert.Equal((callback, exception, ChannelState.Stopped), await heard.Task.WaitAsync(ChannelPair.Patience));

        NtStatus ThrowIn(string name) => name == callback ? throw exception : NtStatus.Success;
    }

    [Fact]
    public async Task A_completion_routine_that_throws_stops_its_channel_with_the_reason_and_is_reported()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<string> reported = Reports(pair.Client);
        pair.Open();
        Task closed = pair.Client.WhenClosed;
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => throw new FormatException("by intent");
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        await closed.WaitAsync(ChannelPair.Patience);
        Assert.Equal("by intent", Assert.IsType<FormatException>(pair.Client.Fault).Message);
        Assert.Equal(["the packet completion routine: by intent"], reported);

        // The packet was done, whatever its routine did: it is the caller's.
        packet.Dispose();
    }

    [Fact]
    public void Callbacks_that_cannot_name_their_handlers_do_no_harm()
    {
        using ChannelPair pair = new(options => options with { CountHandlers = true, OwedPacketReportTime = TimeSpan.FromMilliseconds(20), HandlerException = HandlerExceptionPolicy.FailPacket });
        Nameless callbacks = new();
        pair.Server.SetCallbacks(callbacks);
        ConcurrentQueue<string> reported = Reports(pair.Server);
        ConcurrentQueue<string> waits = new();
        pair.Server.OwedPacketsReported += (_, args) => waits.Enqueue(args.ToString());
        pair.Open();
        foreach (byte fate in new byte[] { Nameless.Complete, Nameless.Pend, Nameless.Lose, Nameless.Throw, Nameless.Stay })
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([fate]));
        }

        Assert.True(callbacks.Inside.Wait(ChannelPair.Patience));
        Task paused = pair.Server.PauseAsync();
        pair.Await(() => waits.Any(wait => wait.Contains("has not returned", StringComparison.Ordinal)), "the report of the callback that stays");
        callbacks.GoOn.Set();
        pair.Await(() => waits.Any(wait => wait.Contains("transaction 0 owed", StringComparison.Ordinal)), "the report of what is owed");
        Assert.Equal(["Nameless: by intent"], reported);
        Assert.Equal(2, pair.Server.GetOwedPackets().Count);
        Assert.All(pair.Server.GetOwedPackets(), packet => Assert.Null(packet.Handler));
        Assert.Equal([("(not told)", 5L)], pair.Server.GetHandlerCounts().Select(count => (count.Key, count.Value)));
        callbacks.Pended.Complete();
        Assert.Equal(1, pair.Server.AbandonLostPackets());
        pair.Await(() => paused.IsCompletedSuccessfully, "the pause");
        Assert.Null(pair.Server.Fault);
    }

    [Fact]
    public async Task A_listener_to_reports_that_throws_harms_neither_process_nor_later_reports()
    {
        using ChannelPair pair = new(options => options with { OwedPacketReportTime = TimeSpan.FromMilliseconds(20) });
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        int reports = 0;
        pair.Server.OwedPacketsReported += (_, _) =>
        {
            Interlocked.Increment(ref reports);
            throw new FormatException("by intent");
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        PendingPacket owed = pended.TakeInTime();
        Task paused = pair.Server.PauseAsync();
        pair.Await(() => Volatile.Read(ref reports) >= 2, "the second report");
        owed.Complete();
        await paused.WaitAsync(ChannelPair.Patience);
        Assert.Null(pair.Server.Fault);
    }

    private static ConcurrentQueue<string> Reports(VmbusChannel channel)
    {
        ConcurrentQueue<string> reported = new();
        channel.HandlerExceptionReported += (_, args) => reported.Enqueue($"{args.Handler}: {args.Exception.Message}");
        return reported;
    }

    /// <returns>The payload of the completion.</returns>
    private static byte[] RequestWithData(ChannelPair pair)
    {
        BlockingCollection<byte[]> answers = [];
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(new byte[10]);
        packet.CompletionRoutine = (done, _, payload) =>
        {
            answers.Add(payload.ToArray());
            done.Dispose();
        };
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        return answers.TakeInTime();
    }

    /// <summary>Callbacks written by hand that fail to say which handler takes a packet.</summary>
    private sealed class Nameless : IChannelCallbacks
    {
        public const byte Complete = 0;
        public const byte Pend = 1;
        public const byte Lose = 2;
        public const byte Throw = 3;
        public const byte Stay = 4;

        public ManualResetEventSlim Inside { get; } = new();

        public ManualResetEventSlim GoOn { get; } = new();

        public PendingPacket Pended { get; private set; }

        public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
        {
            switch (buffer[0])
            {
                case Pend:
                    Pended = packet.Pend();
                    break;
                case Lose:
                    break;
                case Throw:
                    throw new FormatException("by intent");
                case Stay:
                    Inside.Set();
                    GoOn.Wait(ChannelPair.Patience);
                    packet.Complete();
                    break;
                default:
                    packet.Complete();
                    break;
            }
        }

        public string? DescribeHandler(ReadOnlySpan<byte> buffer) => throw new NotSupportedException("It has no names.");
    }
}
