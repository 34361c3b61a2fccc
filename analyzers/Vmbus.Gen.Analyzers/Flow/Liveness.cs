using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The places whose values can still decide anything, and for each block which of them matter at its beginning.</summary>
internal sealed class Liveness(ControlFlowGraph graph, BlockCode[] blocks, PlaceTable places)
{
    private readonly Dictionary<int, int> _denseIndex = [];

    /// <summary>The dense index of a place whose value is kept, or -1.</summary>
    public int IndexOf(int placeId) => _denseIndex.TryGetValue(placeId, out int index) ? index : -1;

    public bool IsLive(BlockCode block, int placeId)
    {
        int index = IndexOf(placeId);
        return index >= 0 && (block.LiveIn[index >> 6] & (1UL << (index & 63))) != 0;
    }

    public void Compute(List<StatementEffects>?[] effects, HashSet<int> shared, HashSet<int> volatiles)
    {
        HashSet<int> relevant = FindRelevantPlaces(effects);
        relevant.UnionWith(shared);
        foreach (int place in relevant.OrderBy(static id => id))
        {
            _denseIndex.Add(place, _denseIndex.Count);
        }

        volatiles.IntersectWith(relevant);
        int words = (_denseIndex.Count + 63) >> 6;
        foreach (BlockCode code in blocks)
        {
            code.LiveIn = new ulong[words];
            foreach (int place in shared)
            {
                int index = _denseIndex[place];
                code.LiveIn[index >> 6] |= 1UL << (index & 63);
            }
        }

        if (words == 0)
        {
            return;
        }

        var live = new ulong[words];
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int ordinal = blocks.Length - 1; ordinal >= 0; ordinal--)
            {
                BlockCode code = blocks[ordinal];
                if (effects[ordinal] is not { } statements)
                {
                    continue;
                }

                Array.Clear(live, 0, words);
                AddSuccessors(code.Block, live);
                for (int i = statements.Count - 1; i >= 0; i--)
                {
                    StatementEffects statement = statements[i];
                    foreach (int write in statement.Forgets ? statement.Writes.Concat(volatiles) : statement.Writes)
                    {
                        if (!statement.Reads.Contains(write) && IndexOf(write) is >= 0 and int written)
                        {
                            live[written >> 6] &= ~(1UL << (written & 63));
                        }
                    }

                    foreach (int read in statement.Reads)
                    {
                        if (IndexOf(read) is >= 0 and int index && Counts(statement, read, relevant))
                        {
                            live[index >> 6] |= 1UL << (index & 63);
                        }
                    }
                }

                // A handler may be reached from the middle of the block, before a write.
                AddHandlers(code.Block.EnclosingRegion, live);
                for (int word = 0; word < words; word++)
                {
                    if ((live[word] & ~code.LiveIn[word]) != 0)
                    {
                        code.LiveIn[word] |= live[word];
                        changed = true;
                    }
                }
            }
        }
    }

    private bool Counts(StatementEffects statement, int read, HashSet<int> relevant)
    {
        if (statement.IsBranch || statement.Decides || IsAlwaysRelevant(places[read]))
        {
            return true;
        }

        foreach (int write in statement.Writes)
        {
            if (relevant.Contains(write))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAlwaysRelevant(Place place)
        => place.IsTracked || place.IsFollowed || place.Type is { TypeKind: TypeKind.Delegate };

    private HashSet<int> FindRelevantPlaces(List<StatementEffects>?[] effects)
    {
        var relevant = new HashSet<int>();
        var all = new List<StatementEffects>();
        foreach (List<StatementEffects>? statements in effects)
        {
            if (statements is null)
            {
                continue;
            }

            foreach (StatementEffects statement in statements)
            {
                bool decides = statement.IsBranch || statement.Decides;
                foreach (int read in statement.Reads)
                {
                    if (decides || IsAlwaysRelevant(places[read]))
                    {
                        relevant.Add(read);
                    }
                }

                foreach (int write in statement.Writes)
                {
                    if (IsAlwaysRelevant(places[write]))
                    {
                        relevant.Add(write);
                    }
                }

                if (!decides && statement.Writes.Count > 0 && statement.Reads.Count > 0)
                {
                    all.Add(statement);
                }
            }
        }

        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = all.Count - 1; i >= 0; i--)
            {
                StatementEffects statement = all[i];
                if (statement.Writes.Exists(relevant.Contains))
                {
                    foreach (int read in statement.Reads)
                    {
                        changed |= relevant.Add(read);
                    }

                    all.RemoveAt(i);
                }
            }
        }

        return relevant;
    }

    private void AddSuccessors(BasicBlock block, ulong[] live)
    {
        AddBranch(block.FallThroughSuccessor, live);
        AddBranch(block.ConditionalSuccessor, live);
        if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling
            || block.ConditionalSuccessor?.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            // The end of a finally or of a filter goes on wherever its region was entered for.
            for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
            {
                if (region.Kind is ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter)
                {
                    ControlFlowRegion owner = region.EnclosingRegion!;
                    for (int ordinal = owner.FirstBlockOrdinal; ordinal <= owner.LastBlockOrdinal; ordinal++)
                    {
                        foreach (ControlFlowBranch? leaving in new[] { graph.Blocks[ordinal].FallThroughSuccessor, graph.Blocks[ordinal].ConditionalSuccessor })
                        {
                            if (leaving?.Destination is { } destination && leaving.FinallyRegions.Contains(region))
                            {
                                Or(live, destination.Ordinal);
                            }
                        }
                    }

                    AddHandlers(owner, live);
                }
            }
        }
    }

    private void AddBranch(ControlFlowBranch? branch, ulong[] live)
    {
        if (branch is null)
        {
            return;
        }

        if (branch.Destination is { } destination)
        {
            Or(live, destination.Ordinal);
        }

        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            Or(live, region.FirstBlockOrdinal);
        }
    }

    private void AddHandlers(ControlFlowRegion? region, ulong[] live)
    {
        for (; region?.EnclosingRegion is { } owner; region = owner)
        {
            if (region.Kind == ControlFlowRegionKind.Try)
            {
                foreach (ControlFlowRegion handler in owner.NestedRegions)
                {
                    if (!ReferenceEquals(handler, region))
                    {
                        Or(live, handler.FirstBlockOrdinal);
                    }
                }
            }
        }
    }

    private void Or(ulong[] live, int ordinal)
    {
        ulong[] other = blocks[ordinal].LiveIn;
        for (int word = 0; word < live.Length; word++)
        {
            live[word] |= other[word];
        }
    }
}
