using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;
using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

public sealed class PacketCompletionTests
{
    private static readonly Dictionary<string, CompletionCase> Cases = CompletionCatalogues.All.ToDictionary(static c => c.ToString());

    public static TheoryData<string> Rows => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task PatternHasItsVerdict(string row)
    {
        foreach (Diagnostic found in await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyAsync(TestProject.Of(Cases[row].Source) with { AllowUnsafe = true }))
        {
            string message = found.GetMessage(CultureInfo.InvariantCulture);
            Assert.InRange(message.Length, 20, 160);
            Assert.Contains("'", message, StringComparison.Ordinal);
            Assert.DoesNotContain("  ", message, StringComparison.Ordinal);
            Assert.Equal(message.Trim(), message);
            Assert.NotEqual('.', message[^1]);
            if (found.Id == "VMB101")
            {
                // The decisions on the way, and the exit.
                Assert.NotEmpty(found.AdditionalLocations);
            }
        }
    }

    [Theory]
    [InlineData("if (buffer.Length < 8) return; packet.Complete();", "'packet' is not completed when 'buffer.Length < 8' is true and the method returns")]
    [InlineData("if (G()) packet.Complete();", "'packet' is not completed when 'G()' is false and the method ends")]
    [InlineData("", "'packet' is not completed when the method ends")]
    [InlineData("while (G()) { if (_flag) { packet.Complete(); return; } }", "'packet' is not completed when the loop ends and the method ends")]
    [InlineData("foreach (byte b in buffer) { if (b == 0) { packet.Complete(); return; } }", "'packet' is not completed when the loop ends and the method ends")]
    [InlineData("try { Log(); packet.Complete(); } catch (InvalidOperationException) { Log(); }", "'packet' is not completed when 'InvalidOperationException' is caught and the method ends")]
    [InlineData("if (s_flag) Log(); if (G()) Log(); if (buffer.Length == 4) return; packet.Complete();", "'packet' is not completed when 'buffer.Length == 4' is true and the method returns")]
    [InlineData("switch (buffer.Length) { case 8: packet.Complete(); break; case 16: break; default: packet.Fail(); break; }", "'packet' is not completed when '8' does not match and '16' matches and the method ends")]
    [InlineData("bool done = G(); if (!done) return; packet.Complete();", "'packet' is not completed when 'done' is false and the method returns")]
    [InlineData("_ = buffer.Length switch { 8 => 1, _ => Done(packet) }; static int Done(PacketCompletion p) { p.Complete(); return 1; }", "'packet' is not completed when '8' matches and the method ends")]
    [InlineData("var status = packet.GetExternalData(ExternalDataFlags.None, out _); if (!status.IsSuccess()) return; if (status == NtStatus.Pending) return; packet.Complete();", "'packet' is not completed when 'status.IsSuccess()' is false and the method returns")]
    [InlineData("_sink?.Take(packet);", "'packet' is not completed when '_sink' is null and the method ends")]
    public async Task MessageTellsTheWay(string body, string message)
        => await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyMessageAsync(Leaks(body), "VMB101", message);

    [Fact]
    public async Task StepsAndExitAreAdditionalLocations()
        => await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyRuleAsync("VMB101", Class("""
            [ProcessPacket(1u)] private void OnPacket(PacketCompletion {|VMB101(0,1,2):packet|}, ReadOnlySpan<byte> buffer)
            {
                if (_flag) Log();
                if ({|#0:buffer.Length < 8|})
                {
                    Log("short");
                    if (!{|#1:G()|})
                    {
                        {|#2:return;|}
                    }
                }

                packet.Complete();
            }
            """));

    [Theory]
    [InlineData("var p = packet.Pend(); {|#0:_queue.Enqueue(p)|}; {|VMB102(0):p.Complete()|};")]
    [InlineData("{|#0:packet.Pend()|}.Complete(); {|VMB102(0):packet.Complete()|};")]
    [InlineData("{|#0:packet.Complete()|}; {|VMB102(0):packet.Fail()|};")]
    public async Task WhereThePacketWentBeforeIsAnAdditionalLocation(string body)
        => await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyRuleAsync("VMB102", Completes(body));

    [Fact]
    public async Task MessageKeepsTheLastDecisionsWithinItsLength()
    {
        string conditions = string.Concat(Enumerable.Range(0, 12).Select(static i => $"if (ALongMethodNameThatFillsTheMessageQuickly({i})) {{ packet.Fail(); return; }}\n"));
        string source = Leaks(conditions).Replace(
            "[ProcessPacket", "private static bool ALongMethodNameThatFillsTheMessageQuickly(int i) => i < Compute();\n[ProcessPacket", StringComparison.Ordinal);
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyRuleAsync("VMB101", source);
        string message = diagnostics.Single().GetMessage(CultureInfo.InvariantCulture);
        Assert.InRange(message.Length, 80, 160);
        Assert.StartsWith("'packet' is not completed when ", message, StringComparison.Ordinal);
        Assert.EndsWith("'ALongMethodNameThatFillsTheMessageQuickly(11)' is false and the method ends", message, StringComparison.Ordinal);
        Assert.Equal(13, diagnostics.Single().AdditionalLocations.Count);
    }
}
