using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>VMB002: takes from the second handler what the first one handles; that is how the class is bound already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveDuplicateBindingFix))]
[Shared]
public sealed class RemoveDuplicateBindingFix : BindingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.DuplicateHandler];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<MethodDeclarationSyntax>(diagnostic) is not { } method)
        {
            yield break;
        }

        foreach (AttributeSyntax attribute in method.AttributeLists.SelectMany(static l => l.Attributes).Where(a => IsCallback(scope, a)))
        {
            AttributeArgumentSyntax[] types = [.. attribute.ArgumentList?.Arguments.Where(static a => a.NameEquals is null) ?? []];
            foreach (AttributeArgumentSyntax type in types.Length > 1 ? types : [])
            {
                yield return new Fix($"Leave {type} to the other handler", [NodeEdit.Of(attribute.ArgumentList!, l => Without(l, l.Arguments.IndexOf(a => a.IsEquivalentTo(type))))]);
            }

            // Without types it would take every other packet.
            var list = (AttributeListSyntax)attribute.Parent!;
            yield return new Fix(
                $"Remove [{attribute.Name}] from '{method.Identifier.ValueText}'",
                [list.Attributes.Count > 1 ? NodeEdit.Of(list, l => l.WithAttributes(l.Attributes.RemoveAt(list.Attributes.IndexOf(attribute)))) : NodeEdit.Of(method, m => Without(m, method.AttributeLists.IndexOf(list)))]);
        }
    }

    private static bool IsCallback(FixScope scope, AttributeSyntax attribute)
        => scope.Model.GetSymbolInfo(attribute, scope.Cancellation).Symbol is IMethodSymbol { ContainingType: { } type } && VmbusSymbols.IsIn(type.ContainingNamespace, VmbusSymbols.Namespace);

    private static AttributeArgumentListSyntax Without(AttributeArgumentListSyntax list, int index) => list.WithArguments(list.Arguments.RemoveAt(index));

    private static MethodDeclarationSyntax Without(MethodDeclarationSyntax method, int index)
    {
        SyntaxTriviaList lead = method.GetLeadingTrivia();
        MethodDeclarationSyntax bare = method.WithAttributeLists(method.AttributeLists.RemoveAt(index));
        return index == 0 ? bare.WithLeadingTrivia(lead) : bare;
    }
}
