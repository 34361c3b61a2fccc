namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Interns the symbols of one analysis, so that equal values are the same object.</summary>
internal sealed class ValueTable
{
    private readonly Dictionary<Key, Symbol> _symbols = [];
    private readonly List<Symbol> _byId = [];

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
        var key = new Key(kind, origin, detail, left, right);
        if (!_symbols.TryGetValue(key, out Symbol? symbol))
        {
            symbol = new Symbol(_byId.Count, kind, origin, detail, left, right, isBoolean);
            _byId.Add(symbol);
            _symbols.Add(key, symbol);
        }

        return symbol;
    }

    private readonly struct Key(SymbolKind kind, object origin, object? detail, Value? left, Value? right) : IEquatable<Key>
    {
        private readonly SymbolKind _kind = kind;
        private readonly object _origin = origin;
        private readonly object? _detail = detail;
        private readonly Value? _left = left;
        private readonly Value? _right = right;

        public bool Equals(Key other)
            => _kind == other._kind
                && _origin.Equals(other._origin)
                && Equals(_detail, other._detail)
                && Equals(_left, other._left)
                && Equals(_right, other._right);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            int hash = ((int)_kind * 397) ^ _origin.GetHashCode();
            hash = unchecked((hash * 31) + (_detail?.GetHashCode() ?? 0));
            hash = unchecked((hash * 31) + (_left?.GetHashCode() ?? 0));
            return unchecked((hash * 31) + (_right?.GetHashCode() ?? 0));
        }
    }
}
