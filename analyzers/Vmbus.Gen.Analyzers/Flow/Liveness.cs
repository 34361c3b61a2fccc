using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The places whose values can still decide anything, and for each block which of them matter at its beginning.</summary>
internal sealed class Liveness(ControlFlowGraph graph, BlockCode[] blocks, PlaceTable places)
{
    private readonly Dictionary<int, int> _denseIndex = [];
    private ulong[] _liveIn = [];
    private int _words;

    /// <summary>The dense index of a place whose value is kept, or -1.</summary>
    public int IndexOf(int placeId) => _denseIndex.TryGetValue(placeId, out int index) ? index : -1;

    public bool IsLive(BlockCode block, int placeId)
    {
        int index = IndexOf(placeId);
        return index >= 0 && (_liveIn[(block.Block.Ordinal * _words) + (index >> 6)] & (1UL << (index & 63))) != 0;
    }

    /// <param name="effects">What the statements of each block read and write.</param>
    /// <param name="shared">The places that functions inside this one use.</param>
    /// <param name="volatiles">The places that a call may change; those that it does not are taken out.</param>
    /// <param name="mayChange">Whether a call can change a place at all; asked only for places that matter.</param>
    public void Compute(EffectTable effects, HashSet<int> shared, HashSet<int> volatiles, Predicate<int> mayChange)
    {
        HashSet<int> relevant = FindRelevantPlaces(effects);
        relevant.UnionWith(shared);
        foreach (int place in relevant.OrderBy(static id => id))
        {
            _denseIndex.Add(place, _denseIndex.Count);
        }

        volatiles.IntersectWith(relevant);
        volatiles.RemoveWhere(p => !mayChange(p));
        int words = (_denseIndex.Count + 63) >> 6;
        _words = words;
        _liveIn = new ulong[words * blocks.Length];
        for (int ordinal = 0; ordinal < blocks.Length; ordinal++)
        {
            foreach (int place in shared)
            {
                int index = _denseIndex[place];
                _liveIn[(ordinal * words) + (index >> 6)] |= 1UL << (index & 63);
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
                if (!code.Block.IsReachable)
                {
                    continue;
                }

                Array.Clear(live, 0, words);
                AddSuccessors(code.Block, live);
                for (int i = effects.EndOf(ordinal) - 1; i >= effects.StartOf(ordinal); i--)
                {
                    Transfer(effects[i], live, relevant, volatiles);
                }

                // A handler may be reached from the middle of the block, before a write.
                AddHandlers(code.Block.EnclosingRegion, live);
                for (int word = 0; word < words; word++)
                {
                    if ((live[word] & ~_liveIn[(ordinal * words) + word]) != 0)
                    {
                        _liveIn[(ordinal * words) + word] |= live[word];
                        changed = true;
                    }
                }
            }
        }
    }

    /// <summary>What is live before a statement, from what is live after it.</summary>
    private void Transfer(in StatementEffects statement, ulong[] live, HashSet<int> relevant, HashSet<int> volatiles)
    {
        if (statement.Forgets)
        {
            foreach (int place in volatiles)
            {
                Kill(statement, place, live);
            }
        }

        for (int i = 0; i < statement.Count; i++)
        {
            int place = statement.PlaceAt(i, out bool isWrite);
            if (isWrite)
            {
                Kill(statement, place, live);
            }
        }

        for (int i = 0; i < statement.Count; i++)
        {
            int place = statement.PlaceAt(i, out bool isWrite);
            if (!isWrite && IndexOf(place) is >= 0 and int index && Counts(statement, place, relevant))
            {
                live[index >> 6] |= 1UL << (index & 63);
            }
        }
    }

    private void Kill(in StatementEffects statement, int place, ulong[] live)
    {
        if (!statement.Reads(place) && IndexOf(place) is >= 0 and int written)
        {
            live[written >> 6] &= ~(1UL << (written & 63));
        }
    }

    private bool Counts(in StatementEffects statement, int read, HashSet<int> relevant)
    {
        if (statement.IsBranch || statement.Decides || IsAlwaysRelevant(places[read]))
        {
            return true;
        }

        return WritesAny(statement, relevant);
    }

    private static bool WritesAny(in StatementEffects statement, HashSet<int> relevant)
    {
        for (int i = 0; i < statement.Count; i++)
        {
            if (relevant.Contains(statement.PlaceAt(i, out bool isWrite)) && isWrite)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAlwaysRelevant(Place place)
        => place.IsTracked || place.IsFollowed || place.Type is { TypeKind: TypeKind.Delegate };

    private HashSet<int> FindRelevantPlaces(EffectTable effects)
    {
        var relevant = new HashSet<int>();
        var all = new List<StatementEffects>();
        for (int number = 0; number < effects.Count; number++)
        {
            StatementEffects statement = effects[number];
            bool decides = statement.IsBranch || statement.Decides;
            bool reads = false;
            bool writes = false;
            for (int i = 0; i < statement.Count; i++)
            {
                int place = statement.PlaceAt(i, out bool isWrite);
                reads |= !isWrite;
                writes |= isWrite;
                if ((decides && !isWrite) || IsAlwaysRelevant(places[place]))
                {
                    relevant.Add(place);
                }
            }

            if (!decides && reads && writes)
            {
                all.Add(statement);
            }
        }

        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = all.Count - 1; i >= 0; i--)
            {
                StatementEffects statement = all[i];
                if (!WritesAny(statement, relevant))
                {
                    continue;
                }

                for (int access = 0; access < statement.Count; access++)
                {
                    int place = statement.PlaceAt(access, out bool isWrite);
                    changed |= !isWrite && relevant.Add(place);
                }

                all.RemoveAt(i);
            }
        }

        return relevant;
    }

    private void AddSuccessors(BasicBlock block, ulong[] live)
    {
        AddBranch(block.FallThroughSuccessor, live);
        AddBranch(block.ConditionalSuccessor, live);
        AddPendingFinally(block.EnclosingRegion, live);
        if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling
            || block.ConditionalSuccessor?.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            // The end of a finally or of a filter goes on wherever its region was entered for.
            for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.Around())
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
                    if (owner.Kind == ControlFlowRegionKind.FilterAndHandler)
                    {
                        // Where the filter declines, the handlers beside it are asked.
                        AddHandlersBeside(owner, live);
                    }
                }
            }
        }
    }

    /// <summary>A filter runs before the finally regions inside the try that it belongs to.</summary>
    private void AddPendingFinally(ControlFlowRegion? region, ulong[] live)
    {
        for (; region is not null; region = region.Around())
        {
            if (region is { Kind: ControlFlowRegionKind.Filter, EnclosingRegion.EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndCatch } owner })
            {
                AddFinally(owner.NestedRegions[0], live);
            }
        }
    }

    private void AddFinally(ControlFlowRegion region, ulong[] live)
    {
        foreach (ControlFlowRegion nested in region.NestedRegions)
        {
            if (nested.Kind == ControlFlowRegionKind.Finally)
            {
                Or(live, nested.FirstBlockOrdinal);
            }

            AddFinally(nested, live);
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
        for (; region?.Around() is { } owner; region = owner)
        {
            if (region.Kind == ControlFlowRegionKind.Try)
            {
                AddHandlersBeside(region, live);
            }
        }
    }

    private void AddHandlersBeside(ControlFlowRegion region, ulong[] live)
    {
        foreach (ControlFlowRegion handler in region.EnclosingRegion!.NestedRegions)
        {
            if (handler.Kind != ControlFlowRegionKind.Try && !ReferenceEquals(handler, region))
            {
                Or(live, handler.FirstBlockOrdinal);
            }
        }
    }

    private void Or(ulong[] live, int ordinal)
    {
        for (int word = 0; word < _words; word++)
        {
            live[word] |= _liveIn[(ordinal * _words) + word];
        }
    }
}
