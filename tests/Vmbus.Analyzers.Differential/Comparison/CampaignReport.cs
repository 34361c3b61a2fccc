using System.Globalization;
using System.Text;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Says in figures what a campaign has shown, and what its programs consisted of.</summary>
internal static class CampaignReport
{
    public static string Write(Campaign campaign, Language language, int seed, TimeSpan time)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.AppendLine(plain, $"seed {seed}, {DateTime.UtcNow:yyyy-MM-dd}, {time:hh\\:mm\\:ss}");
        text.AppendLine(plain, $"programs {campaign.Tried} ({campaign.LeftOut} more left out: too many paths), paths {campaign.Paths}");
        text.AppendLine(plain, $"correct {campaign.Correct} ({Percent(campaign.Correct, campaign.Tried)} %), wrong {campaign.Wrong} ({Percent(campaign.Wrong, campaign.Tried)} %)");
        text.AppendLine(plain, $"missed {campaign.Missed}, unexpected {campaign.Unexpected} ({Percent(campaign.Unexpected, campaign.Correct)} % of the correct)");
        string[] constructs = [.. language.Constructs];
        (string First, string Second, int Count)[] pairs = [.. Pairs(campaign, constructs).OrderBy(static p => p.Count)];
        text.AppendLine(plain, $"constructs {constructs.Length}, rarest pair {pairs[0].First} + {pairs[0].Second}: {pairs[0].Count}, pairs below 20: {pairs.Count(static p => p.Count < 20)} of {pairs.Length}");
        foreach (string construct in constructs.OrderBy(c => campaign.Coverage.Single.GetValueOrDefault(c)))
        {
            (string First, string Second, int Count) rarest = pairs.First(p => p.First == construct || p.Second == construct);
            int count = campaign.Coverage.Single.GetValueOrDefault(construct);
            text.AppendLine(plain, $"  {construct,-20} {count,7} {Percent(count, campaign.Tried),6} %   rarest with {(rarest.First == construct ? rarest.Second : rarest.First)}: {rarest.Count}");
        }

        return text.ToString();
    }

    /// <summary>How often each pair of constructs stands in one program.</summary>
    public static IEnumerable<(string First, string Second, int Count)> Pairs(Campaign campaign, string[] constructs)
        => from i in Enumerable.Range(0, constructs.Length)
           from j in Enumerable.Range(i + 1, constructs.Length - i - 1)
           select (constructs[i], constructs[j], campaign.Coverage.Pair(constructs[i], constructs[j]));

    private static string Percent(int part, int whole)
        => whole == 0 ? "-" : (100.0 * part / whole).ToString("F2", CultureInfo.InvariantCulture);
}
