using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>The body of each method stands in a loop that runs once.</summary>
internal sealed class BodiesInLoops : CaseVariant
{
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
        => node.Body is { Statements.Count: > 0 } body
            ? node.WithBody(Block(DoStatement(Block(body.Statements), LiteralExpression(SyntaxKind.FalseLiteralExpression))))
            : node;
}
