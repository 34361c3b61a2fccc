using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>VMB001: adds <c>partial</c> to the class and to the types around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix : EditingCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.NotPartial];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<TypeDeclarationSyntax>(diagnostic) is not { } type)
        {
            return null;
        }

        TypeDeclarationSyntax[] missing = [.. type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(static t => !t.Modifiers.Any(SyntaxKind.PartialKeyword))];
        return missing.Length == 0
            ? null
            : new Fix($"Make '{type.Identifier.ValueText}' partial", [.. missing.Select(static t => NodeEdit.Of(t, AddPartial))]);
    }

    /// <summary>The modifier is the last one. Where it is the first, too, it takes over what stands before the keyword.</summary>
    private static TypeDeclarationSyntax AddPartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? type.WithModifiers(type.Modifiers.Add(partial))
            : type
                .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)))
                .WithKeyword(type.Keyword.WithLeadingTrivia(SyntaxFactory.TriviaList()));
    }
}
