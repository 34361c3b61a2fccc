namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>An immutable map of a few entries with integer keys: sorted arrays, copied on write.</summary>
internal readonly struct SmallMap<T>
    where T : class
{
    public static readonly SmallMap<T> Empty = new([], []);

    private readonly int[] _keys;
    private readonly T[] _values;

    private SmallMap(int[] keys, T[] values)
    {
        _keys = keys;
        _values = values;
    }

    public int Count => _keys.Length;

    public static SmallMap<T> Of(SortedDictionary<int, T> entries)
        => entries.Count == 0 ? Empty : new([.. entries.Keys], [.. entries.Values]);

    /// <summary>Both maps as one: each key that either has, with what <paramref name="choose"/> makes of it; null leaves it out.</summary>
    public static SmallMap<T> Merge(SmallMap<T> left, SmallMap<T> right, Func<int, T?, T?, T?> choose)
    {
        if (left.Count + right.Count == 0)
        {
            return Empty;
        }

        var keys = new int[left.Count + right.Count];
        var values = new T[keys.Length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < left.Count || j < right.Count)
        {
            int l = i < left.Count ? left._keys[i] : int.MaxValue;
            int r = j < right.Count ? right._keys[j] : int.MaxValue;
            int key = Math.Min(l, r);
            if (choose(key, l == key ? left._values[i] : null, r == key ? right._values[j] : null) is { } value)
            {
                keys[count] = key;
                values[count++] = value;
            }

            i += l == key ? 1 : 0;
            j += r == key ? 1 : 0;
        }

        Array.Resize(ref keys, count);
        Array.Resize(ref values, count);
        return new(keys, values);
    }

    public int KeyAt(int index) => _keys[index];

    public T ValueAt(int index) => _values[index];

    public T? Find(int key)
    {
        int index = Search(key);
        return index >= 0 ? _values[index] : null;
    }

    public SmallMap<T> With(int key, T value)
    {
        int index = Search(key);
        if (index >= 0)
        {
            if (ReferenceEquals(_values[index], value))
            {
                return this;
            }

            var replaced = (T[])_values.Clone();
            replaced[index] = value;
            return new(_keys, replaced);
        }

        index = ~index;
        var keys = new int[_keys.Length + 1];
        var values = new T[_keys.Length + 1];
        Array.Copy(_keys, keys, index);
        Array.Copy(_values, values, index);
        keys[index] = key;
        values[index] = value;
        Array.Copy(_keys, index, keys, index + 1, _keys.Length - index);
        Array.Copy(_values, index, values, index + 1, _keys.Length - index);
        return new(keys, values);
    }

    public SmallMap<T> Without(int key)
    {
        int index = Search(key);
        if (index < 0)
        {
            return this;
        }

        if (_keys.Length == 1)
        {
            return Empty;
        }

        var keys = new int[_keys.Length - 1];
        var values = new T[_keys.Length - 1];
        Array.Copy(_keys, keys, index);
        Array.Copy(_values, values, index);
        Array.Copy(_keys, index + 1, keys, index, keys.Length - index);
        Array.Copy(_values, index + 1, values, index, keys.Length - index);
        return new(keys, values);
    }

    /// <summary>The entries whose bit in <paramref name="keep"/> (by position) is set; this map when all are.</summary>
    public SmallMap<T> Where(bool[] keep, int kept)
    {
        if (kept == _keys.Length)
        {
            return this;
        }

        if (kept == 0)
        {
            return Empty;
        }

        var keys = new int[kept];
        var values = new T[kept];
        int next = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            if (keep[i])
            {
                keys[next] = _keys[i];
                values[next++] = _values[i];
            }
        }

        return new(keys, values);
    }

    public bool SameAs(SmallMap<T> other)
    {
        if (ReferenceEquals(_keys, other._keys) && ReferenceEquals(_values, other._values))
        {
            return true;
        }

        if (_keys.Length != other._keys.Length)
        {
            return false;
        }

        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] != other._keys[i] || !(ReferenceEquals(_values[i], other._values[i]) || _values[i].Equals(other._values[i])))
            {
                return false;
            }
        }

        return true;
    }

    public int Hash()
    {
        int hash = _keys.Length;
        for (int i = 0; i < _keys.Length; i++)
        {
            hash = unchecked((((hash * 31) + _keys[i]) * 31) + _values[i].GetHashCode());
        }

        return hash;
    }

    private int Search(int key)
    {
        int low = 0;
        int high = _keys.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int found = _keys[middle];
            if (found == key)
            {
                return middle;
            }

            if (found < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
