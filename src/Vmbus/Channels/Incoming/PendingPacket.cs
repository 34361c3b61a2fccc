using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>
/// The duty to complete a packet, taken out of its callback by <see cref="PacketCompletion.Pend"/>: it may be stored and completed later, from any
/// thread, at DISPATCH_LEVEL or lower. Copies are the same packet; equality tells whether two values are.
/// </summary>
/// <remarks>
/// <see langword="default"/> is no packet (<see cref="IsDefault"/>) and throws <see cref="InvalidOperationException"/> on use. A member that is asked while
/// another thread completes the packet answers for this packet, or throws as it does afterwards, and never answers for the next one; only a span that was taken ends unseen.
/// </remarks>
public readonly struct PendingPacket : IEquatable<PendingPacket>
{
    private readonly IncomingPacket? _packet;
    private readonly long _generation;

    internal PendingPacket(IncomingPacket packet, long generation)
    {
        _packet = packet;
        _generation = generation;
    }

    /// <summary>Whether this is no packet.</summary>
    public bool IsDefault => _packet is null;

    /// <summary>The packet's bytes. The span ends with completion.</summary>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public ReadOnlySpan<byte> Buffer
    {
        get
        {
            ReadOnlySpan<byte> bytes = Readable().OwnBytes;
            RequireStillReadable();
            return bytes;
        }
    }

    /// <summary>The packet's bytes as memory, whose accessors throw <see cref="ObjectDisposedException"/> after completion.</summary>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public ReadOnlyMemory<byte> BufferMemory => Packet.Memory(_generation);

    /// <inheritdoc cref="PacketCompletion.TransactionId"/>
    public ulong TransactionId
    {
        get
        {
            ulong id = Readable().TransactionId;
            RequireStillReadable();
            return id;
        }
    }

    /// <inheritdoc cref="PacketCompletion.IsCompletionRequested"/>
    public bool IsCompletionRequested
    {
        get
        {
            bool isRequested = Readable().IsCompletionRequested;
            RequireStillReadable();
            return isRequested;
        }
    }

    /// <inheritdoc cref="PacketCompletion.ClientContext"/>
    public Span<byte> ClientContext => Packet.Context(_generation);

    /// <inheritdoc cref="PacketCompletion.Channel"/>
    public VmbusChannel Channel => Readable().Owner.Channel;

    private IncomingPacket Packet => _packet ?? ThrowDefault();

    /// <summary>Whether two values are the same packet.</summary>
    public static bool operator ==(PendingPacket left, PendingPacket right) => left.Equals(right);

    /// <summary>Whether two values are different packets.</summary>
    public static bool operator !=(PendingPacket left, PendingPacket right) => !left.Equals(right);

    /// <summary>Completes the packet without payload. KMCL VmbChannelPacketComplete.</summary>
    /// <remarks>On a channel that has meanwhile closed or failed the packet is released, nothing is sent, and nothing is thrown.</remarks>
    /// <exception cref="InvalidOperationException">The packet was completed or failed before.</exception>
    public void Complete() => Packet.Complete(_generation, PacketDuty.Pended, default);

    /// <inheritdoc cref="PacketCompletion.Complete(ReadOnlySpan{byte})"/>
    public void Complete(ReadOnlySpan<byte> payload) => Packet.Complete(_generation, PacketDuty.Pended, payload);

    /// <inheritdoc cref="PacketCompletion.Complete{T}(in T)"/>
    public void Complete<[DynamicallyAccessedMembers(PayloadLayout.Fields)] T>(in T payload)
        where T : unmanaged
    {
        T copy = payload;
        Complete(PayloadPadding<T>.ToWire(ref copy));
    }

    /// <inheritdoc cref="PacketCompletion.Fail"/>
    public void Fail() => Packet.Fail(_generation, PacketDuty.Pended);

    /// <summary>
    /// The packet's external data: what was obtained before <see cref="PacketCompletion.Pend"/>, else it is made accessible now, at PASSIVE_LEVEL only.
    /// Never answers <see cref="NtStatus.Pending"/>. KMCL VmbChannelPacketGetExternalData.
    /// </summary>
    /// <param name="flags">What the data is needed for.</param>
    /// <param name="data">The data on success; it ends with completion.</param>
    /// <returns><see cref="NtStatus.Success"/>, or <see cref="NtStatus.InvalidParameter"/>: the packet has no external data, or references what is not there, or a flag is unknown.</returns>
    /// <exception cref="ObjectDisposedException">The packet was completed or failed before.</exception>
    public NtStatus GetExternalData(ExternalDataFlags flags, out ExternalData data)
        => Packet.GetExternalData(_generation, PacketDuty.Pended, flags, out data);

    /// <inheritdoc/>
    public bool Equals(PendingPacket other) => ReferenceEquals(_packet, other._packet) && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is PendingPacket other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_packet), _generation);

    /// <summary>Sends an in-band packet with the packet's transaction id; the packet is still owed.</summary>
    internal void ReplyInBand(ReadOnlySpan<byte> bytes) => Packet.ReplyInBand(_generation, PacketDuty.Pended, bytes);

    internal void HandlerThrew(Exception exception) => Packet.HandlerThrew(_generation, exception);

    private IncomingPacket Readable()
    {
        IncomingPacket packet = Packet;
        packet.RequireReadable(_generation);
        return packet;
    }

    /// <summary>What was read is the packet's, unless another thread has completed it meanwhile: then it may be that of the next packet of the place.</summary>
    private void RequireStillReadable()
    {
        Volatile.ReadBarrier();
        _packet!.RequireReadable(_generation);
    }

    [DoesNotReturn]
    private static IncomingPacket ThrowDefault()
        => throw new InvalidOperationException("This PendingPacket is default and stands for no packet. Test IsDefault before use.").With(NtStatus.InvalidDeviceState);
}
