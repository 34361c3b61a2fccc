using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.Analyzers.Tests.Language;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;
using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Members of extension blocks in other assemblies, by name, and in what is told of the way to a call.</summary>
public sealed class IrqlExtensionTests
{
    private static readonly CompiledLibrary[] Library = CSharp14.IsKnown
        ? [CompiledLibrary.Of(TestProject.Of("""
            public static class Ends
            {
                extension(VmbusChannel channel)
                {
                    [Blocks] public void Wait() { }
                    [IrqlRequiresMax(Irql.Passive)] public void Low() { }
                    public void Plain() { }
                    public int Size => 1;
                    public static void Still(int x) { }
                }
            }
            """) with { AssemblyName = "Library" })]
        : [];

    [Fact]
    public async Task ContractsHoldAcrossAssemblies()
    {
        foreach (CompiledLibrary library in Library)
        {
            await new AnalyzerTest(
                TestProject.Of(Handler("{|VMB201:channel.Wait()|}; {|VMB201:Ends.Wait(channel)|}; {|VMB202:channel.Low()|}; {|VMB202:Ends.Low(channel)|}; channel.Plain(); Ends.Plain(channel);")).WithLibrary(library),
                new IrqlAnalyzer())
            { EnabledIds = ContractTests.Warnings }.RunAsync();
        }
    }

    [Fact]
    public async Task MembersAreNamedLikeTheMethodsThatTheyAreCompiledTo()
    {
        foreach (CompiledLibrary library in Library)
        {
            await AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
                "VMB201",
                (TestProject.Of(Handler("[|channel.Plain()|]; [|Ends.Plain(channel)|]; _ = [|channel.Size|]; [|VmbusChannel.Still(1)|];"))
                    with
                { EditorConfig = "vmbus.blocking_members = M:Ends.Plain(Vmbus.VmbusChannel) | M:Ends.get_Size(Vmbus.VmbusChannel) | M:Ends.Still" }).WithLibrary(library));
        }
    }

    [Fact]
    public async Task MessageNamesTheClassAround()
    {
        foreach (CompiledLibrary library in Library)
        {
            await new AnalyzerTest(TestProject.Of(Handler("{|VMB201:channel.Wait()|};")).WithLibrary(library), new IrqlAnalyzer())
            {
                Messages = [new ExpectedMessage("VMB201", "'Ends.Wait' blocks at DISPATCH_LEVEL: OnPacket → Ends.Wait")],
            }.RunAsync();
        }
    }

    [Fact]
    public async Task MessageNamesTheMembersOnTheWay()
    {
        foreach (string blocks in CSharp14.Only(["extension(VmbusChannel c) { public void Outer() => {|#0:c.Inner()|}; public void Inner() => {|#1:Thread.Sleep(1)|}; }"]))
        {
            await AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(
                Handler("{|VMB201(0,1):channel.Outer()|};") + "internal static class Ends { " + blocks + " }",
                "VMB201",
                "'Thread.Sleep' blocks at DISPATCH_LEVEL: OnPacket → Outer → Inner → Thread.Sleep");
        }
    }
}
