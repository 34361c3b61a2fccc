using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>Each statement that is an expression stands in a block of its own.</summary>
internal sealed class BracedStatements : CaseVariant
{
    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
        => node.DescendantNodes().Any(static n => n is DeclarationExpressionSyntax) ? base.VisitExpressionStatement(node) : Block((StatementSyntax)base.VisitExpressionStatement(node)!);
}
