using System.Diagnostics;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Verification;

[Collection(nameof(AloneOnTheMachine))]
public sealed class WaitTests
{
    public static TheoryData<string, string, string> Waits() => new()
    {
        { "WaitOne", "VMB201", "WaitHandle.WaitOne" },
        { "Task.Wait", "VMB201", "Task.Wait" },
        { "SemaphoreSlim", "VMB201", "SemaphoreSlim." },
        { "Join", "VMB201", "Thread.Join" },
        { "Monitor.Wait", "VMB201", "Monitor.Wait" },
        { "lock", "VMB206", "Monitor.Enter" },
        { "Lock", "VMB206", "Lock." },
    };

    [Theory]
    [MemberData(nameof(Waits))]
    public void A_wait_in_a_handler_is_reported_as_it_happens_with_rule_handler_and_stack(string how, string rule, string call)
    {
        // Only the report ends the wait: it must come while the wait goes on.
        using HeldLocks held = new();
        using VerifiedPair pair = new(options => options with { Sink = ReleaseAfter(options.Sink!, held) });
        pair.Handle((_, packet, _, _) =>
        {
            WaitIn(how, held);
            packet.Complete();
        });

        VerifierReport report = pair.Await(VerifierViolation.Wait);
        Assert.Equal(rule, report.RuleId);
        Assert.Equal("OnPacket", report.Handler);
        Assert.Equal("'server'", report.Channel);
        Assert.Equal(77ul, report.TransactionId);
        Assert.Contains(call, report.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(WaitIn), report.Stack, StringComparison.Ordinal);
        pair.AssertNothingElse(VerifierViolation.Wait);
    }

    [Theory]
    [InlineData(false, "ProcessingComplete")]
    [InlineData(true, "the packet completion routine")]
    public void A_wait_in_a_callback_that_is_no_handler_is_reported_under_its_name(bool isCompletionRoutine, string name)
    {
        using HeldLocks held = new();
        using VerifiedPair pair = new(options => options with { Sink = ReleaseAfter(options.Sink!, held) });
        if (!isCompletionRoutine)
        {
            pair.Pair.ServerCallbacks.OnProcessingComplete = (_, _) => WaitIn("WaitOne", held);
        }

        pair.Pair.Open();
        if (isCompletionRoutine)
        {
            VmbusPacket packet = pair.Pair.Server.AllocatePacket();
            packet.CompletionRoutine = (_, _, _) => WaitIn("WaitOne", held);
            Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        }
        else
        {
            Assert.Equal(NtStatus.Success, pair.Pair.Client.Send([1]));
        }

        VerifierReport report = pair.Await(VerifierViolation.Wait);
        Assert.Equal(("VMB201", name, null), (report.RuleId, report.Handler, report.TransactionId));
        pair.AssertNothingElse(VerifierViolation.Wait);
    }

    [Fact]
    public void A_cause_is_reported_once_and_another_call_site_is_another_cause()
    {
        using VerifiedPair pair = new();
        using AutoResetEvent signal = new(false);
        int handled = 0;
        pair.Pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 0)
            {
                signal.WaitOne(1);
            }
            else
            {
                signal.WaitOne(1);
            }

            packet.Complete();
            Interlocked.Increment(ref handled);
        };
        pair.Pair.Open();
        for (int i = 0; i < 6; i++)
        {
            pair.Pair.Client.Send([(byte)(i % 2), 0, 0, 0, 0, 0, 0, 0]);
        }

        pair.Pair.Await(() => handled == 6, "all packets");
        pair.Pair.Await(() => pair.Reports.Count >= 2, "two reports");
        pair.AssertNothingElse(VerifierViolation.Wait);
        Assert.Equal(2, pair.Reports.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sleep_and_file_IO_are_seen_from_outside(bool isSleep)
    {
        if (!isSleep && !OperatingSystem.IsLinux())
        {
            return;
        }

        using VerifiedPair pair = new();
        using BlockingPipe pipe = new();
        pair.Handle((_, packet, _, _) =>
        {
            // The watchdog may be late itself.
            long since = Stopwatch.GetTimestamp();
            do
            {
                if (isSleep)
                {
                    Thread.Sleep(400);
                }
                else
                {
                    pipe.ReadBlocked(TimeSpan.FromMilliseconds(700));
                }
            }
            while (pair.Reports.Count == 0 && Stopwatch.GetElapsedTime(since) < ChannelPair.Patience);
            packet.Complete();
        });

        VerifierReport report = pair.Await(VerifierViolation.Blocked);
        Assert.Equal("VMB201", report.RuleId);
        Assert.Equal("OnPacket", report.Handler);
        Assert.Equal(77ul, report.TransactionId);
        Assert.Contains(isSleep ? "Thread.Sleep" : "I/O", report.Message, StringComparison.Ordinal);
        pair.AssertNothingElse(VerifierViolation.Blocked);
    }

    [Fact]
    public void Looks_without_waiting_are_none_and_neither_is_the_idle_wait_of_the_dispatch_thread()
    {
        using VerifiedPair pair = new();
        using AutoResetEvent signal = new(false);
        object gate = new();
        pair.Handle((_, packet, _, _) =>
        {
            signal.WaitOne(0);
            lock (gate)
            {
                packet.Complete();
            }

            Thread.Yield();
        });
        Thread.Sleep(300);
        pair.Pair.Client.Send([1, 2, 3, 4, 5, 6, 7, 8]);
        pair.Pair.Await(() => pair.Pair.Server.Counters.PacketsCompleted == 2, "the second packet");
        pair.AssertNothingElse();
    }

    [Fact]
    public void Waits_at_PASSIVE_LEVEL_are_allowed()
    {
        using VerifiedPair pair = new(server: options => options with { IncomingProcessingAtPassive = true });
        pair.Handle((_, packet, _, _) =>
        {
            Assert.Equal(Irql.Passive, KernelIrql.Current);
            Thread.Sleep(50);
            using ManualResetEvent never = new(false);
            never.WaitOne(20);
            packet.Complete();
        });
        pair.AssertNothingElse();
    }

    [Fact]
    public void A_wait_in_a_raised_region_of_a_passive_handler_is_reported_and_behind_the_region_it_is_not()
    {
        using VerifiedPair pair = new(server: options => options with { IncomingProcessingAtPassive = true });
        pair.Handle((_, packet, _, _) =>
        {
            using ManualResetEvent never = new(false);
            using (KernelIrql.Raise(Irql.Dispatch))
            {
                never.WaitOne(5);
            }

            Assert.Null(SynchronizationContext.Current);
            never.WaitOne(7);
            packet.Complete();
        });
        Assert.Equal("OnPacket", pair.Await(VerifierViolation.Wait).Handler);
        pair.AssertNothingElse(VerifierViolation.Wait);
    }

    [Fact]
    public void A_wait_in_a_raised_region_outside_callbacks_is_reported_and_its_context_is_put_back()
    {
        using VerifiedPair watched = new();
        watched.Pair.Open();
        using ManualResetEventSlim reported = new();
        VerifierReport? seen = null;
        void OnReport(VerifierReport report)
        {
            if (report.Channel is null && report.Stack!.Contains(nameof(A_wait_in_a_raised_region_outside_callbacks_is_reported_and_its_context_is_put_back), StringComparison.Ordinal))
            {
                seen = report;
                reported.Set();
            }
        }

        VmbusVerifier.Reported += OnReport;
        try
        {
            Thread thread = new(() =>
            {
                SynchronizationContext own = new();
                SynchronizationContext.SetSynchronizationContext(own);
                using ManualResetEvent never = new(false);
                using (KernelIrql.Raise(Irql.Apc))
                {
                    never.WaitOne(1);
                    using (KernelIrql.Raise(Irql.Dispatch))
                    {
                        never.WaitOne(3);
                    }

                    Assert.Same(own, SynchronizationContext.Current);
                }
            });
            thread.Start();
            thread.Join();
            Assert.True(reported.Wait(ChannelPair.Patience));
            Assert.Equal(("VMB201", null), (seen!.RuleId, seen.Handler));
        }
        finally
        {
            VmbusVerifier.Reported -= OnReport;
        }
    }

    [Fact]
    public void Off_means_off()
    {
        using VerifiedPair pair = new(verifier: options => options with { Enabled = false });
        pair.Handle((_, packet, _, _) =>
        {
            using ManualResetEvent never = new(false);
            never.WaitOne(50);
        });
        pair.AssertNothingElse();
    }

    private static Action<VerifierReport> ReleaseAfter(Action<VerifierReport> sink, HeldLocks held) => report =>
    {
        sink(report);
        held.Release();
    };

    private static void WaitIn(string how, HeldLocks held)
    {
        switch (how)
        {
            case "WaitOne":
                held.Event.WaitOne(HeldLocks.Limit);
                break;
            case "Task.Wait":
                held.Released.Wait(HeldLocks.Limit);
                break;
            case "SemaphoreSlim":
                held.Semaphore.Wait(HeldLocks.Limit);
                break;
            case "Join":
                held.Holder.Join(HeldLocks.Limit);
                break;
            case "Monitor.Wait":
                lock (held.Free)
                {
                    Monitor.Wait(held.Free, HeldLocks.Limit);
                }

                break;
            case "lock":
                lock (held.Gate)
                {
                }

                break;
            case "Lock":
                lock (held.NewGate)
                {
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how), how, null);
        }
    }
}
