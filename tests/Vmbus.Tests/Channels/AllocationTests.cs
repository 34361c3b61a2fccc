using System.Diagnostics;

namespace Vmbus.Tests.Channels;

[Collection(nameof(AloneOnTheMachine))]
public sealed class AllocationTests
{
    private const int Packets = 1_000_000;

    /// <summary>How long a round without is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Generated_dispatch_allocates_nothing_over_a_million_packets()
    {
        PacketReplay replay = new([.. Enumerable.Range(0, 8).Select(i => new ReadOnlyMemory<byte>([(byte)i, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]))]);
        Handlers handlers = new();
        replay.Run(handlers, 10_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        replay.Run(handlers, Packets);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_000 + Packets, replay.Completed);
        Assert.Equal((10_000 + Packets) / 8, handlers.Counted);
    }

    /// <summary>The compiler makes a class of an async method's state where it does not optimise, so that only there these handlers do without <c>async</c>.</summary>
    [Fact]
    public void Asynchronous_handlers_that_finish_at_once_allocate_nothing() => Assert.Equal(0, AllocatedPerFinishedHandler(0, 2, 4));

    /// <summary>It throws when the handler has ended, so that another packet's cannot be the same.</summary>
    [Fact]
    public void The_memory_that_an_asynchronous_handler_takes_is_one_object() => Assert.InRange(AllocatedPerFinishedHandler(1, 3), 24, 40);

    [Fact]
    public void A_channel_allocates_nothing_per_packet_on_any_of_its_threads()
    {
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 1 << 20, IncomingRingSize = 1 << 20 });
        Meter server = new();
        Meter client = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            server.Count();
            packet.Complete(buffer);
        };
        pair.Open();
        int outstanding = 0;
        PacketCompletionHandler routine = (packet, _, _) =>
        {
            client.Count();
            packet.Dispose();
            Interlocked.Decrement(ref outstanding);
        };
        byte[] payload = new byte[64];
        long before = 0;
        for (int i = 0; i < Meter.Warm + Packets / 4; i++)
        {
            if (i == Meter.Warm)
            {
                pair.Await(() => Volatile.Read(ref outstanding) == 0, "the warm-up");
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            while (Volatile.Read(ref outstanding) >= 1000)
            {
                Thread.Yield();
            }

            Interlocked.Increment(ref outstanding);
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.CompletionRoutine = routine;
            packet.Send(payload, VmbusSendFlags.WaitForCompletion);
        }

        long sender = GC.GetAllocatedBytesForCurrentThread() - before;
        pair.Await(() => Volatile.Read(ref outstanding) == 0, "all completions");

        // Lists that grow to their working size when the threads fall into step anew are not counted against packets: less than a byte each.
        Assert.InRange(sender, 0, Packets / 16);
        Assert.InRange(server.Allocated, 0, Packets / 16);
        Assert.InRange(client.Allocated, 0, Packets / 16);
    }

    [Fact]
    public void Sending_packets_that_nobody_answers_allocates_nothing()
    {
        using ChannelPair pair = new();
        int received = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            packet.Complete();
            Interlocked.Increment(ref received);
        };
        pair.Open();
        byte[] payload = new byte[64];
        int sent = 0;
        AssertAllocatesNothing(() =>
        {
            RequireSuccess(pair.Client.SendAsync(payload).GetAwaiter().GetResult());
            RequireSuccess(pair.Client.Send(payload));
            sent += 2;
            while (Volatile.Read(ref received) != sent)
            {
                Thread.Yield();
            }
        });
    }

    [Fact]
    public void SendAsync_that_waits_for_room_allocates_nothing()
    {
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096 });
        using SemaphoreSlim gate = new(0);
        int received = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            SpinWait wait = default;
            while (!gate.Wait(0))
            {
                wait.SpinOnce();
            }

            packet.Complete();
            Interlocked.Increment(ref received);
        };
        pair.Open();
        const int Burst = 8;
        byte[] payload = new byte[1000];
        ValueTask<NtStatus>[] sends = new ValueTask<NtStatus>[Burst];
        int sent = 0;
        int waited = 0;
        AssertAllocatesNothing(
            () =>
            {
                for (int i = 0; i < Burst; i++)
                {
                    sends[i] = pair.Client.SendAsync(payload);
                    waited += sends[i].IsCompleted ? 0 : 1;
                }

                gate.Release(Burst);
                sent += Burst;
                foreach (ValueTask<NtStatus> send in sends)
                {
                    while (!send.IsCompleted)
                    {
                        Thread.Yield();
                    }

                    RequireSuccess(send.GetAwaiter().GetResult());
                }

                while (Volatile.Read(ref received) != sent)
                {
                    Thread.Yield();
                }
            },
            count: 4_000);
        Assert.True(waited > 4_000, $"only {waited} sends waited for room");
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    public void Requests_and_completions_that_wait_for_room_allocate_nothing(int length)
    {
        // 64 at a time, of which the rings hold some: the others wait on both sides.
        const int Burst = 64;
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 16 * 1024, IncomingRingSize = 16 * 1024 });
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) => packet.Complete(buffer);
        pair.Open();
        byte[] payload = new byte[length];
        int answered = 0;
        int sent = 0;
        PacketCompletionHandler routine = (packet, _, _) =>
        {
            packet.Dispose();
            Interlocked.Increment(ref answered);
        };
        AssertAllocatesNothing(
            () =>
            {
                for (int i = 0; i < Burst; i++)
                {
                    VmbusPacket packet = pair.Client.AllocatePacket();
                    packet.CompletionRoutine = routine;
                    RequireSuccess(packet.Send(payload, VmbusSendFlags.WaitForCompletion));
                    sent++;
                }

                while (Volatile.Read(ref answered) != sent)
                {
                    Thread.Yield();
                }
            },
            count: 1_000,
            packets: Burst);
        Assert.True(pair.Client.Counters.PacketsQueued > 10_000, $"only {pair.Client.Counters.PacketsQueued} packets waited for room");
    }

    [Fact]
    public void A_synchronous_request_allocates_nothing()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) => packet.Complete(buffer);
        pair.Open();
        byte[] request = new byte[64];
        byte[] response = new byte[64];
        AssertAllocatesNothing(() => RequireSuccess(pair.Client.SendSynchronousRequest(request, response, out _, Timeout.InfiniteTimeSpan)));
    }

    [Fact]
    public void External_data_allocates_nothing()
    {
        using ChannelPair pair = new();
        byte[] copy = new byte[4096];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            RequireSuccess(packet.GetExternalData(ExternalDataFlags.None, out ExternalData data));
            data.CopyTo(copy);
            packet.Complete();
        };
        pair.Open();
        byte[] memory = new byte[4096];
        byte[] payload = new byte[16];
        int answered = 0;
        int sent = 0;
        PacketCompletionHandler routine = (packet, _, _) =>
        {
            packet.Dispose();
            Interlocked.Increment(ref answered);
        };
        AssertAllocatesNothing(() =>
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.CompletionRoutine = routine;
            packet.SetExternalData(memory);
            RequireSuccess(packet.Send(payload, VmbusSendFlags.WaitForCompletion));
            sent++;
            while (Volatile.Read(ref answered) != sent)
            {
                Thread.Yield();
            }
        });
    }

    private static double AllocatedPerFinishedHandler(params byte[] types)
    {
        const int Count = Packets / 4;
        PacketReplay replay = new([.. types.Select(type => new ReadOnlyMemory<byte>([type, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0]))]);
        FinishedHandlers handlers = new();
        replay.Run(handlers, 10_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        replay.Run(handlers, Count);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(10_000 + Count, replay.Completed);
        return (double)allocated / Count;
    }

    /// <summary>Assert.Equal allocates.</summary>
    private static void RequireSuccess(NtStatus status)
    {
        if (status != NtStatus.Success)
        {
            Assert.Fail($"{status}");
        }
    }

    /// <summary>
    /// Counts what all threads of the process allocate. The runtime's own threads allocate now and then, so less than a byte an operation is none; and now and then
    /// much at once, as when code is compiled anew or threads of earlier tests end. What an operation allocates it allocates in every round: one round without is the proof.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="count">How often it is done in a round.</param>
    /// <param name="packets">How many packets it sends, each of which is an operation.</param>
    private static void AssertAllocatesNothing(Action operation, int count = 20_000, int packets = 1)
    {
        for (int i = 0; i < 2_000; i++)
        {
            operation();
        }

        long least = long.MaxValue;
        long started = Stopwatch.GetTimestamp();
        while (least >= count * packets && Stopwatch.GetElapsedTime(started) < Patience)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < count; i++)
            {
                operation();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, (count * packets) - 1);
    }

    /// <summary>Notes what a dispatch thread has allocated since it was warm.</summary>
    private sealed class Meter
    {
        public const int Warm = 20_000;

        private long _count;
        private long _start;
        private long _last;

        public long Allocated => Volatile.Read(ref _last) - _start;

        public void Count()
        {
            if (++_count == Warm)
            {
                _start = GC.GetAllocatedBytesForCurrentThread();
            }

            Volatile.Write(ref _last, GC.GetAllocatedBytesForCurrentThread());
        }
    }
}

/// <summary>One handler of each synchronous shape.</summary>
internal sealed partial class Handlers
{
    public long Counted { get; private set; }

    [ProcessPacket(0)]
    private void OnSpan(PacketCompletion packet, ReadOnlySpan<byte> buffer) => packet.Complete(buffer);

    [ProcessPacket(1)]
    private void OnPayload(PacketCompletion packet, in Message message)
    {
        Counted++;
        packet.Complete(in message);
    }

    [ProcessPacket(2)]
    private static Message OnValue(Message message) => message;

    [ProcessPacket(3)]
    private static NtStatus OnStatus(in Message message, [Remainder] ReadOnlySpan<byte> rest) => rest.IsEmpty ? NtStatus.Unsuccessful : NtStatus.Success;

    [ProcessPacket(4, Reply = PacketReply.InBand)]
    private static ulong OnInBand(ref readonly Message message) => message.Id;

    [ProcessPacket(5)]
    private static void OnFlags(VmbusChannel channel, PacketCompletion packet, ProcessPacketFlags flags) => packet.Complete(in flags);

    [ProcessPacket]
    private static void OnOther(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Complete();

    internal readonly record struct Message(uint Type, uint Flags, ulong Id);
}

/// <summary>Asynchronous handlers of each shape that have finished when they return.</summary>
internal sealed partial class FinishedHandlers
{
    private static readonly Task<ulong> Answer = Task.FromResult(42UL);

    [ProcessPacket(0, Irql = Irql.Passive)]
    private static ValueTask<Handlers.Message> OnValue(Handlers.Message message, CancellationToken token) => new(message with { Flags = token.CanBeCanceled ? 1u : 0 });

    [ProcessPacket(1, Irql = Irql.Passive)]
    private static ValueTask<int> OnBuffer(ReadOnlyMemory<byte> buffer) => new(buffer.Length);

    [ProcessPacket(2, Irql = Irql.Passive, Reply = PacketReply.InBand)]
    private static Task<ulong> OnTask() => Answer;

#if DEBUG
    [ProcessPacket(3, Irql = Irql.Passive)]
    private static ValueTask<ulong> OnAsync(ReadOnlyMemory<byte> buffer, CancellationToken token) => new(BitConverter.ToUInt64(buffer.Span));

    [ProcessPacket(4, Irql = Irql.Passive)]
    private static Task OnAsyncTask(ProcessPacketFlags flags) => Task.CompletedTask;
#else
    [ProcessPacket(3, Irql = Irql.Passive)]
    private static async ValueTask<ulong> OnAsync(ReadOnlyMemory<byte> buffer, CancellationToken token)
    {
        await new ValueTask(Task.CompletedTask);
        return BitConverter.ToUInt64(buffer.Span);
    }

    [ProcessPacket(4, Irql = Irql.Passive)]
    private static async Task OnAsyncTask(ProcessPacketFlags flags) => await Task.CompletedTask;
#endif
}
