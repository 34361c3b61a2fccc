namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>With which arguments, or when, a member blocks. The numbers stand in the table.</summary>
internal enum BlockingCondition
{
    Always = 0,

    /// <summary>Not with a time-out of zero.</summary>
    UnlessZero = 1,

    /// <summary>Only with a time-out, and not with one of zero.</summary>
    OnlyWithTimeout = 2,

    /// <summary>Not behind a test that the task is complete.</summary>
    UnlessCompleted = 3,

    /// <summary>Not with -1.</summary>
    UnlessSpinning = 4,

    /// <summary>Only on a collection that is created with a bound.</summary>
    OnlyBounded = 5,
}
