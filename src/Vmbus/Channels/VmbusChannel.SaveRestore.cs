using System.Buffers;
using Vmbus.Verification;

namespace Vmbus;

/// <content>Save and restore.</content>
public sealed partial class VmbusChannel
{
    private PacketRestore? _restoring;

    /// <summary>The packet that the RestorePacket callback is being called for.</summary>
    internal PacketRestore? RestoringPacket => Volatile.Read(ref _restoring);

    /// <summary>
    /// Begins to save a server endpoint: its outgoing packets in flight and those that wait for room. From here on nothing is sent, and nothing under way is given
    /// up. The channel must be paused, with no packet owed. KMCL VmbChannelSaveBegin. PASSIVE_LEVEL.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Call <see cref="SaveContinue"/> until it answers Success, then <see cref="SaveEnd"/>. Afterwards <see cref="Start"/> goes on as if nothing had been saved;
    /// or <see cref="Disable"/> leaves the opening standing on the bus, unnoticed by the client, for an endpoint with the same ids that is restored from the saved
    /// state. The packets end here with <see cref="NtStatus.DeviceRemoved"/> and live on there.
    /// </para>
    /// <para>Disable and a close by the client end a save that is under way.</para>
    /// </remarks>
    /// <exception cref="VmbusException">
    /// The endpoint is a client (<see cref="NtStatus.InvalidDeviceRequest"/>); it is not paused, owes packets, has stopped by itself, is being saved already, or it was
    /// called inside a callback of the channel (<see cref="NtStatus.InvalidDeviceState"/>).
    /// </exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void SaveBegin()
    {
        RequireServer(nameof(SaveBegin));
        if (_lifecycle.BeginSave() is { } obstacle)
        {
            throw new VmbusException(NtStatus.InvalidDeviceState, $"SaveBegin was called on channel {this}, which {obstacle}");
        }
    }

    /// <summary>Writes the next chunk of the saved channel. Calls the SavePacket callback for each packet of the user's. KMCL VmbChannelSaveContinue. PASSIVE_LEVEL.</summary>
    /// <param name="buffer">Receives the chunk, which is to be kept as a whole.</param>
    /// <param name="bytesFilled">The length of the chunk.</param>
    /// <param name="bytesRequired">The length of buffer that the next call needs at the least; 0 when nothing is left.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>: this was the last chunk; <see cref="NtStatus.BufferOverflow"/>: more is to come; <see cref="NtStatus.BufferTooSmall"/>: nothing
    /// was written, the buffer is shorter than <paramref name="bytesRequired"/>; <see cref="NtStatus.InvalidDeviceState"/>: no save is under way, or another thread is
    /// in this call; otherwise what a SavePacket callback answered, which ends the save.
    /// </returns>
    /// <exception cref="VmbusException">The endpoint is a client.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public NtStatus SaveContinue(Span<byte> buffer, out int bytesFilled, out int bytesRequired)
    {
        RequireServer(nameof(SaveContinue));
        bytesFilled = 0;
        bytesRequired = 0;
        if (!_lifecycle.TryEnterSave(out ChannelSave? save))
        {
            return NtStatus.InvalidDeviceState;
        }

        try
        {
            return save.Continue(buffer, out bytesFilled, out bytesRequired);
        }
        finally
        {
            _lifecycle.LeaveSave();
        }
    }

    /// <summary>
    /// Ends a save. If everything was written, the channel sends nothing until <see cref="Start"/>, so that the saved state stays true; else sending goes on at once.
    /// KMCL VmbChannelSaveEnd. PASSIVE_LEVEL.
    /// </summary>
    /// <exception cref="VmbusException">The endpoint is a client, or no save is under way.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void SaveEnd()
    {
        RequireServer(nameof(SaveEnd));
        if (!_lifecycle.TryEndSave())
        {
            throw new VmbusException(NtStatus.InvalidDeviceState, $"SaveEnd was called on channel {this}, which is not being saved, or in a callback of it. Call SaveBegin first.");
        }
    }

    /// <summary>Saves a server endpoint in one call: <see cref="SaveBegin"/>, <see cref="SaveContinue"/> as often as needed, <see cref="SaveEnd"/>. PASSIVE_LEVEL.</summary>
    /// <param name="destination">Receives the chunks, one after the other, as <see cref="RestoreFromBuffer"/> takes them.</param>
    /// <exception cref="VmbusException">As SaveBegin; or a SavePacket callback failed, whose status the exception carries.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Save(IBufferWriter<byte> destination)
    {
        ArgumentChecks.RequireNotNull(destination);
        SaveBegin();
        try
        {
            NtStatus status;
            int required = 0;
            do
            {
                status = SaveContinue(destination.GetSpan(required), out int filled, out required);
                destination.Advance(filled);
            }
            while (status is NtStatus.BufferOverflow or NtStatus.BufferTooSmall);

            if (!status.IsSuccess())
            {
                throw new VmbusException(status, $"Channel {this} was not saved: its SavePacket callback answered {status}, or it was disabled meanwhile.");
            }
        }
        finally
        {
            _lifecycle.TryEndSave();
        }
    }

    /// <summary>
    /// Restores a server endpoint, which has callbacks and is Disabled, from chunks that <see cref="SaveContinue"/> filled. When the last has come the RestorePacket
    /// callback is called for each packet of the user's; the packets are under way again once <see cref="Enable"/> has found the opening that was saved. If it is
    /// gone, they end with <see cref="NtStatus.DeviceRemoved"/>. KMCL VmbChannelRestoreFromBuffer. PASSIVE_LEVEL.
    /// </summary>
    /// <remarks>A call that fails changes nothing; the chunks may be given again. A new save's first chunk begins anew.</remarks>
    /// <param name="buffer">One chunk or several, whole and in order.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>: all is restored; <see cref="NtStatus.MoreProcessingRequired"/>: more chunks are to come; otherwise what a RestorePacket callback
    /// answered (<see cref="NtStatus.Unsuccessful"/>: it restored no packet): nothing is restored.
    /// </returns>
    /// <exception cref="VmbusException">
    /// <see cref="NtStatus.InvalidDeviceRequest"/>: on a client endpoint; <see cref="NtStatus.InvalidParameter1"/>: not Disabled; <see cref="NtStatus.InvalidDeviceState"/>:
    /// no callbacks, or called inside a callback; <see cref="NtStatus.InvalidParameter2"/>: the buffer is empty, or is the state of another channel;
    /// <see cref="NtStatus.DataError"/>: damaged, truncated or out of order; <see cref="NtStatus.RevisionMismatch"/>: of another version.
    /// </exception>
    [IrqlRequiresMax(Irql.Passive)]
    public NtStatus RestoreFromBuffer(ReadOnlySpan<byte> buffer)
    {
        RequireServer(nameof(RestoreFromBuffer));
        if (_callbacks is null)
        {
            throw new VmbusException(NtStatus.InvalidDeviceState, $"RestoreFromBuffer was called on channel {this}, which has no callbacks. Call SetCallbacks first.");
        }

        if (buffer.IsEmpty)
        {
            throw new VmbusException(NtStatus.InvalidParameter2, $"RestoreFromBuffer was called on channel {this} with an empty buffer; it takes whole chunks, as SaveContinue filled them.");
        }

        RequireNoCallback(nameof(RestoreFromBuffer));
        return _lifecycle.Restore(buffer);
    }

    /// <summary>Calls the SavePacket callback. What it throws goes to whoever saves.</summary>
    internal NtStatus CallSavePacket(VmbusPacket packet, Span<byte> buffer, out int needed)
    {
        using CallbackScope scope = CallbackScope.Enter(this, CallbackKind.StateChange);
        using VerifiedCallback verified = VerifiedCallback.Enter(_lifecycle.Connection?.Verifier, nameof(IChannelCallbacks.SavePacket));
        return Callbacks.SavePacket(this, packet, buffer, out needed);
    }

    /// <summary>Calls the RestorePacket callback. What it throws goes to whoever restores.</summary>
    internal NtStatus CallRestorePacket(PacketRestore restore, SavedPacketRecord record)
    {
        using CallbackScope scope = CallbackScope.Enter(this, CallbackKind.StateChange);
        Volatile.Write(ref _restoring, restore);
        try
        {
            return Callbacks.RestorePacket(this, record.LibraryState.Span, record.SavedState.Span);
        }
        finally
        {
            Volatile.Write(ref _restoring, null);
        }
    }

    /// <summary>A restored packet is done although there is no connection.</summary>
    internal void FinishUnsent(VmbusPacket packet, NtStatus status)
    {
        using CallbackScope scope = CallbackScope.Enter(this, CallbackKind.Processing);
        try
        {
            packet.Finish(Callbacks, status, default);
        }
        catch (Exception exception)
        {
            ReportHandlerException("the packet completion routine", exception);
        }
    }

    private void RequireServer(string operation)
    {
        RequireNotDisposed();
        KernelIrql.RequirePassive($"VmbusChannel.{operation}", "It calls callbacks of PASSIVE_LEVEL; call it from ordinary code.");
        if (!Options.IsServer)
        {
            throw new VmbusException(NtStatus.InvalidDeviceRequest, $"{operation} was called on client endpoint {this}: a client is saved with the guest that it is in; save the server.");
        }
    }

    private void RequireNoCallback(string operation)
    {
        if (CallbackScope.Running(this) is not null)
        {
            throw new VmbusException(NtStatus.InvalidDeviceState, $"{operation} was called inside a callback of channel {this}. Call it after the callback has returned.");
        }
    }
}
