using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The graphs of the functions that are written inside another one.</summary>
internal static class NestedFunctions
{
    /// <summary>The graph of a local function that is declared in <paramref name="graph"/> or in a function around it.</summary>
    public static ControlFlowGraph? FindGraph(ControlFlowGraph? graph, IMethodSymbol localFunction)
    {
        localFunction = localFunction.OriginalDefinition;
        for (; graph is not null; graph = graph.Parent)
        {
            foreach (IMethodSymbol declared in graph.LocalFunctions)
            {
                if (SymbolEqualityComparer.Default.Equals(declared, localFunction))
                {
                    return graph.GetLocalFunctionControlFlowGraph(declared);
                }
            }
        }

        return null;
    }
}
