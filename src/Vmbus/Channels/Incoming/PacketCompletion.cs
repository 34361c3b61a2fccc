using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>
/// The duty to complete a delivered packet while its callback runs: KMCL VMBPACKETCOMPLETION. Every delivered packet is completed exactly once, by
/// <see cref="Complete()"/>, <see cref="Fail"/>, or later through what <see cref="Pend"/> returns; <see cref="DeferToPassive"/> makes the callback come again.
/// </summary>
/// <remarks>
/// Being a ref struct it cannot be stored, captured or carried over an <see langword="await"/>. Copies are the same packet. Members may be called at
/// DISPATCH_LEVEL or lower. <see langword="default"/> throws <see cref="InvalidOperationException"/> on use.
/// </remarks>
public readonly ref struct PacketCompletion
{
    private readonly IncomingPacket? _packet;
    private readonly long _generation;

    internal PacketCompletion(IncomingPacket packet, long generation)
    {
        _packet = packet;
        _generation = generation;
    }

    /// <summary>The packet's bytes, without the VMBus and KMCL headers. The span ends with the callback or with completion, whichever is first.</summary>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public ReadOnlySpan<byte> Buffer
    {
        get
        {
            IncomingPacket packet = Readable();
            return packet.Bytes;
        }
    }

    /// <summary>The transaction id that the sender chose. It has a meaning only where <see cref="IsCompletionRequested"/> is true, or to the protocol above.</summary>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public ulong TransactionId => Readable().TransactionId;

    /// <summary>Whether the sender waits for a completion packet. The packet must be completed either way.</summary>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public bool IsCompletionRequested => Readable().IsCompletionRequested;

    /// <summary>
    /// An area of <see cref="VmbusChannelOptions.ClientContextSize"/> bytes of the user's own, zero when the packet arrives and kept until completion; read it as
    /// a structure with <see cref="MemoryMarshal.AsRef{T}(Span{byte})"/>. KMCL's packet context.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public Span<byte> ClientContext => Packet.Context(_generation);

    /// <summary>The channel on which the packet came.</summary>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public VmbusChannel Channel => Readable().Owner.Channel;

    internal IncomingPacket Packet => _packet ?? ThrowDefault();

    internal long Generation => _generation;

    /// <summary>Completes the packet without payload. KMCL VmbChannelPacketComplete.</summary>
    /// <exception cref="InvalidOperationException">The packet was completed, failed, deferred or pended before.</exception>
    public void Complete() => Packet.Complete(_generation, PacketDuty.Inline, default);

    /// <summary>Completes the packet; the payload goes back if the sender asked for a completion. KMCL VmbChannelPacketComplete.</summary>
    /// <param name="payload">The payload, copied before the call returns. On the wire it is padded with zeros to a multiple of 8 bytes.</param>
    /// <exception cref="ArgumentException">The payload is larger than the channel's maximum packet; the packet is still owed.</exception>
    /// <exception cref="InvalidOperationException">The packet was completed, failed, deferred or pended before.</exception>
    public void Complete(ReadOnlySpan<byte> payload) => Packet.Complete(_generation, PacketDuty.Inline, payload);

    /// <summary>Completes the packet with the bytes of a structure; padding inside it is sent as zeros. KMCL VmbChannelPacketComplete.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <inheritdoc cref="Complete(ReadOnlySpan{byte})"/>
    public void Complete<[DynamicallyAccessedMembers(PayloadLayout.Fields)] T>(in T payload)
        where T : unmanaged
    {
        T copy = payload;
        Complete(PayloadPadding<T>.ToWire(ref copy));
    }

    /// <summary>Fails the packet as malformed: the channel's queue stops for good. KMCL VmbChannelPacketFail.</summary>
    /// <exception cref="InvalidOperationException">The packet was completed, failed, deferred or pended before.</exception>
    public void Fail() => Packet.Fail(_generation, PacketDuty.Inline);

    /// <summary>
    /// Makes the same callback come again at PASSIVE_LEVEL; return from this one. Delivery of the channel waits meanwhile. KMCL VmbChannelPacketDeferToPassive.
    /// </summary>
    /// <exception cref="InvalidOperationException">The callback runs at PASSIVE_LEVEL (the packet is still owed), or the packet was completed, failed, deferred or pended before.</exception>
    public void DeferToPassive() => Packet.Defer(_generation);

    /// <summary>Takes the duty, and a copy of the bytes, out of the callback.</summary>
    /// <returns>The packet that now owes the completion; complete it later, from any thread.</returns>
    /// <exception cref="InvalidOperationException">The packet was completed, failed, deferred or pended before.</exception>
    public PendingPacket Pend() => Packet.Pend(_generation);

    /// <summary>Makes the packet's external data accessible. KMCL VmbChannelPacketGetExternalData.</summary>
    /// <param name="flags">What the data is needed for.</param>
    /// <param name="data">The data on success; it ends with completion.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>; <see cref="NtStatus.Pending"/>: return from the callback, which comes again, perhaps at another IRQL, when the data is
    /// there; <see cref="NtStatus.InvalidParameter"/>: the packet has no external data, or references what is not there, or a flag is unknown.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The packet was completed, failed or deferred before.</exception>
    /// <exception cref="InvalidOperationException">The packet was pended before: its <see cref="PendingPacket"/> has the data.</exception>
    public NtStatus GetExternalData(ExternalDataFlags flags, out ExternalData data)
        => Packet.GetExternalData(_generation, PacketDuty.Inline, flags, out data);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private IncomingPacket Readable()
    {
        IncomingPacket packet = Packet;
        packet.RequireReadable(_generation);
        return packet;
    }

    [DoesNotReturn]
    private static IncomingPacket ThrowDefault()
        => throw new InvalidOperationException("This PacketCompletion is default and stands for no packet. Use the one that the callback was given.").With(NtStatus.InvalidDeviceState);
}
