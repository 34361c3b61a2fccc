using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>VMB009: makes a class of a structure with handlers, and takes <c>file</c> from a class. Handlers that are generic or have no body are for the author.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BindableTypeFix))]
[Shared]
public sealed class BindableTypeFix : BindingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.UnsupportedHandlerKind];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<SyntaxNode>(diagnostic) is not TypeDeclarationSyntax declaration
            || scope.Model.GetDeclaredSymbol(declaration, scope.Cancellation) is not { } type
            || type.DeclaringSyntaxReferences.Any(r => r.SyntaxTree != scope.Root.SyntaxTree))
        {
            yield break;
        }

        ImmutableArray<TypeDeclarationSyntax> parts = [.. type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(scope.Cancellation)).OfType<TypeDeclarationSyntax>()];
        if (type.TypeKind == TypeKind.Struct)
        {
            yield return new Fix($"Make '{type.Name}' a class", [.. parts.Select(static p => NodeEdit.Exchange(p, ToClass))]);
        }
        else if (type.IsFileLocal)
        {
            yield return new Fix($"Make '{type.Name}' internal", [.. parts.Select(static p => NodeEdit.Of(p, ToInternal))]);
        }
    }

    private static SyntaxNode ToClass(TypeDeclarationSyntax declaration)
    {
        SyntaxTriviaList lead = declaration.GetLeadingTrivia();
        SyntaxTokenList modifiers = SyntaxFactory.TokenList(declaration.Modifiers.Where(static m => !m.IsKind(SyntaxKind.ReadOnlyKeyword) && !m.IsKind(SyntaxKind.RefKeyword)));
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.ClassKeyword);
        TypeDeclarationSyntax made = declaration switch
        {
            RecordDeclarationSyntax record => SyntaxFactory.RecordDeclaration(
                SyntaxKind.RecordDeclaration, record.AttributeLists, modifiers, record.Keyword, record.ClassOrStructKeyword.IsKind(SyntaxKind.None) ? default : keyword.WithTriviaFrom(record.ClassOrStructKeyword),
                record.Identifier, record.TypeParameterList, record.ParameterList, record.BaseList, record.ConstraintClauses, record.OpenBraceToken, record.Members, record.CloseBraceToken, record.SemicolonToken),
            _ => SyntaxFactory.ClassDeclaration(
                declaration.AttributeLists, modifiers, keyword.WithTriviaFrom(declaration.Keyword), declaration.Identifier, declaration.TypeParameterList, declaration.ParameterList,
                declaration.BaseList, declaration.ConstraintClauses, declaration.OpenBraceToken, declaration.Members, declaration.CloseBraceToken, declaration.SemicolonToken),
        };
        return made.WithLeadingTrivia(lead);
    }

    private static TypeDeclarationSyntax ToInternal(TypeDeclarationSyntax declaration)
    {
        SyntaxTriviaList lead = declaration.GetLeadingTrivia();
        int index = declaration.Modifiers.IndexOf(SyntaxKind.FileKeyword);
        return declaration
            .WithModifiers(declaration.Modifiers.Replace(declaration.Modifiers[index], SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(declaration.Modifiers[index])))
            .WithLeadingTrivia(lead);
    }
}
