using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.SharedMemory;

/// <summary>What becomes of a value that was read: whether it decides where control goes, or how much or which memory is used.</summary>
internal sealed class ReadUses(SemanticModel model, SyntaxNode body)
{
    private const int MaximumDepth = 4;

    public bool DecidesOrSizes(SyntaxNode read) => DecidesOrSizes(read, 0);

    private bool DecidesOrSizes(SyntaxNode read, int depth)
    {
        for (SyntaxNode node = read; node.Parent is { } parent && node != body; node = parent)
        {
            switch (parent)
            {
                case IfStatementSyntax branch:
                    return node == branch.Condition;
                case WhileStatementSyntax loop:
                    return node == loop.Condition;
                case DoStatementSyntax loop:
                    return node == loop.Condition;
                case ForStatementSyntax loop:
                    return node == loop.Condition;
                case ConditionalExpressionSyntax choice when node == choice.Condition:
                case SwitchStatementSyntax @switch when node == @switch.Expression:
                case SwitchExpressionSyntax switched when node == switched.GoverningExpression:
                case WhenClauseSyntax:
                case ArrayRankSpecifierSyntax:
                case BracketedArgumentListSyntax:
                case RangeExpressionSyntax:
                    return true;
                case BinaryExpressionSyntax logic when logic.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression && node == logic.Left:
                    return true;
                case ArgumentSyntax argument when parent.Parent is ArgumentListSyntax:
                    return Sizes(argument) || (parent.Parent.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" } } } bound && DecidesOrSizes(bound, depth));
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                    return depth < MaximumDepth && model.GetDeclaredSymbol(variable) is { } local && IsUsedSo(local, depth);
                case AssignmentExpressionSyntax assignment when node == assignment.Right:
                    return depth < MaximumDepth && model.GetSymbolInfo(assignment.Left).Symbol is ILocalSymbol assigned && IsUsedSo(assigned, depth);
                case StatementSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax:
                    return false;
            }
        }

        return false;
    }

    private bool IsUsedSo(ISymbol local, int depth)
    {
        foreach (IdentifierNameSyntax name in body.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == local.Name
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, local)
                && !(name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name)
                && DecidesOrSizes(name, depth + 1))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An argument that says how much, or from where.</summary>
    private bool Sizes(ArgumentSyntax argument)
    {
        if (argument.Parent?.Parent is not { } call || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            return false;
        }

        int index = ((ArgumentListSyntax)argument.Parent).Arguments.IndexOf(argument);
        IParameterSymbol? parameter = argument.NameColon is { } named
            ? method.Parameters.FirstOrDefault(p => p.Name == named.Name.Identifier.ValueText)
            : index < method.Parameters.Length ? method.Parameters[index] : null;
        return parameter is not null && Words.Any(word => parameter.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static readonly string[] Words = ["length", "count", "size", "start", "offset", "index", "capacity"];
}
