using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;

namespace Vmbus.EffectsTool.Graph;

/// <summary>The calls of all bodies, resolved as far as the types that are known tell.</summary>
internal sealed class CallGraph
{
    /// <summary>For how many kinds of calls a method is looked at by itself.</summary>
    private const int MostKindsOfCall = 64;

    private readonly Dictionary<MethodNode, List<CallEdge>> _from = [];
    private readonly Dictionary<MethodNode, List<CallEdge>> _to = [];
    private readonly Dictionary<MethodNode, Dictionary<string, MethodNode>> _forSomeCalls = [];
    private readonly Dictionary<MethodNode, MethodNode> _throughTypes = [];
    private readonly Queue<(MethodNode Method, CallerKnowledge Caller)> _open = new();
    private readonly Hierarchy _hierarchy;
    private readonly CallConditions _conditions;
    private Enumerators? _enumerators;

    private CallGraph(AssemblySet set, Hierarchy hierarchy, CallConditions conditions)
    {
        Set = set;
        _hierarchy = hierarchy;
        _conditions = conditions;
    }

    public AssemblySet Set { get; }

    /// <summary>The methods of all assemblies.</summary>
    public IEnumerable<MethodNode> Methods => Set.Files.SelectMany(static f => f.Types).SelectMany(static t => t.Methods);

    /// <summary>The methods, those of them once more that some calls tell more of, and the calls through their types of those that others may override.</summary>
    public IEnumerable<MethodNode> Nodes => Methods.Concat(_forSomeCalls.Values.SelectMany(static m => m.Values)).Concat(_throughTypes.Values);

    public static CallGraph Build(AssemblySet set, CallConditions conditions)
    {
        var graph = new CallGraph(set, new Hierarchy(set), conditions);
        var facts = new MethodFacts(c => graph.Resolve(c).Targets, set.Find("System.Private.CoreLib")?.Find("System.SZGenericArrayEnumerator`1"));
        graph._enumerators = new Enumerators(graph.Methods, graph._hierarchy, facts);
        foreach (MethodNode method in graph.Methods)
        {
            graph.AddBody(method, BodyReader.Read(method, null, facts));
            graph.AddCallThroughType(method);
        }

        while (graph._open.TryDequeue(out (MethodNode Method, CallerKnowledge Caller) next))
        {
            graph.AddBody(next.Method, BodyReader.Read(next.Method, next.Caller, facts));
        }

        return graph;
    }

    public IReadOnlyList<CallEdge> From(MethodNode method) => _from.TryGetValue(method, out List<CallEdge>? edges) ? edges : [];

    /// <summary>The node of a call of a method on an instance of which only the method's own type is known, where that runs something else; else null.</summary>
    public MethodNode? CallThroughType(MethodNode method) => _throughTypes.GetValueOrDefault(method);

    public IReadOnlyList<CallEdge> To(MethodNode method) => _to.TryGetValue(method, out List<CallEdge>? edges) ? edges : [];

    /// <summary>All methods that one overrides, however far up.</summary>
    public IReadOnlyList<MethodNode> OverriddenBy(MethodNode method) => _hierarchy.OverriddenBy(method);

    private void AddBody(MethodNode method, BodyReading reading)
    {
        foreach (CallSite call in reading.Calls)
        {
            if (!_conditions.IsExcluded(call, reading))
            {
                AddCall(method, call);
            }
        }

        foreach (TypeNode type in reading.StaticsTouched)
        {
            if (type.StaticConstructor is { } constructor)
            {
                Add(new CallEdge(method, EdgeKind.StaticConstructor, constructor, [constructor], CallContext.Ordinary, -1));
            }
        }
    }

    /// <summary>What users call, the instance decides; callers inside the framework know more of it, so this is a node that nobody calls.</summary>
    private void AddCallThroughType(MethodNode method)
    {
        if (method is not { IsVisible: true, IsVirtual: true, IsStatic: false, IsFinal: false } || method.Owner.IsSealed)
        {
            return;
        }

        (EdgeKind kind, MethodNode declared, IReadOnlyList<MethodNode> targets) = Resolve(new CallSite(method, IsVirtual: true, AbstractValue.Unknown, [], CallContext.Ordinary, -1));
        if (kind == EdgeKind.Direct && targets[0] == method)
        {
            // A class that can be made stands for itself, but not for what it leaves to those that derive from it.
            targets = method.Owner.CanBeDerivedByOthers && MethodFacts.AlwaysThrows(method) ? [.. CandidatesOf(method.Owner, method)] : [];
            kind = EdgeKind.Open;
        }

        if (targets.Count > 0)
        {
            MethodNode call = method.ForSomeCalls();
            _throughTypes.Add(method, call);
            Add(new CallEdge(call, kind, declared, targets, CallContext.Ordinary, -1));
        }
    }

    private void AddCall(MethodNode caller, CallSite call)
    {
        (EdgeKind kind, MethodNode declared, IReadOnlyList<MethodNode> targets) = Resolve(call);
        if ((kind == EdgeKind.Direct && targets.Count == 1) || kind == EdgeKind.Closed)
        {
            targets = [.. targets.Select(t => ForCall(call, t))];
        }

        if (targets.Count > 0 || kind == EdgeKind.Open)
        {
            Add(new CallEdge(caller, kind, declared, kind == EdgeKind.Open && !targets.Contains(declared) ? [.. targets, declared] : targets, call.Context, call.Offset));
        }
    }

    /// <summary>
    /// What a call may run. An exact or sealed type tells; a class that can be made stands for itself, since that is what ordinarily runs; an interface or abstract class stands for all that is known of it, completely where nobody else can derive from it. Declared is the member as the type of the
    /// instance has it.
    /// </summary>
    private (EdgeKind Kind, MethodNode Declared, IReadOnlyList<MethodNode> Targets) Resolve(CallSite call)
    {
        MethodNode target = call.Target;
        if (target.Owner.IsInterface && call.Receiver.Type is { IsArray: true })
        {
            // What an array implements reads and writes memory.
            return (EdgeKind.Direct, target, []);
        }

        if (call.IsAsyncStart)
        {
            return (EdgeKind.AsyncStart, target, [target]);
        }

        if (call.IsEnumeration)
        {
            return (EdgeKind.Enumeration, target, [target]);
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
            ? [.. ImplementationsOf(target, call.Receiver.Type).Where(m => !m.IsAbstract && (receiver.IsInterface || m.Owner.IsOrDerivesFrom(receiver)) && MayEnumerate(m, call.Receiver.Enumerated))]
            : [.. CandidatesOf(receiver, target)];
        return (isOpen ? EdgeKind.Open : candidates.Count == 1 ? EdgeKind.Direct : EdgeKind.Closed, own ?? target, candidates);
    }

    /// <summary>What a class and those that derive from it run for a virtual method.</summary>
    private IEnumerable<MethodNode> CandidatesOf(TypeNode receiver, MethodNode target)
        => _hierarchy.ConcreteTypesOf(receiver).Select(t => _hierarchy.FindImplementation(t, target)).OfType<MethodNode>().Where(static m => !m.IsAbstract).Distinct();

    /// <summary>All that implement an interface's member; where the instance is known by an interface that derives from it, those that implement this one.</summary>
    private IReadOnlyList<MethodNode> ImplementationsOf(MethodNode member, TypeSignature? known)
        => _hierarchy.ImplementationsOf(member, known is { Definition.IsInterface: true } ? known : member.Owner.Self);

    /// <summary>Whether a method may be that of an enumerator of a collection that is known by an interface: not if only others make such enumerators, as far as is known.</summary>
    private bool MayEnumerate(MethodNode method, TypeNode? collection)
        => collection is null || _enumerators is not { } enumerators || enumerators.MayBeOf(method.Owner, collection);

    /// <summary>The node of a method for calls that tell as much of its values as this one; the method itself where the call tells nothing, or where too many tell something else each.</summary>
    private MethodNode ForCall(CallSite call, MethodNode method)
    {
        if (_conditions.IsReviewed(method) || CallerKnowledge.Of(call, method) is not { } caller || method.Body() is null)
        {
            return method;
        }

        if (!_forSomeCalls.TryGetValue(method, out Dictionary<string, MethodNode>? nodes))
        {
            _forSomeCalls.Add(method, nodes = new Dictionary<string, MethodNode>(StringComparer.Ordinal));
        }

        if (!nodes.TryGetValue(caller.Key, out MethodNode? node))
        {
            if (nodes.Count == MostKindsOfCall)
            {
                return method;
            }

            nodes.Add(caller.Key, node = method.ForSomeCalls());
            _open.Enqueue((node, caller));
        }

        return node;
    }

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
