using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Levels;

/// <summary>A raise that is not undone yet, or one that a lower has undone whose scope is still at hand.</summary>
/// <param name="Scope">What stands for it: the scope that it returned.</param>
/// <param name="Previous">The level before; null if nothing is known of it.</param>
/// <param name="Raised">The level that it raised to.</param>
/// <param name="Location">Where.</param>
internal sealed record OpenRaise(Symbol Scope, Value? Previous, Value? Raised, Location Location)
{
    public bool Equals(OpenRaise? other)
        => other is not null && ReferenceEquals(Scope, other.Scope) && Equals(Previous, other.Previous) && Equals(Raised, other.Raised) && ReferenceEquals(Location, other.Location);

    public override int GetHashCode() => Scope.Id;
}

/// <summary>The level at a point, as the value that tells it, and the raises that are open, the innermost last.</summary>
internal sealed class IrqlState : IEquatable<IrqlState>
{
    private readonly OpenRaise[] _raises;
    private readonly OpenRaise[] _lowered;
    private readonly IrqlState? _left;
    private readonly int _leftAt;

    public IrqlState(Value? level)
        : this(level, [], [], left: null, leftAt: 0)
    {
    }

    private IrqlState(Value? level, OpenRaise[] raises, OpenRaise[] lowered, IrqlState? left, int leftAt)
    {
        Level = level;
        _raises = raises;
        _lowered = lowered;
        _left = left;
        _leftAt = leftAt;
    }

    /// <summary>The current level; null if nothing is known of it.</summary>
    public Value? Level { get; }

    public IReadOnlyList<OpenRaise> Raises => _raises;

    /// <summary>Whether some function that runs has awaited, so that this is on another thread than that of its caller.</summary>
    public bool IsElsewhere => _left is not null;

    public IrqlState At(Value? level) => new(level, _raises, _lowered, _left, _leftAt);

    /// <summary>
    /// The state in which whoever called a function goes on, since that has awaited and runs on another thread; null if it has not.
    /// </summary>
    /// <param name="depth">How many functions run around it.</param>
    public IrqlState? Left(int depth) => _leftAt == depth ? _left : null;

    /// <summary>On a thread of the pool, while whoever called the function goes on at its own level.</summary>
    /// <param name="level">The level there.</param>
    /// <param name="depth">How many functions run around the one that awaits.</param>
    public IrqlState Elsewhere(Value level, int depth) => new(level, _raises, _lowered, Left(depth) ?? this, depth);

    public IrqlState Raise(Symbol scope, Value? level, Location location)
        => new(level, [.. _raises.Where(r => !ReferenceEquals(r.Scope, scope)), new OpenRaise(scope, Level, level, location)], Without(scope), _left, _leftAt);

    /// <summary>The raise that a scope stands for, also if a lower has undone it: its scope still knows the level before.</summary>
    public OpenRaise? Find(Value? scope) => Find(_raises, scope) ?? Find(_lowered, scope);

    private static OpenRaise? Find(OpenRaise[] raises, Value? scope)
    {
        foreach (OpenRaise raise in raises)
        {
            if (ReferenceEquals(raise.Scope, scope))
            {
                return raise;
            }
        }

        return null;
    }

    /// <summary>At another level, without the raises that came to an end with it.</summary>
    public IrqlState Close(Func<OpenRaise, bool> ends, Value? level) => new(level, StillOpen(ends), _lowered, _left, _leftAt);

    /// <summary>At another level, which some raises did not outlast though their scopes are not disposed.</summary>
    public IrqlState Lower(Func<OpenRaise, bool> ends, Value? level)
        => new(level, StillOpen(ends), [.. _lowered, .. _raises.Where(r => ends(r))], _left, _leftAt);

    private OpenRaise[] StillOpen(Func<OpenRaise, bool> ends) => [.. _raises.Where(r => !ends(r))];

    public bool Speaks(Symbol symbol)
    {
        if (Level?.Mentions(symbol) ?? false)
        {
            return true;
        }

        return Speak(_raises, symbol) || Speak(_lowered, symbol) || (_left?.Speaks(symbol) ?? false);
    }

    private static bool Speak(OpenRaise[] raises, Symbol symbol)
    {
        foreach (OpenRaise raise in raises)
        {
            if (ReferenceEquals(raise.Scope, symbol) || (raise.Previous?.Mentions(symbol) ?? false) || (raise.Raised?.Mentions(symbol) ?? false))
            {
                return true;
            }
        }

        return false;
    }

    public IrqlState Rename(Symbol from, Symbol to)
        => new(
            ReferenceEquals(Level, from) ? to : Level,
            Rename(_raises, from, to),
            Rename(_lowered, from, to),
            _left?.Rename(from, to),
            _leftAt);

    private static OpenRaise[] Rename(OpenRaise[] raises, Symbol from, Symbol to)
        => raises.Length == 0
            ? raises
            : WithoutRepeats(Array.ConvertAll(raises, r => new OpenRaise(
                ReferenceEquals(r.Scope, from) ? to : r.Scope,
                ReferenceEquals(r.Previous, from) ? to : r.Previous,
                ReferenceEquals(r.Raised, from) ? to : r.Raised,
                r.Location)));

    private OpenRaise[] Without(Symbol scope) => Find(_lowered, scope) is null ? _lowered : [.. _lowered.Where(r => !ReferenceEquals(r.Scope, scope))];

    /// <summary>
    /// What holds on either side, as far as it is known: a raise that is open on one is open on some path. Where the levels differ, nothing is known of it.
    /// </summary>
    public IrqlState Join(IrqlState other)
        => new(
            Equals(Level, other.Level) ? Level : null,
            [.. _raises, .. other._raises.Where(r => Find(_raises, r.Scope) is null)],
            [.. _lowered, .. other._lowered.Where(r => Find(_lowered, r.Scope) is null)],
            _leftAt == other._leftAt && _left is not null && other._left is not null ? _left.Join(other._left) : _left ?? other._left,
            _left is not null ? _leftAt : other._leftAt);

    /// <summary>All that a loop has raised in its earlier rounds is one raise, the outermost.</summary>
    private static OpenRaise[] WithoutRepeats(OpenRaise[] raises)
    {
        for (int i = 1; i < raises.Length; i++)
        {
            if (Array.FindIndex(raises, r => ReferenceEquals(r.Scope, raises[i].Scope)) < i)
            {
                return [.. raises.Where((r, at) => Array.FindIndex(raises, other => ReferenceEquals(other.Scope, r.Scope)) == at)];
            }
        }

        return raises;
    }

    public bool Equals(IrqlState? other)
        => ReferenceEquals(this, other) || (other is not null && Equals(Level, other.Level) && _leftAt == other._leftAt && Equals(_left, other._left) && _raises.AsSpan().SequenceEqual(other._raises)
            && _lowered.AsSpan().SequenceEqual(other._lowered));

    public override bool Equals(object? obj) => Equals(obj as IrqlState);

    public override int GetHashCode() => unchecked(((Level?.GetHashCode() ?? 0) * 31) + _raises.Length);
}
