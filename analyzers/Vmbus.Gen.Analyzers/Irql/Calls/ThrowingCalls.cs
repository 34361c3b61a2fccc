using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// At which levels an exception may come out of what an operation of a function calls. Code outside the compilation may always fail; a body that is here fails
/// where it calls what may.
/// </summary>
internal sealed class ThrowingCalls(IrqlModel model, IrqlFunction function, Func<IMethodSymbol, IrqlSummary> summaryOf)
{
    private readonly Dictionary<IOperation, LevelSet> _known = [];

    /// <summary>The levels at which an operation, which throws by its kind, may.</summary>
    public LevelSet LevelsOf(IOperation operation)
    {
        if (!_known.TryGetValue(operation, out LevelSet levels))
        {
            levels = Find(operation);
            _known.Add(operation, levels);
        }

        return levels;
    }

    /// <summary>The levels at which an operation of a graph may throw, outside of what catches everything.</summary>
    public LevelSet LevelsOf(ControlFlowGraph graph)
    {
        LevelSet levels = LevelSet.None;
        foreach (BasicBlock block in graph.Blocks)
        {
            if (IsCaught(block))
            {
                continue;
            }

            if (block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow })
            {
                return LevelSet.All;
            }

            foreach (IOperation operation in BlockOperations.Of(block))
            {
                levels = FailsUnseen(operation) ? LevelSet.All
                    : ThrowingOperations.MayThrow(operation) || IsImpliedCall(operation) ? levels.Union(LevelsOf(operation))
                    : levels;
                if (levels == LevelSet.All)
                {
                    return levels;
                }
            }
        }

        return levels;
    }

    /// <summary>Whether something in a graph, or in a function inside it, may throw that no edge is drawn for: the first use of a type.</summary>
    public bool FailsUnseen(ControlFlowGraph graph)
        => graph.Blocks.Any(b => BlockOperations.Of(b).Any(FailsUnseen)) || NestedFunctions.Of(graph).Any(n => FailsUnseen(n.Graph));

    private bool FailsUnseen(IOperation operation) => operation.Kind == OperationKind.FieldReference && InitializerFails(operation);

    /// <summary>Whether a constructor runs one of a class in another assembly before its own body.</summary>
    public static bool HasForeignBase(IMethodSymbol constructor)
        => constructor is { MethodKind: MethodKind.Constructor, ContainingType: { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object, DeclaringSyntaxReferences.Length: 0 } } };

    /// <summary>Whether whatever a block throws is caught in its function.</summary>
    private bool IsCaught(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.Around())
        {
            if (region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndCatch } owner }
                && owner.NestedRegions.Any(r => r.Kind == ControlFlowRegionKind.Catch && ExceptionRouter.CatchesAll(r.ExceptionType, model.Flow.Exception)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an operation throws what the calls throw that fill a collection, though not by its kind.</summary>
    public static bool IsImpliedCall(IOperation operation) => operation.Kind == OperationKind.CollectionExpression && !ThrowingOperations.MayThrow(operation);

    /// <summary>Whether the first use of a type may fail; then every later one does, at whatever level.</summary>
    private bool InitializerFails(IOperation operation)
        => model.TypeInitializers.TriggeredBy(operation, function.Method) is { } initializer && !summaryOf(initializer).ThrowsAt.IsEmpty;

    private LevelSet Find(IOperation operation)
    {
        if (operation.Kind is OperationKind.Await or OperationKind.CompoundAssignment or OperationKind.Increment or OperationKind.Decrement or OperationKind.ImplicitIndexerReference)
        {
            // It does more than the call that it stands for.
            return LevelSet.All;
        }

        if (ImpliedCode.IsUnknown(operation))
        {
            return LevelSet.All;
        }

        LevelSet levels = LevelSet.None;
        bool calls = operation.Kind is OperationKind.IsPattern or OperationKind.DeconstructionAssignment or OperationKind.CollectionExpression;
        foreach (CallTarget call in model.Targets.Of(operation))
        {
            calls = true;
            levels = levels.Union(LevelsOf(call));
        }

        return calls && !InitializerFails(operation) ? levels : LevelSet.All;
    }

    private LevelSet LevelsOf(CallTarget call)
    {
        IMethodSymbol method = CalledBodies.Resolve(call, function.Substitution);
        if (method is { AssociatedSymbol: IPropertySymbol property, MethodKind: MethodKind.PropertyGet } && PureMembers.IsTrivialGetter(property))
        {
            return LevelSet.None;
        }

        if (method is { IsImplicitlyDeclared: true, MethodKind: MethodKind.Ordinary, Name: "Deconstruct" or "<Clone>$" } && !CopiesByOwnCode(method.ContainingType))
        {
            // A record's own, which read and copy fields.
            return LevelSet.None;
        }

        if (!model.IsJudgedByBody(method) || (method.IsAbstract && IsOpenToOthers(method.ContainingType)))
        {
            return LevelSet.All;
        }

        LevelSet levels = LevelSet.None;
        bool runs = false;
        foreach (IMethodSymbol body in model.Bodies.Of(call, function.Substitution))
        {
            runs = true;
            levels = levels.Union(LevelsOf(body));
            if ((body.IsVirtual || body.IsOverride) && !body.IsSealed && IsOpenToOthers(body.ContainingType))
            {
                return LevelSet.All;
            }
        }

        return runs ? levels : LevelSet.All;
    }

    private LevelSet LevelsOf(IMethodSymbol body)
    {
        if (!model.IsJudgedByBody(body) || !model.Graphs.HasCode(body) || (body.MethodImplementationFlags & System.Reflection.MethodImplAttributes.Synchronized) != 0)
        {
            return LevelSet.All;
        }

        // What an async function throws goes into its task, and an iterator runs where it is enumerated.
        return body.IsAsync || Enumerations.IsIterator(body) ? LevelSet.None : summaryOf(body).ThrowsAt;
    }

    /// <summary>Whether a record, or one that it derives from, has a copy constructor of its own, or may have.</summary>
    private static bool CopiesByOwnCode(INamedTypeSymbol record)
    {
        for (INamedTypeSymbol? type = record; type is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; type = type.BaseType)
        {
            if (type.DeclaringSyntaxReferences.Length == 0
                || type.InstanceConstructors.Any(c => !c.IsImplicitlyDeclared && c.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, type)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether another assembly may derive from a type, or implement it.</summary>
    private static bool IsOpenToOthers(INamedTypeSymbol type)
    {
        if (type.IsSealed)
        {
            return false;
        }

        for (INamedTypeSymbol? t = type; t is not null; t = t.ContainingType)
        {
            if (t.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
            {
                return false;
            }
        }

        return true;
    }
}
