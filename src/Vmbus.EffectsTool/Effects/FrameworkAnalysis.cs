using Vmbus.EffectsTool.Graph;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>How the members of a set of assemblies block.</summary>
internal sealed class FrameworkAnalysis : IDisposable
{
    private readonly AssemblySet _set;
    private readonly CallConditions _conditions;

    private FrameworkAnalysis(AssemblySet set, Primitives primitives, ReviewedMembers reviewed)
    {
        _set = set;
        _conditions = new CallConditions(reviewed);
        Primitives = primitives;
        Reviewed = reviewed;
        Graph = CallGraph.Build(set, _conditions);
        Effects = new EffectAnalysis(Graph, primitives, reviewed);
        Surface = [.. Graph.Methods.Where(static m => m.IsVisible || m.IsExplicitImplementation).OrderBy(static m => m.Id, StringComparer.Ordinal)];
    }

    public Primitives Primitives { get; }

    public ReviewedMembers Reviewed { get; }

    public CallGraph Graph { get; }

    public EffectAnalysis Effects { get; }

    /// <summary>What code of other assemblies can call, by id.</summary>
    public IReadOnlyList<MethodNode> Surface { get; }

    public static FrameworkAnalysis Load(IEnumerable<string> paths) => Of(AssemblySet.Load(paths));

    /// <summary>Analyses assemblies; to dispose of the result is to dispose of them.</summary>
    public static FrameworkAnalysis Of(AssemblySet set) => new(set, Primitives.Load(), ReviewedMembers.Load());

    /// <summary>How a member blocks, as the table says it; of category None if it does not.</summary>
    public BlockingMember Of(MethodNode method) => Of(method, Effects.OfCall(method));

    /// <summary>What an effect of a method says, with the condition that the method has.</summary>
    public BlockingMember Of(MethodNode method, MethodEffect? effect)
        => effect is null ? default : new BlockingMember(effect.Category, _conditions.Of(method), effect.Grade);

    /// <summary>The rows of the table: members that block, and members that do not although what they override does.</summary>
    /// <param name="isIncluded">Which assemblies to write of.</param>
    public IReadOnlyDictionary<string, BlockingMember> Rows(Func<AssemblyFile, bool> isIncluded)
    {
        var rows = new SortedDictionary<string, BlockingMember>(StringComparer.Ordinal);
        foreach (MethodNode method in Surface.Where(m => isIncluded(m.Owner.File)))
        {
            BlockingMember member = Of(method);
            if (member.Category != BlockingCategory.None)
            {
                rows.TryAdd(method.Id, member);
            }
            else if (method.IsOverride && Graph.OverriddenBy(method).Any(m => Of(m).Category != BlockingCategory.None))
            {
                rows.TryAdd(method.Id, default);
            }
        }

        return rows;
    }

    public void Dispose() => _set.Dispose();
}
