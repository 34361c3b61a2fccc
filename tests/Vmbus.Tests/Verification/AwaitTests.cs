using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Verification;

[Collection(nameof(AloneOnTheMachine))]
public sealed class AwaitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_await_begun_in_a_callback_resumes_on_the_thread_pool_at_PASSIVE_LEVEL(bool isVerified)
    {
        using VerifiedPair pair = new(options => options with { Enabled = isVerified });
        TaskCompletionSource<(bool Pool, Irql Level, SynchronizationContext? Context)> resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Handle((_, packet, _, _) =>
        {
            Assert.False(Thread.CurrentThread.IsThreadPoolThread);
            Resume(packet.Pend());
        });

        async void Resume(PendingPacket packet)
        {
            await Task.Yield();
            packet.Complete();
            resumed.SetResult((Thread.CurrentThread.IsThreadPoolThread, KernelIrql.Current, SynchronizationContext.Current));
        }

        Assert.Equal((true, Irql.Passive, null), await resumed.Task.WaitAsync(ChannelPair.Patience));
        pair.AssertNothingElse();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task What_awaits_something_that_a_callback_completes_never_resumes_on_the_dispatch_thread(bool isVerified, bool awaitsWithoutContext)
    {
        using VerifiedPair pair = new(options => options with { Enabled = isVerified });

        // Continuations may run in place: without a context on the dispatch thread they would run inside the callback.
        TaskCompletionSource completedByCallback = new();
        TaskCompletionSource<bool> resumedInside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int begun = 0;
        Thread? dispatch = null;
        pair.Pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            packet.Complete();
            if (buffer[0] == 0)
            {
                dispatch = Thread.CurrentThread;
                Begin();
                Interlocked.Increment(ref begun);
            }
            else
            {
                completedByCallback.SetResult();
            }
        };
        async void Begin()
        {
            await completedByCallback.Task.ConfigureAwait(!awaitsWithoutContext);
            resumedInside.SetResult(ReferenceEquals(Thread.CurrentThread, dispatch) || KernelIrql.Current != Irql.Passive);
        }

        pair.Pair.Open();
        pair.Pair.Client.Send([0, 0, 0, 0, 0, 0, 0, 0]);
        pair.Pair.Await(() => Volatile.Read(ref begun) == 1, "the await to begin");
        pair.Pair.Client.Send([1, 0, 0, 0, 0, 0, 0, 0]);
        Assert.False(await resumedInside.Task.WaitAsync(ChannelPair.Patience));
    }

    [Fact]
    public async Task An_await_begun_in_a_raised_region_finds_back_to_the_context_of_its_thread()
    {
        using VerifiedPair watched = new();
        watched.Pair.Open();
        CountingContext context = new();
        TaskCompletionSource resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            using IrqlScope scope = KernelIrql.Raise(Irql.Dispatch);
            Resume();
        });
        async void Resume()
        {
            await Task.Yield();
            resumed.SetResult();
        }

        thread.Start();
        thread.Join();
        await resumed.Task.WaitAsync(ChannelPair.Patience);
        Assert.Equal(1, context.Posted);
        watched.Pair.Await(() => context.Open == 0, "the async void method to end");
    }

    [Fact]
    public void A_context_that_a_callback_leaves_behind_is_gone_in_the_next()
    {
        using VerifiedPair pair = new(options => options with { Enabled = false });
        List<SynchronizationContext?> contexts = [];
        int batches = 0;
        pair.Pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            contexts.Add(SynchronizationContext.Current);
            SynchronizationContext.SetSynchronizationContext(new CountingContext());
            packet.Complete();
        };

        // What comes from here on is of the next batch, be it in the same wake-up.
        pair.Pair.ServerCallbacks.OnProcessingComplete = (_, _) => Volatile.Write(ref batches, batches + 1);
        pair.Pair.Open();
        for (int i = 1; i <= 1_000; i++)
        {
            pair.Pair.Client.Send([0, 0, 0, 0, 0, 0, 0, 0]);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref batches) == i, ChannelPair.Patience));
        }

        Assert.Equal(1_000, contexts.Count);
        Assert.All(contexts, Assert.Null);
    }

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posted;
        private int _open;

        public int Posted => Volatile.Read(ref _posted);

        public int Open => Volatile.Read(ref _open);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posted);
            base.Post(d, state);
        }

        public override void OperationStarted() => Interlocked.Increment(ref _open);

        public override void OperationCompleted() => Interlocked.Decrement(ref _open);
    }
}
