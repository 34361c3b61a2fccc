using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Puts statements between others, each on a line of its own where its neighbour has one. Comments stay with the statement that they stand above.</summary>
internal sealed class StatementLayout(SyntaxNode root)
{
    private readonly SyntaxTrivia _lineEnd = LineEndOf(root);

    /// <summary>A list of statements with what comes to each and without what goes.</summary>
    /// <param name="original">The list in the tree that the changes are for.</param>
    /// <param name="current">The same statements, with changes inside them.</param>
    /// <param name="changeOf">What is to change at a statement of the original list.</param>
    public SyntaxList<StatementSyntax> Merge(
        SyntaxList<StatementSyntax> original, SyntaxList<StatementSyntax> current, Func<StatementSyntax, EditedTree.Change?> changeOf)
    {
        List<StatementSyntax> merged = [];
        bool isFirstGone = false;
        for (int i = 0; i < current.Count; i++)
        {
            StatementSyntax statement = current[i];
            if (changeOf(original[i]) is not { IsList: true } change)
            {
                merged.Add(isFirstGone ? statement.WithLeadingTrivia(Split(statement.GetLeadingTrivia()).Own) : statement);
                isFirstGone = false;
                continue;
            }

            bool ownsLine = StartsLine(original[i]);
            (SyntaxTriviaList blank, SyntaxTriviaList own) = Split(statement.GetLeadingTrivia());
            SyntaxTriviaList indentation = SyntaxFactory.TriviaList(own.Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
            foreach (StatementSyntax inserted in change.Before)
            {
                SyntaxTriviaList behind = !ownsLine ? SyntaxFactory.TriviaList(SyntaxFactory.Space)
                    : NeedsRoom(inserted) ? SyntaxFactory.TriviaList(_lineEnd, _lineEnd)
                    : SyntaxFactory.TriviaList(_lineEnd);
                merged.Add(Marked(inserted).WithLeadingTrivia(ownsLine ? blank.AddRange(indentation) : default).WithTrailingTrivia(behind));
                blank = default;
            }

            if (change.Removes)
            {
                isFirstGone = merged.Count == 0 && change.Behind.Count == 0;
            }
            else
            {
                bool endsLine = statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
                statement = ownsLine ? statement.WithLeadingTrivia(blank.AddRange(own)) : statement;
                merged.Add(change.Behind.Count == 0 || endsLine ? statement : statement.WithTrailingTrivia(SyntaxFactory.Space));
            }

            foreach (StatementSyntax inserted in change.Behind)
            {
                bool needsRoom = NeedsRoom(inserted) && i + 1 < current.Count && Split(current[i + 1].GetLeadingTrivia()).Blank.Count == 0;
                SyntaxTriviaList behind = !ownsLine ? SyntaxFactory.TriviaList(SyntaxFactory.Space)
                    : needsRoom ? SyntaxFactory.TriviaList(_lineEnd, _lineEnd)
                    : SyntaxFactory.TriviaList(_lineEnd);
                merged.Add(Marked(inserted).WithLeadingTrivia(ownsLine ? indentation : default).WithTrailingTrivia(behind));
            }
        }

        return SyntaxFactory.List(merged);
    }

    /// <summary>A block in the place of a statement that stood alone.</summary>
    public static StatementSyntax Surround(IReadOnlyList<StatementSyntax> before, StatementSyntax statement, IReadOnlyList<StatementSyntax> behind)
    {
        bool endsLine = statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        StatementSyntax[] all = [.. before, statement.WithLeadingTrivia(SyntaxFactory.ElasticMarker), .. behind];
        return SyntaxFactory.Block(all.Select(static s => s.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? s : s.WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)))
            .WithTrailingTrivia(endsLine ? SyntaxFactory.ElasticCarriageReturnLineFeed : SyntaxFactory.ElasticMarker)
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
    }

    public static SyntaxTrivia LineEndOf(SyntaxNode root)
        => root.DescendantTrivia().FirstOrDefault(static t => t.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found ? found : SyntaxFactory.LineFeed;

    /// <summary>Lets the host lay a statement out and shorten the names in it.</summary>
    private static StatementSyntax Marked(StatementSyntax statement)
        => statement
            .ReplaceNodes(
                statement.DescendantNodes().Where(static n => n is QualifiedNameSyntax or AliasQualifiedNameSyntax or MemberAccessExpressionSyntax && n.GetFirstToken().IsKind(SyntaxKind.GlobalKeyword)),
                static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation))
            .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>An empty line follows what has a block.</summary>
    private static bool NeedsRoom(StatementSyntax statement) => statement.GetLastToken().IsKind(SyntaxKind.CloseBraceToken);

    private static bool StartsLine(StatementSyntax statement)
    {
        SourceText text = statement.SyntaxTree.GetText();
        TextLine line = text.Lines.GetLineFromPosition(statement.SpanStart);
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, statement.SpanStart)));
    }

    /// <summary>The empty lines above a statement, and what stands above it beyond them.</summary>
    private static (SyntaxTriviaList Blank, SyntaxTriviaList Own) Split(SyntaxTriviaList leading)
    {
        int blank = 0;
        for (int i = 0; i < leading.Count && (leading[i].IsKind(SyntaxKind.WhitespaceTrivia) || leading[i].IsKind(SyntaxKind.EndOfLineTrivia)); i++)
        {
            blank = leading[i].IsKind(SyntaxKind.EndOfLineTrivia) ? i + 1 : blank;
        }

        return (SyntaxFactory.TriviaList(leading.Take(blank)), SyntaxFactory.TriviaList(leading.Skip(blank)));
    }
}
