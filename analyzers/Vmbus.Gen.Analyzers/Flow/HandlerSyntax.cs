using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Finds the <c>catch</c> that a handler's first block comes from: the graph keeps none of its syntax where the handler is empty.</summary>
internal static class HandlerSyntax
{
    /// <summary>The clauses of a function by the first block of their filter, or of their body where they have none.</summary>
    public static Dictionary<int, SyntaxNode> Find(ControlFlowGraph graph)
    {
        var handlers = new List<ControlFlowRegion>();
        Collect(graph.Root, handlers);

        // The blocks keep the order of the clauses that they come from.
        handlers.Sort(static (left, right) => left.FirstBlockOrdinal.CompareTo(right.FirstBlockOrdinal));
        SyntaxNode body = graph.OriginalOperation.Syntax;
        CatchClauseSyntax[] clauses =
            [.. body.DescendantNodes(n => ReferenceEquals(n, body) || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<CatchClauseSyntax>()];
        var found = new Dictionary<int, SyntaxNode>();
        for (int i = 0; i < handlers.Count && i < clauses.Length; i++)
        {
            found[handlers[i].FirstBlockOrdinal] = clauses[i];
        }

        return found;
    }

    private static void Collect(ControlFlowRegion region, List<ControlFlowRegion> handlers)
    {
        foreach (ControlFlowRegion nested in region.NestedRegions)
        {
            if (nested.Kind == ControlFlowRegionKind.FilterAndHandler || (nested.Kind == ControlFlowRegionKind.Catch && region.Kind != ControlFlowRegionKind.FilterAndHandler))
            {
                handlers.Add(nested);
            }

            Collect(nested, handlers);
        }
    }
}
