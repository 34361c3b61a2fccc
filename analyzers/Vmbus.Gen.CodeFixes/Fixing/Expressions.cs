using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>What expressions do beside having a value.</summary>
internal static class Expressions
{
    /// <summary>Whether an expression calls nothing and writes nothing; properties are taken for fields.</summary>
    public static bool ArePure(SyntaxNode expression)
        => !expression.DescendantNodesAndSelf().Any(static n
            => n is InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
                or AssignmentExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax or ThrowExpressionSyntax
            || n.RawKind is (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression);
}
