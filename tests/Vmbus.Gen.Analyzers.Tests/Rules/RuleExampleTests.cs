using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.Analyzers;

namespace Vmbus.Gen.Analyzers.Tests.Rules;

/// <summary>Holds the code on the pages of the rules to what the rules say about it: on the oldest compiler here, and on the newest with the tests of editors.</summary>
public sealed partial class RuleExampleTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. ExportedTypes.InstancesOf<DiagnosticAnalyzer>(typeof(HandlerShapeAnalyzer).Assembly)];

    /// <summary>A line of an example says with a comment at its end what is reported on it.</summary>
    [GeneratedRegex(@"// (?<id>VMB\d+)\b")]
    private static partial Regex Expectation { get; }

    public static TheoryData<string> RuleIds => [.. RulePage.Ids()];

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

    /// <summary>What is reported, but for the mere information of other rules than the page's own: it would stand on nearly every page.</summary>
    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string id, string code)
        => [.. (await new AnalyzerTest(RulePage.ProjectOf(code), Analyzers.AsSpan()).AnalyzeAsync())
            .Where(d => d.Id == id || d.Severity != DiagnosticSeverity.Info)];
}
