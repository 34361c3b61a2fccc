namespace Vmbus.Analyzers.Differential.Oracle.Levels;

/// <summary>What can go wrong with the level of a path.</summary>
[Flags]
public enum LevelFaults
{
    None = 0,

    /// <summary>Something that blocks was reached at DISPATCH_LEVEL.</summary>
    Blocked = 1,

    /// <summary>A monitor was entered at DISPATCH_LEVEL.</summary>
    Locked = 2,

    /// <summary>A member was called above the level that it requires at most.</summary>
    TooHigh = 4,

    /// <summary>A member was called below the level that it requires at least.</summary>
    TooLow = 8,

    /// <summary>A function returned, or threw, at another level than it was called at, or left a raise open.</summary>
    NotRestored = 16,

    /// <summary>A raise that lowers. Where the function knows nothing of the level at which it is called, nobody says so.</summary>
    RaisedLower = 32,

    /// <summary>A scope was disposed out of order.</summary>
    ScopeMisused = 64,
}
