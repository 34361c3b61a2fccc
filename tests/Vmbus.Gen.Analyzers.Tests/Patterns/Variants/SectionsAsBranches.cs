using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Vmbus.Gen.Analyzers.Tests.Patterns.Variants;

/// <summary>A switch is a chain of branches.</summary>
internal sealed class SectionsAsBranches : CaseVariant
{
    private int _count;

    public override SyntaxNode? VisitSwitchStatement(SwitchStatementSyntax node)
    {
        if (Declares(node.Expression) || node.Expression is TupleExpressionSyntax || !IsPlain(node))
        {
            return base.VisitSwitchStatement(node);
        }

        var visited = (SwitchStatementSyntax)base.VisitSwitchStatement(node)!;
        string name = $"subject{_count++}";
        StatementSyntax? chain = null;
        foreach (SwitchSectionSyntax section in visited.Sections.Reverse())
        {
            BlockSyntax body = Block(section.Statements.Where(static s => s is not BreakStatementSyntax));
            if (section.Labels.Any(static l => l is DefaultSwitchLabelSyntax))
            {
                chain = body;
                continue;
            }

            ExpressionSyntax test = section.Labels
                .Select(l => TestOf(l, name))
                .Aggregate(static (left, right) => BinaryExpression(SyntaxKind.LogicalOrExpression, left, right));
            IfStatementSyntax branch = IfStatement(test, body);
            chain = chain is null ? branch : branch.WithElse(ElseClause(chain).WithElseKeyword(Token(SyntaxKind.ElseKeyword).WithTrailingTrivia(Space)));
        }

        return Block(
            LocalDeclarationStatement(VariableDeclaration(
                IdentifierName("var").WithTrailingTrivia(Space),
                SingletonSeparatedList(VariableDeclarator(name).WithInitializer(EqualsValueClause(visited.Expression))))),
            chain!);
    }

    private static ExpressionSyntax TestOf(SwitchLabelSyntax label, string subject)
    {
        PatternSyntax pattern = label switch
        {
            CaseSwitchLabelSyntax constant => ConstantPattern(constant.Value.WithoutTrivia()),
            _ => ((CasePatternSwitchLabelSyntax)label).Pattern.WithoutTrivia(),
        };
        ExpressionSyntax test = IsPatternExpression(
            IdentifierName(subject).WithTrailingTrivia(Space), Token(SyntaxKind.IsKeyword).WithTrailingTrivia(Space), pattern is BinaryPatternSyntax ? ParenthesizedPattern(pattern) : pattern);
        return label is CasePatternSwitchLabelSyntax { WhenClause.Condition: { } condition }
            ? ParenthesizedExpression(BinaryExpression(SyntaxKind.LogicalAndExpression, test, ParenthesizedExpression(condition.WithoutTrivia())))
            : test;
    }

    /// <summary>Whether no label declares anything, the default is last, and sections are left at their end only.</summary>
    private static bool IsPlain(SwitchStatementSyntax node)
        => node.Sections.Count > 0
            && node.Sections.All(static s => s.Labels.All(static l => l is CaseSwitchLabelSyntax || (l is CasePatternSwitchLabelSyntax && !Declares(l))) || (s.Labels.Count == 1 && s.Labels[0] is DefaultSwitchLabelSyntax))
            && node.Sections.Take(node.Sections.Count - 1).All(static s => s.Labels[0] is not DefaultSwitchLabelSyntax)
            && node.Sections.All(static s => s.DescendantNodes().Count(static n => n is BreakStatementSyntax) == s.Statements.Count(static n => n is BreakStatementSyntax))
            && !node.DescendantNodes().Any(static n => n is GotoStatementSyntax or DeclarationExpressionSyntax or LocalDeclarationStatementSyntax);
}
