namespace Vmbus;

/// <summary>A saved channel whose packets exist again. It waits for the opening that it was saved in.</summary>
/// <param name="state">The state.</param>
/// <param name="packets">The packet of each record of the state; <see langword="null"/> where it belongs to nobody.</param>
internal sealed class RestoredState(SavedChannelState state, VmbusPacket?[] packets)
{
    /// <summary>The opening that the state belongs to; <see cref="Guid.Empty"/>: none.</summary>
    public Guid Opening => state.Opening;

    /// <summary>Makes the state that of a new connection to the same opening, before anything is sent on it.</summary>
    /// <returns>Whether its packets can be sent on the rings of the connection.</returns>
    public bool TryApply(ChannelConnection connection)
    {
        SavedPlace[] places = [.. state.Places];
        for (int i = 0; i < packets.Length; i++)
        {
            SavedPacket packet = state.Packets[i].Packet;
            if (packet.Payload.Length > connection.Outgoing.MaximumPayload)
            {
                return false;
            }

            if (packets[i] is { } owner && packet.IsCompletionRequested)
            {
                ref SavedPlace place = ref places[OutstandingPackets.Split(packet.TransactionId).Index];
                place = place with { Packet = owner };
            }
        }

        connection.Outgoing.Outstanding.Restore(places);
        for (int i = 0; i < packets.Length; i++)
        {
            packets[i]?.Connect(connection);
            if (state.Packets[i].Packet is { IsQueued: true } waiting)
            {
                connection.Outgoing.Restore(new WaitingSend(in waiting, packets[i]));
            }
        }

        return true;
    }

    /// <summary>The opening is gone: whoever owns a packet is told. PASSIVE_LEVEL.</summary>
    public void GiveUp(VmbusChannel channel, NtStatus status)
    {
        foreach (VmbusPacket? packet in packets)
        {
            if (packet is not null)
            {
                channel.FinishUnsent(packet, status);
            }
        }
    }
}
