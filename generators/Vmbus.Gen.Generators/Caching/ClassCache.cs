using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Generators.Model;

namespace Vmbus.Gen.Generators.Caching;

/// <summary>
/// Remembers what was read from a class declaration for as long as its file stays as it is. Roslyn asks for every class after every keystroke, because any file may
/// change what a name means; here is known which names would have to change. A memory of a pure function: without it the same comes out, later.
/// </summary>
internal static class ClassCache
{
    private static readonly ConditionalWeakTable<SyntaxNode, Entry> Entries = new();

    /// <param name="declaration">The declaration.</param>
    /// <param name="surface">The state of the project.</param>
    /// <param name="read">Reads the model, and what it depends on.</param>
    public static ClassModel? Get(SyntaxNode declaration, CompilationSurface surface, Func<(ClassModel? Model, ImmutableArray<TypeSurface> Dependencies)> read)
    {
        Entry entry = Entries.GetOrCreateValue(declaration);
        Known? known = entry.Known;
        if (known is null || (!ReferenceEquals(known.At, surface) && surface.ChangesSince(known.At).Concern(known.Dependencies)))
        {
            (ClassModel? model, ImmutableArray<TypeSurface> dependencies) = read();
            entry.Known = known = new Known(surface, model, dependencies);
        }
        else if (!ReferenceEquals(known.At, surface))
        {
            entry.Known = known with { At = surface };
        }

        return known.Model;
    }

    private sealed class Entry
    {
        public volatile Known? Known;
    }

    /// <summary>What was read, and the latest state of the project in which it holds. No syntax and no symbol, so that neither is kept alive.</summary>
    private sealed record Known(CompilationSurface At, ClassModel? Model, ImmutableArray<TypeSurface> Dependencies);
}
