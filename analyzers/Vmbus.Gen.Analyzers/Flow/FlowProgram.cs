using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>One operation in evaluation order, and how many values it takes from the stack.</summary>
internal readonly struct Instruction(IOperation operation, int operands, bool mayThrow)
{
    public IOperation Operation { get; } = operation;

    public int Operands { get; } = operands;

    public bool MayThrow { get; } = mayThrow;
}

/// <summary>A basic block as straight code for a stack machine.</summary>
internal sealed class BlockCode(BasicBlock block)
{
    public BasicBlock Block { get; } = block;

    public Instruction[] Code { get; set; } = [];

    /// <summary>Whether the block decides something that the compiler leaves out: then both ways are one.</summary>
    public bool IsBranchErased { get; set; }

    /// <summary>The places that matter at the block's beginning, as bits.</summary>
    public ulong[] LiveIn { get; set; } = [];
}

/// <summary>
/// A control-flow graph made ready for interpretation: operations flattened into evaluation order, erased calls left out, and for
/// each block the places whose values can still decide anything.
/// </summary>
internal sealed class FlowProgram
{
    private readonly FlowSession _session;
    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly Dictionary<int, int> _denseIndex = [];
    private readonly List<TextSpan> _erased = [];
    private readonly HashSet<int> _volatile = [];
    private readonly HashSet<int> _mutated = [];
    private readonly HashSet<int> _shared = [];
    private readonly Dictionary<IMethodSymbol, List<Place>> _capturedPlaces = new(SymbolEqualityComparer.Default);
    private bool _hasNestedFunctions;
    private bool[] _repeats = [];
    private bool _wasEntered;
    private bool _isReentered;

    private FlowProgram(ControlFlowGraph graph, IMethodSymbol method, FlowSession session)
    {
        Graph = graph;
        Method = method;
        _session = session;
        Return = session.Places.Return(method);
        Blocks = new BlockCode[graph.Blocks.Length];
    }

    public ControlFlowGraph Graph { get; }

    public IMethodSymbol Method { get; }

    public BlockCode[] Blocks { get; }

    /// <summary>Where the returned value lies on the way to the exit.</summary>
    public Place Return { get; }

    /// <summary>The places that any call may change: members, and locals that an escaping function writes.</summary>
    public IReadOnlyCollection<int> Volatile => _volatile;

    public bool HasHandlers { get; private set; }

    /// <summary>Whether the function is written inside another one and shares its places.</summary>
    private bool IsNested => Method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction;


    public static FlowProgram Create(ControlFlowGraph graph, IMethodSymbol method, FlowSession session)
    {
        var program = new FlowProgram(graph, method, session);
        program.Lower();
        return program;
    }

    /// <summary>Marks that the program is run once more in one analysis: then each of its operations may run again.</summary>
    public void Enter()
    {
        _isReentered = _wasEntered;
        _wasEntered = true;
    }

    /// <summary>Whether the program was run at all.</summary>
    public bool WasEntered => _wasEntered;

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

    /// <summary>Whether somewhere a method is called on the structure in a place that may change it.</summary>
    public bool IsMutated(Place place) => _mutated.Contains(place.Id);

    /// <summary>The structure that a call may change from within.</summary>
    public static IOperation? MutatedReceiver(IOperation operation)
        => operation is IInvocationOperation { Instance: { Type.IsValueType: true } instance, TargetMethod: { IsReadOnly: false, ContainingType.IsValueType: true } }
            ? instance
            : null;

    /// <summary>Whether the program follows what is put into a place.</summary>
    public bool Follows(Place place) => _denseIndex.ContainsKey(place.Id) || Persists(place);

    /// <summary>The dense index of a place whose value this program keeps, or -1.</summary>
    public int IndexOf(int placeId) => _denseIndex.TryGetValue(placeId, out int index) ? index : -1;

    public bool IsLive(BlockCode block, int placeId)
    {
        int index = IndexOf(placeId);
        return index >= 0 && (block.LiveIn[index >> 6] & (1UL << (index & 63))) != 0;
    }

    /// <summary>The place that an operation names; null for anything else.</summary>
    public Place? PlaceOf(IOperation operation)
    {
        PlaceTable places = _session.Places;
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return places.Local(local.Local);
            case IParameterReferenceOperation { Parameter: { } parameter }:
                return IsPrimaryConstructorParameter(parameter) ? places.Member(parameter, parameter.Type) : places.Parameter(parameter);
            case IFlowCaptureReferenceOperation capture:
                return places.Capture(capture.Id, capture.Type);
            case IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field: { IsConst: false } field }:
                return places.Member(field, field.Type);
            case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: { } property } when PureMembers.IsAutomatic(property):
                return places.Member(property, property.Type);
            default:
                return null;
        }
    }

    /// <summary>The place that an assignment to <paramref name="target"/> changes: what a capture stands for, not the capture.</summary>
    public Place? TargetOf(IOperation target)
    {
        while (true)
        {
            switch (target)
            {
                case IFlowCaptureReferenceOperation capture when _captured.TryGetValue(capture.Id, out IOperation? stands) && !ReferenceEquals(stands, target):
                    target = stands;
                    continue;
                case IDeclarationExpressionOperation declaration:
                    target = declaration.Expression;
                    continue;
                default:
                    return PlaceOf(target);
            }
        }
    }

    public IOperation? CapturedBy(CaptureId capture) => _captured.TryGetValue(capture, out IOperation? operation) ? operation : null;

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
            foreach (BasicBlock block in nested.Blocks)
            {
                foreach (IOperation operation in OperationsOf(block))
                {
                    if (operation is ILocalReferenceOperation or IParameterReferenceOperation && PlaceOf(operation) is { } place && !places.Contains(place)
                        && !SymbolEqualityComparer.Default.Equals(place.Symbol?.ContainingSymbol, function.Method))
                    {
                        places.Add(place);
                    }
                }
            }
        }

        _capturedPlaces.Add(function.Method, places);
        return places;
    }

    private static bool IsPrimaryConstructorParameter(IParameterSymbol parameter)
        => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            && constructor.DeclaringSyntaxReferences.Length == 1
            && constructor.DeclaringSyntaxReferences[0].GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax;

    private void Lower()
    {
        var groups = new List<Group>[Blocks.Length];
        var buffer = new List<Instruction>();
        FindErasedCalls();
        foreach (BasicBlock block in Graph.Blocks)
        {
            var code = new BlockCode(block);
            Blocks[block.Ordinal] = code;
            if (!block.IsReachable)
            {
                continue;
            }

            buffer.Clear();
            var blockGroups = new List<Group>();
            groups[block.Ordinal] = blockGroups;
            foreach (IOperation operation in block.Operations)
            {
                if (!IsErased(operation.Syntax))
                {
                    Flatten(operation, buffer, blockGroups, isBranch: false);
                }
            }

            if (block.BranchValue is { } branchValue)
            {
                code.IsBranchErased = IsErased(branchValue.Syntax);
                if (!code.IsBranchErased)
                {
                    Flatten(branchValue, buffer, blockGroups, isBranch: true);
                }
            }

            code.Code = buffer.ToArray();
        }

        HasHandlers = HasTry(Graph.Root);
        FindRepeats();
        if (_hasNestedFunctions || Graph.LocalFunctions.Length > 0)
        {
            FindSharedPlaces();
        }

        ComputeLiveness(groups);
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
    private void FindRepeats()
    {
        _repeats = new bool[Blocks.Length];
        foreach (BasicBlock block in Graph.Blocks)
        {
            foreach (ControlFlowBranch? branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                for (int ordinal = branch?.Destination?.Ordinal ?? int.MaxValue; ordinal <= block.Ordinal; ordinal++)
                {
                    _repeats[ordinal] = true;
                }
            }
        }
    }

    private void FindErasedCalls()
    {
        foreach (BasicBlock block in Graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                // Only a call that stands as a statement returns nothing, and only such a call can be erased.
                if (operation is IExpressionStatementOperation { Operation: IInvocationOperation invocation } && _session.Compilation.Erased.IsErased(invocation))
                {
                    _erased.Add(operation.Syntax.Span);
                }
            }
        }
    }

    private bool IsErased(SyntaxNode syntax)
    {
        foreach (TextSpan span in _erased)
        {
            if (span.Contains(syntax.Span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Post-order without recursion, so that the depth of an expression is no limit: a node before its children, the last child
    /// first, reversed.
    /// </summary>
    private void Flatten(IOperation root, List<Instruction> buffer, List<Group> groups, bool isBranch)
    {
        int start = buffer.Count;
        var pending = new Stack<IOperation>();
        pending.Push(root);
        var group = new Group(isBranch);
        while (pending.Count > 0)
        {
            IOperation operation = pending.Pop();
            int operands = 0;
            switch (operation)
            {
                case IInvocationOperation invocation:
                    operands = PushCall(pending, invocation.Instance, invocation.Arguments);
                    break;
                case IObjectCreationOperation creation:
                    operands = PushCall(pending, null, creation.Arguments);
                    break;
                case IPropertyReferenceOperation property:
                    operands = PushCall(pending, property.Instance, property.Arguments);
                    break;
                case IIsPatternOperation test:
                    pending.Push(test.Value);
                    operands = 1;
                    break;
                case INameOfOperation or IPatternOperation or IFlowAnonymousFunctionOperation or IAnonymousFunctionOperation:
                    break;
                default:
                    foreach (IOperation child in operation.ChildOperations)
                    {
                        pending.Push(child);
                        operands++;
                    }

                    break;
            }

            buffer.Add(new Instruction(operation, operands, ThrowingOperations.MayThrow(operation)));
            Note(operation, group);
        }

        buffer.Reverse(start, buffer.Count - start);
        if (group.Forgets || group.Reads.Count + group.Writes.Count > 0)
        {
            groups.Add(group);
        }
    }

    private static int PushCall(Stack<IOperation> pending, IOperation? instance, ImmutableArray<IArgumentOperation> arguments)
    {
        int operands = 0;
        if (instance is not null)
        {
            pending.Push(instance);
            operands++;
        }

        foreach (IArgumentOperation argument in arguments)
        {
            pending.Push(argument.Value);
            operands++;
        }

        return operands;
    }

    private void Note(IOperation operation, Group group)
    {
        group.Forgets |= operation is IInvocationOperation { TargetMethod: { } called }
            && (called.DeclaringSyntaxReferences.Length > 0 || called.IsAbstract || called.IsVirtual);
        if (MutatedReceiver(operation) is { } receiver && TargetOf(receiver) is { } changed)
        {
            group.Writes.Add(changed.Id);
            _mutated.Add(changed.Id);
        }

        switch (operation)
        {
            case IFlowCaptureOperation capture:
                _captured[capture.Id] = capture.Value;
                group.Writes.Add(_session.Places.Capture(capture.Id, capture.Value.Type).Id);
                break;
            case IAssignmentOperation assignment:
                if (TargetOf(assignment.Target) is { } target)
                {
                    group.Writes.Add(target.Id);
                }

                break;
            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke }:
                // The body runs in place and may decide by what it is given.
                group.Decides = true;
                group.Forgets = true;
                break;
            case IAwaitOperation:
                group.Forgets = true;
                break;
            case IInvocationOperation or IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation
                or IParameterReferenceOperation or IFlowCaptureReferenceOperation:
                if (PlaceOf(operation) is { } place)
                {
                    group.Reads.Add(place.Id);
                    if (place is { Kind: PlaceKind.Field, Symbol: not (IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true } }) })
                    {
                        _volatile.Add(place.Id);
                    }
                }
                else if (operation is IFieldReferenceOperation { Field.IsReadOnly: false, Instance.Type.IsValueType: false }
                    || (operation is IPropertyReferenceOperation { Instance: not null, Property: { } property } && !PureMembers.IsFixed(property)))
                {
                    group.Reads.Add(_session.Places.Memory.Id);
                    _volatile.Add(_session.Places.Memory.Id);
                }

                break;
            case IFlowAnonymousFunctionOperation:
                _hasNestedFunctions = true;
                break;
            case IIsPatternOperation pattern:
                NotePattern(pattern.Pattern, group);
                break;
        }
    }

    private void NotePattern(IPatternOperation pattern, Group group)
    {
        ISymbol? declared = pattern switch
        {
            IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
            IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
            IListPatternOperation list => list.DeclaredSymbol,
            _ => null,
        };
        if (declared is ILocalSymbol local)
        {
            group.Writes.Add(_session.Places.Local(local).Id);
        }

        foreach (IOperation child in pattern.ChildOperations)
        {
            switch (child)
            {
                case IPatternOperation inner:
                    NotePattern(inner, group);
                    break;
                case IPropertySubpatternOperation property:
                    group.Reads.Add(_session.Places.Memory.Id);
                    NotePattern(property.Pattern, group);
                    break;
            }
        }
    }

    /// <summary>What the functions inside use of this one's places: it is always live, and what escaping ones write is volatile.</summary>
    private void FindSharedPlaces()
    {
        var visited = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        FindSharedPlaces(Graph, visited);
    }

    private void FindSharedPlaces(ControlFlowGraph graph, HashSet<IMethodSymbol> visited)
    {
        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            if (visited.Add(local))
            {
                NoteUsesOf(graph.GetLocalFunctionControlFlowGraph(local), escapes: false, visited);
            }
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in OperationsOf(block))
            {
                switch (operation)
                {
                    case IFlowAnonymousFunctionOperation lambda when visited.Add(lambda.Symbol):
                        NoteUsesOf(graph.GetAnonymousFunctionControlFlowGraph(lambda), escapes: true, visited);
                        break;
                    case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local }
                        when NestedFunctions.FindGraph(graph, local) is { } nested:
                        NoteUsesOf(nested, escapes: true, visited);
                        break;
                }
            }
        }
    }

    private void NoteUsesOf(ControlFlowGraph nested, bool escapes, HashSet<IMethodSymbol> visited)
    {
        foreach (BasicBlock block in nested.Blocks)
        {
            foreach (IOperation operation in OperationsOf(block))
            {
                if (operation is ILocalReferenceOperation or IParameterReferenceOperation && PlaceOf(operation) is { } used)
                {
                    _shared.Add(used.Id);
                }

                IOperation? target = operation switch
                {
                    IAssignmentOperation assignment => assignment.Target,
                    IIncrementOrDecrementOperation increment => increment.Target,
                    IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                    _ => null,
                };
                if (escapes && target is ILocalReferenceOperation or IParameterReferenceOperation && PlaceOf(target) is { } place)
                {
                    _volatile.Add(place.Id);
                }
            }
        }

        FindSharedPlaces(nested, visited);
    }

    private static IEnumerable<IOperation> OperationsOf(BasicBlock block)
    {
        foreach (IOperation root in block.Operations)
        {
            foreach (IOperation operation in root.DescendantsAndSelf())
            {
                yield return operation;
            }
        }

        if (block.BranchValue is { } value)
        {
            foreach (IOperation operation in value.DescendantsAndSelf())
            {
                yield return operation;
            }
        }
    }

    private void ComputeLiveness(List<Group>[] groups)
    {
        HashSet<int> relevant = FindRelevantPlaces(groups);
        relevant.UnionWith(_shared);
        foreach (int place in relevant.OrderBy(static id => id))
        {
            _denseIndex.Add(place, _denseIndex.Count);
        }

        _volatile.IntersectWith(relevant);
        int words = (_denseIndex.Count + 63) >> 6;
        foreach (BlockCode code in Blocks)
        {
            code.LiveIn = new ulong[words];
            foreach (int place in _shared)
            {
                int index = _denseIndex[place];
                code.LiveIn[index >> 6] |= 1UL << (index & 63);
            }
        }

        if (words == 0)
        {
            return;
        }

        var live = new ulong[words];
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int ordinal = Blocks.Length - 1; ordinal >= 0; ordinal--)
            {
                BlockCode code = Blocks[ordinal];
                if (groups[ordinal] is not { } blockGroups)
                {
                    continue;
                }

                Array.Clear(live, 0, words);
                AddSuccessors(code.Block, live);
                for (int i = blockGroups.Count - 1; i >= 0; i--)
                {
                    Group group = blockGroups[i];
                    foreach (int write in group.Forgets ? group.Writes.Concat(_volatile) : group.Writes)
                    {
                        if (!group.Reads.Contains(write) && IndexOf(write) is >= 0 and int written)
                        {
                            live[written >> 6] &= ~(1UL << (written & 63));
                        }
                    }

                    foreach (int read in group.Reads)
                    {
                        if (IndexOf(read) is >= 0 and int index && Counts(group, read, relevant))
                        {
                            live[index >> 6] |= 1UL << (index & 63);
                        }
                    }
                }

                // A handler may be reached from the middle of the block, before a write.
                AddHandlers(code.Block.EnclosingRegion, live);
                for (int word = 0; word < words; word++)
                {
                    if ((live[word] & ~code.LiveIn[word]) != 0)
                    {
                        code.LiveIn[word] |= live[word];
                        changed = true;
                    }
                }
            }
        }
    }

    private bool Counts(Group group, int read, HashSet<int> relevant)
    {
        if (group.IsBranch || group.Decides || IsAlwaysRelevant(_session.Places[read]))
        {
            return true;
        }

        foreach (int write in group.Writes)
        {
            if (relevant.Contains(write))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAlwaysRelevant(Place place)
        => place.IsTracked || place.Type is { TypeKind: TypeKind.Delegate };

    private HashSet<int> FindRelevantPlaces(List<Group>[] groups)
    {
        var relevant = new HashSet<int>();
        var all = new List<Group>();
        foreach (List<Group>? blockGroups in groups)
        {
            if (blockGroups is null)
            {
                continue;
            }

            foreach (Group group in blockGroups)
            {
                bool decides = group.IsBranch || group.Decides;
                foreach (int read in group.Reads)
                {
                    if (decides || IsAlwaysRelevant(_session.Places[read]))
                    {
                        relevant.Add(read);
                    }
                }

                foreach (int write in group.Writes)
                {
                    if (IsAlwaysRelevant(_session.Places[write]))
                    {
                        relevant.Add(write);
                    }
                }

                if (!decides && group.Writes.Count > 0 && group.Reads.Count > 0)
                {
                    all.Add(group);
                }
            }
        }

        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = all.Count - 1; i >= 0; i--)
            {
                Group group = all[i];
                if (group.Writes.Exists(relevant.Contains))
                {
                    foreach (int read in group.Reads)
                    {
                        changed |= relevant.Add(read);
                    }

                    all.RemoveAt(i);
                }
            }
        }

        return relevant;
    }

    private void AddSuccessors(BasicBlock block, ulong[] live)
    {
        AddBranch(block.FallThroughSuccessor, live);
        AddBranch(block.ConditionalSuccessor, live);
        if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling
            || block.ConditionalSuccessor?.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            // The end of a finally or of a filter goes on wherever its region was entered for.
            for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
            {
                if (region.Kind is ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter)
                {
                    ControlFlowRegion owner = region.EnclosingRegion!;
                    for (int ordinal = owner.FirstBlockOrdinal; ordinal <= owner.LastBlockOrdinal; ordinal++)
                    {
                        foreach (ControlFlowBranch? leaving in new[] { Graph.Blocks[ordinal].FallThroughSuccessor, Graph.Blocks[ordinal].ConditionalSuccessor })
                        {
                            if (leaving?.Destination is { } destination && leaving.FinallyRegions.Contains(region))
                            {
                                Or(live, destination.Ordinal);
                            }
                        }
                    }

                    AddHandlers(owner, live);
                }
            }
        }
    }

    private void AddBranch(ControlFlowBranch? branch, ulong[] live)
    {
        if (branch is null)
        {
            return;
        }

        if (branch.Destination is { } destination)
        {
            Or(live, destination.Ordinal);
        }

        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            Or(live, region.FirstBlockOrdinal);
        }
    }

    private void AddHandlers(ControlFlowRegion? region, ulong[] live)
    {
        for (; region?.EnclosingRegion is { } owner; region = owner)
        {
            if (region.Kind == ControlFlowRegionKind.Try)
            {
                foreach (ControlFlowRegion handler in owner.NestedRegions)
                {
                    if (!ReferenceEquals(handler, region))
                    {
                        Or(live, handler.FirstBlockOrdinal);
                    }
                }
            }
        }
    }

    private void Or(ulong[] live, int ordinal)
    {
        ulong[] other = Blocks[ordinal].LiveIn;
        for (int word = 0; word < live.Length; word++)
        {
            live[word] |= other[word];
        }
    }

    /// <summary>The places that one statement or one condition reads and writes.</summary>
    private sealed class Group(bool isBranch)
    {
        public bool IsBranch { get; } = isBranch;

        public bool Decides { get; set; }

        /// <summary>Whether a call changes whatever is volatile.</summary>
        public bool Forgets { get; set; }

        public List<int> Reads { get; } = [];

        public List<int> Writes { get; } = [];
    }
}
