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

/// <summary>
/// VMB003, where only the modifier is wrong: a payload taken as <c>ref</c> that is never written becomes <c>in</c>; what is passed by value loses its modifier.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ParameterModifierFix))]
[Shared]
public sealed class ParameterModifierFix : EditingCodeFix
{
    private static readonly ImmutableArray<string> PassedByValue = ["PacketCompletion", "VmbusChannel", "ProcessPacketFlags", "ExternalData"];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.UnknownParameter];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<ParameterSyntax>(diagnostic) is not { Parent.Parent: MethodDeclarationSyntax method } syntax
            || scope.Model.GetDeclaredSymbol(syntax, scope.Cancellation) is not { RefKind: not RefKind.None } parameter
            || parameter.ContainingSymbol is not IMethodSymbol { IsOverride: false }
            || (parameter.RefKind is not (RefKind.In or RefKind.RefReadOnlyParameter) && IsWritten(parameter, method, scope)))
        {
            return null;
        }

        bool isByValue = IsPassedByValue(parameter.Type);
        return IsRepeated(parameter, isByValue) ? null
            : isByValue ? new Fix($"Take '{parameter.Name}' by value", [NodeEdit.Of(syntax, static p => Reference(p, null))])
            : parameter is { RefKind: RefKind.Ref, Type.IsUnmanagedType: true }
                ? new Fix($"Take '{parameter.Name}' as 'in'", [NodeEdit.Of(syntax, static p => Reference(p, SyntaxKind.InKeyword))])
            : null;
    }

    private static bool IsPassedByValue(ITypeSymbol type)
        => PassedByValue.Any(type.IsVmbus) || type.IsReadOnlySpanOfByte() || type.IsReadOnlyMemoryOfByte() || type.IsCancellationToken();

    private static bool IsWritten(IParameterSymbol parameter, MethodDeclarationSyntax method, FixScope scope)
        => parameter.RefKind == RefKind.Out
            || ((SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression) is not { } body
            || scope.Model.AnalyzeDataFlow(body) is not { Succeeded: true } flow
            || flow.WrittenInside.Contains(parameter, SymbolEqualityComparer.Default);

    /// <summary>The second of a kind stays a mistake with any modifier.</summary>
    private static bool IsRepeated(IParameterSymbol parameter, bool isByValue)
        => ((IMethodSymbol)parameter.ContainingSymbol).Parameters.Any(p => p.Ordinal < parameter.Ordinal
            && (isByValue ? SymbolEqualityComparer.Default.Equals(p.Type, parameter.Type) : p.Type.IsUnmanagedType && !IsPassedByValue(p.Type)));

    private static ParameterSyntax Reference(ParameterSyntax parameter, SyntaxKind? modifier)
    {
        SyntaxTokenList others = SyntaxFactory.TokenList(parameter.Modifiers.Where(static m
            => !m.IsKind(SyntaxKind.RefKeyword) && !m.IsKind(SyntaxKind.InKeyword) && !m.IsKind(SyntaxKind.ReadOnlyKeyword)));
        SyntaxTokenList modifiers = modifier is { } kind ? others.Add(SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space)) : others;
        return parameter.WithModifiers(modifiers).WithLeadingTrivia(parameter.GetLeadingTrivia());
    }
}
