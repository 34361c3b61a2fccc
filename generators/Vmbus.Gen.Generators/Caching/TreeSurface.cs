using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Generators.Caching;

/// <summary>What one file shows to others. Made once for a tree; holds values only, so that it may outlive the tree.</summary>
/// <param name="Types">All type declarations, nested ones too, by where they start.</param>
/// <param name="Names">The names of namespaces that it declares.</param>
/// <param name="Usings">Equal for equal using directives.</param>
/// <param name="Globals">Equal for equal global using directives, which concern every file.</param>
/// <param name="HasGlobalAlias">Whether it renames something for every file.</param>
internal sealed record TreeSurface(
    ImmutableSortedDictionary<int, TypeSurface> Types,
    ImmutableArray<ulong> Names,
    (ulong, ulong) Usings,
    (ulong, ulong) Globals,
    bool HasGlobalAlias)
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeSurface> Cache = new();

    public static TreeSurface Of(SyntaxTree tree, CancellationToken cancellation)
        => Cache.TryGetValue(tree, out TreeSurface surface) ? surface : Cache.GetValue(tree, t => SurfaceReader.Read(t.GetRoot(cancellation)));
}
