using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// The methods that are run inside their caller, because they answer with a level or are given one that is known there: no summary tells what they do then.
/// </summary>
internal static class InsideCalls
{
    /// <summary>How many blocks such a method has at most.</summary>
    private const int MaximumBlocks = 32;

    /// <summary>Whether a method answers with a level, or is given one: its caller has something to say of the level that its summary does not.</summary>
    public static bool ExchangesLevels(IMethodSymbol method, VmbusTypes types)
    {
        if (VmbusTypes.Same(types.Irql, method.ReturnType))
        {
            return true;
        }

        foreach (IParameterSymbol parameter in MethodParameters.Of(method))
        {
            if (VmbusTypes.Same(types.Irql, parameter.Type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The graph of a method that is run inside its caller; null for all others.</summary>
    public static ControlFlowGraph? GraphOf(Machine<IrqlState> machine, IMethodSymbol body, CallArguments arguments, IOperation operation, IrqlPass pass)
    {
        VmbusTypes types = pass.Model.Types;
        bool isOwn = ExtensionBlocks.ReceiverOf(body) is not null
            || operation is IInvocationOperation { Instance: null or IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation };
        if (!isOwn || !ExchangesLevels(body, types) || body.IsAsync || body.MethodKind is not (MethodKind.Ordinary or MethodKind.PropertyGet)
            || pass.Session.Running.Contains(body.OriginalDefinition, SymbolEqualityComparer.Default))
        {
            return null;
        }

        bool isKnown = VmbusTypes.Same(types.Irql, body.ReturnType)
            || MethodParameters.Of(body).Any(p => VmbusTypes.Same(types.Irql, p.Type) && LevelSet.From(machine.RangeOf(arguments.ValueFor(machine, MethodParameters.OrdinalOf(p)))) is not null);
        return isKnown && pass.Model.Graphs.Of(body, pass.Session.Cancellation) is [var graph] && graph.Blocks.Length <= MaximumBlocks ? graph : null;
    }
}
