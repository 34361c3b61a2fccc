using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Findings;

/// <summary>What can be wrong with a call, what is reported first being first.</summary>
internal enum IrqlRule
{
    /// <summary>It requires a lower level than the one it is made at.</summary>
    RequiresLower,

    /// <summary>It requires a higher level.</summary>
    RequiresHigher,

    /// <summary>It blocks.</summary>
    Blocks,

    /// <summary>It enters a monitor.</summary>
    EntersMonitor,

    /// <summary>It waits for the callback that makes it.</summary>
    WaitsForItself,

    /// <summary>It allocates.</summary>
    Allocates,
}

/// <summary>For which callbacks something is a wait for itself.</summary>
internal enum SelfWait
{
    None,

    /// <summary>A wait until every callback has returned: in each of them.</summary>
    ForCallbacks,

    /// <summary>A request that is answered only once the channel has started: where it starts.</summary>
    ForStart,
}

/// <summary>Something that a function does and that is wrong at some levels.</summary>
/// <param name="Rule">What.</param>
/// <param name="Levels">The levels of its caller at which it is reached and wrong.</param>
/// <param name="Detail">The level that is required, or why something allocates.</param>
/// <param name="Way">The calls that lead to it.</param>
internal sealed record IrqlFinding(IrqlRule Rule, LevelSet Levels, string Detail, CallWay Way)
{
    public SelfWait Wait { get; init; }

    /// <summary>For a wait: the parameter whose channel it waits for.</summary>
    public int Parameter { get; init; } = -1;

    /// <summary>For a wait: whether it happens only where the result is awaited.</summary>
    public bool WhenAwaited { get; init; }
}
