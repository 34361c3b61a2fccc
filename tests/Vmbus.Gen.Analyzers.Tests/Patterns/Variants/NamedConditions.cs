using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>Each condition of a branch gets a name before it is asked.</summary>
internal sealed class NamedConditions : CaseVariant
{
    private int _count;

    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
    {
        var visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
        if (Declares(node.Condition) || Model.GetConstantValue(node.Condition).HasValue)
        {
            return visited;
        }

        string name = $"condition{_count++}";
        return Block(Named(name, visited.Condition), visited.WithCondition(IdentifierName(name)));
    }

    private static LocalDeclarationStatementSyntax Named(string name, ExpressionSyntax value)
        => LocalDeclarationStatement(
            VariableDeclaration(
                PredefinedType(Token(SyntaxKind.BoolKeyword).WithTrailingTrivia(Space)),
                SingletonSeparatedList(VariableDeclarator(name).WithInitializer(EqualsValueClause(value)))));
}
