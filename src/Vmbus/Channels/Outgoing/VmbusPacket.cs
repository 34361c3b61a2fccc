using Vmbus.Diagnostics;

namespace Vmbus;

/// <summary>
/// An outgoing packet: KMCL VMBPACKET. It comes from the channel's lookaside list, may be sent again after it is done, and goes back to the list when disposed.
/// </summary>
public sealed class VmbusPacket : IDisposable
{
    private const int Free = 0;
    private const int Idle = 1;
    private const int Sent = 2;

    private int _state = Idle;
    private PacketTrace _trace;

    internal VmbusPacket(VmbusChannel channel) => Channel = channel;

    /// <summary>The channel that the packet was allocated from. KMCL VmbPacketGetChannel.</summary>
    public VmbusChannel Channel { get; }

    /// <summary>A context of the user's own. KMCL VmbPacketSetPointer, VmbPacketGetPointer.</summary>
    public object? Context { get; set; }

    /// <summary>
    /// What is called when the packet is done; <see langword="null"/>: the channel's <see cref="IChannelCallbacks.PacketCompletionRoutine"/>, which frees the
    /// packet unless it is overridden. KMCL VmbPacketSetCompletionRoutine.
    /// </summary>
    public PacketCompletionHandler? CompletionRoutine { get; set; }

    /// <summary>Sends the packet. If the ring is full it is queued on the channel. KMCL VmbPacketSend. DISPATCH_LEVEL or lower.</summary>
    /// <param name="payload">The payload, copied before the call returns. On the wire it is padded with zeros to a multiple of 8 bytes.</param>
    /// <param name="flags">Whether the packet is done in the ring or when the other side has completed it.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>; <see cref="NtStatus.DeviceRemoved"/>: the channel is not open, the packet was not sent and stays the caller's;
    /// <see cref="NtStatus.InvalidBufferSize"/>: the payload is larger than the channel's maximum, likewise.
    /// </returns>
    /// <exception cref="InvalidOperationException">The packet is under way, or was disposed.</exception>
    [IrqlRequiresMax(Irql.Dispatch)]
    public NtStatus Send(ReadOnlySpan<byte> payload, VmbusSendFlags flags = VmbusSendFlags.None)
    {
        int before = Interlocked.CompareExchange(ref _state, Sent, Idle);
        if (before != Idle)
        {
            throw new InvalidOperationException(before == Sent
                ? "The packet is under way. Send it again after its completion routine was called, or allocate another."
                : "The packet was disposed. Allocate another with VmbusChannel.AllocatePacket.");
        }

        NtStatus status = Channel.SendPacket(this, payload, flags);
        if (!status.IsSuccess())
        {
            Volatile.Write(ref _state, Idle);
        }

        return status;
    }

    /// <summary>Gives the packet back to the channel's lookaside list. KMCL VmbPacketFree. DISPATCH_LEVEL or lower.</summary>
    /// <exception cref="InvalidOperationException">The packet is under way.</exception>
    [IrqlRequiresMax(Irql.Dispatch)]
    public void Dispose()
    {
        int before = Interlocked.CompareExchange(ref _state, Free, Idle);
        if (before == Sent)
        {
            throw new InvalidOperationException("The packet is under way. Dispose it after its completion routine was called.");
        }

        if (before == Idle)
        {
            Context = null;
            CompletionRoutine = null;
            Channel.ReturnPacket(this);
        }
    }

    /// <summary>Takes the packet out of the lookaside list.</summary>
    internal void Reuse() => Volatile.Write(ref _state, Idle);

    /// <summary>The packet is about to be sent and waits for its completion.</summary>
    internal void BeginRequest(ulong transactionId, int size)
    {
        if (PacketTrace.WantsRequests)
        {
            _trace.BeginRequest(Channel, Channel.Options.TimeProvider, transactionId, size);
        }
    }

    /// <summary>The request has ended, or was not sent after all.</summary>
    internal void EndRequest(NtStatus status)
    {
        if (_trace.IsActive)
        {
            _trace.End(Channel.MeasuredIn, Channel.Options.TimeProvider, status.IsSuccess() ? null : status.ToString());
        }
    }

    /// <summary>The packet is done: it belongs to whoever is told.</summary>
    internal void Finish(IChannelCallbacks callbacks, NtStatus status, ReadOnlySpan<byte> buffer)
    {
        EndRequest(status);
        Volatile.Write(ref _state, Idle);
        if (CompletionRoutine is { } routine)
        {
            routine(this, status, buffer);
        }
        else
        {
            callbacks.PacketCompletionRoutine(this, status, buffer);
        }
    }
}
