namespace Vmbus.Tool;

/// <summary>Why a command cannot do what it was asked to: the thing, the value and the remedy.</summary>
/// <param name="exitCode">An <see cref="ExitCode"/>.</param>
/// <param name="message">For standard error.</param>
/// <param name="cause">What was thrown, if something was.</param>
internal sealed class ToolException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;
}
