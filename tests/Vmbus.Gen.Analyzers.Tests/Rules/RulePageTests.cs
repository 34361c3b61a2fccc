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
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Rules;

/// <summary>Holds rules and their pages to one another, and the code on the pages to what the rules say about it.</summary>
public sealed partial class RulePageTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. ExportedTypes.InstancesOf<DiagnosticAnalyzer>(typeof(HandlerShapeAnalyzer).Assembly)];

    private static readonly ImmutableArray<DiagnosticDescriptor> Rules = [.. Analyzers.SelectMany(static a => a.SupportedDiagnostics).OrderBy(static d => d.Id, StringComparer.Ordinal)];

    private static readonly ImmutableHashSet<string> Fixable = [.. ExportedTypes.InstancesOf<CodeFixProvider>(typeof(MakePartialFix).Assembly).SelectMany(static f => f.FixableDiagnosticIds)];

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
        => [.. (await new AnalyzerTest(TestProject.Of(code).WithGenerators(new ChannelCallbacksGenerator()) with { AllowUnsafe = true }, Analyzers.AsSpan()).AnalyzeAsync())
            .Where(d => d.Id == id || d.Severity != DiagnosticSeverity.Info)];
}
