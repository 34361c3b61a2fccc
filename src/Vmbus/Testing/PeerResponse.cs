using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus.Testing;

/// <summary>How the other side answered a request.</summary>
/// <param name="Status"><see cref="NtStatus.Success"/>, or why there is no answer: <see cref="NtStatus.DeviceRemoved"/> when the channel closed, <see cref="NtStatus.Cancelled"/> when the time was up.</param>
/// <param name="Payload">The payload of the completion packet, with the padding of the wire; empty where it had none.</param>
public readonly record struct PeerResponse(NtStatus Status, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The payload as a structure.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <returns>The first bytes of the payload.</returns>
    /// <exception cref="TestExpectationException">The request was not answered, or with fewer bytes than the structure has.</exception>
    public T As<T>()
        where T : unmanaged
    {
        if (!Status.IsSuccess())
        {
            throw new TestExpectationException($"The request was not answered: {Status}.");
        }

        return Payload.Length >= Unsafe.SizeOf<T>()
            ? MemoryMarshal.Read<T>(Payload.Span)
            : throw new TestExpectationException($"The answer has {Payload.Length} bytes, {typeof(T).Name} has {Unsafe.SizeOf<T>()}: {PayloadText.Of(Payload.Span)}.");
    }
}
