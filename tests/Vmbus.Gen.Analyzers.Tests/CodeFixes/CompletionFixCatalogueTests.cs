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
    private const int OrdinaryStep = 48;
    private const int CiStep = 12;

    private static readonly CodeFixProvider[] Providers = [.. ExportedTypes.InstancesOf<CodeFixProvider>(typeof(PacketContractFix).Assembly).Where(static f => f is TriedCodeFix && MistakesFor(f).Any())];

    public static TheoryData<string> Names => [.. Providers.Select(static f => f.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task What_is_offered_is_right(string name) => VerifyAsync(name, OrdinaryStep);

    [Theory]
    [Trait("Category", "Ci")]
    [MemberData(nameof(Names))]
    public Task What_is_offered_more_often_is_right(string name) => VerifyAsync(name, CiStep);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public async Task What_is_offered_anywhere_is_right(string name)
    {
        int offered = await VerifyAsync(name, 1);

        // The handlers of the catalogues answer with nothing.
        Assert.Equal(name != nameof(ReturnValueFix), offered > 0);
    }

    private static IEnumerable<CompletionCase> MistakesFor(CodeFixProvider fix)
        => CompletionCatalogue.All.Concat(FurtherRulesCatalogue.All).Concat(SentenceCatalogue.All).Concat(LifetimeCatalogue.All)
            .Where(c => fix.FixableDiagnosticIds.Any(id => c.Source.Contains("{|" + id, StringComparison.Ordinal)));

    /// <returns>For how many mistakes something is offered.</returns>
    private async Task<int> VerifyAsync(string name, int step)
    {
        CodeFixProvider fix = Providers.Single(f => f.GetType().Name == name);
        CompletionCase[] mistakes = [.. MistakesFor(fix).Where((_, i) => i % step == 0)];
        int offered = 0;
        foreach (CompletionCase mistake in mistakes)
        {
            TestProject project = TestProject.Of(mistake.Source) with { AllowUnsafe = true };
            string? after = await new CodeFixTest(project, project, fix, new PacketCompletionAnalyzer()).VerifyStepsAsync();
            output.WriteLine($"{mistake}: {after ?? "nothing offered"}");
            offered += after is null ? 0 : 1;
        }

        output.WriteLine($"{name}: offered for {offered} of {mistakes.Length}");
        return offered;
    }
}
