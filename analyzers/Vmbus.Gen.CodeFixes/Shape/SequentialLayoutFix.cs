using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>VMB005: a payload whose layout is automatic gets the order in which its fields are written. References in it are for the author.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SequentialLayoutFix))]
[Shared]
public sealed class SequentialLayoutFix : BindingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.PayloadNotUnmanaged];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<TypeSyntax>(diagnostic) is { } type && scope.Model.GetTypeInfo(type, scope.Cancellation).Type is INamedTypeSymbol structure)
        {
            foreach (INamedTypeSymbol candidate in Nested(structure, new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default)))
            {
                if (LayoutOf(candidate, scope) is { } layout)
                {
                    yield return new Fix(
                        $"Make the layout of '{candidate.Name}' sequential",
                        [NodeEdit.Of(layout, a => a.WithExpression(TypeNames.MemberOf("System.Runtime.InteropServices.LayoutKind", "Sequential").WithTriviaFrom(a.Expression)))]);
                }
            }
        }
    }

    /// <summary>A structure and those in it.</summary>
    private static IEnumerable<INamedTypeSymbol> Nested(INamedTypeSymbol structure, HashSet<INamedTypeSymbol> seen)
        => seen.Add(structure)
            ? structure.GetMembers().OfType<IFieldSymbol>().Where(static f => !f.IsStatic).Select(static f => f.Type).OfType<INamedTypeSymbol>().SelectMany(t => Nested(t, seen)).Prepend(structure)
            : [];

    private static AttributeArgumentSyntax? LayoutOf(INamedTypeSymbol structure, FixScope scope)
        => structure.GetAttributes().FirstOrDefault(static a => a.AttributeClass is { Name: "StructLayoutAttribute" })?.ApplicationSyntaxReference is { } reference
            && reference.SyntaxTree == scope.Root.SyntaxTree
            ? ((AttributeSyntax)reference.GetSyntax(scope.Cancellation)).ArgumentList?.Arguments.FirstOrDefault()
            : null;
}
