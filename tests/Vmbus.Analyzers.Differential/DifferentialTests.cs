using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Analyzers.Differential.Grammar;
using Vmbus.Analyzers.Differential.Levels;

namespace Vmbus.Analyzers.Differential;

/// <summary>Truth against verdict over many random programs; the command line runs more of them.</summary>
public sealed class DifferentialTests
{
    [Fact]
    public void Analyzers_say_what_running_shows() => Hold(PacketProof.Instance, unexpectedPercent: 1, programsPerConstruct: 100);

    [Fact]
    public void Analyzers_say_at_which_levels_running_reaches_what() => Hold(LevelProof.Instance, unexpectedPercent: 2, programsPerConstruct: 200);

    [Fact]
    public void Programs_have_the_themes_of_their_numbers()
    {
        Language language = LevelProof.Instance.Language;
        Theme[] without =
        [
            .. from number in Enumerable.Range(0, language.Themes.Length)
               let theme = ProgramGenerator.ThemeOf(language, number)!.Value
               let constructs = ProgramGenerator.Make(language, seed: 20261125, number).Constructs
               where !constructs.Contains(theme.First) || !constructs.Contains(theme.Second)
               select theme,
        ];
        Assert.True(without.Length * 50 <= language.Themes.Length, $"{without.Length} of {language.Themes.Length} programs have no theme, so {without.FirstOrDefault()}.");
    }

    [Fact]
    public void What_tells_the_truth_shares_no_code_with_what_judges()
        => Assert.DoesNotContain(
            typeof(Oracle.Unknown).Assembly.GetReferencedAssemblies(),
            static a => a.Name!.StartsWith("Vmbus.Gen", StringComparison.Ordinal) || a.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    /// <param name="proof">What is proved.</param>
    /// <param name="unexpectedPercent">Of the correct programs, fewer than so many percent may be reported.</param>
    /// <param name="programsPerConstruct">Each construct stands in one of so many programs at least.</param>
    private static void Hold(Proof proof, int unexpectedPercent, int programsPerConstruct)
    {
        var campaign = new Campaign(new Judge(proof), seed: 20261125);
        campaign.Run(2000, threads: 2);

        Judgement? missed = campaign.Differences.FirstOrDefault(static d => d.IsMissed);
        Assert.True(campaign.Missed == 0, $"{campaign.Missed} of {campaign.Tried} programs go wrong and are not reported, so:\n{missed}");
        Judgement? unexpected = campaign.Differences.FirstOrDefault(static d => d.IsUnexpected);
        Assert.True(
            campaign.Unexpected * 100 < campaign.Correct * unexpectedPercent,
            $"{campaign.Unexpected} of {campaign.Correct} correct programs are reported, as this one:\n{unexpected}");
        Assert.True(campaign.Correct * 100 >= campaign.Tried * 30, $"Only {campaign.Correct} of {campaign.Tried} programs are correct.");
        Assert.True(campaign.Wrong * 100 >= campaign.Tried * 30, $"Only {campaign.Wrong} of {campaign.Tried} programs are wrong.");
        Assert.All(proof.Language.Constructs, construct =>
            Assert.True(campaign.Coverage.Single.GetValueOrDefault(construct) * programsPerConstruct >= campaign.Tried, $"'{construct}' stands in fewer than one program of {programsPerConstruct}."));
    }
}
