using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Makes a block of the expression that is a function's body, so that other statements can stand beside it.</summary>
internal static class ArrowBody
{
    /// <summary>The function with a statement behind its expression; null where it has a block, or returns the expression.</summary>
    public static NodeEdit? WithBehind(SyntaxNode? function, StatementSyntax behind, FixScope scope)
        => Members.ReturnsNothing(function, scope) ? Exchange(function, e => Statements.BlockOf(StatementOf(e), behind)) : null;

    /// <summary>The function with a statement before its expression, which is one that throws.</summary>
    public static NodeEdit? WithBefore(SyntaxNode? function, StatementSyntax before)
        => Exchange(function, e => Statements.BlockOf(before, StatementOf(e)));

    private static StatementSyntax StatementOf(ExpressionSyntax expression)
        => expression is ThrowExpressionSyntax thrown ? SyntaxFactory.ThrowStatement(thrown.ThrowKeyword, thrown.Expression.WithoutTrailingTrivia(), SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            : SyntaxFactory.ExpressionStatement(expression.WithoutTrivia());

    private static NodeEdit? Exchange(SyntaxNode? function, Func<ExpressionSyntax, BlockSyntax> block) => function switch
    {
        MethodDeclarationSyntax { ExpressionBody: not null } method => NodeEdit.Of(method, m => m
            .WithParameterList(m.ParameterList.WithTrailingTrivia(SyntaxFactory.ElasticMarker))
            .WithBody(block(m.ExpressionBody!.Expression).WithTrailingTrivia(m.GetTrailingTrivia()))
            .WithExpressionBody(null)
            .WithSemicolonToken(default)),
        LocalFunctionStatementSyntax { ExpressionBody: not null } local => NodeEdit.Of(local, l => l
            .WithParameterList(l.ParameterList.WithTrailingTrivia(SyntaxFactory.ElasticMarker))
            .WithBody(block(l.ExpressionBody!.Expression).WithTrailingTrivia(l.GetTrailingTrivia()))
            .WithExpressionBody(null)
            .WithSemicolonToken(default)),
        LambdaExpressionSyntax { ExpressionBody: not null } lambda => NodeEdit.Of(lambda, l => (LambdaExpressionSyntax)l
            .WithExpressionBody(null)
            .WithBlock(block(l.ExpressionBody!))
            .WithAdditionalAnnotations(Formatter.Annotation)),
        _ => null,
    };
}
