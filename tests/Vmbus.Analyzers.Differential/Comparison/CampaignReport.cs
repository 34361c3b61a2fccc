using System.Globalization;
using System.Text;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Says in figures what a campaign has shown, and what its programs consisted of.</summary>
internal static class CampaignReport
{
    /// <summary>In so many programs each pair of constructs shall stand.</summary>
    private const int Enough = 20;

    /// <summary>So many of the pairs that stand in fewer are listed.</summary>
    private const int MostShown = 40;

    public static string Write(Campaign campaign, Language language, int seed, TimeSpan time)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.AppendLine(plain, $"seed {seed}, {DateTime.UtcNow:yyyy-MM-dd}, {time:hh\\:mm\\:ss}");
        text.AppendLine(plain, $"programs {campaign.Tried} ({campaign.LeftOut} more left out: too many paths), paths {campaign.Paths}");
        text.AppendLine(plain, $"correct {campaign.Correct} ({Percent(campaign.Correct, campaign.Tried)} %), wrong {campaign.Wrong} ({Percent(campaign.Wrong, campaign.Tried)} %)");
        text.AppendLine(plain, $"missed {campaign.Missed}, unexpected {campaign.Unexpected} ({Percent(campaign.Unexpected, campaign.Correct)} % of the correct)");
        WriteCoverage(text, campaign.Coverage, campaign.Tried, language);
        return text.ToString();
    }

    /// <summary>How many programs have each construct, and which pairs of them are rare.</summary>
    public static void WriteCoverage(StringBuilder text, CoverageCounter coverage, int programs, Language language)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        string[] constructs = [.. language.Constructs];
        (Theme Pair, int Count)[] pairs = [.. language.Themes.Select(t => (t, coverage.Pair(t.First, t.Second))).OrderBy(static p => p.Item2)];
        text.AppendLine(plain, $"constructs {constructs.Length}, rarest pair {pairs[0].Pair.First} + {pairs[0].Pair.Second}: {pairs[0].Count}, pairs below {Enough}: {pairs.Count(static p => p.Count < Enough)} of {pairs.Length}; {language.Apart.Count} pairs cannot be");
        foreach (string construct in constructs.OrderBy(c => coverage.Single.GetValueOrDefault(c)))
        {
            (Theme pair, int rarest) = pairs.First(p => p.Pair.First == construct || p.Pair.Second == construct);
            int count = coverage.Single.GetValueOrDefault(construct);
            text.AppendLine(plain, $"  {construct,-20} {count,7} {Percent(count, programs),6} %   rarest with {(pair.First == construct ? pair.Second : pair.First)}: {rarest}");
        }

        foreach ((Theme pair, int count) in pairs.TakeWhile(static p => p.Count < Enough).Take(MostShown))
        {
            text.AppendLine(plain, $"  below {Enough}: {pair.First} + {pair.Second}: {count}");
        }

        foreach ((Theme pair, string reason) in language.Apart.OrderBy(static p => p.Key.First, StringComparer.Ordinal).ThenBy(static p => p.Key.Second, StringComparer.Ordinal))
        {
            text.AppendLine(plain, $"  cannot be: {pair.First} + {pair.Second}: {reason}");
        }
    }

    private static string Percent(int part, int whole)
        => whole == 0 ? "-" : (100.0 * part / whole).ToString("F2", CultureInfo.InvariantCulture);
}
