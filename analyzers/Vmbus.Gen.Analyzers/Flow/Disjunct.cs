using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>One of the states that hold at a point: the domain's, what the places hold, what is known of the values, and the way here.</summary>
internal sealed class Disjunct<TState>(TState state, SmallMap<Value> environment, SmallMap<IntervalSet> facts, PathStep? path)
    where TState : class, IEquatable<TState>
{
    private int _hash;

    public TState State { get; } = state;

    /// <summary>By place id; a place without an entry holds what it held at entry.</summary>
    public SmallMap<Value> Environment { get; } = environment;

    /// <summary>By symbol id; a symbol without an entry may be anything.</summary>
    public SmallMap<IntervalSet> Facts { get; } = facts;

    public PathStep? Path { get; set; } = path;

    /// <summary>The block from which the function is left, for a state at its exit.</summary>
    public BasicBlock? LastBlock { get; set; }

    /// <summary>The operation whose exception leaves the function, for a state at that exit.</summary>
    public IOperation? Raiser { get; set; }

    /// <summary>The state that is run after this one, while both wait.</summary>
    public Disjunct<TState>? Next { get; set; }

    /// <summary>Merged into another one before it was run.</summary>
    public bool IsObsolete { get; set; }

    public bool SameAs(Disjunct<TState> other)
        => Hash() == other.Hash() && State.Equals(other.State) && Environment.SameAs(other.Environment) && Facts.SameAs(other.Facts);

    private int Hash()
    {
        if (_hash == 0)
        {
            _hash = unchecked((((State.GetHashCode() * 31) + Environment.Hash()) * 31) + Facts.Hash()) | 1;
        }

        return _hash;
    }
}
