using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CodeFixes;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.CodeFixes.Completion;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

/// <summary>What the completion fixes write, and how it lies.</summary>
public sealed class CompletionFixTests
{
    [Theory]
    [InlineData(
        """
        void On(PacketCompletion {|VMB101:packet|})
        {
            if (_flag)
            {
                // Nothing to do.
                return;
            }

            packet.Complete();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            if (_flag)
            {
                packet.Fail();
                // Nothing to do.
                return;
            }

            packet.Complete();
        }
        """,
        "Fail 'packet' before the return")]
    [InlineData(
        """
        void On(PacketCompletion {|VMB101:packet|})
        {
            if (_flag)
                return;

            Log();
            if (_number > 4)
            {
                Log();

                return; // too large
            }

            packet.Complete();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            if (_flag)
            {
                packet.Fail();
                return;
            }

            Log();
            if (_number > 4)
            {
                Log();

                packet.Fail();
                return; // too large
            }

            packet.Complete();
        }
        """,
        "Fail 'packet' on each path that leaves it owed")]
    [InlineData(
        """
        void On(PacketCompletion {|VMB101:packet|})
        {
            Log();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            Log();
            packet.Fail();
        }
        """,
        "Fail 'packet' at the end")]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}) => Log(); // logs", "void On(PacketCompletion packet)\n{\n    Log();\n    packet.Fail();\n} // logs", "Fail 'packet' at the end")]
    [InlineData(
        """
        void On(PacketCompletion {|VMB101:packet|})
        {
            try
            {
                Log();
                packet.Complete();
            }
            catch (IOException)
            {
            }
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            try
            {
                Log();
                packet.Complete();
            }
            catch (IOException)
            {
                packet.Fail();
            }
        }
        """,
        "Fail 'packet' in the catch")]
    [InlineData(
        """
        void On(PacketCompletion {|VMB101:packet|})
        {
            if (_number == 1)
            {
                packet.Complete();
            }
            else if (_number == 2)
            {
                packet.Complete();
            }
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            if (_number == 1)
            {
                packet.Complete();
            }
            else if (_number == 2)
            {
                packet.Complete();
            }
            else
            {
                packet.Fail();
            }
        }
        """,
        "Fail 'packet' where '_number == 2' is false")]
    [InlineData(
        """
        void On(PacketCompletion {|VMB101:packet|})
        {
            switch (_number)
            {
                case 1:
                    packet.Complete();
                    break;
                case 2:
                    packet.Complete();
                    break;
            }
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            switch (_number)
            {
                case 1:
                    packet.Complete();
                    break;
                case 2:
                    packet.Complete();
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
        """,
        "Fail 'packet' by default")]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            if (_number > 4)
            {
                {|VMB108:throw new InvalidOperationException();|}
            }

            packet.Complete();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            if (_number > 4)
            {
                packet.Fail();
                throw new InvalidOperationException();
            }

            packet.Complete();
        }
        """,
        "Fail 'packet' before the throw")]
    [InlineData("void On(PacketCompletion packet) => {|VMB108:throw new InvalidOperationException()|};", "void On(PacketCompletion packet)\n{\n    packet.Fail();\n    throw new InvalidOperationException();\n}", "Fail 'packet' before the throw")]
    public Task The_packet_is_failed_where_it_was_left(string before, string after, string title) => VerifyAsync<FailOnLeavingPathFix>(before, after, title);

    [Fact]
    public Task The_packet_is_completed_where_it_was_left()
        => VerifyAsync<CompleteOnLeavingPathFix>(
            "void On(PacketCompletion {|VMB101:packet|})\n{\n    if (_flag)\n    {\n        packet.Fail();\n        return;\n    }\n}",
            "void On(PacketCompletion packet)\n{\n    if (_flag)\n    {\n        packet.Fail();\n        return;\n    }\n    packet.Complete();\n}",
            "Complete 'packet' at the end");

    [Theory]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}) { foreach (byte b in new byte[4]) { packet.Complete(); break; } }")]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}) { _ = _flag && Done(packet); } static bool Done(PacketCompletion packet) { packet.Complete(); return true; }")]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}) { if (packet.GetExternalData(ExternalDataFlags.None, out _) == NtStatus.Success) packet.Complete(); }")]
    public Task Where_no_place_is_right_nothing_is_offered(string handler) => VerifyNotOfferedAsync<FailOnLeavingPathFix>(handler);

    [Theory]
    [InlineData(
        """
        void On(PacketCompletion {|VMB101:packet|})
        {
            if (_flag)
            {
                return;
            }

            // The usual way.
            Log();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            try
            {
                if (_flag)
                {
                    return;
                }

                // The usual way.
                Log();
            }
            finally
            {
                packet.Complete();
            }
        }
        """)]
    public Task What_nothing_completes_is_completed_in_a_finally(string before, string after) => VerifyAsync<CompleteInFinallyFix>(before, after, "Complete 'packet' in a finally");

    [Fact]
    public Task An_exception_that_leaves_with_the_packet_fails_it()
        => new CodeFixTest(
            Project("void On(PacketCompletion {|VMB101:packet|})\n{\n    Log();\n    packet.Complete();\n}") with { EditorConfig = "vmbus.implicit_exceptions = true\n" },
            Project("void On(PacketCompletion packet)\n{\n    try\n    {\n        Log();\n        packet.Complete();\n    }\n    catch\n    {\n        packet.Fail();\n        throw;\n    }\n}") with { EditorConfig = "vmbus.implicit_exceptions = true\n" },
            new CompleteInFinallyFix(),
            new PacketCompletionAnalyzer())
        {
            Title = "Fail 'packet' in a catch",
        }.RunAsync();

    [Theory]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            Log();
            packet.Complete();
            Log();
            {|VMB102:packet.Complete()|};
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            Log();
            packet.Complete();
            Log();
        }
        """,
        "Remove 'packet.Complete();'")]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            try
            {
                packet.Complete();
            }
            finally
            {
                {|VMB102:packet.Fail()|};
            }

            Log();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            packet.Complete();

            Log();
        }
        """,
        "Remove 'packet.Fail();'")]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            packet.Complete();
            if (_flag)
            {
                {|VMB102:packet.Complete()|};
            }
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            packet.Complete();
        }
        """,
        "Remove 'packet.Complete();'")]
    public Task The_second_completion_goes(string before, string after, string title) => VerifyAsync<RemoveCompletionFix>(before, after, title);

    [Theory]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}) { while (_flag) {|VMB102:packet.Complete()|}; }")]
    [InlineData("void On(PacketCompletion packet) { if (_flag) packet.Fail(); {|VMB102:packet.Complete()|}; }")]
    [InlineData("void On(PacketCompletion packet) { packet.Fail(); {|VMB102:packet.Complete(Next())|}; } int Next() => _number++;")]
    public Task A_completion_that_is_needed_stays(string handler) => VerifyNotOfferedAsync<RemoveCompletionFix>(handler);

    [Theory]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            if (_number == 0)
            {
                packet.Fail();
            }

            {|VMB102:packet.Complete()|};
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            if (_number == 0)
            {
                packet.Fail();
                return;
            }

            packet.Complete();
        }
        """)]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            if (_number == 0)
                packet.Fail();

            {|VMB102:packet.Complete()|};
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            if (_number == 0)
            {
                packet.Fail();
                return;
            }

            packet.Complete();
        }
        """)]
    public Task The_first_completion_is_the_last_act(string before, string after) => VerifyAsync<ReturnAfterCompletionFix>(before, after, "Return after 'packet.Fail();'");

    [Theory]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            try
            {
                packet.Complete();
                Log();
            }
            catch
            {
                {|VMB102:packet.Fail()|};
            }
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            try
            {
                Log();
                packet.Complete();
            }
            catch
            {
                packet.Fail();
            }
        }
        """,
        "Move 'packet.Complete();' last in the try")]
    [InlineData(
        """
        void On(PacketCompletion packet, ReadOnlySpan<byte> buffer)
        {
            packet.Complete(_number);
            Log({|VMB301:buffer[0]|});
            Log({|VMB103:packet.TransactionId|});
        }
        """,
        null,
        null)]
    [InlineData(
        """
        void On(PacketCompletion packet, ReadOnlySpan<byte> buffer)
        {
            packet.Complete();
            Log({|VMB301:buffer[0]|});
            Log();
        }
        """,
        """
        void On(PacketCompletion packet, ReadOnlySpan<byte> buffer)
        {
            Log(buffer[0]);
            packet.Complete();
            Log();
        }
        """,
        "Move 'packet.Complete();' behind 'Log(buffer[0]);'")]
    public Task The_packet_is_completed_later(string before, string? after, string? title)
        => after is null ? VerifyNotOfferedAsync<CompleteLaterFix>(before) : VerifyAsync<CompleteLaterFix>(before, after, title!);

    [Theory]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            packet.Complete();
            Log({|VMB103:packet.TransactionId|});
            Log({|VMB103:packet.TransactionId|});
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            ulong transactionId = packet.TransactionId;
            packet.Complete();
            Log(transactionId);
            Log(transactionId);
        }
        """,
        "Copy 'packet.TransactionId' before the completion")]
    [InlineData(
        """
        void On(PacketCompletion packet, ReadOnlySpan<byte> buffer)
        {
            if (_flag)
            {
                packet.Fail();
            }
            else
            {
                packet.Complete();
            }

            if (buffer.Length > 4)
            {
                Log({|VMB301:buffer[4]|});
            }
        }
        """,
        """
        void On(PacketCompletion packet, ReadOnlySpan<byte> buffer)
        {
            ReadOnlySpan<byte> bufferCopy = buffer.ToArray();
            if (_flag)
            {
                packet.Fail();
            }
            else
            {
                packet.Complete();
            }

            if (bufferCopy.Length > 4)
            {
                Log(bufferCopy[4]);
            }
        }
        """,
        "Copy 'buffer' before the completion")]
    [InlineData(
        """
        void On(PacketCompletion packet, in (int Type, int Size) header)
        {
            packet.Complete();
            _number = {|VMB301:header.Size|};
        }
        """,
        """
        void On(PacketCompletion packet, in (int Type, int Size) header)
        {
            int size = header.Size;
            packet.Complete();
            _number = size;
        }
        """,
        "Copy 'header.Size' before the completion")]
    [InlineData(
        """
        void On(PacketCompletion packet, ExternalData data)
        {
            packet.Complete();
            Log({|VMB304:data.Span|}[0]);
        }
        """,
        """
        void On(PacketCompletion packet, ExternalData data)
        {
            ReadOnlySpan<byte> spanCopy = data.Span.ToArray();
            packet.Complete();
            Log(spanCopy[0]);
        }
        """,
        "Copy 'data.Span' before the completion")]
    public Task What_is_read_late_is_copied_before(string before, string after, string title) => VerifyAsync<CopyBeforeCompletionFix>(before, after, title);

    [Theory]
    [InlineData("void On(PacketCompletion packet, ExternalData data) { packet.Complete(); {|VMB304:data.CopyTo(new byte[4])|}; }")]
    [InlineData("void On(PacketCompletion packet, ExternalData data) { packet.Complete(); {|VMB304:data.Span|}[0] = 1; }")]
    public Task What_cannot_be_copied_is_left_alone(string handler) => VerifyNotOfferedAsync<CopyBeforeCompletionFix>(handler);

    [Theory]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            NtStatus status = {|VMB107:packet.GetExternalData(ExternalDataFlags.None, out ExternalData data)|};
            if (status != NtStatus.Success)
            {
                packet.Fail();
                return;
            }

            packet.Complete();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            if (status == NtStatus.Pending)
            {
                return;
            }

            if (status != NtStatus.Success)
            {
                packet.Fail();
                return;
            }

            packet.Complete();
        }
        """)]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            if (!{|VMB107:packet.GetExternalData(ExternalDataFlags.None, out ExternalData data)|}.IsSuccess())
            {
                packet.Fail();
                return;
            }

            packet.Complete();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            if (status == NtStatus.Pending)
            {
                return;
            }

            if (!status.IsSuccess())
            {
                packet.Fail();
                return;
            }

            packet.Complete();
        }
        """)]
    [InlineData(
        """
        void On(PacketCompletion packet)
        {
            {|VMB107:packet.GetExternalData(ExternalDataFlags.None, out ExternalData data)|};
            packet.Complete();
        }
        """,
        """
        void On(PacketCompletion packet)
        {
            NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            if (status == NtStatus.Pending)
            {
                return;
            }

            packet.Complete();
        }
        """)]
    public Task The_handler_returns_on_pending(string before, string after) => VerifyAsync<ReturnOnPendingFix>(before, after, "Return on NtStatus.Pending");

    [Theory]
    [InlineData("void On(PacketCompletion packet) { if (_flag && {|VMB107:packet.GetExternalData(ExternalDataFlags.None, out _)|} != NtStatus.Success) { packet.Fail(); return; } packet.Complete(); }")]
    [InlineData("void On(PacketCompletion packet) { Log((ulong)_number + (ulong){|VMB107:packet.GetExternalData(ExternalDataFlags.None, out _)|}); packet.Complete(); }")]
    public Task A_status_that_is_asked_for_in_between_is_left_alone(string handler) => VerifyNotOfferedAsync<ReturnOnPendingFix>(handler);

    [Theory]
    [InlineData("void Drop() => Log(); void Next() { {|VMB105:_ = _waiting.Dequeue()|}; }", "void Drop() => Log(); void Next() { _waiting.Dequeue().Fail(); }", "Fail the packet of '_waiting.Dequeue()'")]
    [InlineData(
        "void Next() { PendingPacket p = _waiting.Dequeue(); {|VMB105:p = _waiting.Dequeue()|}; p.Complete(); }",
        "void Next() { PendingPacket p = _waiting.Dequeue(); p.Fail(); p = _waiting.Dequeue(); p.Complete(); }",
        "Fail 'p' before it is overwritten")]
    public Task A_packet_that_gets_lost_is_failed(string before, string after, string title) => VerifyAsync<FailLostPacketFix>(before, after, title, attribute: "");

    [Fact]
    public Task A_pended_packet_that_nobody_keeps_is_for_the_author()
        => VerifyNotOfferedAsync<FailLostPacketFix>("void On(PacketCompletion packet) { {|VMB105:packet.Pend()|}; }");

    [Fact]
    public Task The_handler_returns_instead_of_throwing()
        => VerifyAsync<ReturnInsteadOfThrowFix>(
            "void On(PacketCompletion packet)\n{\n    if (_flag)\n    {\n        {|VMB108:throw new InvalidOperationException();|}\n    }\n\n    packet.Complete();\n}",
            "void On(PacketCompletion packet)\n{\n    if (_flag)\n    {\n        packet.Fail();\n        return;\n    }\n\n    packet.Complete();\n}",
            "Fail 'packet' and return instead of throwing");

    [Theory]
    [InlineData("void On(PacketCompletion packet) { try { Log(); } catch { {|VMB108:throw;|} } packet.Complete(); }")]
    [InlineData("int On([CompletesPacket] PendingPacket packet) { if (_flag) {|VMB108:throw new InvalidOperationException();|} packet.Complete(); return 1; }")]
    public Task What_is_rethrown_goes_on(string handler) => VerifyNotOfferedAsync<ReturnInsteadOfThrowFix>(handler, attribute: handler.StartsWith("int", StringComparison.Ordinal) ? "" : Handler);

    [Theory]
    [InlineData(
        "void On(PacketCompletion packet)\n{\n    if (_flag || _number > 4)\n    {\n        {|VMB104:packet.DeferToPassive()|};\n        return;\n    }\n\n    packet.Complete();\n}",
        "void On(PacketCompletion packet)\n{\n    if ((_flag || _number > 4) && KernelIrql.Current == Irql.Dispatch)\n    {\n        packet.DeferToPassive();\n        return;\n    }\n\n    packet.Complete();\n}")]
    public Task The_packet_is_deferred_at_dispatch_only(string before, string after) => VerifyAsync<DeferBehindTestFix>(before, after, "Defer only at DISPATCH_LEVEL");

    [Fact]
    public Task A_deferral_without_another_way_is_for_the_author()
        => VerifyNotOfferedAsync<DeferBehindTestFix>("void On(PacketCompletion packet) { {|VMB104:packet.DeferToPassive()|}; }");

    [Theory]
    [InlineData(
        """
        void On(PacketCompletion packet, in int length)
        {
            if (length == 0)
            {
                packet.Complete(NtStatus.InvalidParameter);
            }

            {|VMB102:packet.Complete(NtStatus.Success)|};
        }
        """,
        """
        NtStatus On(in int length)
        {
            if (length == 0)
            {
                return NtStatus.InvalidParameter;
            }

            return NtStatus.Success;
        }
        """)]
    [InlineData(
        """
        void On(VmbusChannel channel, PacketCompletion {|VMB101:packet|}, in int length)
        {
            if (_flag)
            {
                return;
            }

            if (length > 0)
            {
                packet.Complete(NtStatus.Success);
                return;
            }

            Log();
        }
        """,
        """
        NtStatus On(VmbusChannel channel, in int length)
        {
            if (_flag)
            {
                return NtStatus.Unsuccessful;
            }

            if (length > 0)
            {
                return NtStatus.Success;
            }

            Log();
            return NtStatus.Unsuccessful;
        }
        """)]
    public Task The_handler_returns_what_it_completes_with(string before, string after) => VerifyAsync<ReturnValueFix>(before, after, "Return the NtStatus instead of completing with it");

    [Theory]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}, in int length) { if (length > 0) packet.Complete(length); }")]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}, in int length) { if (length > 0) { packet.Complete(NtStatus.Success); Log(); } }")]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}, in int length) { if (_number > 0) packet.Complete(NtStatus.Success); else if (_flag) packet.Fail(); }")]
    [InlineData("void On(PacketCompletion {|VMB101:packet|}, in int length) { if (length > 0) packet.Complete(NtStatus.Success); } void Again(PacketCompletion packet) => On(packet, 1);")]
    public Task A_handler_that_does_more_than_answer_is_left_alone(string handler) => VerifyNotOfferedAsync<ReturnValueFix>(handler);

    [Fact]
    public Task A_handler_whose_values_go_out_as_packets_is_left_alone()
        => VerifyNotOfferedAsync<ReturnValueFix>(
            "void On(PacketCompletion packet, in int length) { if (length > 0) packet.Complete(NtStatus.Success); {|VMB102:packet.Complete(NtStatus.Unsuccessful)|}; }",
            attribute: "[ProcessPacket(1u, Reply = PacketReply.InBand)] private ");

    private const string Handler = "[ProcessPacket(1u)] private ";

    private static TestProject Project(string member, string attribute = Handler)
        => TestProject.Of(
            "using System.IO;\n\npublic sealed partial class Host\n{\n    private readonly Queue<PendingPacket> _waiting = new();\n    private bool _flag;\n    private int _number;\n\n    "
            + attribute + Regex.Replace(member, "\n(?=[^\n])", "\n    ")
            + "\n\n    private void Log() => _number++;\n    private void Log(ulong n) => _flag |= n > 4;\n    public void Drain() { while (_waiting.TryDequeue(out PendingPacket next)) next.Complete(); }\n}\n");

    private static Task VerifyAsync<TFix>(string before, string after, string title, string attribute = Handler)
        where TFix : CodeFixProvider, new()
        => new CodeFixTest(Project(before, attribute), Project(after, attribute), new TFix(), new PacketCompletionAnalyzer()) { Title = title }.RunAsync();

    private static Task VerifyNotOfferedAsync<TFix>(string handler, string attribute = Handler)
        where TFix : CodeFixProvider, new()
        => CodeFixVerifier<PacketCompletionAnalyzer, TFix>.VerifyNotOfferedAsync(Project(handler, attribute));
}
