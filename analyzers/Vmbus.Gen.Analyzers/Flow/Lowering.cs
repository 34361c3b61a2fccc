using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// Flattens the operations of a graph into evaluation order, leaves erased calls out, and notes what each statement reads and writes.
/// </summary>
internal sealed class Lowering(ControlFlowGraph graph, FlowSession session, PlaceResolver places)
{
    private readonly List<TextSpan> _erased = [];
    private readonly PlaceAccesses _accesses = new();
    private readonly Stack<IOperation> _pending = new();

    public BlockCode[] Blocks { get; } = new BlockCode[graph.Blocks.Length];

    /// <summary>What each block's statements read and write, in order.</summary>
    public EffectTable Effects { get; } = new(graph.Blocks.Length);

    /// <summary>The places that any call may change.</summary>
    public HashSet<int> Volatile { get; } = [];

    /// <summary>The places of structures that a method called on them may change.</summary>
    public HashSet<int> Mutated { get; } = [];

    public bool HasLambdas { get; private set; }

    public void Run()
    {
        var buffer = new List<Instruction>();
        FindErasedCalls();
        foreach (BasicBlock block in graph.Blocks)
        {
            var code = new BlockCode(block);
            Blocks[block.Ordinal] = code;
            if (!block.IsReachable)
            {
                continue;
            }

            buffer.Clear();
            Effects.Begin(block.Ordinal);
            foreach (IOperation operation in block.Operations)
            {
                if (!IsErased(operation.Syntax))
                {
                    Flatten(operation, buffer, block.Ordinal, isBranch: false);
                }
            }

            if (block.BranchValue is { } branchValue)
            {
                code.IsBranchErased = IsErased(branchValue.Syntax);
                if (!code.IsBranchErased)
                {
                    Flatten(branchValue, buffer, block.Ordinal, isBranch: true);
                }
            }

            code.Code = buffer.ToArray();
        }
    }

    private void FindErasedCalls()
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                // Only a call that stands as a statement returns nothing, and only such a call can be erased.
                if (operation is IExpressionStatementOperation { Operation: IInvocationOperation invocation } && session.Compilation.Erased.IsErased(invocation))
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
    private void Flatten(IOperation root, List<Instruction> buffer, int ordinal, bool isBranch)
    {
        int start = buffer.Count;
        Stack<IOperation> pending = _pending;
        pending.Push(root);
        var effects = new StatementEffects(isBranch, _accesses);
        while (pending.Count > 0)
        {
            IOperation operation = pending.Pop();
            int operands = 0;
            switch (operation.Kind)
            {
                case OperationKind.Invocation:
                    var invocation = (IInvocationOperation)operation;
                    operands = PushCall(pending, invocation.Instance, invocation.Arguments);
                    break;
                case OperationKind.ObjectCreation:
                    operands = PushCall(pending, null, ((IObjectCreationOperation)operation).Arguments);
                    break;
                case OperationKind.PropertyReference:
                    var property = (IPropertyReferenceOperation)operation;
                    operands = PushCall(pending, property.Instance, property.Arguments);
                    break;
                case OperationKind.IsPattern:
                    pending.Push(((IIsPatternOperation)operation).Value);
                    operands = 1;
                    break;
                case OperationKind.LocalReference or OperationKind.ParameterReference or OperationKind.Literal or OperationKind.InstanceReference or OperationKind.FlowCaptureReference
                    or OperationKind.NameOf or OperationKind.FlowAnonymousFunction or OperationKind.AnonymousFunction:
                    break;
                default:
                    if (operation is IPatternOperation)
                    {
                        break;
                    }

                    foreach (IOperation child in operation.ChildOperations)
                    {
                        pending.Push(child);
                        operands++;
                    }

                    break;
            }

            buffer.Add(new Instruction(operation, operands, ThrowingOperations.MayThrow(operation)));
            Note(operation, ref effects);
        }

        buffer.Reverse(start, buffer.Count - start);
        if (effects.Forgets || effects.Count > 0)
        {
            Effects.Add(ordinal, effects);
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

    private void Note(IOperation operation, ref StatementEffects effects)
    {
        switch (operation.Kind)
        {
            case OperationKind.FlowCapture:
                var capture = (IFlowCaptureOperation)operation;
                places.Capture(capture);
                effects.Write(places.Places.Capture(capture.Id, capture.Value.Type).Id);
                break;
            case OperationKind.SimpleAssignment or OperationKind.CompoundAssignment or OperationKind.CoalesceAssignment or OperationKind.DeconstructionAssignment:
                if (places.TargetOf(((IAssignmentOperation)operation).Target) is { } target)
                {
                    effects.Write(target.Id);
                }

                break;
            case OperationKind.Invocation:
                NoteCall((IInvocationOperation)operation, ref effects);
                break;
            case OperationKind.Await:
                effects.Forgets = true;
                break;
            case OperationKind.FieldReference or OperationKind.PropertyReference or OperationKind.LocalReference or OperationKind.ParameterReference
                or OperationKind.FlowCaptureReference:
                NoteRead(operation, ref effects);
                break;
            case OperationKind.ArrayElementReference when operation.Type is { } type && session.Tracks(type):
                // Which element it is decides what becomes of it.
                effects.Decides = true;
                break;
            case OperationKind.FlowAnonymousFunction:
                HasLambdas = true;
                break;
            case OperationKind.IsPattern:
                NotePattern(((IIsPatternOperation)operation).Pattern, ref effects);
                break;
        }
    }

    private void NoteCall(IInvocationOperation invocation, ref StatementEffects effects)
    {
        IMethodSymbol called = invocation.TargetMethod;
        effects.Forgets |= called.DeclaringSyntaxReferences.Length > 0
            || (session.Compilation.Overrides.MayStandBehind(called) && !ForeignObjects.Contain(invocation.Instance, places.CapturedBy));
        if (FlowProgram.MutatedReceiver(invocation) is { } receiver && places.TargetOf(receiver) is { } changed)
        {
            effects.Write(changed.Id);
            Mutated.Add(changed.Id);
        }

        if (called.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke)
        {
            // The body runs in place and may decide by what it is given.
            effects.Decides = true;
            effects.Forgets = true;
        }
    }

    private void NoteRead(IOperation operation, ref StatementEffects effects)
    {
        if (places.PlaceOf(operation) is { } place)
        {
            effects.Read(place.Id);
            if (place is { Kind: PlaceKind.Field, Symbol: not (IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true } }) })
            {
                Volatile.Add(place.Id);
            }
        }
        else if (operation is IFieldReferenceOperation { Field.IsReadOnly: false, Instance.Type.IsValueType: false }
            || (operation is IPropertyReferenceOperation { Instance: not null, Property: { } property } && !PureMembers.IsFixed(property)))
        {
            effects.Read(places.Places.Memory.Id);
            Volatile.Add(places.Places.Memory.Id);
        }
    }

    private void NotePattern(IPatternOperation pattern, ref StatementEffects effects)
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
            effects.Write(places.Places.Local(local).Id);
        }

        foreach (IOperation child in pattern.ChildOperations)
        {
            switch (child)
            {
                case IPatternOperation inner:
                    NotePattern(inner, ref effects);
                    break;
                case IPropertySubpatternOperation property:
                    effects.Read(places.Places.Memory.Id);
                    NotePattern(property.Pattern, ref effects);
                    break;
            }
        }
    }
}
