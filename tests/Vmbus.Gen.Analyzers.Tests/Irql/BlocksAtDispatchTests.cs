using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;
using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

public sealed class BlocksAtDispatchTests
{
    public static TheoryData<string> Rows => new(BlockingCatalogue.All.Select(static c => c.ToString()));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task PatternHasItsVerdict(string row)
    {
        IrqlCase pattern = BlockingCatalogue.All.Single(c => c.ToString() == row);
        await AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync("VMB201", pattern.Source);
    }

    [Fact]
    public async Task MessageNamesTheBlockingCall()
        => await AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(
            Handler("{|VMB201:Thread.Sleep(1)|};"), "VMB201", "'Thread.Sleep' blocks at DISPATCH_LEVEL: OnPacket → Thread.Sleep");

    [Fact]
    public async Task MessageAndLocationsTellTheWay()
        => await AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(
            Handler(
                "{|VMB201(0,1):Save()|};",
                "private void Save() => {|#0:Flush()|};\nprivate void Flush() => {|#1:_file.Flush()|};"),
            "VMB201",
            "'FileStream.Flush' blocks at DISPATCH_LEVEL: OnPacket → Save → Flush → FileStream.Flush");

    [Fact]
    public async Task WayGoesThroughOtherFiles()
        => await AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
            "VMB201",
            TestProject.Of(
                Handler("{|VMB201(0,1):Helper.Save()|};"),
                "internal static class Helper { public static void Save() => {|#0:Deeper.Save()|}; }",
                "internal static class Deeper { public static void Save() => {|#1:System.Threading.Thread.Sleep(1)|}; }"));

    [Theory]
    [InlineData("M:Library.Save")]
    [InlineData("M:Library.Save(System.Int32)")]
    [InlineData("M:Other.Thing | M:Library.Save")]
    public async Task OptionAddsMembersThatBlock(string ids)
        => await AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
            "VMB201",
            TestProject.Of(Handler("[|Library.Save(1)|]; Library.Load();"), "public static class Library { public static void Save(int x) { } public static void Load() { } }")
                with
            { EditorConfig = "vmbus.blocking_members = " + ids });

    [Fact]
    public async Task AnAdditionalFileAddsMembersThatBlock()
        => await AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
            "VMB201",
            TestProject.Of(
                Handler("[|Library.Save(1)|]; Library.Load(); int x = [|Library.Size|]; Library.Wait(0); [|Library.Wait(1)|]; Thread.Sleep(1);"),
                """
                public static class Library
                {
                    public static int Size => 1;
                    public static void Save(int x) { }
                    public static void Load() { }
                    public static void Wait(int timeout) { }
                }
                """)
                .WithAdditionalFile(
                    "packages/Library/vmbus-effects.txt",
                    """
                    # How the members of Library block
                    io M:Library.Save(System.Int32)
                    this line says nothing
                    wait ?sometimes M:Library.Load
                    may io M:Library.Load
                    P:Library.Size
                    wait ?timeout M:Library.Wait(System.Int32)
                    none M:System.Threading.Thread.Sleep
                    """));

    [Fact]
    public async Task TheConfigurationOfAFileHasTheLastWord()
        => await AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
            "VMB201",
            (TestProject.Of(Handler("Library.Save(1); Thread.Sleep(1);"), "public static class Library { public static void Save(int x) { } }")
                with
            { EditorConfig = "vmbus.blocking_members = none M:Library.Save | none M:System.Threading.Thread.Sleep" })
                .WithAdditionalFile("vmbus-effects.txt", "io M:Library.Save"));

    [Theory]
    [InlineData("strict", "VMB201", "_ = [|DateTime.Now|]; [|Library.Save()|]; System.Text.Json.JsonSerializer.Serialize(1);")]
    [InlineData("strict", "VMB206", "_ = DateTime.Now; Library.Save(); [|System.Text.Json.JsonSerializer.Serialize(1)|];")]
    [InlineData("default", "VMB201", "_ = DateTime.Now; Library.Save(); System.Text.Json.JsonSerializer.Serialize(1);")]
    [InlineData("default", "VMB206", "_ = DateTime.Now; Library.Save(); System.Text.Json.JsonSerializer.Serialize(1);")]
    public async Task WhatMayBlockIsReportedWhereItIsAskedFor(string strictness, string rule, string body)
        => await AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync(
            rule,
            (TestProject.Of(Handler(body), "public static class Library { public static void Save() { } }") with { EditorConfig = "vmbus.blocking = " + strictness })
                .WithAdditionalFile("vmbus-effects.txt", "may io M:Library.Save"));
}
