using System.Diagnostics.CodeAnalysis;
using Vmbus.Ring;

namespace Vmbus;

/// <content>Sending.</content>
public sealed partial class VmbusChannel
{
    private Lookaside<VmbusPacket> _lookaside = new();
    private Lookaside<RequestOperation> _operations = new();

    internal ChannelConnection? OpenConnection => _lifecycle.Connection is { IsOpen: true } connection ? connection : null;

    /// <summary>Allocates an outgoing packet from the lookaside list. KMCL VmbPacketAllocate. DISPATCH_LEVEL or lower.</summary>
    /// <returns>The packet; dispose it to give it back.</returns>
    [IrqlRequiresMax(Irql.Dispatch)]
    public VmbusPacket AllocatePacket()
    {
        if (_lookaside.TryTake(out VmbusPacket? packet))
        {
            packet.Reuse();
            return packet;
        }

        return new VmbusPacket(this);
    }

    /// <summary>
    /// Sends an in-band packet that asks for no completion. If the ring is full the packet is queued on the channel and sent later, in order. DISPATCH_LEVEL or lower.
    /// </summary>
    /// <param name="payload">The payload, copied before the call returns. On the wire it is padded with zeros to a multiple of 8 bytes.</param>
    /// <param name="transactionId">The transaction id on the wire.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>; <see cref="NtStatus.DeviceRemoved"/>: the channel is not open; <see cref="NtStatus.InvalidBufferSize"/>: the payload is
    /// larger than the channel's maximum; <see cref="NtStatus.DataError"/>: the ring is corrupt, the channel stops; <see cref="NtStatus.InvalidDeviceState"/>: the
    /// channel is saved and was not started since.
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
        return SendInBand(PayloadPadding<T>.ToWire(ref copy), transactionId, mayQueue: true);
    }

    /// <summary>
    /// As <see cref="Send(ReadOnlySpan{byte}, ulong)"/>, but never queues: KMCL VmbChannelSendSynchronousRequest with a time-out of 0 and without the wait flag,
    /// the form that a server may use. DISPATCH_LEVEL or lower.
    /// </summary>
    /// <param name="payload">The payload, copied before the call returns.</param>
    /// <returns>As Send; <see cref="NtStatus.BufferOverflow"/>: the packet does not fit into the ring now and was not queued.</returns>
    [IrqlRequiresMax(Irql.Dispatch)]
    public NtStatus TrySend(ReadOnlySpan<byte> payload) => SendInBand(payload, 0, mayQueue: false);

    /// <summary>As <see cref="Send(ReadOnlySpan{byte}, ulong)"/>; ends when the packet is in the ring. Allocates nothing in steady state.</summary>
    /// <param name="payload">The payload, copied before the call returns.</param>
    /// <param name="transactionId">The transaction id on the wire.</param>
    /// <param name="cancellationToken">Withdraws the packet while it waits for room.</param>
    /// <returns>As Send; <see cref="NtStatus.Cancelled"/>: withdrawn.</returns>
    [IrqlRequiresMax(Irql.Dispatch)]
    public ValueTask<NtStatus> SendAsync(ReadOnlyMemory<byte> payload, ulong transactionId = 0, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new ValueTask<NtStatus>(NtStatus.Cancelled);
        }

        NtStatus status = SendInBand(payload.Span, transactionId, mayQueue: false);
        if (status != NtStatus.BufferOverflow)
        {
            return new ValueTask<NtStatus>(status);
        }

        ChannelConnection? connection = OpenConnection;
        if (connection is null && Foreign is null)
        {
            // It has closed since there was no room.
            return new ValueTask<NtStatus>(NtStatus.DeviceRemoved);
        }

        VmbusPacket packet = AllocatePacket();
        RequestOperation operation = RentOperation();
        operation.BeginAsync(packet, default);
        packet.Operation = operation;
        status = packet.SendQueued(connection, payload.Span, transactionId);
        if (!status.IsSuccess())
        {
            operation.Abandon();
            return new ValueTask<NtStatus>(status);
        }

        operation.CancelBy(Timeout.InfiniteTimeSpan, cancellationToken);
        return new ValueTask<NtStatus>(operation, operation.Version);
    }

    /// <summary>
    /// Sends a request and waits for its completion. Client endpoints; a server has only the form with a time-out of zero, which does not wait, is not queued
    /// when it does not fit, and may be called at DISPATCH_LEVEL. KMCL VmbChannelSendSynchronousRequest. PASSIVE_LEVEL.
    /// </summary>
    /// <param name="request">The payload of the request.</param>
    /// <param name="response">Receives the payload of the completion. Its length is taken as rounded up to a multiple of 8. Empty: the payload is not wanted, however long it is.</param>
    /// <param name="written">The bytes of the response in <paramref name="response"/>, with the padding of the wire.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/>: for ever.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>; <see cref="NtStatus.Cancelled"/>: timed out, the packet is given up; <see cref="NtStatus.DeviceRemoved"/>: the channel is not
    /// open or closed meanwhile; <see cref="NtStatus.BufferTooSmall"/>: the response is longer than the buffer, which holds its beginning;
    /// <see cref="NtStatus.BufferOverflow"/>: with a time-out of zero, it did not fit; <see cref="NtStatus.InvalidDeviceRequest"/>: on a server endpoint.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, or longer than 2^31 - 1 ms; nothing was sent.</exception>
    /// <exception cref="VmbusException">It was called in a callback of the channel that the completion would have to wait for.</exception>
    /// <exception cref="IrqlViolationException">It would wait above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public NtStatus SendSynchronousRequest(ReadOnlySpan<byte> request, Span<byte> response, out int written, TimeSpan timeout)
    {
        written = 0;
        if (timeout == TimeSpan.Zero)
        {
            return SendInBand(request, 0, mayQueue: false);
        }

        RequireTimeout(timeout);
        KernelIrql.RequirePassive("VmbusChannel.SendSynchronousRequest", "It waits for the completion; use TrySend, a VmbusPacket, or a time-out of zero.");
        if (Options.IsServer)
        {
            return NtStatus.InvalidDeviceRequest;
        }

        if (CallbackScope.Running(this) is { } callback and not CallbackKind.PostStarted)
        {
            throw new VmbusException(
                NtStatus.PossibleDeadlock,
                $"SendSynchronousRequest was called inside a {(callback == CallbackKind.Processing ? "processing" : "state-change")} callback of channel {this}: its completion could never be delivered. Call it in [ChannelPostStarted] or outside callbacks, or use SendRequestAsync without awaiting it there (VMB208).");
        }

        RequestOperation operation = RentOperation();
        VmbusPacket packet = AllocatePacket();
        operation.BeginBlocking(packet, response.Length);
        packet.Operation = operation;
        NtStatus status = packet.Send(request, VmbusSendFlags.WaitForCompletion);
        if (!status.IsSuccess())
        {
            operation.Abandon();
            return status;
        }

        RequestResult result = operation.Wait(timeout, response);
        written = result.Written;
        return result.Status;
    }

    /// <summary>Sends a request; ends with its completion. Allocates nothing in steady state, unless it can be cancelled. DISPATCH_LEVEL or lower.</summary>
    /// <param name="request">The payload of the request, copied before the call returns.</param>
    /// <param name="response">Receives the payload of the completion; it must not be used until the task has ended.</param>
    /// <param name="timeout">When the request is given up; <see langword="null"/>: never.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>
    /// How it ended. The continuation runs on the thread pool, never on a dispatch thread. Where <paramref name="response"/> cannot be written to any more when the
    /// completion comes, the task ends with what the memory threw.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, or longer than 2^31 - 1 ms; nothing was sent.</exception>
    [IrqlRequiresMax(Irql.Dispatch)]
    public ValueTask<RequestResult> SendRequestAsync(
        ReadOnlyMemory<byte> request, Memory<byte> response, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new ValueTask<RequestResult>(new RequestResult(NtStatus.Cancelled, 0));
        }

        RequireTimeout(timeout ?? Timeout.InfiniteTimeSpan);
        RequestOperation operation = RentOperation();
        VmbusPacket packet = AllocatePacket();
        operation.BeginAsync(packet, response);
        packet.Operation = operation;
        NtStatus status = packet.Send(request.Span, VmbusSendFlags.WaitForCompletion);
        if (!status.IsSuccess())
        {
            operation.Abandon();
            return new ValueTask<RequestResult>(new RequestResult(status, 0));
        }

        operation.CancelBy(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken);
        return new ValueTask<RequestResult>(operation, operation.Version);
    }

    internal void ReturnPacket(VmbusPacket packet) => _lookaside.Return(packet);

    internal void ReturnOperation(RequestOperation operation) => _operations.Return(operation);

    internal bool ExceedsExternalData(long length, int pieces)
        => (Options.MaximumExternalData != 0 && length > Options.MaximumExternalData)
            || (Options.MaximumExternalDataChain != 0 && pieces > Options.MaximumExternalDataChain);

    private static void RequireTimeout(TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan && !TimerRange.Contains(timeout))
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, $"A time-out is from 0 to {TimerRange.Maximum} ms, or Timeout.InfiniteTimeSpan.").With(NtStatus.InvalidParameter);
        }
    }

    private RequestOperation RentOperation() => _operations.TryTake(out RequestOperation? operation) ? operation : new RequestOperation(this);

    private NtStatus SendInBand(ReadOnlySpan<byte> payload, ulong transactionId, bool mayQueue)
        => Foreign is { } foreign ? foreign.Send(payload, transactionId, mayQueue)
            : OpenConnection is { } connection ? connection.Outgoing.Send(new OutgoingSend
            {
                Type = PacketType.DataInBand,
                TransactionId = transactionId,
                Payload = payload,
                MayQueue = mayQueue,
                Publish = true,
            })
            : NtStatus.DeviceRemoved;
}
