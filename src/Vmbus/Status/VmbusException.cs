namespace Vmbus;

/// <summary>A call that the client library refuses; carries the status that KMCL answers with.</summary>
/// <param name="status">The status of the refused call.</param>
/// <param name="message">What was refused, why, and what to do instead.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class VmbusException(NtStatus status, string message, Exception? innerException = null)
    : Exception($"{message} (status 0x{(uint)status:X8} {status})", innerException)
{
    /// <summary>The status that KMCL answers with.</summary>
    public NtStatus Status { get; } = status;
}
