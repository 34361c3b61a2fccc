namespace Vmbus.Gen.Analyzers.Flow;

internal enum FlowExitKind
{
    /// <summary>The function returned.</summary>
    Return,

    /// <summary>A <c>throw</c> that is written in the function left it.</summary>
    Throw,

    /// <summary>An exception that some operation may raise left it.</summary>
    ImplicitThrow,
}

/// <summary>A state in which a function is left.</summary>
internal sealed class FlowExit<TState>(FlowExitKind kind, Disjunct<TState> disjunct, Value? value, ExceptionInfo? exception)
    where TState : class, IEquatable<TState>
{
    public FlowExitKind Kind { get; } = kind;

    public Disjunct<TState> Disjunct { get; } = disjunct;

    /// <summary>What is returned, where the engine follows it.</summary>
    public Value? Value { get; } = value;

    public ExceptionInfo? Exception { get; } = exception;
}
