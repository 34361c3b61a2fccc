namespace Vmbus;

/// <summary>A call that the client library refuses; carries the status that KMCL answers with.</summary>
public sealed class VmbusException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="status">The status of the refused call.</param>
    /// <param name="message">What was refused, why, and what to do instead.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public VmbusException(NtStatus status, string message, Exception? innerException = null)
        : base($"{message} (status 0x{(uint)status:X8} {status})", innerException)
    {
        Status = status;
        this.With(status);
    }

    /// <summary>The status that KMCL answers with; also <see cref="Exception.HResult"/>, as in every exception of the library that refuses a call.</summary>
    public NtStatus Status { get; }
}
