using System.Collections.Immutable;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Findings;

internal enum ExitLevelKind
{
    /// <summary>It returns at the level at which it was called.</summary>
    Same,

    /// <summary>It returns at one level, whatever it was called at.</summary>
    Fixed,

    /// <summary>It lowers to the level that a parameter says.</summary>
    Parameter,

    /// <summary>It disposes the scope that a parameter is.</summary>
    Scope,

    Unknown,
}

/// <summary>The level at which a function returns.</summary>
internal readonly record struct ExitLevel(ExitLevelKind Kind, int Value);

/// <summary>That a function calls a delegate that it is given.</summary>
/// <param name="Ordinal">Which parameter.</param>
/// <param name="Levels">The levels of its caller at which it does.</param>
/// <param name="At">The level at which the delegate then runs; null: the caller's.</param>
/// <param name="Step">The call.</param>
internal sealed record DelegateCall(int Ordinal, LevelSet Levels, long? At, CallStep Step);

/// <summary>What a function does to who calls it.</summary>
internal sealed class IrqlSummary : IEquatable<IrqlSummary>
{
    public static readonly IrqlSummary None = new();

    public ImmutableArray<IrqlFinding> Findings { get; init; } = [];

    public ImmutableArray<DelegateCall> Calls { get; init; } = [];

    public ExitLevel Exit { get; init; }

    /// <summary>
    /// The level that it raised to, and leaves to whoever catches an exception that comes out of it, or, where it is async, to whoever called it, since its exceptions
    /// go into the task; null if it restores the level first.
    /// </summary>
    public int? LevelWhenThrown { get; init; }

    /// <summary>The levels of its caller at which it may return true, and at which false; for one that returns no truth value both are where it may return.</summary>
    public LevelSet WhenTrue { get; init; } = LevelSet.All;

    public LevelSet WhenFalse { get; init; } = LevelSet.All;

    public bool Equals(IrqlSummary? other)
        => ReferenceEquals(this, other)
            || (other is not null && Exit == other.Exit && LevelWhenThrown == other.LevelWhenThrown && WhenTrue == other.WhenTrue && WhenFalse == other.WhenFalse
                && Findings.SequenceEqual(other.Findings) && Calls.SequenceEqual(other.Calls));

    public override bool Equals(object? obj) => Equals(obj as IrqlSummary);

    public override int GetHashCode() => unchecked((Findings.Length * 31) + Calls.Length);
}
