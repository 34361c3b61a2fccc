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

    /// <summary>It returns at the level at which it was called or at a higher one: what its caller has raised stays raised.</summary>
    NotBelow,

    Unknown,
}

/// <summary>The level at which a function returns.</summary>
internal readonly record struct ExitLevel(ExitLevelKind Kind, int Value);

/// <summary>The level that a function has raised to, or lowered to, and leaves to whoever catches an exception that comes out of it.</summary>
/// <param name="Value">The level.</param>
/// <param name="From">The levels of its caller at which it does.</param>
internal readonly record struct ThrownLevel(int Value, LevelSet From);

/// <summary>That a function calls a delegate that it is given.</summary>
/// <param name="Ordinal">Which parameter.</param>
/// <param name="Levels">The levels of its caller at which it does.</param>
/// <param name="At">The level at which the delegate then runs; null: the caller's.</param>
/// <param name="IsElsewhere">Whether it runs on another thread, so that its exceptions do not come here.</param>
/// <param name="Step">The call.</param>
internal sealed record DelegateCall(int Ordinal, LevelSet Levels, long? At, bool IsElsewhere, CallStep Step);

/// <summary>What a function does to who calls it.</summary>
internal sealed class IrqlSummary : IEquatable<IrqlSummary>
{
    /// <summary>Of a function that does nothing to who calls it; and what is assumed of one that calls itself, before anything is known of it.</summary>
    public static readonly IrqlSummary None = new();

    /// <summary>Of a function of which nothing is known, so that it may throw.</summary>
    public static readonly IrqlSummary Unknown = new() { ThrowsAt = LevelSet.All };

    public ImmutableArray<IrqlFinding> Findings { get; init; } = [];

    public ImmutableArray<DelegateCall> Calls { get; init; } = [];

    public ExitLevel Exit { get; init; }

    /// <summary>
    /// The level that it leaves to whoever catches an exception that comes out of it, or, where it is async, to whoever called it, since its exceptions
    /// go into the task; null if it restores the level first.
    /// </summary>
    public ThrownLevel? WhenThrown { get; init; }

    /// <summary>The levels of its caller at which an exception may come out of it.</summary>
    public LevelSet ThrowsAt { get; init; }

    /// <summary>The levels of its caller at which it may return true, and at which false; for one that returns no truth value both are where it may return.</summary>
    public LevelSet WhenTrue { get; init; } = LevelSet.All;

    public LevelSet WhenFalse { get; init; } = LevelSet.All;

    /// <summary>Whether it tells nothing of the level, and has nothing to say of how it is called: an exception may come out of it, like out of most.</summary>
    public bool IsQuiet
        => Exit == default && WhenThrown is null && WhenTrue == LevelSet.All && WhenFalse == LevelSet.All && Findings.IsEmpty && Calls.IsEmpty;

    public bool Equals(IrqlSummary? other)
        => ReferenceEquals(this, other)
            || (other is not null && Exit == other.Exit && WhenThrown == other.WhenThrown && ThrowsAt == other.ThrowsAt && WhenTrue == other.WhenTrue && WhenFalse == other.WhenFalse
                && Findings.SequenceEqual(other.Findings) && Calls.SequenceEqual(other.Calls));

    public override bool Equals(object? obj) => Equals(obj as IrqlSummary);

    public override int GetHashCode() => unchecked((Findings.Length * 31) + Calls.Length);
}
