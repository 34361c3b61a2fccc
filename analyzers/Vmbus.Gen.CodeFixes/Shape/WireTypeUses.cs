using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>
/// Uses of a member that was a <c>bool</c> or a <c>char</c> and becomes a number: what is read is compared or cast, what is written is converted. References, patterns
/// and compound assignments stay, for the compiler to show.
/// </summary>
internal static class WireTypeUses
{
    /// <param name="member">The field or property, or the parameter of a record that declares one.</param>
    /// <param name="isBoolean">Whether it was a <c>bool</c>.</param>
    /// <param name="scope">The file whose uses are rewritten.</param>
    public static IEnumerable<NodeEdit> Rewrite(ISymbol member, bool isBoolean, FixScope scope)
    {
        foreach (IdentifierNameSyntax name in scope.Root.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == member.Name))
        {
            if (scope.Model.GetSymbolInfo(name, scope.Cancellation).Symbol?.OriginalDefinition is not { } used || !SymbolEqualityComparer.Default.Equals(used, member))
            {
                continue;
            }

            ExpressionSyntax access = name.Parent is MemberAccessExpressionSyntax whole && whole.Name == name ? whole : name;
            if (EditOf(access, isBoolean) is { } edit)
            {
                yield return edit;
            }
        }

        foreach (ArgumentSyntax argument in ArgumentsFor(member, scope))
        {
            yield return NodeEdit.Of(argument, a => a.WithExpression(Written(a.Expression, isBoolean)));
        }
    }

    private static NodeEdit? EditOf(ExpressionSyntax access, bool isBoolean)
    {
        switch (access.Parent)
        {
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == access:
                return NodeEdit.Of(assignment, a => a.WithRight(Written(a.Right, isBoolean)));
            case AssignmentExpressionSyntax assignment when assignment.Left == access:
            case ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None }:
            case RefExpressionSyntax or NameColonSyntax or SubpatternSyntax:
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression }:
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } }:
                return null;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation when isBoolean:
                return NodeEdit.Exchange(negation, n => Compared(n.Operand, SyntaxKind.EqualsExpression, negation.Parent).WithTriviaFrom(n));
            default:
                return NodeEdit.Exchange(access, a => isBoolean ? Compared(a, SyntaxKind.NotEqualsExpression, access.Parent).WithTriviaFrom(a) : Cast(SyntaxKind.CharKeyword, a, access.Parent).WithTriviaFrom(a));
        }
    }

    /// <summary>A number as the truth that it stands for.</summary>
    private static ExpressionSyntax Compared(ExpressionSyntax number, SyntaxKind kind, SyntaxNode? parent)
    {
        ExpressionSyntax compared = SyntaxFactory.ParseExpression($"{number.WithoutTrivia()} {(kind == SyntaxKind.EqualsExpression ? "==" : "!=")} 0");
        return parent is BinaryExpressionSyntax { RawKind: not ((int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression) } or PrefixUnaryExpressionSyntax or MemberAccessExpressionSyntax
            or CastExpressionSyntax or IsPatternExpressionSyntax or SwitchExpressionSyntax
            ? SyntaxFactory.ParenthesizedExpression(compared)
            : compared;
    }

    /// <summary>A value of the old type as the number that is stored.</summary>
    private static ExpressionSyntax Written(ExpressionSyntax value, bool isBoolean)
    {
        string text = value.WithoutTrivia().ToString();
        return (!isBoolean ? Cast(SyntaxKind.UShortKeyword, value, null)
            : value.IsKind(SyntaxKind.TrueLiteralExpression) ? SyntaxFactory.ParseExpression("1")
            : value.IsKind(SyntaxKind.FalseLiteralExpression) ? SyntaxFactory.ParseExpression("0")
            : SyntaxFactory.ParseExpression(IsSimple(value) ? $"(byte)({text} ? 1 : 0)" : $"(byte)(({text}) ? 1 : 0)")).WithTriviaFrom(value);
    }

    private static ExpressionSyntax Cast(SyntaxKind type, ExpressionSyntax value, SyntaxNode? parent)
    {
        // A constant becomes the number by itself.
        if (type == SyntaxKind.UShortKeyword && value.IsKind(SyntaxKind.CharacterLiteralExpression))
        {
            return value;
        }

        ExpressionSyntax operand = IsSimple(value) ? value.WithoutTrivia() : SyntaxFactory.ParenthesizedExpression(value.WithoutTrivia());
        ExpressionSyntax cast = SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(type)), operand);
        return parent is MemberAccessExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(cast) : cast;
    }

    private static bool IsSimple(ExpressionSyntax value)
        => value is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or LiteralExpressionSyntax;

    /// <summary>What is handed to the constructor of a record for one of its members.</summary>
    private static IEnumerable<ArgumentSyntax> ArgumentsFor(ISymbol member, FixScope scope)
    {
        if (member is not IPropertySymbol { DeclaringSyntaxReferences: [{ } reference, ..] } || reference.GetSyntax(scope.Cancellation) is not ParameterSyntax declared
            || scope.Model.GetDeclaredSymbol(declared, scope.Cancellation) is not { ContainingSymbol: IMethodSymbol constructor } parameter)
        {
            yield break;
        }

        foreach (BaseObjectCreationExpressionSyntax creation in scope.Root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
        {
            if (creation.ArgumentList is { } list && SymbolEqualityComparer.Default.Equals(scope.Model.GetSymbolInfo(creation, scope.Cancellation).Symbol?.OriginalDefinition, constructor)
                && (list.Arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == parameter.Name) ?? list.Arguments.Where(static a => a.NameColon is null).ElementAtOrDefault(parameter.Ordinal)) is { } argument)
            {
                yield return argument;
            }
        }
    }
}
