namespace Vmbus;

/// <summary>How a request ended.</summary>
/// <param name="Status">
/// <see cref="NtStatus.Success"/>; <see cref="NtStatus.Cancelled"/>: timed out or cancelled; <see cref="NtStatus.DeviceRemoved"/>: the channel closed;
/// <see cref="NtStatus.BufferTooSmall"/>: the response is longer than the buffer, which holds its beginning.
/// </param>
/// <param name="Written">The bytes of the response in the buffer, with the padding of the wire.</param>
public readonly record struct RequestResult(NtStatus Status, int Written);
