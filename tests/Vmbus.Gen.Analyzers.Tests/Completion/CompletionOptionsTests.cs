using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;
using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>What an .editorconfig changes.</summary>
public sealed class CompletionOptionsTests
{
    [Theory]
    [InlineData("false", "Log(); packet.Complete();", false)]
    [InlineData("nonsense", "Log(); packet.Complete();", false)]
    [InlineData("true", "Log(); packet.Complete();", true)]
    [InlineData(" True ", "Log(); packet.Complete();", true)]
    [InlineData("true", "packet.Complete(); Log();", false)]
    [InlineData("true", "try { Log(); packet.Complete(); } catch { packet.Fail(); }", false)]
    [InlineData("true", "try { Log(); } finally { packet.Complete(); }", false)]
    [InlineData("true", "try { Log(); packet.Complete(); } catch (InvalidOperationException) { packet.Fail(); }", true)]
    public Task ExceptionsOfCalls(string value, string body, bool leaks)
        => Verify("vmbus.implicit_exceptions = " + value, leaks ? Leaks(body) : Completes(body));

    [Fact]
    public Task TheCallIsTheExit() => new AnalyzerTest(
        TestProject.Of(Class("[ProcessPacket(1u)] private void On(PacketCompletion {|VMB101(0):packet|}) { {|#0:Log()|}; packet.Complete(); }")) with { EditorConfig = "vmbus.implicit_exceptions = true" },
        new PacketCompletionAnalyzer())
    { Messages = [new ExpectedMessage("VMB101", "'packet' is not completed when a call throws")] }.RunAsync();

    [Theory]
    [InlineData("true", "var p = packet.Pend(); _held = p;")]
    [InlineData("nonsense", "var p = packet.Pend(); _held = p;")]
    [InlineData("", "var p = packet.Pend(); _held = p;")]
    [InlineData(" FALSE ", "var {|VMB101:p|} = packet.Pend(); _held = p;")]
    [InlineData("false", "var {|VMB101:p|} = packet.Pend(); _held = p;")]
    [InlineData("false", "var {|VMB101:p|} = packet.Pend(); _queue.Enqueue(p);")]
    [InlineData("false", "var {|VMB101:p|} = packet.Pend(); if (!_byId.TryAdd(1, p)) p.Fail();")]
    [InlineData("false", "var p = packet.Pend(); _held = p; p.Complete();")]
    [InlineData("false", "var p = packet.Pend(); Task.Run(() => p.Complete());")]
    public Task TrustStores(string value, string body) => Verify("vmbus.trust_stores = " + value, Completes(body));

    [Theory]
    [InlineData("M:ISink.Unknown(Vmbus.PacketCompletion)", "_sink.Unknown(packet);", false)]
    [InlineData("M:Elsewhere.Send(System.Int32) | M:ISink.Unknown(Vmbus.PacketCompletion)", "_sink.Unknown(packet); {|VMB102:packet.Complete()|};", false)]
    [InlineData("M:Elsewhere.Send(System.Int32)", "_sink.Unknown(packet);", true)]
    [InlineData("", "_sink.Unknown(packet);", true)]
    [InlineData("ISink.Unknown", "_sink.Unknown(packet);", true)]
    [InlineData("T:ISink", "_sink.Unknown(packet);", true)]
    [InlineData(" | nonsense | | M:ISink.Unknown(Vmbus.PacketCompletion) |", "_sink.Unknown(packet);", false)]
    public Task CompletingMethods(string ids, string body, bool leaks)
        => Verify("vmbus.completing_methods = " + ids, leaks ? Leaks(body) : Completes(body));

    private static Task Verify(string option, string source) => AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyAsync(TestProject.Of(source) with { EditorConfig = option });
}
