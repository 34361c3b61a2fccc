using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.SharedMemory;

/// <summary>A piece of memory that the other side can write: what it hangs on, and from which byte on.</summary>
/// <param name="Root">The packet, or the symbol of the data or of a view whose place in it is not known.</param>
/// <param name="Offset">Bytes from the root's beginning.</param>
internal readonly record struct MemoryView(object Root, long Offset);

/// <summary>A read of shared memory: bytes, or a member of the structure that lies there.</summary>
/// <param name="Operation">Where.</param>
/// <param name="Root">What the memory hangs on.</param>
/// <param name="Member">The path of members, or the variable that indexes; null for bytes at a known place.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Size">How many.</param>
internal sealed record MemoryRead(IOperation Operation, object Root, string? Member, long Offset, long Size)
{
    /// <summary>Whether the value decides or sizes something in the helper that reads it; null for a read of the function itself, whose code tells.</summary>
    public bool? DecidesInHelper { get; init; }

    public bool Overlaps(MemoryRead other)
    {
        if (!SameRoot(other.Root))
        {
            return false;
        }

        if (Member is null && other.Member is null)
        {
            return Offset < other.Offset + other.Size && other.Offset < Offset + Size;
        }

        return Member is not null && other.Member is not null
            && (Member == other.Member || IsBelow(Member, other.Member) || IsBelow(other.Member, Member));
    }

    private static bool IsBelow(string member, string outer) => member.Length > outer.Length && member[outer.Length] == '.' && member.StartsWith(outer, StringComparison.Ordinal);

    private bool SameRoot(object other) => Root is ISymbol symbol ? SymbolEqualityComparer.Default.Equals(symbol, other as ISymbol) : Root.Equals(other);
}
