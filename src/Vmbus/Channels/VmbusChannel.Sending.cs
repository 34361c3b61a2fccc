using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Vmbus.Ring;

namespace Vmbus;

/// <content>Sending.</content>
public sealed partial class VmbusChannel
{
    /// <summary>
    /// Sends an in-band packet that asks for no completion. If the ring is full the packet is queued on the channel and sent later, in order. DISPATCH_LEVEL or lower.
    /// </summary>
    /// <param name="payload">The payload, copied before the call returns. On the wire it is padded with zeros to a multiple of 8 bytes.</param>
    /// <param name="transactionId">The transaction id on the wire.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>; <see cref="NtStatus.DeviceRemoved"/>: the channel is not open; <see cref="NtStatus.InvalidBufferSize"/>: the payload is
    /// larger than the channel's maximum; <see cref="NtStatus.DataError"/>: the ring is corrupt, the channel stops.
    /// </returns>
    [IrqlRequiresMax(Irql.Dispatch)]
    public NtStatus Send(ReadOnlySpan<byte> payload, ulong transactionId = 0) => SendInBand(payload, transactionId, mayQueue: true);

    /// <summary>As <see cref="Send(ReadOnlySpan{byte}, ulong)"/>, with the bytes of a structure; padding inside it is sent as zeros.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <param name="transactionId">The transaction id on the wire.</param>
    /// <inheritdoc cref="Send(ReadOnlySpan{byte}, ulong)" path="/returns"/>
    [IrqlRequiresMax(Irql.Dispatch)]
    public NtStatus Send<[DynamicallyAccessedMembers(PayloadLayout.Fields)] T>(in T payload, ulong transactionId = 0)
        where T : unmanaged
    {
        T copy = payload;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref copy));
        PayloadPadding<T>.Clear(bytes);
        return SendInBand(bytes, transactionId, mayQueue: true);
    }

    /// <summary>
    /// As <see cref="Send(ReadOnlySpan{byte}, ulong)"/>, but never queues: KMCL VmbChannelSendSynchronousRequest with a time-out of 0 and without the wait flag,
    /// the form that a server may use. DISPATCH_LEVEL or lower.
    /// </summary>
    /// <param name="payload">The payload, copied before the call returns.</param>
    /// <returns>As Send; <see cref="NtStatus.BufferOverflow"/>: the packet does not fit into the ring now and was not queued.</returns>
    [IrqlRequiresMax(Irql.Dispatch)]
    public NtStatus TrySend(ReadOnlySpan<byte> payload) => SendInBand(payload, 0, mayQueue: false);

    internal NtStatus SendPacket(VmbusPacket packet, ReadOnlySpan<byte> payload, VmbusSendFlags flags)
    {
        if (_lifecycle.Connection is not { IsOpen: true } connection)
        {
            return NtStatus.DeviceRemoved;
        }

        OutgoingQueue outgoing = connection.Outgoing;
        if ((flags & VmbusSendFlags.WaitForCompletion) == 0)
        {
            return outgoing.Send(PacketType.DataInBand, PacketFlags.None, 0, payload, mayQueue: true, publish: true, packet);
        }

        if (!outgoing.Outstanding.TryAdd(packet, out ulong transactionId))
        {
            return NtStatus.InsufficientResources;
        }

        packet.BeginRequest(transactionId, payload.Length);
        NtStatus status = outgoing.Send(PacketType.DataInBand, PacketFlags.CompletionRequested, transactionId, payload, mayQueue: true, publish: true);
        if (status.IsSuccess() || !outgoing.Outstanding.TryTake(transactionId, out _))
        {
            // A channel that closed in between has taken the packet out and told its completion routine.
            return NtStatus.Success;
        }

        packet.EndRequest(status);
        return status;
    }

    private NtStatus SendInBand(ReadOnlySpan<byte> payload, ulong transactionId, bool mayQueue)
        => _lifecycle.Connection is { IsOpen: true } connection
            ? connection.Outgoing.Send(PacketType.DataInBand, PacketFlags.None, transactionId, payload, mayQueue, publish: true)
            : NtStatus.DeviceRemoved;
}
