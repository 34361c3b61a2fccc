using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Verification;

[Collection(nameof(AloneOnTheMachine))]
public sealed class DutyTests
{
    [Fact]
    public void A_handler_that_returns_without_ending_the_duty_is_VMB101()
    {
        using VerifiedPair pair = new();
        pair.Handle((_, _, _, _) => { });
        VerifierReport report = pair.Await(VerifierViolation.Lost);
        Assert.Equal(("VMB101", "OnPacket", 77ul), (report.RuleId, report.Handler, report.TransactionId));
    }

    [Fact]
    public void A_packet_completed_twice_in_its_handler_is_VMB102_with_the_stack_even_if_the_exception_is_caught()
    {
        using VerifiedPair pair = new();
        pair.Handle((_, packet, _, _) =>
        {
            packet.Complete();
            CompleteAgain(packet);
        });
        VerifierReport report = pair.Await(VerifierViolation.EndedTwice);
        Assert.Equal(("VMB102", "OnPacket", 77ul), (report.RuleId, report.Handler, report.TransactionId));
        Assert.Contains(nameof(CompleteAgain), report.Stack, StringComparison.Ordinal);
        pair.AssertNothingElse(VerifierViolation.EndedTwice);
    }

    [Fact]
    public void A_pended_packet_completed_twice_is_VMB102_and_names_its_handler()
    {
        using VerifiedPair pair = new();
        PendingPacket pending = default;
        pair.Handle((_, packet, _, _) => pending = packet.Pend());
        pending.Complete();
        Assert.Throws<InvalidOperationException>(() => pending.Complete());
        VerifierReport report = pair.Await(VerifierViolation.EndedTwice);
        Assert.Equal(("VMB102", "OnPacket", 77ul), (report.RuleId, report.Handler, report.TransactionId));
    }

    [Fact]
    public void A_use_after_completion_is_VMB103()
    {
        using VerifiedPair pair = new();
        pair.Handle((_, packet, _, _) =>
        {
            packet.Complete();
            try
            {
                _ = packet.TransactionId;
            }
            catch (ObjectDisposedException)
            {
                // The report must come all the same.
            }
        });
        Assert.Equal("VMB103", pair.Await(VerifierViolation.UsedAfterEnd).RuleId);
    }

    [Fact]
    public void A_handler_that_throws_while_it_owes_is_VMB108()
    {
        using VerifiedPair pair = new(server: options => options with { HandlerException = HandlerExceptionPolicy.FailPacket });
        pair.Handle((_, _, _, _) => throw new NotSupportedException("for the test"));
        VerifierReport report = pair.Await(VerifierViolation.ThrewWhileOwed);
        Assert.Equal(("VMB108", "OnPacket", 77ul), (report.RuleId, report.Handler, report.TransactionId));
        Assert.Contains("for the test", report.Message, StringComparison.Ordinal);

        // The status that the packet is completed with is no payload of the handler's.
        pair.AssertNothingElse(VerifierViolation.ThrewWhileOwed);
        Assert.Equal(0, pair.Pair.Server.Counters.CompletionPayloadsDropped);
    }

    [Fact]
    public void A_dropped_payload_is_reported_and_one_that_was_asked_for_is_not()
    {
        using VerifiedPair pair = new();
        pair.Handle((_, packet, _, _) => packet.Complete([1, 2, 3]));
        VerifierReport report = pair.Await(VerifierViolation.PayloadDropped);
        Assert.Equal((null, "OnPacket", 77ul), (report.RuleId, report.Handler, report.TransactionId));
        Assert.Contains("3 bytes", report.Message, StringComparison.Ordinal);

        using VerifiedPair asked = new();
        asked.Pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Complete([1, 2, 3]);
        asked.Pair.Open();
        asked.Pair.Client.AllocatePacket().Send([1], VmbusSendFlags.WaitForCompletion);
        asked.Pair.Await(() => asked.Pair.Server.Counters.PacketsCompleted == 1, "the packet");
        asked.AssertNothingElse();
    }

    [Theory]
    [InlineData(true, "VMB101")]
    [InlineData(false, "VMB106")]
    public void A_packet_owed_for_very_long_is_reported_by_the_channels_clock(bool isLost, string rule)
    {
        ManualTime time = new();
        using VerifiedPair pair = new(options => options with { OwedPacketLimit = TimeSpan.FromHours(1) }, options => options with { TimeProvider = time });
        PendingPacket pending = default;
        pair.Handle((_, packet, _, _) => pending = isLost ? default : packet.Pend());
        pair.Pair.Await(() => pair.Pair.Server.GetOwedPackets().Count == 1, "the packet to be owed");
        Thread.Sleep(700);
        Assert.DoesNotContain(pair.Reports, report => report.Violation == VerifierViolation.OwedTooLong);
        time.Advance(TimeSpan.FromHours(2));
        VerifierReport found = pair.Await(VerifierViolation.OwedTooLong);
        Assert.Equal((rule, "OnPacket", 77ul), (found.RuleId, found.Handler, found.TransactionId));
        Assert.Equal(TimeSpan.FromHours(2), found.Duration);
        if (!isLost)
        {
            pending.Complete();
        }
    }

    [Fact]
    public void A_correct_exchange_is_not_reported()
    {
        using VerifiedPair pair = new();
        pair.Pair.ServerCallbacks.OnPacket = (channel, packet, buffer, _) =>
        {
            using (KernelIrql.Raise(Irql.Dispatch))
            {
                packet.Complete(buffer);
            }
        };
        pair.Pair.Open();
        int answered = 0;
        for (int i = 0; i < 500; i++)
        {
            VmbusPacket packet = pair.Pair.Client.AllocatePacket();
            packet.CompletionRoutine = (done, _, _) =>
            {
                done.Dispose();
                Interlocked.Increment(ref answered);
            };
            Assert.Equal(NtStatus.Success, packet.Send([1, 2, 3, 4], VmbusSendFlags.WaitForCompletion));
        }

        pair.Pair.Await(() => answered == 500, "all answers");
        pair.AssertNothingElse();
    }

    private static void CompleteAgain(PacketCompletion packet)
    {
        try
        {
            packet.Complete();
        }
        catch (InvalidOperationException)
        {
            // The report must come all the same.
        }
    }
}
