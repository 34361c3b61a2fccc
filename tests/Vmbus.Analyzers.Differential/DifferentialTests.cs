using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Analyzers.Differential.Levels;

namespace Vmbus.Analyzers.Differential;

/// <summary>Truth against verdict over many random programs; the command line runs more of them.</summary>
public sealed class DifferentialTests
{
    [Fact]
    public void Analyzers_say_what_running_shows()
    {
        var campaign = new Campaign(new Judge(PacketProof.Instance), seed: 20261125);
        campaign.Run(2000, threads: 2);

        Judgement? missed = campaign.Differences.FirstOrDefault(static d => d.IsMissed);
        Assert.True(campaign.Missed == 0, $"{campaign.Missed} of {campaign.Tried} programs go wrong and are not reported, so:\n{missed}");
        Judgement? unexpected = campaign.Differences.FirstOrDefault(static d => d.IsUnexpected);
        Assert.True(
            campaign.Unexpected * 100 < campaign.Correct,
            $"{campaign.Unexpected} of {campaign.Correct} correct programs are reported, as this one:\n{unexpected}");
        Assert.True(campaign.Correct * 100 >= campaign.Tried * 30, $"Only {campaign.Correct} of {campaign.Tried} programs are correct.");
        Assert.True(campaign.Wrong * 100 >= campaign.Tried * 30, $"Only {campaign.Wrong} of {campaign.Tried} programs are wrong.");
        Assert.All(PacketLanguage.Instance.Constructs, construct =>
            Assert.True(campaign.Coverage.Single.GetValueOrDefault(construct) * 100 >= campaign.Tried, $"'{construct}' stands in fewer than one program of a hundred."));
    }

    [Fact]
    public void Analyzers_say_at_which_levels_running_reaches_what()
    {
        var campaign = new Campaign(new Judge(LevelProof.Instance), seed: 20261125);
        campaign.Run(2000, threads: 2);

        Judgement? missed = campaign.Differences.FirstOrDefault(static d => d.IsMissed);
        Assert.True(campaign.Missed == 0, $"{campaign.Missed} of {campaign.Tried} programs go wrong and are not reported, so:\n{missed}");
        Judgement? unexpected = campaign.Differences.FirstOrDefault(static d => d.IsUnexpected);
        Assert.True(
            campaign.Unexpected * 100 < campaign.Correct * 2,
            $"{campaign.Unexpected} of {campaign.Correct} correct programs are reported, as this one:\n{unexpected}");
        Assert.True(campaign.Correct * 100 >= campaign.Tried * 30, $"Only {campaign.Correct} of {campaign.Tried} programs are correct.");
        Assert.True(campaign.Wrong * 100 >= campaign.Tried * 30, $"Only {campaign.Wrong} of {campaign.Tried} programs are wrong.");
        Assert.All(LevelLanguage.Instance.Constructs, construct =>
            Assert.True(campaign.Coverage.Single.GetValueOrDefault(construct) * 200 >= campaign.Tried, $"'{construct}' stands in fewer than one program of two hundred."));
    }

    [Fact]
    public void What_tells_the_truth_shares_no_code_with_what_judges()
        => Assert.DoesNotContain(
            typeof(Oracle.Unknown).Assembly.GetReferencedAssemblies(),
            static a => a.Name!.StartsWith("Vmbus.Gen", StringComparison.Ordinal) || a.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
}
