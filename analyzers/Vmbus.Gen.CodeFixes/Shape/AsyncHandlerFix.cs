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
/// VMB008: gives an asynchronous handler its shape: <c>Irql = Irql.Passive</c>, a task in place of <c>void</c>, payloads by value. Not where it takes a span:
/// what becomes of its uses is for the author to say.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncHandlerFix))]
[Shared]
public sealed class AsyncHandlerFix : EditingCodeFix
{
    private const string IrqlProperty = "Irql";
    private const string IrqlType = VmbusSymbols.Namespace + ".Irql";
    private const string Passive = "Passive";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.AsyncShape];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
    {
        if (HandlerOf.Find(scope, diagnostic) is not { Method: { } method, Symbol: { } symbol, Attribute: { } attribute }
            || symbol.Parameters.Any(static p => p.Type.IsReadOnlySpanOfByte() || p.Type.IsRefLikeType))
        {
            return null;
        }

        List<string> titles = [];
        ImmutableArray<NodeEdit>.Builder edits = ImmutableArray.CreateBuilder<NodeEdit>();
        if (!RunsAtPassive(symbol, attribute, scope))
        {
            titles.Add("set Irql = Irql.Passive");
            edits.Add(NodeEdit.Of(attribute, SetPassive));
        }

        if (symbol is { IsAsync: true, ReturnsVoid: true })
        {
            titles.Add("return ValueTask");
            edits.Add(NodeEdit.Of(method.ReturnType, static type => TypeNames.Of("System.Threading.Tasks.ValueTask").WithTriviaFrom(type)));
        }

        foreach (ParameterSyntax parameter in method.ParameterList.Parameters.Where(static p => p.Modifiers.Any(IsByReference)))
        {
            titles.Add($"take '{parameter.Identifier.ValueText}' by value");
            edits.Add(NodeEdit.Of(parameter, ByValue));
        }

        return edits.Count == 0 ? null : new Fix(Sentence(titles), edits.ToImmutable());
    }

    /// <summary>An asynchronous method reads its parameters only, so <c>in</c> and <c>ref readonly</c> can go; <c>ref</c> and <c>out</c> are another rule's.</summary>
    private static bool IsByReference(SyntaxToken modifier)
        => modifier.IsKind(SyntaxKind.InKeyword) || modifier.IsKind(SyntaxKind.RefKeyword) || modifier.IsKind(SyntaxKind.ReadOnlyKeyword);

    /// <summary>A parameter without its <c>in</c>.</summary>
    internal static ParameterSyntax ByValue(ParameterSyntax parameter)
        => parameter.WithModifiers(SyntaxFactory.TokenList(parameter.Modifiers.Where(static m => !IsByReference(m)))).WithLeadingTrivia(parameter.GetLeadingTrivia());

    private static bool RunsAtPassive(IMethodSymbol method, AttributeSyntax attribute, FixScope scope)
        => ClassReader.Read(method.ContainingType)?.Settings.IncomingProcessingAtPassive == true
            || (IrqlArgument(attribute) is { } argument
                && scope.Model.GetSymbolInfo(argument.Expression, scope.Cancellation).Symbol is IFieldSymbol { Name: Passive } field
                && field.ContainingType.IsVmbus("Irql"));

    private static AttributeArgumentSyntax? IrqlArgument(AttributeSyntax attribute)
        => attribute.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == IrqlProperty);

    internal static AttributeSyntax SetPassive(AttributeSyntax attribute)
    {
        ExpressionSyntax passive = TypeNames.MemberOf(IrqlType, Passive);
        if (IrqlArgument(attribute) is { } present)
        {
            return attribute.ReplaceNode(present, present.WithExpression(passive.WithTriviaFrom(present.Expression)));
        }

        AttributeArgumentSyntax argument = SyntaxFactory.AttributeArgument(passive).WithNameEquals(
            SyntaxFactory.NameEquals(
                SyntaxFactory.IdentifierName(IrqlProperty).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)));
        if (attribute.ArgumentList is not { Arguments: { Count: > 0 } arguments } list)
        {
            return attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(argument)));
        }

        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return attribute.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>([.. arguments.GetWithSeparators(), comma, argument])));
    }

    private static string Sentence(List<string> titles)
    {
        string text = string.Join(" and ", titles);
        return char.ToUpperInvariant(text[0]) + text.Substring(1);
    }
}
