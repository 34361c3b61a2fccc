using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>
/// Compilations without sources, one for each name of an assembly: what is made of one takes over its references as they are bound, and the symbols that were
/// read of them, as one edit of a project after the other does in an editor.
/// </summary>
internal static class BoundReferences
{
    private static readonly ConcurrentDictionary<string, CSharpCompilation> Empty = new(StringComparer.Ordinal);

    /// <summary>A compilation without sources.</summary>
    public static CSharpCompilation Compilation(string assemblyName, ImmutableArray<MetadataReference> references, CSharpCompilationOptions options)
        => references == ReferenceAssemblies.Default
            ? Empty.GetOrAdd(assemblyName, static (name, o) => CSharpCompilation.Create(name, references: ReferenceAssemblies.Default, options: o), options).WithOptions(options)
            : CSharpCompilation.Create(assemblyName, references: references, options: options);
}
