using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.Generators.Caching;

/// <summary>
/// All that the meaning of a declaration can depend on in a compilation, as values: the surfaces of its files, its references and its options. Two states of a
/// project are compared by it, without binding anything.
/// </summary>
internal sealed class CompilationSurface
{
    private static readonly ConditionalWeakTable<Compilation, CompilationSurface> Cache = new();
    private static readonly ConditionalWeakTable<MetadataReference, Identity> References = new();

    private readonly ImmutableArray<TreeSurface> _trees;
    private readonly ulong _environment;
    private readonly Identity _identity = new();
    private (Identity From, SurfaceChanges Changes)? _latest;

    private CompilationSurface(Compilation compilation, CancellationToken cancellation)
    {
        ImmutableArray<TreeSurface>.Builder trees = ImmutableArray.CreateBuilder<TreeSurface>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            TreeSurface surface = TreeSurface.Of(tree, cancellation);
            HasGlobalAlias |= surface.HasGlobalAlias;
            trees.Add(surface);
        }

        _trees = trees.ToImmutable();
        ulong environment = NameHash.Append(NameHash.Start, compilation.Options is CSharpCompilationOptions { AllowUnsafe: true } ? 1 : 0);
        environment = NameHash.Append(environment, compilation is CSharpCompilation csharp ? (long)csharp.LanguageVersion : 0);
        foreach (MetadataReference reference in compilation.ExternalReferences)
        {
            environment = NameHash.Append(environment, References.GetOrCreateValue(reference).Number);
        }

        _environment = environment;
    }

    /// <summary>Whether a file gives something another name in all files.</summary>
    public bool HasGlobalAlias { get; }

    public static CompilationSurface Of(Compilation compilation, CancellationToken cancellation)
        => Cache.TryGetValue(compilation, out CompilationSurface surface) ? surface : Cache.GetValue(compilation, c => new CompilationSurface(c, cancellation));

    /// <summary>What has changed since an earlier state. All classes of a project ask for the same one, so that it is kept.</summary>
    public SurfaceChanges ChangesSince(CompilationSurface earlier)
    {
        // Only the identity of the earlier state is kept, or every state would keep all before it.
        if (_latest is { } latest && ReferenceEquals(latest.From, earlier._identity))
        {
            return latest.Changes;
        }

        SurfaceChanges changes = earlier._environment == _environment ? SurfaceChanges.Between(earlier._trees, _trees) : SurfaceChanges.Everything;
        _latest = (earlier._identity, changes);
        return changes;
    }

    /// <summary>Tells objects apart that must not be kept.</summary>
    private sealed class Identity
    {
        private static long Last;

        public long Number { get; } = Interlocked.Increment(ref Last);
    }
}
