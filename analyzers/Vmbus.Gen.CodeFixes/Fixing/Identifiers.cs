using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>Names as they stand in source.</summary>
internal static class Identifiers
{
    /// <summary>A name with its <c>@</c>, if it is a keyword.</summary>
    public static string Escape(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.AwaitKeyword ? "@" + name : name;

    /// <summary>A name that means nothing else inside a node: the wanted one, or that with a number.</summary>
    public static string Free(string wanted, SyntaxNode within)
    {
        HashSet<string> used = [.. within.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText)];
        string name = wanted;
        for (int i = 1; used.Contains(name); i++)
        {
            name = wanted + i.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }
}
