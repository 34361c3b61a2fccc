using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>Each call that is a statement, and that a local function may make, stands in one that is called at once.</summary>
internal sealed class ExtractedFunctions : CaseVariant
{
    private int _count;

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        if (node.Expression is not InvocationExpressionSyntax || node.Parent is not (BlockSyntax or IfStatementSyntax or ElseClauseSyntax) || !MayMove(node))
        {
            return base.VisitExpressionStatement(node);
        }

        string name = $"Extracted{_count++}";
        return Block(
            LocalFunctionStatement(PredefinedType(Token(SyntaxKind.VoidKeyword).WithTrailingTrivia(Space)), name).WithBody(Block((StatementSyntax)base.VisitExpressionStatement(node)!)),
            ExpressionStatement(InvocationExpression(IdentifierName(name))));
    }

    private bool MayMove(ExpressionStatementSyntax node)
        => !node.DescendantNodes().Any(static n => n is AwaitExpressionSyntax or AnonymousFunctionExpressionSyntax or DeclarationExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
            && node.DescendantNodes().OfType<IdentifierNameSyntax>().All(n => Model.GetSymbolInfo(n).Symbol switch
            {
                ILocalSymbol local => !local.Type.IsRefLikeType && !local.IsRef,
                IParameterSymbol parameter => !parameter.Type.IsRefLikeType && parameter.RefKind == RefKind.None,
                IMethodSymbol { MethodKind: MethodKind.LocalFunction } => false,
                _ => true,
            })
            && !IsInStruct(node);

    private static bool IsInStruct(SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is StructDeclarationSyntax or RecordDeclarationSyntax;
}
