using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Members with code, and the functions in them.</summary>
internal static class Members
{
    /// <summary>The member around a node: a method, an accessor's property, a field.</summary>
    public static MemberDeclarationSyntax? Around(SyntaxNode? node)
        => node?.FirstAncestorOrSelf<MemberDeclarationSyntax>(static m => m is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax));

    /// <summary>The member that begins at a place.</summary>
    public static MemberDeclarationSyntax? At(SyntaxNode root, int start)
        => Around(root.FindToken(start).Parent) is { } member && member.SpanStart == start ? member : null;

    /// <summary>The method, accessor, local function or lambda around a node: what a <c>return</c> there leaves.</summary>
    public static SyntaxNode? FunctionAround(SyntaxNode? node)
        => node?.FirstAncestorOrSelf<SyntaxNode>(static n
            => n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or BasePropertyDeclarationSyntax);

    public static BlockSyntax? BodyOf(SyntaxNode? function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Body,
        AccessorDeclarationSyntax accessor => accessor.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };

    /// <summary>Whether <c>return;</c> is what leaves a function.</summary>
    public static bool ReturnsNothing(SyntaxNode? function, FixScope scope)
    {
        IMethodSymbol? symbol = function switch
        {
            BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax => scope.Model.GetDeclaredSymbol(function, scope.Cancellation) as IMethodSymbol,
            AnonymousFunctionExpressionSyntax => scope.Model.GetSymbolInfo(function, scope.Cancellation).Symbol as IMethodSymbol,
            _ => null,
        };
        return symbol is { ReturnsVoid: true } or { IsAsync: true, ReturnType: INamedTypeSymbol { IsGenericType: false } };
    }
}
