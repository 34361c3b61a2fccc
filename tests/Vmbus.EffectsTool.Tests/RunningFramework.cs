using Vmbus.EffectsTool.Commands;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Tests;

/// <summary>The shared framework that runs the tests, analysed once for all of them.</summary>
internal static class RunningFramework
{
    private static readonly Lazy<FrameworkAnalysis> LazyAnalysis = new(static () => Analyses.OfFramework(FrameworkFolder.Default));

    private static readonly Lazy<Dictionary<string, BlockingMember>> LazyMembers = new(static () =>
    {
        var members = new Dictionary<string, BlockingMember>(StringComparer.Ordinal);
        foreach (MethodNode method in Analysis.Surface)
        {
            members.TryAdd(method.Id, Analysis.Of(method));
        }

        return members;
    });

    public static FrameworkAnalysis Analysis => LazyAnalysis.Value;

    public static IReadOnlyDictionary<string, BlockingMember> Members => LazyMembers.Value;

    /// <summary>All overloads of a member, or the one with these parameters.</summary>
    public static IReadOnlyList<KeyValuePair<string, BlockingMember>> Find(string member)
    {
        var pattern = new MemberPattern("M:" + member);
        return [.. Members.Where(m => pattern.Matches(m.Key))];
    }
}
