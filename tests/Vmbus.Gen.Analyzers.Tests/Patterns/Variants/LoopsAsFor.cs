using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>A loop with a condition alone is one without, which is left by a jump.</summary>
internal sealed class LoopsAsFor : CaseVariant
{
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var visited = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return ForStatement(visited.Statement).WithCondition(visited.Condition);
    }

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var visited = (ForStatementSyntax)base.VisitForStatement(node)!;
        if (node.Condition is null || Declares(node.Condition) || node.Incrementors.Count > 0)
        {
            return visited;
        }

        IfStatementSyntax leave = IfStatement(Not(visited.Condition!), BreakStatement());
        return visited.WithCondition(null).WithStatement(Block(leave, visited.Statement));
    }
}
