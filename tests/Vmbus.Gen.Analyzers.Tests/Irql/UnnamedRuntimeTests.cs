using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>A project that never names the run time is left alone, but for what a library between the two hands on.</summary>
public sealed class UnnamedRuntimeTests
{
    private const string Device = "public abstract class Device { [Vmbus.IrqlRequires(Vmbus.Irql.Dispatch)] public abstract void Flush(); }";

    [Fact]
    public Task AContractIsInheritedFromALibrary() => AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
        "VMB201",
        (TestProject.Of("public sealed class Disk : Device { public override void Flush() { {|VMB201:System.Threading.Thread.Sleep(1)|}; } }") with { GlobalUsings = [] })
            .WithLibrary(CompiledLibrary.Of(Device)));

    [Fact]
    public Task NothingIsSaidOfOtherCode() => AnalyzerVerifier<IrqlAnalyzer>.VerifyAsync(
        TestProject.Of("public sealed class Disk { public void Flush() => System.Threading.Thread.Sleep(1); }") with { GlobalUsings = [] });
}
