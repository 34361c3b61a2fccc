using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Finds the <c>throw;</c> that a block ends with: the graph keeps none of its syntax.</summary>
internal static class RethrowSyntax
{
    public static SyntaxNode Find(ControlFlowGraph graph, BasicBlock block)
    {
        SyntaxNode body = graph.OriginalOperation.Syntax;
        int position = 0;
        foreach (BasicBlock candidate in graph.Blocks)
        {
            if (candidate.Ordinal >= block.Ordinal)
            {
                break;
            }

            position += candidate.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Rethrow ? 1 : 0;
        }

        // The blocks keep the order of the statements that they come from.
        SyntaxNode? found = null;
        foreach (SyntaxNode node in body.DescendantNodes(n => ReferenceEquals(n, body) || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is ThrowStatementSyntax { Expression: null })
            {
                found = node;
                if (position-- == 0)
                {
                    break;
                }
            }
        }

        return found ?? body;
    }
}
