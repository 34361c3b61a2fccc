using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.CodeFixes.Irql;
using Vmbus.Gen.TestKit.CodeFixes;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

/// <summary>The ways out of DISPATCH_LEVEL.</summary>
public sealed class IrqlFixTests
{
    [Theory]
    [InlineData("[ProcessPacket(1)] uint On() { {|VMB201:Thread.Sleep(1)|}; return 1; }", "[ProcessPacket(1, Irql = Irql.Passive)] uint On() { Thread.Sleep(1); return 1; }")]
    [InlineData("[ProcessPacket] void On(PacketCompletion packet) { {|VMB201:Thread.Sleep(1)|}; {|VMB206:M()|}; packet.Complete(); } void M() { lock (this) { } }", "[ProcessPacket(Irql = Irql.Passive)] void On(PacketCompletion packet) { Thread.Sleep(1); M(); packet.Complete(); } void M() { lock (this) { } }")]
    public Task The_handler_runs_at_passive(string before, string after)
        => CodeFixVerifier<IrqlAnalyzer, PassiveHandlerFix>.VerifyAsync($"partial class C {{ {before} }}", $"partial class C {{ {after} }}");

    [Fact]
    public Task The_packet_is_deferred_behind_a_guard()
        => CodeFixVerifier<IrqlAnalyzer, DeferToPassiveFix>.VerifyAsync(
            """
            partial class C
            {
                [ProcessPacket(1)]
                void On(PacketCompletion packet)
                {
                    {|VMB201:Thread.Sleep(1)|};
                    packet.Complete();
                }
            }
            """,
            """
            partial class C
            {
                [ProcessPacket(1)]
                void On(PacketCompletion packet)
                {
                    if (KernelIrql.Current == Irql.Dispatch)
                    {
                        packet.DeferToPassive();
                        return;
                    }
                    Thread.Sleep(1);
                    packet.Complete();
                }
            }
            """);

    [Theory]
    [InlineData("if ({|VMB201:e.Wait(10)|}) { }", "if (e.Wait(0)) { }")]
    [InlineData("bool b = {|VMB201:e.Wait(TimeSpan.FromSeconds(1))|} || {|VMB206:Monitor.TryEnter(this, 5)|};", "bool b = e.Wait(TimeSpan.Zero) || Monitor.TryEnter(this, 0);")]
    public Task A_wait_whose_answer_counts_becomes_an_attempt(string before, string after)
        => CodeFixVerifier<IrqlAnalyzer, ZeroTimeoutFix>.VerifyAsync(
            $"partial class C {{ static ManualResetEventSlim e = null!; [ProcessPacket(1)] void On(PacketCompletion packet) {{ {before} packet.Complete(); }} }}",
            $"partial class C {{ static ManualResetEventSlim e = null!; [ProcessPacket(1)] void On(PacketCompletion packet) {{ {after} packet.Complete(); }} }}");

    [Fact]
    public Task A_wait_whose_answer_does_not_count_stays()
        => CodeFixVerifier<IrqlAnalyzer, ZeroTimeoutFix>.VerifyNotOfferedAsync(
            "partial class C { static ManualResetEventSlim e = null!; [ProcessPacket(1)] void On(PacketCompletion packet) { {|VMB201:e.Wait(10)|}; packet.Complete(); } }");
}
