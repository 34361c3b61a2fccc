using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>
/// Of all parts of a class with attributes, the one that yields its model. By the names of the files, because the compiler tells the parts in an order that
/// depends on what was edited before.
/// </summary>
internal static class LeadingPart
{
    public static SyntaxNode? Of(INamedTypeSymbol type, Compilation compilation, bool hasGlobalAlias, CancellationToken cancellation)
    {
        SyntaxNode? leading = null;
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            SyntaxNode part = reference.GetSyntax(cancellation);
            if (ClassCandidates.MayBind(part, hasGlobalAlias) && (leading is null || Precedes(part, leading, compilation)))
            {
                leading = part;
            }
        }

        return leading;
    }

    private static bool Precedes(SyntaxNode part, SyntaxNode other, Compilation compilation)
    {
        if (part.SyntaxTree == other.SyntaxTree)
        {
            return part.SpanStart < other.SpanStart;
        }

        int order = string.CompareOrdinal(part.SyntaxTree.FilePath, other.SyntaxTree.FilePath);
        return order < 0 || (order == 0 && compilation.SyntaxTrees.First(t => t == part.SyntaxTree || t == other.SyntaxTree) == part.SyntaxTree);
    }
}
