using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Levels;

/// <summary>Some of the three levels.</summary>
internal readonly record struct LevelSet
{
    private readonly byte _mask;

    private LevelSet(int mask) => _mask = (byte)mask;

    public static LevelSet None => default;

    public static LevelSet All => new(7);

    public static LevelSet Dispatch => Of(IrqlContracts.Dispatch);

    public bool IsEmpty => _mask == 0;

    /// <summary>The highest of them; the set must not be empty.</summary>
    public long Highest => _mask >= 4 ? 2 : _mask >= 2 ? 1 : 0;

    public static LevelSet Of(long level) => level is >= IrqlContracts.Passive and <= IrqlContracts.Dispatch ? new(1 << (int)level) : None;

    /// <summary>The levels that a value may be; null if it may be something that is no level, and so nothing is known of it.</summary>
    public static LevelSet? From(IntervalSet range)
    {
        if (range.IsEmpty || range.Minimum < IrqlContracts.Passive || range.Maximum > IrqlContracts.Dispatch)
        {
            return null;
        }

        int mask = 0;
        for (int level = 0; level <= IrqlContracts.Dispatch; level++)
        {
            mask |= range.Contains(level) ? 1 << level : 0;
        }

        return new(mask);
    }

    public static LevelSet Above(long level) => new(7 & (7 << (int)(level + 1)));

    public static LevelSet Below(long level) => new((1 << (int)level) - 1);

    /// <summary>The lowest of them; the set must not be empty.</summary>
    public long Lowest => Contains(0) ? 0 : Contains(1) ? 1 : 2;

    public IntervalSet ToRange()
    {
        IntervalSet range = IntervalSet.Empty;
        for (int level = 0; level <= IrqlContracts.Dispatch; level++)
        {
            range = Contains(level) ? range.Union(IntervalSet.Of(level)) : range;
        }

        return range;
    }

    public bool Contains(long level) => (_mask & (1 << (int)level)) != 0;

    public LevelSet Union(LevelSet other) => new(_mask | other._mask);

    public LevelSet Intersect(LevelSet other) => new(_mask & other._mask);

    public LevelSet Except(LevelSet other) => new(_mask & ~other._mask);

    public bool Overlaps(LevelSet other) => (_mask & other._mask) != 0;
}
