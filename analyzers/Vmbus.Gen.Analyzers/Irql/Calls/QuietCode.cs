using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Effects;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// Whether a function could say anything of the level at all, on whatever path and at whatever level: where no operation changes it, asks for it, or calls what has
/// something to say, there is nothing to interpret. Most functions are of this kind.
/// </summary>
internal sealed class QuietCode(IrqlModel model)
{
    /// <summary>Whether a run of the graph would find nothing, and would leave the level as it is.</summary>
    public bool IsQuiet(ControlFlowGraph graph, IrqlFunction function, Func<IMethodSymbol, IrqlSummary> summaryOf)
    {
        // What a truth value answers may depend on the path, and is told to callers.
        if (function.Method.ReturnType.SpecialType == SpecialType.System_Boolean || model.Contracts.RaisesTo(function.Method) is not null)
        {
            return false;
        }

        var pending = new Stack<IOperation>();
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                pending.Push(operation);
            }

            if (block.BranchValue is { } value)
            {
                pending.Push(value);
            }

            // Without recursion, so that the depth of an expression is no limit.
            while (pending.Count > 0)
            {
                IOperation operation = pending.Pop();
                if (!IsQuiet(operation, function, summaryOf))
                {
                    return false;
                }

                foreach (IOperation child in operation.ChildOperations)
                {
                    pending.Push(child);
                }
            }
        }

        return true;
    }

    private bool IsQuiet(IOperation operation, IrqlFunction function, Func<IMethodSymbol, IrqlSummary> summaryOf)
    {
        if (InertOperations.Contain(operation))
        {
            return true;
        }

        switch (operation.Kind)
        {
            case OperationKind.Await or OperationKind.Invalid:
                return false;
            case OperationKind.Invocation when SpeaksOfLevels(((IInvocationOperation)operation).TargetMethod):
                return false;
            case OperationKind.PropertyReference when SpeaksOfLevels(((IPropertyReferenceOperation)operation).Property):
                return false;
        }

        if (DelegateCalls.KindOf(operation) != DelegateCallKind.None)
        {
            return false;
        }

        if (model.CollectsAllocations && model.Allocations.ReasonOf(operation) is not null)
        {
            return false;
        }

        foreach (CallTarget call in model.Targets.Of(operation))
        {
            if (!IsQuietTarget(call, operation, function, summaryOf))
            {
                return false;
            }
        }

        return (model.TypeInitializers.TriggeredBy(operation, function.Method) is not { } initializer || summaryOf(initializer).Findings.IsEmpty)
            && model.Enumerations.FunctionsRunBy(operation).IsEmpty;
    }

    private bool SpeaksOfLevels(ISymbol member)
        => VmbusTypes.Same(model.Types.KernelIrql, member.ContainingType) || VmbusTypes.Same(model.Types.IrqlScope, member.ContainingType)
            || (VmbusTypes.Same(model.Types.VmbusChannel, member.ContainingType) && member is IMethodSymbol method && SelfWaits.IsWait(method));

    private bool IsQuietTarget(CallTarget call, IOperation operation, IrqlFunction function, Func<IMethodSymbol, IrqlSummary> summaryOf)
    {
        IMethodSymbol method = CalledBodies.Resolve(call, function.Substitution);
        if (AsksNothing(method) is { } said)
        {
            return said && (!model.MayLeaveRaised(method) || summaryOf(method).WhenThrown is null);
        }

        if (model.Calls.Of(call with { Method = method }, operation).Category != BlockingCategory.None)
        {
            return false;
        }

        if (Enumerations.IsIterator(method))
        {
            return true;
        }

        foreach (IMethodSymbol body in model.Bodies.Of(call, function.Substitution))
        {
            bool? ofBody = SymbolEqualityComparer.Default.Equals(body, method) ? null : AsksNothing(body);
            if (ofBody == false || (ofBody is null && !IsQuietBody(body, summaryOf)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the contract of a method holds at every level; null if it has none.</summary>
    private bool? AsksNothing(IMethodSymbol method)
    {
        IntervalSet? levels = model.Contracts.LevelsOf(method);
        bool blocks = model.Contracts.SaysThatItBlocks(method);
        bool raises = model.Contracts.RaisesTo(method) is not null;
        return levels is null && !blocks && !raises
            ? null
            : !raises && levels is not null && LevelSet.Above(levels.Maximum).IsEmpty && LevelSet.Below(levels.Minimum).IsEmpty;
    }

    private bool IsQuietBody(IMethodSymbol body, Func<IMethodSymbol, IrqlSummary> summaryOf)
        => (body.MethodImplementationFlags & MethodImplAttributes.Synchronized) == 0
            && (!model.Graphs.HasCode(body) || (!InsideCalls.ExchangesLevels(body, model.Types) && summaryOf(body).IsQuiet));
}
