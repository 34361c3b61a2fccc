using System.Buffers.Binary;

namespace Vmbus;

/// <summary>A save in progress: what the channel has under way, and how much of it was written.</summary>
internal sealed class ChannelSave
{
    private readonly VmbusChannel _channel;
    private readonly SavedPlace[] _places;
    private readonly Pending[] _packets;
    private readonly Guid _state = Guid.NewGuid();
    private uint _sequence;
    private bool _hasChannel;
    private int _nextPlace;
    private int _nextPacket;

    /// <summary>What the SavePacket callback needs for the next packet; <see langword="null"/>: it was not asked yet.</summary>
    private int? _needed;

    /// <param name="channel">The channel.</param>
    /// <param name="opening">The opening that it is in; <see cref="Guid.Empty"/>: none.</param>
    /// <param name="outgoing">What it has under way; <see langword="null"/>: nothing. It is frozen.</param>
    public ChannelSave(VmbusChannel channel, Guid opening, OutgoingQueue? outgoing)
    {
        _channel = channel;
        Opening = opening;
        WaitingSend[] waiting = [];
        _places = outgoing is null ? [] : outgoing.Freeze(out waiting);
        List<Pending> packets = [];
        HashSet<ulong> queued = [.. waiting.Where(send => send.Packet is not null && send.IsCompletionRequested).Select(send => send.TransactionId)];
        for (int i = 0; i < _places.Length; i++)
        {
            ulong transactionId = OutstandingPackets.IdOf(i, _places[i].Generation);
            if (_places[i] is { Use: SavedPlaceUse.Awaited, Packet: { } packet })
            {
                if (packet.Operation is not null)
                {
                    // Whoever awaits it will not be there; its completion is to be known, and ignored.
                    _places[i] = _places[i] with { Use = SavedPlaceUse.GivenUp };
                }
                else if (!queued.Contains(transactionId))
                {
                    packets.Add(new Pending(SavedPacket.Sent(transactionId), packet));
                }
            }
        }

        foreach (WaitingSend send in waiting)
        {
            packets.Add(new Pending(SavedPacket.Waiting(in send), send.Packet is { Operation: null } packet ? packet : null));
        }

        _packets = [.. packets];
    }

    /// <summary>The opening that the channel is in.</summary>
    public Guid Opening { get; }

    /// <summary>Whether everything was written.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Why a callback ended the save.</summary>
    public NtStatus Failure { get; private set; }

    /// <summary>Writes the next chunk. PASSIVE_LEVEL.</summary>
    public NtStatus Continue(Span<byte> buffer, out int bytesFilled, out int bytesRequired)
    {
        bytesFilled = 0;
        bytesRequired = 0;
        if (IsWhole || !Failure.IsSuccess())
        {
            return Failure;
        }

        SavedChunkWriter writer = new(buffer);
        bool isComplete;
        long required;
        bool isSaved = false;
        try
        {
            isComplete = WriteRecords(ref writer, out required);
            isSaved = true;
        }
        finally
        {
            if (!isSaved)
            {
                Failure = NtStatus.Unsuccessful;
            }
        }

        if (!Failure.IsSuccess())
        {
            return Failure;
        }

        if (!isComplete)
        {
            bytesRequired = (int)Math.Min(SavedChunkWriter.LengthFor(required), int.MaxValue);
            if (!writer.HasRecords)
            {
                return NtStatus.BufferTooSmall;
            }
        }

        bytesFilled = writer.Finish(_state, _sequence++, isComplete);
        IsWhole = isComplete;
        return isComplete ? NtStatus.Success : NtStatus.BufferOverflow;
    }

    /// <param name="writer">The chunk.</param>
    /// <param name="required">What the record takes that did not fit.</param>
    /// <returns>Whether everything that was left was written.</returns>
    private bool WriteRecords(ref SavedChunkWriter writer, out long required)
    {
        required = SavedStateFormat.ChannelRecordLength;
        if (!_hasChannel)
        {
            if (writer.Room < SavedStateFormat.ChannelRecordLength)
            {
                return false;
            }

            WriteChannel(writer.BeginRecord(SavedRecordKind.Channel, SavedStateFormat.ChannelRecordLength));
            writer.EndRecord(SavedStateFormat.ChannelRecordLength);
            _hasChannel = true;
        }

        return WritePlaces(ref writer, out required) && WritePackets(ref writer, out required);
    }

    private void WriteChannel(Span<byte> record)
    {
        VmbusChannelOptions options = _channel.Options;
        Opening.TryWriteBytes(record);
        options.InterfaceType.TryWriteBytes(record[16..]);
        options.InterfaceInstance.TryWriteBytes(record[32..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[48..], (options.IsPipe ? SavedStateFormat.PipeChannel : 0) | ((uint)_channel.SubChannelIndex << SavedStateFormat.SubChannelShift));
        BinaryPrimitives.WriteInt32LittleEndian(record[52..], _places.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[56..], _packets.Length);
    }

    private bool WritePlaces(ref SavedChunkWriter writer, out long required)
    {
        required = SavedStateFormat.PlacesHeaderLength + SavedStateFormat.PlaceLength;
        int left = _places.Length - _nextPlace;
        int count = Math.Min(left, (writer.Room - SavedStateFormat.PlacesHeaderLength) / SavedStateFormat.PlaceLength);
        if (count > 0)
        {
            int length = SavedStateFormat.PlacesHeaderLength + (count * SavedStateFormat.PlaceLength);
            Span<byte> record = writer.BeginRecord(SavedRecordKind.Places, length);
            BinaryPrimitives.WriteInt32LittleEndian(record, _nextPlace);
            for (int i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(record[(SavedStateFormat.PlacesHeaderLength + (i * SavedStateFormat.PlaceLength))..], _places[_nextPlace++].ToNumber());
            }

            writer.EndRecord(length);
        }

        return _nextPlace == _places.Length;
    }

    private bool WritePackets(ref SavedChunkWriter writer, out long required)
    {
        required = 0;
        for (; _nextPacket < _packets.Length; _nextPacket++)
        {
            (SavedPacket state, VmbusPacket? packet) = _packets[_nextPacket];
            if (packet is not null)
            {
                if (!WriteUserPacket(ref writer, state, packet, out required))
                {
                    return false;
                }
            }
            else
            {
                required = state.Length;
                if (writer.Room < required)
                {
                    return false;
                }

                state.Write(writer.BeginRecord(SavedRecordKind.QueuedPacket, state.Length));
                writer.EndRecord(state.Length);
            }
        }

        return true;
    }

    /// <returns>Whether the packet was written; else it did not fit, or its callback failed.</returns>
    private bool WriteUserPacket(ref SavedChunkWriter writer, SavedPacket state, VmbusPacket packet, out long required)
    {
        int fixedLength = SavedStateFormat.PacketHeaderLength + state.Length;
        required = fixedLength;
        if (_needed is null && !Ask(packet, default, out _))
        {
            return false;
        }

        while (true)
        {
            int needed = _needed!.Value;
            required = (long)fixedLength + needed;
            if (writer.Room < required)
            {
                return false;
            }

            Span<byte> record = writer.BeginRecord(SavedRecordKind.UserPacket, (int)required);
            BinaryPrimitives.WriteInt32LittleEndian(record, state.Length);
            state.Write(record[SavedStateFormat.PacketHeaderLength..]);
            int written = 0;
            if (needed == 0 || (Ask(packet, record[fixedLength..], out written) && written <= needed))
            {
                writer.EndRecord(fixedLength + written);
                _needed = null;
                return true;
            }

            if (!Failure.IsSuccess())
            {
                return false;
            }

            // It has grown since it was asked.
        }
    }

    /// <summary>Calls the SavePacket callback.</summary>
    /// <returns>Whether it did not fail.</returns>
    private bool Ask(VmbusPacket packet, Span<byte> buffer, out int needed)
    {
        // What an earlier chunk left in the caller's memory is not the driver's.
        buffer.Clear();
        NtStatus status = _channel.CallSavePacket(packet, buffer, out needed);
        if (needed < 0 || (status == NtStatus.BufferTooSmall && needed <= buffer.Length))
        {
            status = NtStatus.InvalidBufferSize;
        }

        if (!status.IsSuccess() && status != NtStatus.BufferTooSmall)
        {
            Failure = status;
            return false;
        }

        _needed = needed;
        return true;
    }

    /// <summary>A packet to be written.</summary>
    /// <param name="State">The library's part.</param>
    /// <param name="Packet">The packet; <see langword="null"/> where it belongs to nobody.</param>
    private readonly record struct Pending(SavedPacket State, VmbusPacket? Packet);
}
