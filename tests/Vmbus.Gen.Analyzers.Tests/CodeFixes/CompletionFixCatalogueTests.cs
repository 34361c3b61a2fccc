using Microsoft.CodeAnalysis.CodeFixes;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Tests.Completion;
using Vmbus.Gen.CodeFixes.Completion;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;
using Xunit.Abstractions;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

/// <summary>
/// Over every mistake of the catalogues: whatever a fix offers takes its report away, brings no other, and compiles, one by one and with Fix All.
/// </summary>
public sealed class CompletionFixCatalogueTests(ITestOutputHelper output)
{
    private static readonly CodeFixProvider[] Providers =
        [.. ExportedTypes.InstancesOf<TriedCodeFix>(typeof(PacketContractFix).Assembly)];

    public static TheoryData<string> Names => [.. Providers.Select(static f => f.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task WhatIsOfferedIsRight(string name)
    {
        CodeFixProvider fix = Providers.Single(f => f.GetType().Name == name);
        CompletionCase[] mistakes = [.. CompletionCatalogue.All.Concat(FurtherRulesCatalogue.All).Concat(SentenceCatalogue.All).Concat(LifetimeCatalogue.All)
            .Where(c => fix.FixableDiagnosticIds.Any(id => c.Source.Contains("{|" + id, StringComparison.Ordinal)))];
        int offered = 0;
        foreach (CompletionCase mistake in mistakes)
        {
            TestProject project = TestProject.Of(mistake.Source) with { AllowUnsafe = true };
            string? after = await new CodeFixTest(project, project, fix, new PacketCompletionAnalyzer()).VerifyStepsAsync();
            output.WriteLine($"#### {mistake}: {(after is null ? "nothing offered\n" + Tail(mistake.Source) : Tail(after))}");
            offered += after is null ? 0 : 1;
        }

        output.WriteLine($"{name}: offered for {offered} of {mistakes.Length}");
        Assert.True(offered > 0);

        static string Tail(string source) => source[(source.IndexOf("(uint)Environment.TickCount", StringComparison.Ordinal) is >= 0 and var at ? at : 0)..];
    }
}
