using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Whether the text of a file has certain words: the cheapest question of all, and nearly always the last one that has to be asked.</summary>
internal static class SourceWords
{
    public static bool HasAny(SyntaxTree tree, IEnumerable<string> words)
        => HasAny(tree.GetText().ToString(), 0, tree.Length, words);

    /// <summary>The same of a part of a file.</summary>
    public static bool HasAny(SyntaxNode node, IEnumerable<string> words) => HasAny(node.SyntaxTree.GetText().ToString(), node.SpanStart, node.Span.Length, words);

    private static bool HasAny(string text, int start, int length, IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            if (text.IndexOf(word, start, length, StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
