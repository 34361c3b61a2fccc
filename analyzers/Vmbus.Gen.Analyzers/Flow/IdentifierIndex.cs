using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Where names stand in the compilation's files: looked for in the text, so that only the nodes around them are made.</summary>
internal sealed class IdentifierIndex(Compilation compilation)
{
    /// <summary>The uses of a name within some nodes, or in the whole compilation.</summary>
    public IEnumerable<SimpleNameSyntax> Find(string name, IEnumerable<SyntaxNode>? within, CancellationToken cancellation)
    {
        if (within is null)
        {
            foreach (SyntaxTree tree in compilation.SyntaxTrees)
            {
                foreach (SimpleNameSyntax found in FindIn(tree.GetRoot(cancellation), name, cancellation))
                {
                    yield return found;
                }
            }

            yield break;
        }

        foreach (SyntaxNode node in within)
        {
            foreach (SimpleNameSyntax found in FindIn(node, name, cancellation))
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<SimpleNameSyntax> FindIn(SyntaxNode node, string name, CancellationToken cancellation)
    {
        string text = node.SyntaxTree.GetText(cancellation).ToString();
        int end = node.Span.End;
        if (text.IndexOf(@"\u", node.SpanStart, end - node.SpanStart, StringComparison.OrdinalIgnoreCase) >= 0)
        {
            // An identifier may be written with escapes.
            foreach (SimpleNameSyntax written in node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
            {
                if (written.Identifier.ValueText == name)
                {
                    yield return written;
                }
            }

            yield break;
        }

        for (int at = Next(text, name, node.SpanStart, end); at >= 0; at = Next(text, name, at + name.Length, end))
        {
            SyntaxToken token = node.FindToken(at);
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(at) && token.ValueText == name && token.Parent is SimpleNameSyntax found)
            {
                yield return found;
            }
        }
    }

    /// <summary>Where the name stands next, not as a part of a longer one.</summary>
    private static int Next(string text, string name, int start, int end)
    {
        while (start < end)
        {
            int at = text.IndexOf(name, start, end - start, StringComparison.Ordinal);
            if (at < 0)
            {
                return -1;
            }

            int after = at + name.Length;
            if ((at == 0 || !SyntaxFacts.IsIdentifierPartCharacter(text[at - 1])) && (after == text.Length || !SyntaxFacts.IsIdentifierPartCharacter(text[after])))
            {
                return at;
            }

            start = after;
        }

        return -1;
    }
}
