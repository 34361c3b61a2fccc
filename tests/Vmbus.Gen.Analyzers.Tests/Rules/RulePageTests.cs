using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Rules;

/// <summary>Holds rules and their pages to one another, and the code on the pages to what the rules say about it.</summary>
public sealed partial class RulePageTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. ExportedTypes.InstancesOf<DiagnosticAnalyzer>(typeof(HandlerShapeAnalyzer).Assembly)];

    private static readonly ImmutableArray<DiagnosticDescriptor> Rules = [.. Analyzers.SelectMany(static a => a.SupportedDiagnostics).OrderBy(static d => d.Id, StringComparer.Ordinal)];

    private static readonly ImmutableArray<CodeFixProvider> Fixes = [.. ExportedTypes.InstancesOf<CodeFixProvider>(typeof(MakePartialFix).Assembly)];

    private static readonly ImmutableHashSet<string> Fixable = [.. Fixes.SelectMany(static f => f.FixableDiagnosticIds)];

    /// <summary>What a line of an example says for whose report nothing can be offered.</summary>
    private const string NoFix = "; no fix";

    /// <summary>A line of an example says with a comment at its end what is reported on it.</summary>
    [GeneratedRegex(@"// (?<id>VMB\d+)\b")]
    private static partial Regex Expectation { get; }

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

    [Theory]
    [MemberData(nameof(RuleIds))]
    public async Task The_examples_are_reported_where_they_say(string id)
    {
        IReadOnlyList<string> examples = RulePage.Read(id).CodeOf(RulePage.Example);

        Assert.NotEmpty(examples);
        foreach (string example in examples)
        {
            (string Id, int Line)[] expected = [.. example.Split('\n').SelectMany(static (line, n) => Expectation.Matches(line).Select(m => (m.Groups["id"].Value, n + 1)))];
            Assert.Contains(expected, e => e.Id == id);
            Assert.Equal(expected, (await AnalyzeAsync(id, example)).Select(static d => (d.Id, d.Location.GetLineSpan().StartLinePosition.Line + 1)));
        }
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
                TestProject project = ProjectOf(text);
                text = await new CodeFixTest(project, project, fix, analyzers.AsSpan()) { EnabledIds = [id] }.VerifyStepsAsync() ?? text;
            }

            ImmutableArray<Diagnostic> left = [.. (await new AnalyzerTest(ProjectOf(text), analyzers.AsSpan()) { EnabledIds = [id] }.AnalyzeAsync()).Where(d => d.Id == id)];
            Assert.All(left, d => Assert.Contains(NoFix, text.Split('\n')[d.Location.GetLineSpan().StartLinePosition.Line], StringComparison.Ordinal));
            Assert.Equal(example.Split('\n').Count(static l => l.Contains(NoFix, StringComparison.Ordinal)), left.Length);
        }
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public async Task The_code_that_is_mended_is_clean(string id)
    {
        IReadOnlyList<string> mended = RulePage.Read(id).CodeOf(RulePage.Fix);

        Assert.NotEmpty(mended);
        foreach (string code in mended)
        {
            Assert.Empty(await AnalyzeAsync(id, code));
        }
    }

    [Fact]
    public void The_index_lists_every_rule()
        => Assert.Equal(
            Rules.Select(static r => $"| [{r.Id}]({r.Id}.md) | {r.DefaultSeverity.ToString().ToLowerInvariant()} | {(Fixable.Contains(r.Id) ? "yes" : "no")} | {r.Title} |"),
            File.ReadAllLines(Path.Combine(RulePage.Folder, "README.md")).Where(static l => l.StartsWith("| [VMB", StringComparison.Ordinal)));

    /// <summary>What is reported, but for the mere information of other rules than the page's own: it would stand on nearly every page.</summary>
    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string id, string code)
        => [.. (await new AnalyzerTest(ProjectOf(code), Analyzers.AsSpan()).AnalyzeAsync())
            .Where(d => d.Id == id || d.Severity != DiagnosticSeverity.Info)];

    private static TestProject ProjectOf(string code) => TestProject.Of(code).WithGenerators(new ChannelCallbacksGenerator()) with { AllowUnsafe = true };
}
