using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Adds attributes to declarations.</summary>
internal static class AttributeLists
{
    /// <summary>A declaration with an attribute before the others: on a line of its own, if the declaration begins one.</summary>
    public static TMember Prepend<TMember>(TMember member, AttributeSyntax attribute)
        where TMember : MemberDeclarationSyntax
    {
        SyntaxTriviaList leading = member.GetLeadingTrivia();
        SourceText text = member.SyntaxTree.GetText();
        TextLine line = text.Lines.GetLineFromPosition(member.SpanStart);
        bool startsLine = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, member.SpanStart)));
        SyntaxTriviaList indentation = SyntaxFactory.TriviaList(leading.Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(startsLine ? SyntaxFactory.ElasticCarriageReturnLineFeed : SyntaxFactory.Space);
        MemberDeclarationSyntax bare = member.WithLeadingTrivia(startsLine ? indentation : SyntaxFactory.TriviaList());
        return (TMember)bare.WithAttributeLists(bare.AttributeLists.Insert(0, list));
    }
}
