using Vmbus.EffectsTool.Graph;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>
/// Carries what blocks from callees to callers. First what does block: over calls that are ordinarily made and whose targets are known. Then what may: over locks that
/// are held inside the framework, and over detours: static constructors, handlers of exceptions, one of several targets, the beginning of an async method, what the border lets nobody take over. Of
/// all ways of a method those with the fewest detours tell its category, and of these the gravest; of equal ones the shortest is shown.
/// </summary>
internal sealed class EffectAnalysis
{
    private readonly CallGraph _graph;
    private readonly Primitives _primitives;
    private readonly ReviewedMembers _reviewed;
    private readonly Dictionary<MethodNode, MethodEffect> _effects = [];
    private readonly Dictionary<CallEdge, HashSet<MethodNode>> _missing = new(ReferenceEqualityComparer.Instance);
    private readonly PriorityQueue<MethodEffect, (int Detours, int Lightness, int Distance, int Number)> _open = new();
    private int _marked;

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

    /// <summary>How a method blocks by its body; null if it does not.</summary>
    public MethodEffect? Of(MethodNode method) => _effects.GetValueOrDefault(method);

    /// <summary>How a call of a method blocks where only the method's own type is known of the instance: by its body, or by what overrides it.</summary>
    public MethodEffect? OfCall(MethodNode method)
    {
        MethodEffect? own = Of(method);
        MethodEffect? others = _graph.CallThroughType(method) is { } call ? Of(call) : null;
        return own is null || (others is not null && own.Grade == BlockingGrade.May && (others.Grade == BlockingGrade.Does || others.Rank.CompareTo(own.Rank) < 0)) ? others : own;
    }

    /// <summary>The methods from one that is called to what blocks by itself.</summary>
    public IEnumerable<MethodEffect> WayFrom(MethodNode method)
    {
        for (MethodEffect? effect = OfCall(method); effect is not null; effect = effect.Next is null ? null : Of(effect.Next))
        {
            yield return effect;
        }
    }

    /// <summary>Whether a step to what blocks is none of an ordinary call. To enter a lock is one, though it blocks only while somebody else is inside.</summary>
    private bool IsDetour(CallEdge edge, MethodNode callee)
        => edge.Context != CallContext.Ordinary
            || edge.Kind is not (EdgeKind.Direct or EdgeKind.AsyncStart)
            || (edge.Kind == EdgeKind.AsyncStart && Of(callee)?.Grade == BlockingGrade.Does)
            || _reviewed.Find(callee)?.Verdict == ReviewedVerdict.Alone;

    private void SeedWhatDoes()
    {
        foreach (MethodNode method in Sorted(_graph.Nodes))
        {
            if (_reviewed.Find(method) is { } entry)
            {
                if (entry.Verdict is ReviewedVerdict.Does or ReviewedVerdict.Alone)
                {
                    Seed(method, entry.Category, BlockingGrade.Does, detours: 0);
                }
            }
            else if (_primitives.Find(method) is { } category and (BlockingCategory.Wait or BlockingCategory.InputOutput))
            {
                Seed(method, category, BlockingGrade.Does, detours: 0);
            }
        }
    }

    private void SeedWhatMay()
    {
        foreach (MethodEffect effect in _effects.Values.OrderBy(static e => e.Method.Id, StringComparer.Ordinal).ToList())
        {
            Open(effect);
        }

        foreach (MethodNode method in Sorted(_graph.Nodes))
        {
            if (_reviewed.Find(method) is { Verdict: ReviewedVerdict.May } entry)
            {
                Seed(method, entry.Category, BlockingGrade.May, entry.Category == BlockingCategory.Monitor ? 0 : 1);
            }
            else if (_primitives.Find(method) == BlockingCategory.Monitor || method.IsSynchronized)
            {
                Seed(method, BlockingCategory.Monitor, BlockingGrade.May, detours: 0);
            }
        }
    }

    private void Spread(Func<CallEdge, MethodEffect, MethodEffect?> cross)
    {
        while (_open.TryDequeue(out MethodEffect? effect, out _))
        {
            if (!ReferenceEquals(_effects[effect.Method], effect))
            {
                // A way that tells more was found since.
                continue;
            }

            foreach (CallEdge edge in _graph.To(effect.Method))
            {
                if ((edge.Declared == effect.Method || _reviewed.Find(edge.Declared)?.Verdict != ReviewedVerdict.Never) && _reviewed.Find(edge.Caller)?.Verdict != ReviewedVerdict.Never && cross(edge, effect) is { } found)
                {
                    Mark(found);
                }
            }
        }
    }

    private MethodEffect? DoesCross(CallEdge edge, MethodEffect effect)
    {
        ReviewedMember? entry = _reviewed.Find(effect.Method);
        if (edge.Context != CallContext.Ordinary
            || effect.Category == BlockingCategory.Monitor
            || entry?.Verdict == ReviewedVerdict.Alone
            || _reviewed.Find(edge.Caller)?.Verdict == ReviewedVerdict.May
            || (edge.Kind == EdgeKind.Open && _reviewed.Find(edge.Declared)?.Verdict == ReviewedVerdict.May))
        {
            return null;
        }

        return edge.Kind switch
        {
            EdgeKind.Direct or EdgeKind.Enumeration => Over(edge, effect, BlockingGrade.Does, detours: 0),
            EdgeKind.Closed when IsLast(edge, effect.Method) => Over(edge, Gravest(edge), BlockingGrade.Does, detours: 0),
            EdgeKind.Open when edge.Declared == effect.Method && entry?.Verdict == ReviewedVerdict.Does => Over(edge, effect, BlockingGrade.Does, detours: 0),
            EdgeKind.Open when !edge.Declared.Owner.IsInterface && IsLast(edge, effect.Method) => Over(edge, Gravest(edge), BlockingGrade.Does, detours: 0),
            _ => null,
        };
    }

    /// <summary>An open call counts for what its known overrides do, not for what they may; the call of an iterator only makes an object, and what its body may do is that of whoever enumerates.</summary>
    private MethodEffect? MayCross(CallEdge edge, MethodEffect effect)
        => effect.Grade == BlockingGrade.May && (edge.Kind == EdgeKind.Enumeration || (edge.Kind == EdgeKind.Open && edge.Declared != effect.Method))
            ? null
            : Over(edge, effect, BlockingGrade.May, effect.Detours + (IsDetour(edge, effect.Method) ? 1 : 0));

    private static MethodEffect Over(CallEdge edge, MethodEffect effect, BlockingGrade grade, int detours)
        => new(edge.Caller, effect.Category, grade, detours, effect.Distance + 1, edge, effect.Method);

    /// <summary>A call with several known targets blocks when all of them do, and so does one of a member that has a body, as far as is known; one that only throws, or hands the call on to another of them, is left out of the count.</summary>
    private bool IsLast(CallEdge edge, MethodNode target)
    {
        if (!_missing.TryGetValue(edge, out HashSet<MethodNode>? missing))
        {
            _missing.Add(edge, missing = [.. edge.Targets.Where(t => !t.IsAbstract && !IsOutOfCount(t, edge.Declared))]);
        }

        missing.Remove(target);
        return missing.Count == 0;
    }

    private MethodEffect Gravest(CallEdge edge) => edge.Targets.Select(Of).OfType<MethodEffect>().MinBy(static e => e.Rank)!;

    private bool IsOutOfCount(MethodNode method, MethodNode declared)
        => !_effects.ContainsKey(method)
            && (MethodFacts.AlwaysThrows(method) || HandsOn(method, declared));

    /// <summary>Whether a method makes the same call again, by itself or by another method of its type: a buffer before what it buffers.</summary>
    private bool HandsOn(MethodNode method, MethodNode declared)
    {
        HashSet<MethodNode> seen = [method];
        Stack<MethodNode> open = new([method]);
        while (open.TryPop(out MethodNode? next))
        {
            foreach (CallEdge edge in _graph.From(next))
            {
                if (edge.Kind == EdgeKind.Closed && edge.Declared == declared)
                {
                    return true;
                }

                foreach (MethodNode target in edge.Kind == EdgeKind.Direct && edge.Context == CallContext.Ordinary ? edge.Targets : [])
                {
                    if (target.Owner == method.Owner && seen.Add(target))
                    {
                        open.Push(target);
                    }
                }
            }
        }

        return false;
    }

    private void Seed(MethodNode method, BlockingCategory category, BlockingGrade grade, int detours)
    {
        if (!_effects.ContainsKey(method))
        {
            Mark(new MethodEffect(method, category, grade, detours, 0, null, null));
        }
    }

    /// <summary>Notes a way if it tells more than the one that is known: what blocks by itself, or does block, is known for good.</summary>
    private void Mark(MethodEffect effect)
    {
        if (!_effects.TryGetValue(effect.Method, out MethodEffect? known)
            || (known.Via is not null && known.Grade == effect.Grade && effect.Rank.CompareTo(known.Rank) < 0))
        {
            _effects[effect.Method] = effect;
            Open(effect);
        }
    }

    private void Open(MethodEffect effect)
    {
        (int detours, int lightness, int distance) = effect.Rank;
        _open.Enqueue(effect, (detours, lightness, distance, _marked++));
    }

    private static IEnumerable<MethodNode> Sorted(IEnumerable<MethodNode> methods) => methods.OrderBy(static m => m.Id, StringComparer.Ordinal).ThenBy(static m => m.Owner.File.Name, StringComparer.Ordinal);
}
