namespace Vmbus;

/// <summary>An exception that left a callback of a channel.</summary>
/// <param name="handler">The callback.</param>
/// <param name="exception">The exception.</param>
public sealed class HandlerExceptionEventArgs(string handler, Exception exception) : EventArgs
{
    /// <summary>The callback, by name.</summary>
    public string Handler { get; } = handler;

    /// <summary>The exception.</summary>
    public Exception Exception { get; } = exception;
}
