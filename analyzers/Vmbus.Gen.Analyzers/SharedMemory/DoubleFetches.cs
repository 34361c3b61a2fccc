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
        MemoryRead[][] inBlocks = [.. graph.Blocks.Select(ReadsIn)];
        if (inBlocks.Sum(static b => b.Length) < 2)
        {
            return;
        }

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
                if (first is not null && block.IsReachable && uses.DecidesOrSizes(read.Operation.Syntax))
                {
                    string name = PathText.Shorten(read.Operation.Syntax);
                    report(Diagnostic.Create(
                        LifetimeDescriptors.DoubleFetch,
                        read.Operation.Syntax.GetLocation(),
                        [first.Operation.Syntax.GetLocation()],
                        $"'{name}' is read a second time from memory that the other side can change meanwhile; read it once into a local"));
                }

                earlier.Add(read);
            }
        }
    }

    private MemoryRead[] ReadsIn(BasicBlock block)
        => [.. BlockOperations.Of(block).Select(reads.Of).OfType<MemoryRead>().OrderBy(static r => r.Operation.Syntax.SpanStart)];

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
