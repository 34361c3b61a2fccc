namespace Vmbus;

/// <content>Saved packets.</content>
public sealed partial class VmbusPacket
{
    /// <summary>
    /// Makes the packet the one that was saved: it is under way again, under the same transaction id, as soon as the channel is open. Inside the RestorePacket
    /// callback, once. KMCL VmbPacketRestore. PASSIVE_LEVEL.
    /// </summary>
    /// <param name="libraryState">The library's part of the saved packet, as the callback was given it.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>; <see cref="NtStatus.InvalidDeviceState"/>: no packet of the channel is being restored, or one has taken this state already;
    /// <see cref="NtStatus.InvalidParameter2"/>: it is not the state that the callback was given.
    /// </returns>
    /// <exception cref="InvalidOperationException">The packet is under way, or was disposed.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public NtStatus Restore(ReadOnlySpan<byte> libraryState)
    {
        KernelIrql.RequirePassive("VmbusPacket.Restore", "Call it in [RestorePacket].");
        _use.RequireIdle();
        if (Channel.RestoringPacket is not { Packet: null } restore)
        {
            return NtStatus.InvalidDeviceState;
        }

        if (!restore.IsFor(libraryState))
        {
            return NtStatus.InvalidParameter2;
        }

        _use.Begin(null);
        _data?.Clear();
        _use.TransactionId = restore.State.IsCompletionRequested ? restore.State.TransactionId : 0;
        MoveTo(restore.State.IsQueued ? PacketPlace.Queue : PacketPlace.Ring);
        if (!restore.TryTake(this))
        {
            TakeBack(isSettled: true);
            return NtStatus.InvalidDeviceState;
        }

        return NtStatus.Success;
    }

    /// <summary>The opening that the restored packet belongs to is there again.</summary>
    internal void Connect(ChannelConnection connection) => _use.Connection = connection;
}
