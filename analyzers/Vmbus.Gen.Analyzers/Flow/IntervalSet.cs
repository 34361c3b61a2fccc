namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// A set of integers as sorted, disjoint, closed intervals: what is known of a number, an enum or (as 0 and 1) a truth value.
/// Exact under union, intersection and complement up to <see cref="MaximumIntervals"/>; beyond that it grows, never shrinks.
/// </summary>
internal sealed class IntervalSet : IEquatable<IntervalSet>
{
    public static readonly IntervalSet Full = new([long.MinValue, long.MaxValue]);
    public static readonly IntervalSet Empty = new([]);
    public static readonly IntervalSet False = new([0, 0]);
    public static readonly IntervalSet True = new([1, 1]);
    public static readonly IntervalSet Boolean = new([0, 1]);

    private const int MaximumIntervals = 8;

    private readonly long[] _bounds;

    private IntervalSet(long[] bounds) => _bounds = bounds;

    public bool IsEmpty => _bounds.Length == 0;

    public bool IsFull => _bounds.Length == 2 && _bounds[0] == long.MinValue && _bounds[1] == long.MaxValue;

    /// <summary>The smallest member; the set must not be empty.</summary>
    public long Minimum => _bounds[0];

    /// <summary>The largest member; the set must not be empty.</summary>
    public long Maximum => _bounds[_bounds.Length - 1];

    public static IntervalSet Of(long value) => value switch
    {
        0 => False,
        1 => True,
        _ => new([value, value]),
    };

    public static IntervalSet Between(long low, long high) => low > high ? Empty : low == high ? Of(low) : new([low, high]);

    public static IntervalSet LessThan(long value) => value == long.MinValue ? Empty : Between(long.MinValue, value - 1);

    public static IntervalSet GreaterThan(long value) => value == long.MaxValue ? Empty : Between(value + 1, long.MaxValue);

    public bool Contains(long value)
    {
        for (int i = 0; i < _bounds.Length; i += 2)
        {
            if (value >= _bounds[i] && value <= _bounds[i + 1])
            {
                return true;
            }
        }

        return false;
    }

    public IntervalSet Intersect(IntervalSet other)
    {
        if (ReferenceEquals(this, other) || other.IsFull)
        {
            return this;
        }

        if (IsFull)
        {
            return other;
        }

        var result = new List<long>(4);
        int i = 0;
        int j = 0;
        while (i < _bounds.Length && j < other._bounds.Length)
        {
            long low = Math.Max(_bounds[i], other._bounds[j]);
            long high = Math.Min(_bounds[i + 1], other._bounds[j + 1]);
            if (low <= high)
            {
                result.Add(low);
                result.Add(high);
            }

            if (_bounds[i + 1] < other._bounds[j + 1])
            {
                i += 2;
            }
            else
            {
                j += 2;
            }
        }

        return Create(result);
    }

    public IntervalSet Union(IntervalSet other)
    {
        if (ReferenceEquals(this, other) || IsFull || other.IsEmpty)
        {
            return this;
        }

        if (other.IsFull || IsEmpty)
        {
            return other;
        }

        var result = new List<long>(_bounds.Length + other._bounds.Length);
        int i = 0;
        int j = 0;
        while (i < _bounds.Length || j < other._bounds.Length)
        {
            bool mine = j >= other._bounds.Length || (i < _bounds.Length && _bounds[i] <= other._bounds[j]);
            long low = mine ? _bounds[i] : other._bounds[j];
            long high = mine ? _bounds[i + 1] : other._bounds[j + 1];
            if (mine)
            {
                i += 2;
            }
            else
            {
                j += 2;
            }

            int last = result.Count - 1;
            if (last > 0 && (result[last] == long.MaxValue || low <= result[last] + 1))
            {
                result[last] = Math.Max(result[last], high);
            }
            else
            {
                result.Add(low);
                result.Add(high);
            }
        }

        return Create(result);
    }

    public IntervalSet Complement()
    {
        var result = new List<long>(_bounds.Length + 2);
        long next = long.MinValue;
        for (int i = 0; i < _bounds.Length; i += 2)
        {
            if (_bounds[i] > next)
            {
                result.Add(next);
                result.Add(_bounds[i] - 1);
            }

            if (_bounds[i + 1] == long.MaxValue)
            {
                return Create(result);
            }

            next = _bounds[i + 1] + 1;
        }

        result.Add(next);
        result.Add(long.MaxValue);
        return Create(result);
    }

    public bool IsSubsetOf(IntervalSet other)
    {
        int j = 0;
        for (int i = 0; i < _bounds.Length; i += 2)
        {
            while (j < other._bounds.Length && other._bounds[j + 1] < _bounds[i])
            {
                j += 2;
            }

            if (j >= other._bounds.Length || other._bounds[j] > _bounds[i] || other._bounds[j + 1] < _bounds[i + 1])
            {
                return false;
            }
        }

        return true;
    }

    public bool Overlaps(IntervalSet other)
    {
        int i = 0;
        int j = 0;
        while (i < _bounds.Length && j < other._bounds.Length)
        {
            if (Math.Max(_bounds[i], other._bounds[j]) <= Math.Min(_bounds[i + 1], other._bounds[j + 1]))
            {
                return true;
            }

            if (_bounds[i + 1] < other._bounds[j + 1])
            {
                i += 2;
            }
            else
            {
                j += 2;
            }
        }

        return false;
    }

    public bool Equals(IntervalSet? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other._bounds.Length != _bounds.Length)
        {
            return false;
        }

        for (int i = 0; i < _bounds.Length; i++)
        {
            if (_bounds[i] != other._bounds[i])
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as IntervalSet);

    public override int GetHashCode()
    {
        int hash = 17;
        foreach (long bound in _bounds)
        {
            hash = unchecked((hash * 31) + bound.GetHashCode());
        }

        return hash;
    }

    private static IntervalSet Create(List<long> bounds)
    {
        if (bounds.Count == 0)
        {
            return Empty;
        }

        while (bounds.Count > MaximumIntervals * 2)
        {
            // Too many holes to remember: the last gap is forgotten, which only adds members.
            bounds.RemoveRange(bounds.Count - 3, 2);
        }

        if (bounds.Count == 2)
        {
            return bounds[0] == long.MinValue && bounds[1] == long.MaxValue ? Full : Between(bounds[0], bounds[1]);
        }

        return new(bounds.ToArray());
    }
}
