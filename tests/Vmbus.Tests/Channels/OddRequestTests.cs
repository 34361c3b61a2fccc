using System.Buffers;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>Requests whose response finds no place, or that are given up while they are completed; sends at DISPATCH_LEVEL that find others waiting.</summary>
public sealed class OddRequestTests
{
    [Fact]
    public async Task A_response_whose_memory_has_gone_ends_the_request_with_what_the_memory_threw_and_harms_nothing_else()
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pending = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Add(packet.Pend());
        pair.Open();
        for (int i = 0; i < 3; i++)
        {
            GoingMemory memory = new();
            Task<RequestResult> request = pair.Client.SendRequestAsync(new byte[1], memory.Memory).AsTask();
            PendingPacket owed = pending.TakeInTime();
            memory.Go();
            owed.Complete([1]);
            await Assert.ThrowsAsync<ObjectDisposedException>(() => request.WaitAsync(ChannelPair.Patience));
        }

        // The operation and its packet serve the next.
        byte[] response = new byte[8];
        Task<RequestResult> next = pair.Client.SendRequestAsync(new byte[1], response).AsTask();
        pending.TakeInTime().Complete([4]);
        Assert.Equal(new RequestResult(NtStatus.Success, 8), await next.WaitAsync(ChannelPair.Patience));
        Assert.Equal(4, response[0]);
        Assert.Null(pair.Client.Fault);
        Assert.Equal(0, pair.Client.Counters.HandlerExceptions);
    }

    [Fact]
    public async Task A_request_that_is_given_up_while_it_is_completed_ends_once_and_the_next_is_not_confused()
    {
        const int Rounds = 300;
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pending = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Add(packet.Pend());
        pair.Open();
        long cancelled = 0;
        for (int i = 0; i < Rounds; i++)
        {
            using CancellationTokenSource source = new();
            using Barrier start = new(2);
            byte[] response = new byte[8];
            Task<RequestResult> request = pair.Client.SendRequestAsync(new byte[1], response, cancellationToken: source.Token).AsTask();
            PendingPacket owed = pending.TakeInTime();
            Task completing = Task.Run(() =>
            {
                start.SignalAndWait(ChannelPair.Patience);
                owed.Complete([(byte)(i | 1)]);
            });
            start.SignalAndWait(ChannelPair.Patience);
            await source.CancelAsync();
            await completing.WaitAsync(ChannelPair.Patience);
            RequestResult result = await request.WaitAsync(ChannelPair.Patience);
            if (result.Status == NtStatus.Cancelled)
            {
                cancelled++;
                Assert.Equal(0, result.Written);
            }
            else
            {
                Assert.Equal(new RequestResult(NtStatus.Success, 8), result);
                Assert.Equal((byte)(i | 1), response[0]);
            }
        }

        // Each completion of a request that was given up is known, and none is another's.
        pair.Await(() => pair.Client.Counters.LateCompletions == cancelled, "the late completions");
        Assert.Equal(0, pair.Client.Counters.UnexpectedCompletions);
        Assert.Null(pair.Client.Fault);
    }

    [Fact]
    public async Task A_synchronous_request_that_times_out_while_it_is_completed_ends_once_with_either()
    {
        HeldTimers clock = new();
        using ChannelPair pair = new(client: options => options with { TimeProvider = clock });
        BlockingCollection<PendingPacket> pending = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Add(packet.Pend());
        pair.Open();
        long cancelled = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] response = new byte[8];
            int written = -1;
            using ManualResetEventSlim armed = clock.WhenArmed();
            Task<NtStatus> request = Task.Run(() => pair.Client.SendSynchronousRequest([1], response, out written, TimeSpan.FromMinutes(1)));
            PendingPacket owed = pending.TakeInTime();
            Assert.True(armed.Wait(ChannelPair.Patience));
            Task completing = Task.Run(() => owed.Complete([7]));
            clock.FireAll();
            await completing.WaitAsync(ChannelPair.Patience);
            NtStatus status = await request.WaitAsync(ChannelPair.Patience);
            cancelled += status == NtStatus.Cancelled ? 1 : 0;
            Assert.Equal(status == NtStatus.Cancelled ? (NtStatus.Cancelled, 0, 0) : (NtStatus.Success, 8, 7), (status, written, response[0]));
        }

        pair.Await(() => pair.Client.Counters.LateCompletions == cancelled, "the late completions");
        Assert.Equal(0, pair.Client.Counters.UnexpectedCompletions);
    }

    [Fact]
    public void TrySend_at_DISPATCH_LEVEL_overtakes_nothing_that_waits_and_is_not_queued()
    {
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096 });
        ConcurrentQueue<byte> order = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            order.Enqueue(buffer[0]);
            packet.Complete();
        };
        pair.Open();
        pair.Server.Pause();
        for (byte i = 1; i <= 4; i++)
        {
            byte[] large = new byte[1000];
            large[0] = i;
            Assert.Equal(NtStatus.Success, pair.Client.Send(large));
        }

        long queued = pair.Client.Counters.PacketsQueued;
        Assert.Equal(1, queued);
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            // The small one would fit, and would come before the fourth.
            Assert.Equal(NtStatus.BufferOverflow, pair.Client.TrySend([9]));
            Assert.Equal(NtStatus.BufferOverflow, pair.Client.SendSynchronousRequest([9], [], out int written, TimeSpan.Zero));
            Assert.Equal(0, written);
        }

        Assert.Equal(queued, pair.Client.Counters.PacketsQueued);
        pair.Server.Start();
        pair.Await(() => order.Count == 4, "what waited");
        NtStatus status = NtStatus.BufferOverflow;
        pair.Await(() => (status = AtDispatch()) != NtStatus.BufferOverflow, "room");
        Assert.Equal(NtStatus.Success, status);
        pair.Await(() => order.Count == 5, "what was tried again");
        Assert.Equal<byte>([1, 2, 3, 4, 9], order);

        NtStatus AtDispatch()
        {
            using (KernelIrql.Raise(Irql.Dispatch))
            {
                return pair.Client.TrySend([9]);
            }
        }
    }

    /// <summary>Memory whose owner has let it go before the response came.</summary>
    private sealed class GoingMemory : MemoryManager<byte>
    {
        private byte[]? _bytes = new byte[8];

        public void Go() => Volatile.Write(ref _bytes, null);

        public override Span<byte> GetSpan() => Volatile.Read(ref _bytes) ?? throw new ObjectDisposedException(nameof(GoingMemory));

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
