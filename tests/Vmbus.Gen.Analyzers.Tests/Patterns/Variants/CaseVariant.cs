using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>Another way to write the same code: what it does stays the same, so the verdict has to.</summary>
internal abstract class CaseVariant : CSharpSyntaxRewriter
{
    public string Name => GetType().Name;

    /// <summary>The model of the code before it is rewritten.</summary>
    protected SemanticModel Model { get; private set; } = null!;

    public SyntaxNode Rewrite(SyntaxNode root, SemanticModel model)
    {
        Model = model;
        return Visit(root);
    }

    /// <summary>Whether a condition declares something that the code behind it may use.</summary>
    protected static bool Declares(SyntaxNode condition)
        => condition.DescendantNodesAndSelf().Any(static n => n is DeclarationExpressionSyntax or SingleVariableDesignationSyntax or AwaitExpressionSyntax);

    protected static ExpressionSyntax Not(ExpressionSyntax condition)
        => PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(condition.WithoutTrivia()));

    protected static BlockSyntax InBlock(StatementSyntax statement)
        => statement as BlockSyntax ?? Block(statement.WithLeadingTrivia(Space).WithTrailingTrivia(Space));
}
