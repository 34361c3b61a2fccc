namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Interns the symbols of one analysis, so that equal values are the same object.</summary>
internal sealed class ValueTable
{
    private readonly List<Symbol> _byId = new(16);

    // Chained through the symbols themselves, which are all that there is to compare.
    private Symbol?[] _buckets = new Symbol?[32];

    public int Count => _byId.Count;

    public Symbol this[int id] => _byId[id];

    public Symbol Entry(Place place) => Intern(SymbolKind.Entry, place, null, null, null, place.IsBoolean);

    /// <summary>What <paramref name="operation"/> yields; <paramref name="slot"/> tells its several results apart.</summary>
    public Symbol Site(object operation, object? slot, bool isBoolean) => Intern(SymbolKind.Site, operation, slot, null, null, isBoolean);

    /// <summary>The value that <paramref name="symbol"/> stood for before its operation ran once more.</summary>
    public Symbol Earlier(Symbol symbol)
        => symbol.Kind == SymbolKind.Earlier ? symbol : Intern(SymbolKind.Earlier, symbol, null, null, null, symbol.IsBoolean);

    public Symbol Merged(object node, Place place) => Intern(SymbolKind.Merged, node, place, null, null, place.IsBoolean);

    public Symbol Derived(object function, object? detail, Value left, Value? right, bool isBoolean)
        => Intern(SymbolKind.Derived, function, detail, left, right, isBoolean);

    private Symbol Intern(SymbolKind kind, object origin, object? detail, Value? left, Value? right, bool isBoolean)
    {
        int hash = HashOf(kind, origin, detail, left, right);
        for (Symbol? known = _buckets[hash & (_buckets.Length - 1)]; known is not null; known = known.Next)
        {
            if (known.Hash == hash && known.Kind == kind && known.Origin.Equals(origin) && Equals(known.Detail, detail) && Equals(known.Left, left) && Equals(known.Right, right))
            {
                return known;
            }
        }

        if (_byId.Count == 2 * _buckets.Length)
        {
            Grow();
        }

        ref Symbol? bucket = ref _buckets[hash & (_buckets.Length - 1)];
        var symbol = new Symbol(_byId.Count, kind, origin, detail, left, right, isBoolean) { Hash = hash, Next = bucket };
        bucket = symbol;
        _byId.Add(symbol);
        return symbol;
    }

    private void Grow()
    {
        _buckets = new Symbol?[_buckets.Length * 4];
        foreach (Symbol symbol in _byId)
        {
            ref Symbol? bucket = ref _buckets[symbol.Hash & (_buckets.Length - 1)];
            symbol.Next = bucket;
            bucket = symbol;
        }
    }

    private static int HashOf(SymbolKind kind, object origin, object? detail, Value? left, Value? right)
    {
        int hash = ((int)kind * 397) ^ origin.GetHashCode();
        hash = unchecked((hash * 31) + (detail?.GetHashCode() ?? 0));
        hash = unchecked((hash * 31) + (left?.GetHashCode() ?? 0));
        hash = unchecked((hash * 31) + (right?.GetHashCode() ?? 0));

        // The buckets are a power of two: the upper bits have to count, too.
        return hash ^ (int)((uint)hash >> 15);
    }
}
