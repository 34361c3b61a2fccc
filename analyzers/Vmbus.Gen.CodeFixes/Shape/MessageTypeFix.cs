using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>
/// VMB006: reads message types of as many bytes as the value needs; writes a character as its number; leaves out what says nothing, or what the base class says;
/// and runs at PASSIVE_LEVEL what was meant for APC_LEVEL. Which number a text or a value of another kind stands for, only the protocol knows.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MessageTypeFix))]
[Shared]
public sealed class MessageTypeFix : BindingFix
{
    private const string SizeProperty = "MessageTypeSize";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.MessageTypeDoesNotFit];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<AttributeArgumentSyntax>(diagnostic) is not { Parent: AttributeArgumentListSyntax { Parent: AttributeSyntax attribute } list } argument
            || scope.NodeAt<ExpressionSyntax>(diagnostic) is not { } value)
        {
            return [];
        }

        return argument.NameEquals?.Name.Identifier.ValueText switch
        {
            "Irql" => [new Fix("Run the handler at PASSIVE_LEVEL: Irql = Irql.Passive", [NodeEdit.Of(attribute, AsyncHandlerFix.SetPassive)])],
            { } property => [new Fix($"Leave {property} to the base class", [NodeEdit.Of(list, l => l.WithArguments(l.Arguments.RemoveAt(list.Arguments.IndexOf(argument))))])],
            null when value.IsKind(SyntaxKind.NullLiteralExpression) && list.Arguments.Count == 1
                => [new Fix("Take every packet that no other handler takes", [NodeEdit.Of(attribute, static a => a.WithArgumentList(null))])],
            null when scope.Model.GetTypeInfo(value, scope.Cancellation).Type is { SpecialType: SpecialType.System_Char }
                => [new Fix($"Write {value} as a number", [NodeEdit.Exchange(value, static v => Number((ExpressionSyntax)v))])],
            null => Larger(scope, argument),
        };
    }

    private static CastExpressionSyntax Number(ExpressionSyntax character)
        => SyntaxFactory.CastExpression(
            SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.IntKeyword)),
            character is LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax ? character.WithoutTrivia() : SyntaxFactory.ParenthesizedExpression(character.WithoutTrivia()))
            .WithTriviaFrom(character);

    private static IEnumerable<Fix> Larger(FixScope scope, AttributeArgumentSyntax argument)
    {
        if (argument.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || scope.Model.GetDeclaredSymbol(type, scope.Cancellation) is not { } symbol)
        {
            yield break;
        }

        AttributeData? present = symbol.GetAttributes().FirstOrDefault(static a => a.AttributeClass?.IsVmbus("ChannelCallbacksAttribute") == true);
        var written = present?.ApplicationSyntaxReference?.GetSyntax(scope.Cancellation) as AttributeSyntax;
        if (present is not null && written?.SyntaxTree != scope.Root.SyntaxTree)
        {
            yield break;
        }

        foreach (int size in new[] { 2, 4, 8 })
        {
            yield return new Fix(
                $"Read message types of {size.ToString(CultureInfo.InvariantCulture)} bytes: {SizeProperty} = {size.ToString(CultureInfo.InvariantCulture)}",
                [written is null ? NodeEdit.Of(type, t => AttributeLists.Prepend(t, Callbacks(size))) : NodeEdit.Of(written, a => SetSize(a, size))]);
        }
    }

    private static AttributeSyntax Callbacks(int size)
        => SyntaxFactory.Attribute(
            (NameSyntax)TypeNames.Of(VmbusSymbols.Namespace + ".ChannelCallbacks"), SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(Size(size))));

    private static AttributeSyntax SetSize(AttributeSyntax attribute, int size)
    {
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        if (list.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText == SizeProperty) is { } present)
        {
            return attribute.ReplaceNode(present, Size(size).WithTriviaFrom(present));
        }

        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return attribute.WithArgumentList(list.WithArguments(list.Arguments.Count == 0
            ? SyntaxFactory.SingletonSeparatedList(Size(size))
            : SyntaxFactory.SeparatedList<AttributeArgumentSyntax>([.. list.Arguments.GetWithSeparators(), comma, Size(size)])));
    }

    private static AttributeArgumentSyntax Size(int size)
        => SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(size)))
            .WithNameEquals(SyntaxFactory.NameEquals(
                SyntaxFactory.IdentifierName(SizeProperty).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)));
}
