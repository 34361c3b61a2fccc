using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.CodeFixes.Irql;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

public sealed class InferredContractFixTests
{
    [Theory]
    [InlineData("public static void {|VMB207:M|}() => Thread.Sleep(1);", "[IrqlRequiresMax(Irql.Apc)] public static void M() => Thread.Sleep(1);")]
    [InlineData("public static void {|VMB207:M|}(VmbusChannel c) => c.Pause();", "[IrqlRequiresMax(Irql.Passive)] public static void M(VmbusChannel c) => c.Pause();")]
    [InlineData("[Obsolete] public static void {|VMB207:M|}() => D(); [IrqlRequires(Irql.Dispatch)] private static void D() { }", "[IrqlRequires(Irql.Dispatch)][Obsolete] public static void M() => D(); [IrqlRequires(Irql.Dispatch)] private static void D() { }")]
    [InlineData("public static void {|VMB207:M|}() { lock (new object()) { } } public static void {|VMB207:N|}() => M();", "[IrqlRequiresMax(Irql.Apc)] public static void M() { lock (new object()) { } } [IrqlRequiresMax(Irql.Apc)] public static void N() => M();")]
    public Task The_contract_is_written_down(string before, string after)
        => CodeFixVerifier<IrqlAnalyzer, InferredContractFix>.VerifyAsync($"public class C {{ {before} }}", $"public class C {{ {after} }}");

    [Fact]
    public Task It_stands_on_a_line_of_its_own()
        => CodeFixVerifier<IrqlAnalyzer, InferredContractFix>.VerifyAsync(
            """
            public class C
            {
                /// <summary>Waits.</summary>
                public static void {|VMB207:M|}() => Thread.Sleep(1);
            }
            """,
            """
            public class C
            {
                /// <summary>Waits.</summary>
                [IrqlRequiresMax(Irql.Apc)]
                public static void M() => Thread.Sleep(1);
            }
            """);
}
