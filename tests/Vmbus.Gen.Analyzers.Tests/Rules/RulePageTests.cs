using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Rules;

/// <summary>Holds rules and their pages to one another, and fixes to the examples of the pages.</summary>
public sealed class RulePageTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. ExportedTypes.InstancesOf<DiagnosticAnalyzer>(typeof(HandlerShapeAnalyzer).Assembly)];

    private static readonly ImmutableArray<DiagnosticDescriptor> Rules = [.. Analyzers.SelectMany(static a => a.SupportedDiagnostics).OrderBy(static d => d.Id, StringComparer.Ordinal)];

    private static readonly ImmutableArray<CodeFixProvider> Fixes = [.. ExportedTypes.InstancesOf<CodeFixProvider>(typeof(MakePartialFix).Assembly)];

    private static readonly ImmutableHashSet<string> Fixable = [.. Fixes.SelectMany(static f => f.FixableDiagnosticIds)];

    /// <summary>What a line of an example says for whose report nothing can be offered.</summary>
    private const string NoFix = "; no fix";

    public static TheoryData<string> RuleIds => [.. Rules.Select(static r => r.Id)];

    [Fact]
    public void Every_rule_has_one_descriptor_and_one_page()
    {
        Assert.Equal(Rules.Select(static r => r.Id).Distinct(), Rules.Select(static r => r.Id));
        Assert.Equal(Rules.Select(static r => r.Id), RulePage.Ids());
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void The_page_says_what_the_descriptor_says(string id)
    {
        DiagnosticDescriptor rule = Rules.Single(r => r.Id == id);
        RulePage page = RulePage.Read(id);

        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri);
        Assert.Equal($"# {id}: {rule.Title}", page.Title);
        Assert.Equal(rule.Category, page.Value("Category"));
        Assert.Equal(rule.DefaultSeverity.ToString().ToLowerInvariant(), page.Value("Default severity"));
        Assert.Equal(Fixable.Contains(id) ? "yes" : "no", page.Value("Code fix"));
        Assert.Equal(RulePage.Headings, page.SectionHeadings);
        Assert.All(RulePage.Headings, h => Assert.NotEqual("", page.Section(h).Trim()));
    }

    public static TheoryData<string> FixableIds => [.. Rules.Select(static r => r.Id).Where(Fixable.Contains)];

    /// <summary>Every report of an example is fixed, by one provider or another, but for those whose line says <c>no fix</c>.</summary>
    [Theory]
    [MemberData(nameof(FixableIds))]
    public async Task The_fixes_silence_the_examples(string id)
    {
        CodeFixProvider[] fixes = [.. Fixes.Where(f => f.FixableDiagnosticIds.Contains(id))];
        DiagnosticAnalyzer[] analyzers = [.. Analyzers.Where(a => a.SupportedDiagnostics.Any(r => r.Id == id))];
        foreach (string example in RulePage.Read(id).CodeOf(RulePage.Example))
        {
            string text = example;
            foreach (CodeFixProvider fix in fixes)
            {
                TestProject project = RulePage.ProjectOf(text);
                text = await new CodeFixTest(project, project, fix, analyzers.AsSpan()) { EnabledIds = [id] }.VerifyStepsAsync() ?? text;
            }

            ImmutableArray<Diagnostic> left = [.. (await new AnalyzerTest(RulePage.ProjectOf(text), analyzers.AsSpan()) { EnabledIds = [id] }.AnalyzeAsync()).Where(d => d.Id == id)];
            Assert.All(left, d => Assert.Contains(NoFix, text.Split('\n')[d.Location.GetLineSpan().StartLinePosition.Line], StringComparison.Ordinal));
            Assert.Equal(example.Split('\n').Count(static l => l.Contains(NoFix, StringComparison.Ordinal)), left.Length);
        }
    }

    [Fact]
    public void The_index_lists_every_rule()
        => Assert.Equal(
            Rules.Select(static r => $"| [{r.Id}]({r.Id}.md) | {r.DefaultSeverity.ToString().ToLowerInvariant()} | {(Fixable.Contains(r.Id) ? "yes" : "no")} | {r.Title} |"),
            File.ReadAllLines(Path.Combine(RulePage.Folder, "README.md")).Where(static l => l.StartsWith("| [VMB", StringComparison.Ordinal)));
}
