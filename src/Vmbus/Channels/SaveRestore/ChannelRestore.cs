namespace Vmbus;

/// <summary>A restore in progress: takes chunks, and makes the packets again when all are there. A call that fails changes nothing.</summary>
internal sealed class ChannelRestore(VmbusChannel channel)
{
    private readonly List<ReadOnlyMemory<byte>> _chunks = [];
    private Guid _state;

    /// <summary>How many chunks have come.</summary>
    public int ChunkCount => _chunks.Count;

    /// <summary>Takes chunks.</summary>
    /// <returns>Whether all have come.</returns>
    /// <exception cref="VmbusException">A chunk is damaged, truncated or not the next one; none was taken.</exception>
    public bool Add(ReadOnlySpan<byte> buffer)
    {
        List<ReadOnlyMemory<byte>> added = [];
        Guid state = _state;
        bool isWhole = false;
        while (!buffer.IsEmpty)
        {
            SavedChunk chunk = SavedChunk.Take(ref buffer, channel);
            bool isFirst = _chunks.Count + added.Count == 0;
            if (isFirst)
            {
                state = chunk.State;
            }

            if (isWhole || chunk.State != state || chunk.Sequence != _chunks.Count + added.Count)
            {
                throw new VmbusException(
                    NtStatus.DataError,
                    $"Chunk {chunk.Sequence} of save {chunk.State} was given where chunk {_chunks.Count + added.Count} of {(isFirst ? "a save" : $"save {state}")} {(isWhole ? "cannot be: the one before was the last" : "is due")}. Restore the chunks of one save, in the order in which SaveContinue filled them.");
            }

            isWhole = chunk.IsLast;
            added.Add(chunk.Records.ToArray());
        }

        _chunks.AddRange(added);
        _state = state;
        return isWhole;
    }

    /// <summary>Makes the packets again, with the callbacks of the channel. PASSIVE_LEVEL.</summary>
    /// <param name="status">Success, or what a callback answered.</param>
    /// <returns>The state; <see langword="null"/> where a callback failed.</returns>
    /// <exception cref="VmbusException">The records do not fit together, or belong to another channel.</exception>
    public RestoredState? Finish(out NtStatus status)
    {
        SavedChannelState state = SavedStateDecoder.Decode(channel, _chunks);
        VmbusPacket?[] packets = new VmbusPacket?[state.Packets.Count];
        RestoredState restored = new(state, packets);
        status = NtStatus.Success;
        bool isDone = false;
        try
        {
            for (int i = 0; i < packets.Length; i++)
            {
                if (state.Packets[i].IsOfUser && !Restore(state.Packets[i], out packets[i], out status))
                {
                    return null;
                }
            }

            isDone = true;
            return restored;
        }
        finally
        {
            if (!isDone)
            {
                restored.GiveUp(channel, NtStatus.Cancelled);
            }
        }
    }

    private bool Restore(SavedPacketRecord record, out VmbusPacket? packet, out NtStatus status)
    {
        PacketRestore restore = new(record);
        packet = null;
        try
        {
            status = channel.CallRestorePacket(restore, record);
        }
        finally
        {
            packet = restore.Packet;
        }

        if (status.IsSuccess() && packet is null)
        {
            // What it saved would be lost without anybody noticing.
            status = NtStatus.Unsuccessful;
        }

        return status.IsSuccess();
    }
}
