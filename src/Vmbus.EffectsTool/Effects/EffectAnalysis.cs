using Vmbus.EffectsTool.Graph;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>
/// Carries what blocks from callees to callers, over the shortest ways. First what does block: over calls that are ordinarily made and whose targets are known.
/// Then what may: also over static constructors, handlers of exceptions, one of several known targets, and locks that are held inside the framework.
/// </summary>
internal sealed class EffectAnalysis
{
    private readonly CallGraph _graph;
    private readonly Primitives _primitives;
    private readonly ReviewedMembers _reviewed;
    private readonly Dictionary<MethodNode, MethodEffect> _effects = [];
    private readonly Dictionary<CallEdge, int> _missing = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<MethodEffect> _open = new();

    public EffectAnalysis(CallGraph graph, Primitives primitives, ReviewedMembers reviewed)
    {
        _graph = graph;
        _primitives = primitives;
        _reviewed = reviewed;
        SeedWhatDoes();
        Spread(DoesCross);
        SeedWhatMay();
        Spread(MayCross);
    }

    /// <summary>How a method blocks; null if it does not.</summary>
    public MethodEffect? Of(MethodNode method) => _effects.GetValueOrDefault(method);

    /// <summary>The methods from one to what blocks by itself.</summary>
    public IEnumerable<MethodEffect> WayFrom(MethodNode method)
    {
        for (MethodEffect? effect = Of(method); effect is not null; effect = effect.Next is null ? null : Of(effect.Next))
        {
            yield return effect;
        }
    }

    private void SeedWhatDoes()
    {
        foreach (MethodNode method in Sorted(_graph.Methods))
        {
            if (_reviewed.Find(method) is { } entry)
            {
                if (entry.Verdict is ReviewedVerdict.Does or ReviewedVerdict.Alone)
                {
                    Mark(new MethodEffect(method, entry.Category, BlockingGrade.Does, 0, null, null));
                }
            }
            else if (_primitives.Find(method) is { } category and (BlockingCategory.Wait or BlockingCategory.InputOutput))
            {
                Mark(new MethodEffect(method, category, BlockingGrade.Does, 0, null, null));
            }
        }
    }

    private void SeedWhatMay()
    {
        foreach (MethodNode method in Sorted(_graph.Methods))
        {
            if (_reviewed.Find(method) is { Verdict: ReviewedVerdict.May } entry)
            {
                Mark(new MethodEffect(method, entry.Category, BlockingGrade.May, 0, null, null));
            }
            else if (_primitives.Find(method) == BlockingCategory.Monitor || method.IsSynchronized)
            {
                Mark(new MethodEffect(method, BlockingCategory.Monitor, BlockingGrade.May, 0, null, null));
            }
        }

        foreach (MethodEffect effect in _effects.Values.Where(static e => e.Grade == BlockingGrade.Does).OrderBy(static e => e.Distance).ThenBy(static e => e.Method.Id, StringComparer.Ordinal).ToList())
        {
            _open.Enqueue(effect);
        }
    }

    private void Spread(Func<CallEdge, MethodEffect, MethodEffect?> cross)
    {
        while (_open.TryDequeue(out MethodEffect? effect))
        {
            foreach (CallEdge edge in _graph.To(effect.Method))
            {
                if (!_effects.ContainsKey(edge.Caller) && (edge.Declared == effect.Method || _reviewed.Find(edge.Declared)?.Verdict != ReviewedVerdict.Never) && _reviewed.Find(edge.Caller)?.Verdict != ReviewedVerdict.Never && cross(edge, effect) is { } found)
                {
                    Mark(found);
                }
            }
        }
    }

    private MethodEffect? DoesCross(CallEdge edge, MethodEffect effect)
    {
        ReviewedMember? entry = _reviewed.Find(effect.Method);
        if (edge.IsExceptional
            || effect.Category == BlockingCategory.Monitor
            || entry?.Verdict == ReviewedVerdict.Alone
            || _reviewed.Find(edge.Caller)?.Verdict == ReviewedVerdict.May)
        {
            return null;
        }

        bool crosses = edge.Kind switch
        {
            EdgeKind.Direct => true,
            EdgeKind.Closed => IsLast(edge),
            EdgeKind.Open => edge.Declared == effect.Method && entry?.Verdict == ReviewedVerdict.Does,
            _ => false,
        };
        return crosses ? new MethodEffect(edge.Caller, effect.Category, BlockingGrade.Does, effect.Distance + 1, edge, effect.Method) : null;
    }

    private MethodEffect? MayCross(CallEdge edge, MethodEffect effect)
        => edge.Kind == EdgeKind.Open && effect.Grade == BlockingGrade.May && edge.Declared != effect.Method
            ? null
            : new MethodEffect(edge.Caller, effect.Category, BlockingGrade.May, effect.Distance + 1, edge, effect.Method);

    /// <summary>A call with several known targets blocks when all of them do; one that only throws, or hands the call to another of them, is left out of the count.</summary>
    private bool IsLast(CallEdge edge)
    {
        int missing = (_missing.TryGetValue(edge, out int known) ? known : edge.Targets.Count(t => !IsOutOfCount(t, edge.Declared))) - 1;
        _missing[edge] = missing;
        return missing == 0;
    }

    private bool IsOutOfCount(MethodNode method, MethodNode declared)
        => !_effects.ContainsKey(method)
            && (MethodFacts.AlwaysThrows(method) || _graph.From(method).Any(e => e.Kind == EdgeKind.Closed && e.Declared == declared));

    private void Mark(MethodEffect effect)
    {
        if (_effects.TryAdd(effect.Method, effect))
        {
            _open.Enqueue(effect);
        }
    }

    private static IEnumerable<MethodNode> Sorted(IEnumerable<MethodNode> methods) => methods.OrderBy(static m => m.Id, StringComparer.Ordinal).ThenBy(static m => m.Owner.File.Name, StringComparer.Ordinal);
}
