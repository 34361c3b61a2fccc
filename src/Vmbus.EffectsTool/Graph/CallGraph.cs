using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;

namespace Vmbus.EffectsTool.Graph;

/// <summary>The calls of all bodies, resolved as far as the types that are known tell.</summary>
internal sealed class CallGraph
{
    private readonly Dictionary<MethodNode, List<CallEdge>> _from = [];
    private readonly Dictionary<MethodNode, List<CallEdge>> _to = [];
    private readonly Hierarchy _hierarchy;

    private CallGraph(AssemblySet set, Hierarchy hierarchy)
    {
        Set = set;
        _hierarchy = hierarchy;
    }

    public AssemblySet Set { get; }

    public IEnumerable<MethodNode> Methods => Set.Files.SelectMany(static f => f.Types).SelectMany(static t => t.Methods);

    public static CallGraph Build(AssemblySet set, CallConditions conditions)
    {
        var graph = new CallGraph(set, new Hierarchy(set));
        var facts = new MethodFacts();
        foreach (MethodNode method in graph.Methods)
        {
            graph.AddBody(method, BodyReader.Read(method, facts), conditions);
        }

        return graph;
    }

    public IReadOnlyList<CallEdge> From(MethodNode method) => _from.TryGetValue(method, out List<CallEdge>? edges) ? edges : [];

    public IReadOnlyList<CallEdge> To(MethodNode method) => _to.TryGetValue(method, out List<CallEdge>? edges) ? edges : [];

    /// <summary>All methods that one overrides, however far up.</summary>
    public IReadOnlyList<MethodNode> OverriddenBy(MethodNode method) => _hierarchy.OverriddenBy(method);

    private void AddBody(MethodNode method, BodyReading reading, CallConditions conditions)
    {
        foreach (CallSite call in reading.Calls)
        {
            if (!conditions.IsExcluded(call, reading))
            {
                AddCall(method, call);
            }
        }

        foreach (TypeNode type in reading.StaticsTouched)
        {
            if (type.StaticConstructor is { } constructor)
            {
                Add(new CallEdge(method, EdgeKind.StaticConstructor, constructor, [constructor], false, -1));
            }
        }
    }

    private void AddCall(MethodNode caller, CallSite call)
    {
        (EdgeKind kind, MethodNode declared, IReadOnlyList<MethodNode> targets) = Resolve(call);
        if (targets.Count > 0 || kind == EdgeKind.Open)
        {
            Add(new CallEdge(caller, kind, declared, kind == EdgeKind.Open && !targets.Contains(declared) ? [.. targets, declared] : targets, call.Context == CallContext.Exceptional, call.Offset));
        }
    }

    /// <summary>
    /// What a call may run. An exact or sealed type tells; a class that can be made stands for itself, since that is what ordinarily runs; an interface or abstract class stands for all that is known of it, completely where nobody else can derive from it. Declared is the member as the type of the
    /// instance has it.
    /// </summary>
    private (EdgeKind Kind, MethodNode Declared, IReadOnlyList<MethodNode> Targets) Resolve(CallSite call)
    {
        MethodNode target = call.Target;
        if (call.IsAsyncStart)
        {
            return (EdgeKind.AsyncStart, target, [target]);
        }

        if (!call.IsVirtual || !target.IsVirtual || target.IsFinal || target.Owner.IsSealed)
        {
            return (EdgeKind.Direct, target, [target]);
        }

        TypeNode receiver = call.Receiver.Type?.Definition is { } known && (target.Owner.IsInterface ? !known.IsInterface : known.IsOrDerivesFrom(target.Owner)) ? known : target.Owner;
        if (call.Receiver.IsExact || receiver.IsSealed)
        {
            return _hierarchy.FindImplementation(receiver, target) is { } exact ? (EdgeKind.Direct, target, [exact]) : (EdgeKind.Open, target, []);
        }

        MethodNode? own = receiver.IsInterface ? null : _hierarchy.FindImplementation(receiver, target);
        if (own is { IsAbstract: false } && !receiver.IsAbstract)
        {
            return (EdgeKind.Direct, target, [own]);
        }

        bool isOpen = receiver.CanBeDerivedByOthers && (target.IsVisible || receiver.IsInterface);

        List<MethodNode> candidates = target.Owner.IsInterface
            ? [.. ImplementationsOf(target, call.Receiver.Type?.Definition).Where(m => !m.IsAbstract && (receiver.IsInterface || m.Owner.IsOrDerivesFrom(receiver)))]
            : [.. _hierarchy.ConcreteTypesOf(receiver).Select(t => _hierarchy.FindImplementation(t, target)).OfType<MethodNode>().Where(static m => !m.IsAbstract).Distinct()];
        return (isOpen ? EdgeKind.Open : candidates.Count == 1 ? EdgeKind.Direct : EdgeKind.Closed, own ?? target, candidates);
    }

    /// <summary>All that implement an interface's member; where the instance is known by an interface that derives from it, those that implement this one.</summary>
    private IReadOnlyList<MethodNode> ImplementationsOf(MethodNode member, TypeNode? known)
        => known is { IsInterface: true } && known != member.Owner ? _hierarchy.ImplementationsOf(member, known) : _hierarchy.ImplementationsOf(member, member.Owner);

    private void Add(CallEdge edge)
    {
        if (!_from.TryGetValue(edge.Caller, out List<CallEdge>? from))
        {
            _from.Add(edge.Caller, from = []);
        }

        from.Add(edge);
        foreach (MethodNode target in edge.Targets)
        {
            if (!_to.TryGetValue(target, out List<CallEdge>? to))
            {
                _to.Add(target, to = []);
            }

            to.Add(edge);
        }
    }
}
