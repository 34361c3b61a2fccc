using System.Globalization;
using Vmbus.Gen.Analyzers.Tests.Completion;
using Vmbus.Gen.Analyzers.Tests.Irql;
using Vmbus.Gen.TestKit.Markup;

namespace Vmbus.Gen.Analyzers.Tests.Patterns;

/// <summary>Every pattern of the table is a case of a catalogue, with the verdict that the table gives it, or says why it cannot be one.</summary>
public sealed class PatternCoverageTests
{
    private const string NothingAsked = "-";
    private const string NotApplicable = "not applicable: ";

    private static readonly IReadOnlyDictionary<string, string[]> CompletionVerdicts = Verdicts(CompletionCatalogues.All.Select(static c => (c.Row, c.Source)), defaultId: "");

    private static readonly IReadOnlyDictionary<string, string[]> BlockingVerdicts = Verdicts(
        BlockingCatalogue.All.Concat(ContractCatalogue.All).Concat(CallGraphCatalogue.All).Concat(PatternCatalogue.All).Select(static c => (c.Row, c.Source)), defaultId: "VMB201");

    [Fact]
    public void TheTableHasEveryNumber()
    {
        Assert.Equal(PatternTable.All.Count, PatternTable.All.Select(static p => p.Number).Distinct().Count());
        Assert.Equal(
            Enumerable.Range(1, 200),
            PatternTable.All.Where(static p => char.IsDigit(p.Number[^1])).Select(static p => int.Parse(p.Number, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void EveryPatternHasACaseOrAReason()
    {
        List<string> wrong = [];
        foreach (Pattern pattern in PatternTable.All)
        {
            if (pattern is { Completion: NothingAsked, Blocking: NothingAsked })
            {
                wrong.Add($"{pattern.Number}: nothing is asked of it");
            }

            Check(pattern, pattern.Completion, CompletionVerdicts, wrong);
            Check(pattern, pattern.Blocking, BlockingVerdicts, wrong);
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void CasesAreOfPatternsInTheTable()
    {
        HashSet<string> numbers = [.. PatternTable.All.Select(static p => p.Number)];
        string[] strays = [.. CompletionVerdicts.Keys.Concat(BlockingVerdicts.Keys).Where(r => r.Length > 0 && char.IsDigit(r[0]) && !numbers.Contains(r) && !numbers.Contains(r.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"])))];
        Assert.Empty(strays);
    }

    private static void Check(Pattern pattern, string verdict, IReadOnlyDictionary<string, string[]> cases, List<string> wrong)
    {
        bool hasCase = cases.TryGetValue(pattern.Number, out string[]? verdicts);
        if (verdict.StartsWith(NotApplicable, StringComparison.Ordinal))
        {
            if (hasCase || verdict.Length < NotApplicable.Length + 20)
            {
                wrong.Add($"{pattern.Number} {pattern.Title}: it is said not to be applicable, but has a case, or the reason is missing");
            }
        }
        else if (verdict != NothingAsked && !hasCase)
        {
            wrong.Add($"{pattern.Number} {pattern.Title}: no case; one has to say {verdict}");
        }
        else if (verdict != NothingAsked && verdicts!.FirstOrDefault(v => v != verdict) is { } other)
        {
            wrong.Add($"{pattern.Number} {pattern.Title}: the table says {verdict}, a case {other}");
        }
    }

    /// <summary>The ids that the cases of each row report.</summary>
    private static Dictionary<string, string[]> Verdicts(IEnumerable<(string Row, string Source)> cases, string defaultId)
        => cases.GroupBy(static c => c.Row).ToDictionary(static g => g.Key, g => g.Select(c => VerdictOf(c.Source, defaultId)).ToArray());

    private static string VerdictOf(string source, string defaultId)
    {
        string[] ids = [.. MarkupParser.Parse(source).Diagnostics.Select(d => d.Id ?? defaultId).Distinct().Order(StringComparer.Ordinal)];
        return ids.Length == 0 ? "ok" : string.Join(' ', ids);
    }
}
