namespace Vmbus;

/// <summary>Exceptions of .NET's own types that carry the status of the kernel, where misuse throws what .NET programmers expect.</summary>
internal static class StatusOfException
{
    /// <summary>Puts the status into <see cref="Exception.HResult"/>.</summary>
    public static T With<T>(this T exception, NtStatus status)
        where T : Exception
    {
        exception.HResult = unchecked((int)status);
        return exception;
    }
}
