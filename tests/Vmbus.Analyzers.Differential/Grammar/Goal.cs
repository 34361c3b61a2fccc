namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>What a statement is meant to do about its subject.</summary>
internal enum Goal
{
    /// <summary>Leave it as it is.</summary>
    Keep,

    /// <summary>End it, once, on every path.</summary>
    End,
}
