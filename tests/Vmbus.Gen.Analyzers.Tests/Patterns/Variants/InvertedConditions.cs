using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>The arms of each branch change places, and its condition is negated.</summary>
internal sealed class InvertedConditions : CaseVariant
{
    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
    {
        var visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
        return Declares(node.Condition)
            ? visited
            : visited.WithCondition(Not(visited.Condition))
                .WithStatement(visited.Else is { } otherwise ? InBlock(otherwise.Statement) : Block())
                .WithElse(ElseClause(InBlock(visited.Statement)).WithElseKeyword(Token(SyntaxKind.ElseKeyword).WithTrailingTrivia(Space)));
    }

    public override SyntaxNode? VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        var visited = (ConditionalExpressionSyntax)base.VisitConditionalExpression(node)!;
        return Declares(node.Condition) || node.WhenTrue is RefExpressionSyntax
            ? visited
            : visited.WithCondition(ParenthesizedExpression(Not(visited.Condition))).WithWhenTrue(visited.WhenFalse).WithWhenFalse(visited.WhenTrue);
    }
}
