using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.SharedMemory;

/// <summary>What methods of the compilation read of the memory that they are given: for who calls them, these are reads at the call.</summary>
/// <param name="types">The types of the run time.</param>
/// <param name="bodies">The methods of the compilation.</param>
/// <param name="cancellation">Ends the search.</param>
/// <param name="depth">How many helpers lie between these and the function that is looked at.</param>
internal sealed class HelperReads(VmbusTypes types, MethodBodies bodies, CancellationToken cancellation, int depth = 0)
{
    private const int MaximumDepth = 4;

    private readonly ConcurrentDictionary<IMethodSymbol, Helper> _helpers = new(SymbolEqualityComparer.Default);

    /// <summary>What helpers read by helpers of their own, each looked at once for all of them; null where no further one is followed.</summary>
    private readonly HelperReads? _inner = depth < MaximumDepth ? new(types, bodies, cancellation, depth + 1) : null;

    /// <summary>The reads of a called helper, as reads at the call of what the caller hands it.</summary>
    public IEnumerable<MemoryRead> ReadBy(IInvocationOperation call, SharedViews views)
    {
        foreach (MemoryRead read in Of(call).Reads)
        {
            if (RootOf(read) is { } parameter && ArgumentFor(call, parameter) is { } argument && Map(read, parameter, argument, views) is var (root, offset))
            {
                yield return read with { Operation = call, Root = root, Offset = read.Offset + offset };
            }
        }
    }

    /// <summary>Where a called helper reads twice what the caller hands it; null if it does not.</summary>
    public Location? ReadTwiceBy(IInvocationOperation call, SharedViews views)
    {
        foreach ((MemoryRead read, Location second) in Of(call).Twice)
        {
            if (RootOf(read) is { } parameter && ArgumentFor(call, parameter) is { } argument && Map(read, parameter, argument, views) is not null)
            {
                return second;
            }
        }

        return null;
    }

    private static IParameterSymbol? RootOf(MemoryRead read)
        => read.Root switch { IParameterSymbol parameter => parameter, MemoryView { Root: IParameterSymbol parameter } => parameter, _ => null };

    /// <summary>What a helper's parameter stands for at a call, and by how much a read of it lies further on; null if that is no shared memory, or not known.</summary>
    private static (object Root, long Offset)? Map(MemoryRead read, IParameterSymbol parameter, IOperation argument, SharedViews views)
    {
        if (views.DataOf(argument) is { } data)
        {
            return (data, 0);
        }

        if (parameter.RefKind != RefKind.None)
        {
            return views.StructureOf(argument) is { } structure ? (structure, 0) : null;
        }

        if (views.Of(argument) is not { } memory)
        {
            return null;
        }

        // Members of a structure that a pointer points to are told by the place of the structure, an index by the variable that it is.
        return read.Root is MemoryView inner ? (new MemoryView(memory.Root, memory.Offset + inner.Offset), 0)
            : read.Member is null ? (memory.Root, memory.Offset)
            : null;
    }

    private static IOperation? ArgumentFor(IInvocationOperation call, IParameterSymbol parameter)
        => CallArguments.Of(call).SourceFor(MethodParameters.OrdinalOf(parameter));

    private Helper Of(IInvocationOperation call)
    {
        IMethodSymbol method = MethodBodies.Declared(call.TargetMethod).OriginalDefinition;
        return _inner is { } inner && !method.IsVirtual && !method.IsAbstract && !method.IsOverride && method.DeclaringSyntaxReferences.Length > 0
            && method.MethodKind is MethodKind.Ordinary && MethodParameters.Of(method).Any(IsMemory)
                ? _helpers.GetOrAdd(method, m => Read(m, inner))
                : Helper.None;
    }

    private bool IsMemory(IParameterSymbol parameter)
        => parameter.Type.Name is "Span" or "ReadOnlySpan" || parameter.Type.TypeKind == TypeKind.Pointer
            || (parameter.RefKind != RefKind.None && parameter.Type.IsUnmanagedType)
            || VmbusTypes.Same(parameter.Type, types.ExternalData) || VmbusTypes.Same(parameter.Type, types.Gpadl);

    private Helper Read(IMethodSymbol method, HelperReads inner)
    {
        if (bodies.FindGraph(method, cancellation) is not { } graph || MethodBodies.FindSyntax(method, cancellation) is not { } body)
        {
            return Helper.None;
        }

        SemanticModel model = bodies.ModelOf(body.SyntaxTree);
        var uses = new ReadUses(model, body);
        var reads = new SharedReads(new SharedViews(types, method, SharedParameters.All, model), inner);
        ImmutableArray<MemoryRead> all =
        [
            .. graph.Blocks.Where(static b => b.IsReachable).SelectMany(BlockOperations.Of).SelectMany(reads.Of)
                .Select(r => r with { DecidesInHelper = r.DecidesInHelper ?? uses.DecidesOrSizes(r.Operation.Syntax) }),
        ];
        return all.IsEmpty ? Helper.None : new Helper(all, [.. new DoubleFetches(graph, reads, uses).Find().Select(static f => (f.Second, f.Second.Operation.Syntax.GetLocation()))]);
    }

    private sealed record Helper(ImmutableArray<MemoryRead> Reads, ImmutableArray<(MemoryRead Read, Location Second)> Twice)
    {
        public static readonly Helper None = new([], []);
    }
}
