using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>The level at a point, as the value that tells it, and the levels that open raises go back to.</summary>
internal sealed class IrqlState : IEquatable<IrqlState>
{
    private readonly (Symbol Scope, Value? Previous)[] _scopes;

    public IrqlState(Value? level)
        : this(level, [])
    {
    }

    private IrqlState(Value? level, (Symbol Scope, Value? Previous)[] scopes)
    {
        Level = level;
        _scopes = scopes;
    }

    /// <summary>The current level; null if nothing is known of it.</summary>
    public Value? Level { get; }

    public IrqlState At(Value? level) => new(level, _scopes);

    public IrqlState Raise(Symbol scope, Value? level)
        => new(level, [.. _scopes.Where(s => !ReferenceEquals(s.Scope, scope)), (scope, Level)]);

    /// <summary>The level that a raise goes back to; false if the raise is not known.</summary>
    public bool TryGetPrevious(Value? scope, out Value? previous)
    {
        foreach ((Symbol open, Value? level) in _scopes)
        {
            if (ReferenceEquals(open, scope))
            {
                previous = level;
                return true;
            }
        }

        previous = null;
        return false;
    }

    public IrqlState Close(Value? scope, Value? level) => new(level, [.. _scopes.Where(s => !ReferenceEquals(s.Scope, scope))]);

    public bool Speaks(Symbol symbol)
    {
        if (Level?.Mentions(symbol) ?? false)
        {
            return true;
        }

        foreach ((Symbol scope, Value? previous) in _scopes)
        {
            if (ReferenceEquals(scope, symbol) || (previous?.Mentions(symbol) ?? false))
            {
                return true;
            }
        }

        return false;
    }

    public IrqlState Rename(Symbol from, Symbol to)
        => new(
            ReferenceEquals(Level, from) ? to : Level,
            Array.ConvertAll(_scopes, s => (ReferenceEquals(s.Scope, from) ? to : s.Scope, ReferenceEquals(s.Previous, from) ? to : s.Previous)));

    public bool Equals(IrqlState? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || !Equals(Level, other.Level) || _scopes.Length != other._scopes.Length)
        {
            return false;
        }

        for (int i = 0; i < _scopes.Length; i++)
        {
            if (!ReferenceEquals(_scopes[i].Scope, other._scopes[i].Scope) || !Equals(_scopes[i].Previous, other._scopes[i].Previous))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as IrqlState);

    public override int GetHashCode() => unchecked(((Level?.GetHashCode() ?? 0) * 31) + _scopes.Length);
}
