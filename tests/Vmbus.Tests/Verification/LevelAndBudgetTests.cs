using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Verification;

[Collection(nameof(AloneOnTheMachine))]
public sealed class LevelAndBudgetTests
{
    [Theory]
    [InlineData(false, "PASSIVE_LEVEL; it was called at DISPATCH_LEVEL")]
    [InlineData(true, "1 more raises open")]
    public void A_level_that_a_handler_leaves_changed_at_DISPATCH_LEVEL_is_VMB204_and_put_back(bool raises, string message)
    {
        using VerifiedPair pair = new();
        List<Irql> levels = [];
        int handled = 0;
        pair.Pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            levels.Add(KernelIrql.Current);
            packet.Complete();
            if (raises)
            {
                KernelIrql.Raise(Irql.Dispatch);
            }
            else
            {
                KernelIrql.Lower(Irql.Passive);
            }

            Volatile.Write(ref handled, handled + 1);
        };
        pair.Pair.Open();
        for (int i = 0; i < 40; i++)
        {
            pair.Pair.Client.Send([1, 2, 3, 4, 5, 6, 7, 8], (ulong)i);
        }

        pair.Pair.Await(() => Volatile.Read(ref handled) == 40, "all packets");
        VerifierReport report = pair.Await(VerifierViolation.IrqlNotRestored);
        Assert.Equal(("VMB204", "OnPacket", 0ul), (report.RuleId, report.Handler, report.TransactionId));
        Assert.Contains(message, report.Message, StringComparison.Ordinal);
        Assert.All(levels, level => Assert.Equal(Irql.Dispatch, level));
    }

    [Fact]
    public void Without_verifier_a_level_left_changed_harms_no_later_batch_and_not_the_process()
    {
        using VerifiedPair pair = new(options => options with { Enabled = false });
        List<Irql> levels = [];
        int batches = 0;
        pair.Pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            levels.Add(KernelIrql.Current);
            packet.Complete();
            KernelIrql.Lower(Irql.Passive);
        };

        // What comes from here on is of the next batch, be it in the same wake-up.
        pair.Pair.ServerCallbacks.OnProcessingComplete = (_, _) => Volatile.Write(ref batches, batches + 1);
        pair.Pair.Open();
        for (int i = 1; i <= 1_000; i++)
        {
            pair.Pair.Client.Send([1, 2, 3, 4, 5, 6, 7, 8]);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref batches) == i, ChannelPair.Patience));
        }

        Assert.Equal(1_000, levels.Count);
        Assert.All(levels, level => Assert.Equal(Irql.Dispatch, level));
    }

    [Fact]
    public void A_raise_left_open_in_a_passive_handler_and_in_a_state_callback_is_VMB204()
    {
        using VerifiedPair pair = new(server: options => options with { IncomingProcessingAtPassive = true });
        pair.Pair.ServerCallbacks.OnPostStarted = _ => KernelIrql.Raise(Irql.Dispatch);
        pair.Handle((_, packet, _, _) =>
        {
            Assert.Equal(Irql.Passive, KernelIrql.Current);
            packet.Complete();
            KernelIrql.Raise(Irql.Dispatch);
        });
        pair.Pair.Await(() => pair.Reports.Count(report => report.Violation == VerifierViolation.IrqlNotRestored) == 2, "both reports");
        Assert.Equal(["OnPacket", "PostStarted"], pair.Reports.Select(report => report.Handler).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_callback_over_its_budget_is_reported_while_it_runs_by_the_channels_clock()
    {
        ManualTime time = new();
        using VerifiedPair pair = new(options => options with { CallbackBudget = TimeSpan.FromMinutes(1) }, options => options with { TimeProvider = time });
        using ManualResetEventSlim inside = new();
        bool leave = false;
        pair.Pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            inside.Set();
            while (!Volatile.Read(ref leave))
            {
                Thread.SpinWait(100);
            }

            packet.Complete();
        };
        pair.Pair.Open();
        pair.Pair.Client.Send([1, 2, 3, 4, 5, 6, 7, 8], 5);
        Assert.True(inside.Wait(ChannelPair.Patience));
        Thread.Sleep(250);
        Assert.Empty(pair.Reports);
        time.Advance(TimeSpan.FromMinutes(2));
        VerifierReport report = pair.Await(VerifierViolation.OverBudget);
        Volatile.Write(ref leave, true);
        Assert.Equal(("VMB201", "OnPacket", 5ul), (report.RuleId, report.Handler, report.TransactionId));
        Assert.Equal(TimeSpan.FromMinutes(2), report.Duration);
        pair.AssertNothingElse(VerifierViolation.OverBudget);
    }

    [Fact]
    public void A_sink_that_throws_harms_neither_channel_nor_later_reports()
    {
        List<VerifierReport> reports = [];
        using VerifiedPair pair = new(options => options with
        {
            Sink = report =>
            {
                lock (reports)
                {
                    reports.Add(report);
                }

                throw new InvalidOperationException("from the sink");
            },
        });
        pair.Handle((_, packet, _, _) => packet.Complete([1]));
        pair.Pair.Await(() => Count() == 1, "the first report");
        pair.Pair.ServerCallbacks.OnPacket = (_, _, _, _) => { };
        pair.Pair.Client.Send([1, 2, 3, 4, 5, 6, 7, 8]);
        pair.Pair.Await(() => Count() == 2, "the second report");
        Assert.Null(pair.Pair.Server.Fault);

        int Count()
        {
            lock (reports)
            {
                return reports.Count;
            }
        }
    }

    [Fact]
    public void The_channel_says_first_then_the_process_then_the_build_of_the_callbacks()
    {
        bool isDebugBuild = typeof(LevelAndBudgetTests).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), false)
            .Cast<System.Diagnostics.DebuggableAttribute>().Any(attribute => attribute.IsJITOptimizerDisabled);
        Assert.Null(VmbusVerifier.Enabled);
        using VerifiedPair byBuild = new(options => options with { Enabled = null });
        byBuild.Handle((_, packet, _, _) => packet.Complete([1]));
        if (isDebugBuild)
        {
            byBuild.Await(VerifierViolation.PayloadDropped);
        }
        else
        {
            byBuild.AssertNothingElse();
        }
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, false, false)]
    [InlineData(false, null, false)]
    [InlineData(false, true, true)]
    public void What_the_process_says_holds_where_the_channel_says_nothing(bool process, bool? channel, bool isWatched)
    {
        Assert.Null(VmbusVerifier.Enabled);
        try
        {
            VmbusVerifier.Enabled = process;
            using VerifiedPair pair = new(options => options with { Enabled = channel });
            pair.Handle((_, packet, _, _) => packet.Complete([1]));
            if (isWatched)
            {
                pair.Await(VerifierViolation.PayloadDropped);
            }
            else
            {
                pair.AssertNothingElse();
            }
        }
        finally
        {
            VmbusVerifier.Enabled = null;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_budget_that_is_no_time_is_refused(int milliseconds)
    {
        VmbusException exception = Assert.Throws<VmbusException>(() => new VmbusChannel(
            VmbusBus.CreateInProcess(),
            new VmbusChannelOptions { Verifier = new VerifierOptions { CallbackBudget = TimeSpan.FromMilliseconds(milliseconds) } }));
        Assert.Equal(NtStatus.InvalidParameter, exception.Status);
    }
}
