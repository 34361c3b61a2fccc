using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

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

    /// <summary>Whether a local function may call itself, directly or by way of other local functions.</summary>
    public static bool CallsItself(ControlFlowGraph graph, IMethodSymbol function)
    {
        if (function.MethodKind != MethodKind.LocalFunction)
        {
            return false;
        }

        var visited = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<ControlFlowGraph>();
        pending.Push(graph);
        while (pending.Count > 0)
        {
            ControlFlowGraph next = pending.Pop();
            foreach (BasicBlock block in next.Blocks)
            {
                foreach (IOperation operation in BlockOperations.Of(block))
                {
                    if (operation is not IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called })
                    {
                        continue;
                    }

                    if (SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, function.OriginalDefinition))
                    {
                        return true;
                    }

                    if (visited.Add(called.OriginalDefinition) && FindGraph(next, called) is { } body)
                    {
                        pending.Push(body);
                    }
                }
            }
        }

        return false;
    }

    /// <summary>The functions that are written directly inside a graph's function.</summary>
    public static IEnumerable<(ControlFlowGraph Graph, IMethodSymbol Method)> Of(ControlFlowGraph graph)
    {
        foreach (IMethodSymbol local in graph.LocalFunctions)
        {
            yield return (graph.GetLocalFunctionControlFlowGraph(local), local);
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation root in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            {
                foreach (IOperation operation in root.DescendantsAndSelf())
                {
                    if (operation is IFlowAnonymousFunctionOperation lambda)
                    {
                        yield return (graph.GetAnonymousFunctionControlFlowGraph(lambda), lambda.Symbol);
                    }
                }
            }
        }
    }

    /// <summary>The lambda of a symbol, written directly in a graph's function; null if it is none.</summary>
    public static Function? FindLambda(ControlFlowGraph graph, IMethodSymbol lambda)
    {
        if (lambda.MethodKind != MethodKind.AnonymousFunction || lambda.DeclaringSyntaxReferences.Length != 1)
        {
            return null;
        }

        SyntaxReference written = lambda.DeclaringSyntaxReferences[0];
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in BlockOperations.Of(block))
            {
                if (operation is IFlowAnonymousFunctionOperation found && found.Syntax.SyntaxTree == written.SyntaxTree && found.Syntax.Span == written.Span)
                {
                    return new Function(found.Symbol, found, graph, null);
                }
            }
        }

        return null;
    }
}
