using System.Collections.Immutable;

namespace Vmbus.Gen.Generators.Caching;

/// <summary>What one declaration of a type shows: all but bodies and the types in it. Holds values only.</summary>
/// <param name="Name">The hash of the type's name.</param>
/// <param name="Content">Equal for equal texts.</param>
/// <param name="Identifiers">The hashes of all names that it mentions and those it lies in, ascending.</param>
/// <param name="HasConstants">Whether it declares constants, on which others may depend without naming the type.</param>
internal sealed record TypeSurface(ulong Name, (ulong, ulong) Content, ImmutableArray<ulong> Identifiers, bool HasConstants)
{
    public bool Mentions(ulong name) => Identifiers.BinarySearch(name) >= 0;
}
