using Vmbus.Diagnostics;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// An outgoing packet: KMCL VMBPACKET. It comes from the channel's lookaside list, may be sent again after it is done, and goes back to the list when
/// disposed. Sending a packet again allocates nothing.
/// </summary>
public sealed partial class VmbusPacket : IDisposable
{
    private readonly bool _isOfCaller;
    private PacketUse _use;
    private PacketTrace _trace;
    private OutgoingData? _data;
    private PacketCompletionHandler? _completionRoutine;

    /// <summary>
    /// Creates a packet that the caller keeps, apart from the channel's lookaside list: KMCL VmbPacketInitialize on memory of the caller's, such as a field of a request
    /// that is sent again and again. How large it is (VmbChannelSizeofPacket) is the runtime's business. Any level.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="completionRoutine">What is called when the packet is done; it may be replaced, and never removed.</param>
    public VmbusPacket(VmbusChannel channel, PacketCompletionHandler completionRoutine)
    {
        ArgumentChecks.RequireNotNull(channel);
        ArgumentChecks.RequireNotNull(completionRoutine);
        Channel = channel;
        _completionRoutine = completionRoutine;
        _isOfCaller = true;
    }

    internal VmbusPacket(VmbusChannel channel) => Channel = channel;

    /// <summary>The channel that the packet was allocated from. KMCL VmbPacketGetChannel.</summary>
    public VmbusChannel Channel { get; }

    /// <summary>A context of the user's own. KMCL VmbPacketSetPointer, VmbPacketGetPointer.</summary>
    public object? Context { get; set; }

    /// <summary>
    /// What is called when the packet is done; <see langword="null"/>: the channel's <see cref="IChannelCallbacks.PacketCompletionRoutine"/>, which frees the
    /// packet unless it is overridden. KMCL VmbPacketSetCompletionRoutine.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is removed from a packet that the caller created, which must have one.</exception>
    public PacketCompletionHandler? CompletionRoutine
    {
        get => _completionRoutine;
        set
        {
            if (_isOfCaller)
            {
                ArgumentChecks.RequireNotNull(value);
            }

            _completionRoutine = value;
        }
    }

    /// <summary>Who waits for the packet in place of a completion routine.</summary>
    internal RequestOperation? Operation { get; set; }

    /// <summary>What the library knows of the packet that owns its channel's rings.</summary>
    internal object? ForeignState { get; set; }

    /// <summary>The next of several packets that are done at one time.</summary>
    internal VmbusPacket? NextDone { get; set; }

    /// <summary>The opening in which the packet is under way.</summary>
    internal ChannelConnection? Connection => _use.Connection;

    /// <summary>Names the present send.</summary>
    internal long Serial => _use.Serial;

    /// <summary>Whether the present send is in the ring or in the queue. Under the lock of the outgoing queue.</summary>
    internal bool IsCommitted => _use.IsCommitted;

    /// <summary>Whether the present send is in the ring, so that the other side can know of it. Any thread.</summary>
    internal bool IsInRing => _use.Place == PacketPlace.Ring;

    /// <summary>
    /// Makes the packet reference memory, in place of what it referenced. The memory is shared with the other side from Send until the packet is done. Only on
    /// client endpoints. KMCL VmbPacketSend's ExternalDataMdl.
    /// </summary>
    /// <param name="data">The memory; empty: no external data.</param>
    /// <param name="readOnly">Whether the other side is asked only to read it: a hint, no protection.</param>
    /// <exception cref="InvalidOperationException">The packet is under way, or was disposed.</exception>
    public void SetExternalData(Memory<byte> data, bool readOnly = false)
    {
        _use.RequireIdle();
        _data?.Clear();
        if (!data.IsEmpty)
        {
            AppendExternalData(data, readOnly);
        }
    }

    /// <summary>Adds a piece to the memory that the packet references: the next MDL of a chain.</summary>
    /// <param name="data">The memory, not empty.</param>
    /// <param name="readOnly">Whether the other side is asked only to read it.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The packet is under way, or was disposed.</exception>
    public void AppendExternalData(Memory<byte> data, bool readOnly = false)
    {
        _use.RequireIdle();
        if (data.IsEmpty)
        {
            throw new ArgumentException("A piece of external data is empty.", nameof(data)).With(NtStatus.InvalidParameter);
        }

        (_data ??= new OutgoingData()).Add(data, readOnly);
    }

    /// <summary>
    /// Sends the packet. If the ring is full it is queued on the channel. KMCL VmbPacketSend, and VmbPacketSendWithExternalMdl where it references memory.
    /// DISPATCH_LEVEL or lower. Completion routines of packets that get into the ring by this call are called before it returns; inside a completion routine, after that
    /// has returned.
    /// </summary>
    /// <param name="payload">The payload, copied before the call returns. On the wire it is padded with zeros to a multiple of 8 bytes.</param>
    /// <param name="flags">Whether the packet is done in the ring or when the other side has completed it.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>: it is under way or done; otherwise it was not sent and stays the caller's: <see cref="NtStatus.DeviceRemoved"/> (the
    /// channel is not open), <see cref="NtStatus.InvalidBufferSize"/> (payload or external data exceed the channel's maximum),
    /// <see cref="NtStatus.InvalidDeviceRequest"/> (external data on a server endpoint), <see cref="NtStatus.InvalidParameter"/> (unknown flags),
    /// <see cref="NtStatus.InsufficientResources"/> (more than a million packets wait for their completion), <see cref="NtStatus.InvalidDeviceState"/> (the channel
    /// is saved and was not started since).
    /// </returns>
    /// <exception cref="InvalidOperationException">The packet is under way, or was disposed.</exception>
    /// <exception cref="IrqlViolationException"><see cref="VmbusSendFlags.PagedBuffer"/> at DISPATCH_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Dispatch)]
    public NtStatus Send(ReadOnlySpan<byte> payload, VmbusSendFlags flags = VmbusSendFlags.None)
        => SendCore(payload, flags, shares: _data is { PieceCount: > 0 });

    /// <summary>
    /// Sends the packet with pages of the guest's memory that the caller names. KMCL VmbPacketSendWithExternalPfns. DISPATCH_LEVEL or lower.
    /// </summary>
    /// <param name="payload">The payload, copied before the call returns.</param>
    /// <param name="pageFrameNumbers">The pages: guest physical addresses divided by 4096.</param>
    /// <param name="byteOffset">Where in the first page the data begins, below 4096.</param>
    /// <param name="byteCount">The length of the data in bytes.</param>
    /// <param name="flags">Must contain <see cref="VmbusSendFlags.WaitForCompletion"/>.</param>
    /// <returns>As <see cref="Send"/>; <see cref="NtStatus.InvalidParameter"/> also where the wait flag is missing or the numbers do not fit each other.</returns>
    /// <exception cref="InvalidOperationException">The packet is under way, was disposed, or references memory.</exception>
    [IrqlRequiresMax(Irql.Dispatch)]
    public NtStatus SendWithExternalPages(ReadOnlySpan<byte> payload, ReadOnlySpan<ulong> pageFrameNumbers, uint byteOffset, uint byteCount, VmbusSendFlags flags)
    {
        _use.RequireIdle();
        if (_data is { PieceCount: > 0 })
        {
            throw new InvalidOperationException("The packet references memory already. Call SetExternalData with empty memory first.").With(NtStatus.InvalidDeviceState);
        }

        if ((flags & VmbusSendFlags.WaitForCompletion) == 0
            || byteCount == 0
            || byteOffset >= GpaRange.PageSize
            || GpaRange.PagesSpanned(byteCount, byteOffset) != pageFrameNumbers.Length)
        {
            return NtStatus.InvalidParameter;
        }

        if ((flags & VmbusSendFlags.ForceMdlLength) == 0 && Channel.ExceedsExternalData(byteCount, pieces: 1))
        {
            return NtStatus.InvalidBufferSize;
        }

        if (!(_data ??= new OutgoingData()).TryReference(pageFrameNumbers, byteOffset, byteCount))
        {
            return NtStatus.InvalidBufferSize;
        }

        NtStatus status = SendCore(payload, flags, shares: false);
        if (!status.IsSuccess())
        {
            // Else it is under way or done, and may reference something else by now.
            _data.Clear();
        }

        return status;
    }

    /// <summary>Gives the packet up while it is under way: its completion routine is called with <see cref="NtStatus.Cancelled"/>. DISPATCH_LEVEL or lower.</summary>
    /// <remarks>
    /// Completion routines are called before it returns: that of this packet, and, where this packet held up others by waiting for room, those of packets that ask for
    /// no completion and get into the ring now. They are done at that moment, and there may never be another thread that finds them so. Hold no lock that a completion
    /// routine takes. <see cref="Send"/> does as much.
    /// </remarks>
    /// <returns>
    /// <see langword="false"/>: it is done already, cannot be given up because the other side has its external data, or its channel is being saved or waits, restored,
    /// for its opening. A completion that comes later is counted and touches nothing.
    /// </returns>
    [IrqlRequiresMax(Irql.Dispatch)]
    public bool Cancel() => Cancel(Serial);

    /// <summary>Gives the packet back to the channel's lookaside list; ends the use of one that the caller created. KMCL VmbPacketFree. DISPATCH_LEVEL or lower.</summary>
    /// <exception cref="InvalidOperationException">The packet is under way.</exception>
    [IrqlRequiresMax(Irql.Dispatch)]
    public void Dispose()
    {
        if (_use.TryFree())
        {
            Context = null;
            _completionRoutine = null;
            _data?.Clear();
            if (!_isOfCaller)
            {
                Channel.ReturnPacket(this);
            }
        }
    }

    internal bool Cancel(long serial)
    {
        if (Channel.Foreign is { } foreign)
        {
            return foreign.TryCancel(this, serial);
        }

        if (!_use.TryLook(serial, out ulong transactionId, out ChannelConnection? connection))
        {
            return false;
        }

        bool isGivenUp = connection.Outgoing.TryGiveUp(this, serial, transactionId, unlessSent: _data is { PieceCount: > 0 });
        if (isGivenUp)
        {
            connection.Finish(this, NtStatus.Cancelled, default);
        }

        return isGivenUp;
    }

    /// <summary>The present send has got so far. Under the lock of the outgoing queue.</summary>
    internal void MoveTo(PacketPlace place) => _use.MoveTo(place);

    /// <summary>Takes the packet out of the lookaside list.</summary>
    internal void Reuse() => _use.Reuse();

    /// <summary>The packet is done: it belongs to whoever is told.</summary>
    internal void Finish(IChannelCallbacks callbacks, NtStatus status, ReadOnlySpan<byte> buffer)
    {
        EndRequest(status);
        TakeBack(isSettled: status == NtStatus.Success);
        if (Operation is { } operation)
        {
            operation.End(status, buffer);
        }
        else if (CompletionRoutine is { } routine)
        {
            routine(this, status, buffer);
        }
        else
        {
            callbacks.PacketCompletionRoutine(this, status, buffer);
        }
    }
}
