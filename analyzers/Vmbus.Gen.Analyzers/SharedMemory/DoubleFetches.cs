using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.SharedMemory;

/// <summary>Finds reads that may follow another read of the same memory, and that decide or size something.</summary>
internal sealed class DoubleFetches(ControlFlowGraph graph, SharedReads reads, ReadUses uses)
{
    public void Report(Action<Diagnostic> report)
    {
        foreach ((MemoryRead first, MemoryRead second) in Find())
        {
            string name = PathText.Shorten(second.Operation.Syntax);
            report(Create(
                second.Operation.Syntax,
                first.Operation.Syntax.GetLocation(),
                second.DecidesInHelper is null
                    ? $"'{name}' is read a second time from memory that the other side can change meanwhile; read it once into a local"
                    : $"'{name}' reads a second time from memory that the other side can change meanwhile; read it once, and hand on the value"));
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in BlockOperations.Of(block))
            {
                if (block.IsReachable && reads.ReadTwiceBy(operation) is { } second)
                {
                    report(Create(operation.Syntax, second, $"'{PathText.Shorten(operation.Syntax)}' reads twice from memory that the other side can change meanwhile; let it read once into a local"));
                }
            }
        }
    }

    /// <summary>The reads that may follow another read of the same memory, each with the first such.</summary>
    public IEnumerable<(MemoryRead First, MemoryRead Second)> Find()
    {
        MemoryRead[][] inBlocks = [.. graph.Blocks.Select(ReadsIn)];
        if (inBlocks.Sum(static b => b.Length) < 2)
        {
            yield break;
        }

        var told = new HashSet<IOperation>();
        HashSet<MemoryRead>[] before = ReadsBefore(inBlocks);
        foreach (BasicBlock block in graph.Blocks)
        {
            var earlier = new HashSet<MemoryRead>(before[block.Ordinal]);
            foreach (MemoryRead read in inBlocks[block.Ordinal])
            {
                MemoryRead? first = earlier
                    .Where(e => !ReferenceEquals(e.Operation, read.Operation) && e.Operation.Syntax.Span != read.Operation.Syntax.Span && e.Overlaps(read))
                    .OrderBy(static e => e.Operation.Syntax.SpanStart)
                    .FirstOrDefault();
                if (first is not null && block.IsReachable && (read.DecidesInHelper ?? uses.DecidesOrSizes(read.Operation.Syntax)) && told.Add(read.Operation))
                {
                    yield return (first, read);
                }

                earlier.Add(read);
            }
        }
    }

    private static Diagnostic Create(SyntaxNode second, Location first, string message)
        => Diagnostic.Create(LifetimeDescriptors.DoubleFetch, second.GetLocation(), [first], message);

    private MemoryRead[] ReadsIn(BasicBlock block)
        => [.. BlockOperations.Of(block).SelectMany(reads.Of).OrderBy(static r => r.Operation.Syntax.SpanStart)];

    /// <summary>For each block what may have been read when it is reached.</summary>
    private HashSet<MemoryRead>[] ReadsBefore(MemoryRead[][] inBlocks)
    {
        HashSet<MemoryRead>[] before = [.. inBlocks.Select(static _ => new HashSet<MemoryRead>())];
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (BasicBlock block in graph.Blocks)
            {
                foreach (int successor in SuccessorsOf(block))
                {
                    int count = before[successor].Count;
                    before[successor].UnionWith(before[block.Ordinal]);
                    before[successor].UnionWith(inBlocks[block.Ordinal]);
                    changed |= before[successor].Count != count;
                }
            }
        }

        return before;
    }

    private static IEnumerable<int> SuccessorsOf(BasicBlock block)
    {
        foreach (ControlFlowBranch? branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
        {
            if (branch?.Destination is { } destination)
            {
                yield return destination.Ordinal;
            }

            foreach (ControlFlowRegion region in branch is null ? [] : branch.FinallyRegions.AsEnumerable())
            {
                yield return region.FirstBlockOrdinal;
            }
        }

        // Whatever a protected block has read, its handlers may find read.
        for (ControlFlowRegion? region = block.EnclosingRegion; region?.EnclosingRegion is { } owner; region = owner)
        {
            if (region.Kind == ControlFlowRegionKind.Try)
            {
                foreach (ControlFlowRegion handler in owner.NestedRegions)
                {
                    if (!ReferenceEquals(handler, region))
                    {
                        yield return handler.FirstBlockOrdinal;
                    }
                }
            }
        }
    }
}
