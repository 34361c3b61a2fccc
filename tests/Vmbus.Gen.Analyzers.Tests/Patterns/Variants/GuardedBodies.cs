using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>The body of each method stands in a try whose finally does nothing.</summary>
internal sealed class GuardedBodies : CaseVariant
{
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
        => node.Body is { Statements.Count: > 0 } body ? node.WithBody(Block(TryStatement(Block(body.Statements), [], FinallyClause(Block())))) : node;
}
