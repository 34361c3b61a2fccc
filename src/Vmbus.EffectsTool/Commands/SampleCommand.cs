using System.CommandLine;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Commands;

/// <summary><c>sample</c>: members for a review, drawn by a seed from each grade and category, before anybody has judged them.</summary>
internal static class SampleCommand
{
    /// <summary>All members of a review.</summary>
    private const int Size = 300;

    /// <summary>How many of each: most where the rules report by default; the few that enter monitors all. What a stratum has too few of comes from those that do not block.</summary>
    private static readonly (string Stratum, int Count)[] Strata =
    [
        ("does io", 80), ("does wait", 60), ("does monitor", 13), ("may io", 25), ("may wait", 25), ("may monitor", 25),
    ];

    public static Command Create()
    {
        var seed = new Option<uint>("--seed") { Description = "Another seed draws other members.", DefaultValueFactory = static _ => 20261125 };
        Option<DirectoryInfo> framework = Analyses.FrameworkOption();
        var command = new Command("sample", "Draws public members for a review: stratum, id, and the way to what blocks.") { seed, framework };
        command.SetAction(result =>
        {
            using FrameworkAnalysis analysis = Analyses.OfFramework(Analyses.FolderOf(result, framework));
            foreach ((string stratum, MethodNode method) in Draw(analysis, result.GetValue(seed)))
            {
                result.InvocationConfiguration.Output.WriteLine($"{stratum}\t{method.Id}\t{CallWay.Short(analysis, method)}");
            }
        });
        return command;
    }

    public static IEnumerable<(string Stratum, MethodNode Method)> Draw(FrameworkAnalysis analysis, uint seed)
    {
        ILookup<string, MethodNode> strata = analysis.Surface.Where(static m => m.IsVisible).ToLookup(m => StratumOf(analysis.Of(m)));
        int left = Size;
        foreach ((string stratum, int count) in Strata.Append(("none", Size)))
        {
            foreach (MethodNode method in strata[stratum].OrderBy(m => MemberHash.Of(m.Id, seed)).Take(Math.Min(count, left)))
            {
                left--;
                yield return (stratum, method);
            }
        }
    }

    public static string StratumOf(BlockingMember member)
        => member.Category == BlockingCategory.None ? "none" : $"{member.Grade.ToString().ToLowerInvariant()} {BlockingWords.Of(member.Category)}";
}
