namespace Vmbus;

/// <summary>Questions to a status.</summary>
public static class NtStatusExtensions
{
    /// <summary>As NT_SUCCESS: whether the status is a success or information code. <see cref="NtStatus.Pending"/> counts as success.</summary>
    /// <param name="status">The status.</param>
    /// <returns><see langword="true"/> for codes below 0x80000000.</returns>
    public static bool IsSuccess(this NtStatus status) => (int)status >= 0;
}
