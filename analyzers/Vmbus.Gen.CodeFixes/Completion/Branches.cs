using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>The branches that begin at a decision, and how to let a statement run last in each.</summary>
internal static class Branches
{
    /// <param name="decided">The condition, label or catch of a step of a path.</param>
    /// <param name="added">The statement.</param>
    /// <returns>In words where it would run, and the edit.</returns>
    public static IEnumerable<(string Where, NodeEdit Edit)> After(SyntaxNode decided, StatementSyntax added)
    {
        foreach (SyntaxNode node in decided.AncestorsAndSelf().TakeWhile(static n => n is not MemberDeclarationSyntax))
        {
            switch (node)
            {
                case IfStatementSyntax choice when choice.Condition.Span.Contains(decided.Span):
                    string condition = PathText.Shorten(choice.Condition);
                    if (choice.Else is null)
                    {
                        yield return ($"where '{condition}' is false", NodeEdit.Of(choice, c => WithElse(c, added)));
                    }
                    else if (choice.Else.Statement is not IfStatementSyntax)
                    {
                        yield return ($"where '{condition}' is false", Statements.Append(choice.Else.Statement, added));
                    }

                    yield return ($"where '{condition}' is true", Statements.Append(choice.Statement, added));
                    yield break;
                case CatchClauseSyntax caught when !caught.Block.Span.Contains(decided.Span):
                    yield return ("in the catch", Statements.Append(caught.Block, added));
                    yield break;
                case SwitchSectionSyntax { Statements: [.., { } last] } section when section.Labels.Span.Contains(decided.Span):
                    yield return ("in the case", Statements.Append(last, added));
                    if (WithDefault((SwitchStatementSyntax)section.Parent!, added) is { } withDefault)
                    {
                        yield return ("by default", withDefault);
                    }

                    yield break;
                case SwitchStatementSyntax choice when choice.Expression.Span.Contains(decided.Span):
                    if (WithDefault(choice, added) is { } whole)
                    {
                        yield return ("by default", whole);
                    }

                    yield break;
                case StatementSyntax:
                    yield break;
            }
        }
    }

    private static IfStatementSyntax WithElse(IfStatementSyntax choice, StatementSyntax added)
    {
        SyntaxTriviaList trailing = choice.GetTrailingTrivia();
        ElseClauseSyntax otherwise = SyntaxFactory.ElseClause(Statements.BlockOf(added))
            .WithTrailingTrivia(trailing.Any(SyntaxKind.EndOfLineTrivia) ? SyntaxFactory.TriviaList(SyntaxFactory.ElasticCarriageReturnLineFeed) : trailing);
        return choice
            .WithStatement(trailing.Any(SyntaxKind.EndOfLineTrivia) ? choice.Statement : choice.Statement.WithTrailingTrivia(SyntaxFactory.ElasticMarker))
            .WithElse(otherwise)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static NodeEdit? WithDefault(SwitchStatementSyntax choice, StatementSyntax added)
        => choice.Sections.Any(static s => s.Labels.Any(static l => l is DefaultSwitchLabelSyntax)) ? null
            : NodeEdit.Of(choice, c => c.AddSections(SyntaxFactory.SwitchSection(
                SyntaxFactory.SingletonList<SwitchLabelSyntax>(SyntaxFactory.DefaultSwitchLabel()),
                SyntaxFactory.List<StatementSyntax>([added.WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed), SyntaxFactory.BreakStatement().WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)]))
                .WithAdditionalAnnotations(Formatter.Annotation)));
}
