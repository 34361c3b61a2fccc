using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Functions without a contract are looked at where something in sight makes them speak of the level, however that is written.</summary>
public sealed class RaisingCodeTests
{
    private const string High = "public static class Levels { [Vmbus.IrqlRequires(Vmbus.Irql.Dispatch)] public static void High() { } }";

    [Theory]
    [InlineData("private static async Task M() { await Task.Yield(); {|VMB203:Levels.High()|}; }")]
    [InlineData("private static void M() { _ = Task.Run(() => {|VMB203:Levels.High()|}); }")]
    [InlineData("private static void M() { _ = {|VMB203:Task.Run(Levels.High)|}; }")]
    [InlineData("private static readonly Task T = Task.Run(() => {|VMB203:Levels.High()|});")]
    [InlineData("private static void M() { Later(() => {|VMB203:Levels.High()|}); } private static void Later(Action a) => Task.Run(a);")]
    [InlineData("private static void M() { {|VMB203:Later(Levels.High)|}; } private static void Later(Action a) => Task.Run(a);")]
    [InlineData("private static IEnumerable<int> M() { Action f = Local; f(); void Local() { Later(() => {|VMB203:Levels.High()|}); } yield return 1; } private static Task Later(Action a) => Task.Run(a);")]
    [InlineData("private static void M() { Now(() => Levels.High()); } private static void Now(Action a) => a();")]
    [InlineData("private static void M() { Levels.High(); }")]
    [InlineData("private static async Task M() { Levels.High(); await Task.Yield(); }")]
    public Task Work_on_other_threads_in_a_file_that_says_nothing_of_levels(string members)
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync("VMB203", TestProject.Of($"internal static class C {{ {members} }}", High));

    [Theory]
    [InlineData("using static Vmbus.KernelIrql;", "Raise(Irql.Dispatch)", "Lower")]
    [InlineData("global using static Vmbus.KernelIrql;", "Raise(Irql.Dispatch)", "Lower")]
    [InlineData("global using static global::Vmbus.KernelIrql;", "Raise(Irql.Dispatch)", "Lower")]
    [InlineData("global using Kernel = Vmbus.KernelIrql;", "Kernel.Raise(Irql.Dispatch)", "Kernel.Lower")]
    [InlineData("using Kernel = global::Vmbus.KernelIrql;", "Kernel.Raise(Irql.Dispatch)", "Kernel.Lower")]
    public Task A_raise_under_another_name(string directive, string raise, string lower)
    {
        bool isGlobal = directive.StartsWith("global", StringComparison.Ordinal);
        string code = $$"""
            internal static class C
            {
                private static void M() { {|VMB204:{{raise}}|}; }

                private static void N()
                {
                    try { {|VMB204:Up()|}; } catch { }
                }

                private static void Up() { {{raise}}; Environment.GetEnvironmentVariables(); {{lower}}(default); }
            }
            """;
        return AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync("VMB204", isGlobal ? TestProject.Of(code, directive) : TestProject.Of(directive + "\n" + code));
    }

    [Fact]
    public Task What_another_file_declares_to_raise()
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
            "VMB204",
            TestProject.Of(
                """
                internal static class C
                {
                    private static void M() { {|VMB204:Levels.GoUp()|}; }
                    private static void N() { try { {|VMB204:Fails()|}; } catch { } }
                    private static void O() { using (Levels.GoUp()) { Environment.GetEnvironmentVariables(); } }
                    private static void Fails() { var s = Levels.GoUp(); Environment.GetEnvironmentVariables(); s.Dispose(); }
                }
                """,
                "public static class Levels { [IrqlRaises(Irql.Dispatch)] public static IrqlScope GoUp() => KernelIrql.Raise(Irql.Dispatch); }"));
}
