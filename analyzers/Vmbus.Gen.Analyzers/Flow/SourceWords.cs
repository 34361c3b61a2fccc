using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Whether the text of a file has certain words: the cheapest question of all, and nearly always the last one that has to be asked.</summary>
internal static class SourceWords
{
    public static bool HasAny(SyntaxTree tree, IEnumerable<string> words)
    {
        string text = tree.GetText().ToString();
        foreach (string word in words)
        {
            if (text.IndexOf(word, StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
