using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// A control-flow graph made ready for interpretation: operations flattened into evaluation order, erased calls left out, and for
/// each block the places whose values can still decide anything.
/// </summary>
internal sealed class FlowProgram
{
    private readonly PlaceResolver _places;
    private readonly Liveness _liveness;
    private readonly HashSet<int> _volatile;
    private readonly HashSet<int> _mutated;
    private readonly Dictionary<IMethodSymbol, List<Place>> _capturedPlaces = new(SymbolEqualityComparer.Default);
    private readonly bool[] _repeats;
    private Dictionary<int, SyntaxNode>? _handlers;
    private bool _isReentered;

    public FlowProgram(ControlFlowGraph graph, IMethodSymbol method, FlowSession session)
    {
        Graph = graph;
        Method = method;
        Return = session.Places.Return(method);
        _places = new PlaceResolver(session.Places);

        var lowering = new Lowering(graph, session, _places);
        lowering.Run();
        Blocks = lowering.Blocks;
        _volatile = lowering.Volatile;
        _mutated = lowering.Mutated;

        HasHandlers = HasTry(graph.Root);
        _repeats = FindRepeats(graph);
        var shared = new SharedPlaces(_places);
        HasNested = lowering.HasLambdas || graph.LocalFunctions.Length > 0;
        if (HasNested)
        {
            shared.Find(graph);
            _volatile.UnionWith(shared.WrittenByEscaping);
        }

        _liveness = new Liveness(graph, Blocks, session.Places);
        _liveness.Compute(lowering.Effects, shared.Used, _volatile, p => !session.Compilation.FieldWrites.IsFixed(session.Places[p].Symbol, session.Cancellation));
    }

    public ControlFlowGraph Graph { get; }

    public IMethodSymbol Method { get; }

    public BlockCode[] Blocks { get; }

    /// <summary>Where the returned value lies on the way to the exit.</summary>
    public Place Return { get; }

    /// <summary>The places that any call may change: members, and locals that an escaping function writes.</summary>
    public HashSet<int> Volatile => _volatile;

    public bool HasHandlers { get; }

    /// <summary>Whether functions are written inside this one.</summary>
    public bool HasNested { get; }

    /// <summary>Whether the program was run at all.</summary>
    public bool WasEntered { get; private set; }

    /// <summary>Whether the function is written inside another one and shares its places.</summary>
    private bool IsNested => Method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction;

    /// <summary>Marks that the program is run once more in one analysis: then each of its operations may run again.</summary>
    public void Enter()
    {
        _isReentered = WasEntered;
        WasEntered = true;
    }

    /// <summary>Whether a block may run more than once on one path.</summary>
    public bool Repeats(int ordinal) => _isReentered || _repeats[ordinal];

    /// <summary>Whether what a place holds at the end still matters to who called the function.</summary>
    public bool Persists(Place place)
        => place.Kind switch
        {
            PlaceKind.Return => true,
            PlaceKind.Field or PlaceKind.Memory => IsNested,
            PlaceKind.Parameter when place.Symbol is IParameterSymbol { RefKind: not RefKind.None } => true,
            PlaceKind.Capture => false,
            _ => IsNested && !SymbolEqualityComparer.Default.Equals(place.Symbol?.ContainingSymbol, Method),
        };

    /// <summary>The <c>catch</c> that begins with a block.</summary>
    public SyntaxNode? HandlerAt(int ordinal) => (_handlers ??= HandlerSyntax.Find(Graph)).TryGetValue(ordinal, out SyntaxNode? handler) ? handler : null;

    /// <summary>Whether somewhere a method is called on the structure in a place that may change it.</summary>
    public bool IsMutated(Place place) => _mutated.Contains(place.Id);

    /// <summary>The structure that a call may change from within.</summary>
    public static IOperation? MutatedReceiver(IInvocationOperation invocation)
        => invocation is { Instance: { Type.IsValueType: true } instance, TargetMethod: { IsReadOnly: false, ContainingType.IsValueType: true } }
            ? instance
            : null;


    /// <summary>Whether the program follows what is put into a place.</summary>
    public bool Follows(Place place) => _liveness.IndexOf(place.Id) >= 0 || Persists(place);

    /// <summary>The dense index of a place whose value this program keeps, or -1.</summary>
    public int IndexOf(int placeId) => _liveness.IndexOf(placeId);

    public bool IsLive(BlockCode block, int placeId) => _liveness.IsLive(block, placeId);

    /// <summary>The place that an operation names; null for anything else.</summary>
    public Place? PlaceOf(IOperation operation) => _places.PlaceOf(operation);

    /// <summary>The place that an assignment to <paramref name="target"/> changes: what a capture stands for, not the capture.</summary>
    public Place? TargetOf(IOperation target) => _places.TargetOf(target);

    public IOperation? CapturedBy(CaptureId capture) => _places.CapturedBy(capture);

    /// <summary>The places of this function that another one, written inside it, uses.</summary>
    public IReadOnlyList<Place> CapturedPlaces(Function function)
    {
        if (_capturedPlaces.TryGetValue(function.Method, out List<Place>? places))
        {
            return places;
        }

        places = [];
        ControlFlowGraph? nested = function.Lambda is { } lambda ? function.Owner?.GetAnonymousFunctionControlFlowGraph(lambda)
            : function.Method.MethodKind == MethodKind.LocalFunction ? NestedFunctions.FindGraph(function.Owner, function.Method)
            : null;
        if (nested is not null)
        {
            var inside = new HashSet<ISymbol?>(SymbolEqualityComparer.Default) { function.Method };
            AddUsedPlaces(nested, places, inside);
            places.RemoveAll(p => inside.Contains(p.Symbol?.ContainingSymbol));
        }

        _capturedPlaces.Add(function.Method, places);
        return places;
    }

    /// <summary>The places that a function uses, and the functions that are written inside it.</summary>
    private void AddUsedPlaces(ControlFlowGraph graph, List<Place> places, HashSet<ISymbol?> inside)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in BlockOperations.Of(block))
            {
                if (operation is ILocalReferenceOperation or IParameterReferenceOperation && PlaceOf(operation) is { } place && !places.Contains(place))
                {
                    places.Add(place);
                }
            }
        }

        foreach ((ControlFlowGraph nested, IMethodSymbol method) in NestedFunctions.Of(graph))
        {
            inside.Add(method);
            AddUsedPlaces(nested, places, inside);
        }
    }

    private static bool HasTry(ControlFlowRegion region)
    {
        foreach (ControlFlowRegion nested in region.NestedRegions)
        {
            if (nested.Kind == ControlFlowRegionKind.Try || HasTry(nested))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every cycle goes down in the order of the blocks somewhere, so what no such branch spans runs once.</summary>
    private static bool[] FindRepeats(ControlFlowGraph graph)
    {
        var repeats = new bool[graph.Blocks.Length];
        foreach (BasicBlock block in graph.Blocks)
        {
            MarkCycle(block.FallThroughSuccessor, block.Ordinal, repeats);
            MarkCycle(block.ConditionalSuccessor, block.Ordinal, repeats);
        }

        return repeats;
    }

    private static void MarkCycle(ControlFlowBranch? branch, int from, bool[] repeats)
    {
        if (branch?.Destination is not { } destination)
        {
            return;
        }

        // The finally regions on the way lie behind the block that is left.
        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            from = Math.Max(from, region.LastBlockOrdinal);
        }

        for (int ordinal = destination.Ordinal; ordinal <= from; ordinal++)
        {
            repeats[ordinal] = true;
        }
    }
}
