using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>Reads the records of a saved channel. Their checksum was right; nothing else is believed: what does not fit together is refused.</summary>
internal sealed class SavedStateDecoder(VmbusChannel channel)
{
    private readonly List<SavedPlace> _places = [];
    private readonly List<SavedPacketRecord> _packets = [];
    private readonly HashSet<uint> _awaited = [];
    private bool _hasChannel;
    private Guid _opening;
    private uint _placeCount;
    private uint _packetCount;

    /// <summary>Decodes all chunks.</summary>
    /// <exception cref="VmbusException">The state is that of another channel, or its records do not fit together.</exception>
    public static SavedChannelState Decode(VmbusChannel channel, IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        SavedStateDecoder decoder = new(channel);
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            decoder.Add(chunk);
        }

        return decoder.Finish();
    }

    private void Add(ReadOnlyMemory<byte> records)
    {
        while (!records.IsEmpty)
        {
            if (records.Length < SavedStateFormat.RecordHeaderLength)
            {
                Damaged($"{records.Length} bytes are left where a record begins");
            }

            SavedRecordKind kind = (SavedRecordKind)BinaryPrimitives.ReadUInt32LittleEndian(records.Span);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(records.Span[sizeof(uint)..]);
            if (length > records.Length - SavedStateFormat.RecordHeaderLength)
            {
                Damaged($"a record of {length} bytes begins where {records.Length} are left");
            }

            ReadOnlyMemory<byte> record = records.Slice(SavedStateFormat.RecordHeaderLength, (int)length);
            records = records[(SavedStateFormat.RecordHeaderLength + (int)length)..];
            if (kind == SavedRecordKind.Channel == _hasChannel)
            {
                Damaged(_hasChannel ? "it describes its channel twice" : "it does not begin with its channel");
            }

            switch (kind)
            {
                case SavedRecordKind.Channel:
                    AddChannel(record.Span);
                    break;
                case SavedRecordKind.Places:
                    AddPlaces(record.Span);
                    break;
                case SavedRecordKind.UserPacket:
                    AddUserPacket(record);
                    break;
                case SavedRecordKind.QueuedPacket:
                    AddPacket(record, default, isOfUser: false);
                    break;
                default:
                    Damaged($"it has a record of unknown kind {(uint)kind}");
                    break;
            }
        }
    }

    private SavedChannelState Finish()
    {
        if (!_hasChannel || _places.Count != _placeCount || _packets.Count != _packetCount)
        {
            Damaged($"it has {_places.Count} of {_placeCount} transaction ids and {_packets.Count} of {_packetCount} packets");
        }

        for (int i = 0; i < _places.Count; i++)
        {
            if (_places[i].Use == SavedPlaceUse.Awaited && !_awaited.Contains((uint)i))
            {
                Damaged($"transaction {OutstandingPackets.IdOf(i, _places[i].Generation):X} has no packet");
            }
        }

        return new SavedChannelState(_opening, _places, _packets);
    }

    private void AddChannel(ReadOnlySpan<byte> record)
    {
        if (record.Length != SavedStateFormat.ChannelRecordLength)
        {
            Damaged($"its channel takes {record.Length} bytes, not {SavedStateFormat.ChannelRecordLength}");
        }

        _hasChannel = true;
        _opening = new Guid(record[..16]);
        Guid type = new(record.Slice(16, 16));
        Guid instance = new(record.Slice(32, 16));
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(record[48..]);
        _placeCount = BinaryPrimitives.ReadUInt32LittleEndian(record[52..]);
        _packetCount = BinaryPrimitives.ReadUInt32LittleEndian(record[56..]);
        int subChannel = (int)(flags >> SavedStateFormat.SubChannelShift);
        flags &= (1U << SavedStateFormat.SubChannelShift) - 1;
        if ((flags & ~SavedStateFormat.PipeChannel) != 0)
        {
            Damaged($"its channel has unknown flags 0x{flags:X}");
        }

        VmbusChannelOptions options = channel.Options;
        bool isPipe = (flags & SavedStateFormat.PipeChannel) != 0;
        if (type != options.InterfaceType || instance != options.InterfaceInstance || subChannel != channel.SubChannelIndex || isPipe != options.IsPipe)
        {
            throw new VmbusException(
                NtStatus.InvalidParameter2,
                $"The saved state is that of {Describe(isPipe, type, instance, subChannel)}, not of {Describe(options.IsPipe, options.InterfaceType, options.InterfaceInstance, channel.SubChannelIndex)}. Restore it into a channel with the same ids.");
        }
    }

    private static string Describe(bool isPipe, Guid type, Guid instance, int subChannel)
        => $"{(isPipe ? "pipe " : "")}channel {type}/{instance}{(subChannel == 0 ? "" : $" sub-channel {subChannel}")}";

    private void AddPlaces(ReadOnlySpan<byte> record)
    {
        int length = record.Length - SavedStateFormat.PlacesHeaderLength;
        if (length <= 0 || length % SavedStateFormat.PlaceLength != 0)
        {
            Damaged($"its transaction ids take {record.Length} bytes, which is no whole number");
        }

        int count = length / SavedStateFormat.PlaceLength;
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != _places.Count || _places.Count + count > Math.Min(_placeCount, OutstandingPackets.MaximumOutstanding))
        {
            Damaged($"{count} transaction ids are out of place after {_places.Count} of {_placeCount}");
        }

        for (record = record[SavedStateFormat.PlacesHeaderLength..]; !record.IsEmpty; record = record[SavedStateFormat.PlaceLength..])
        {
            SavedPlace place = SavedPlace.FromNumber(BinaryPrimitives.ReadUInt64LittleEndian(record));
            if (place.Use > SavedPlaceUse.Awaited || place.Generation is 0 or > OutstandingPackets.MaximumGeneration)
            {
                Damaged($"transaction id {_places.Count} cannot be {place.Use} in generation {place.Generation}");
            }

            _places.Add(place);
        }
    }

    private void AddUserPacket(ReadOnlyMemory<byte> record)
    {
        if (record.Length < SavedStateFormat.PacketHeaderLength)
        {
            Damaged($"a packet takes {record.Length} bytes");
        }

        uint libraryLength = BinaryPrimitives.ReadUInt32LittleEndian(record.Span);
        record = record[SavedStateFormat.PacketHeaderLength..];
        if (libraryLength > record.Length)
        {
            Damaged($"a packet of {record.Length} bytes says that {libraryLength} are the library's");
        }

        AddPacket(record[..(int)libraryLength], record[(int)libraryLength..], isOfUser: true);
    }

    private void AddPacket(ReadOnlyMemory<byte> libraryState, ReadOnlyMemory<byte> savedState, bool isOfUser)
    {
        if (SavedPacket.TryRead(libraryState, channel.Options.MaximumPacketSize, out SavedPacket packet) is { } wrong)
        {
            Damaged($"packet {_packets.Count} is none: {wrong}");
        }

        if (isOfUser ? packet.Type != Ring.PacketType.DataInBand : !packet.IsQueued)
        {
            Damaged($"packet {_packets.Count} belongs to nobody who could have sent it");
        }

        if (packet.IsCompletionRequested && !Awaits(packet.TransactionId, isOfUser))
        {
            Damaged($"packet {_packets.Count} waits for transaction {packet.TransactionId:X}, which is not its own");
        }

        _packets.Add(new SavedPacketRecord(packet, isOfUser, libraryState, savedState));
    }

    /// <summary>Whether a packet may wait for a transaction: it has a place, and nobody else waits for it.</summary>
    private bool Awaits(ulong transactionId, bool isOfUser)
    {
        (uint index, ulong generation) = OutstandingPackets.Split(transactionId);
        return index < _places.Count
            && _places[(int)index].Generation == generation
            && _places[(int)index].Use == (isOfUser ? SavedPlaceUse.Awaited : SavedPlaceUse.GivenUp)
            && _awaited.Add(index);
    }

    [DoesNotReturn]
    private void Damaged(string what)
        => throw new VmbusException(NtStatus.DataError, $"The saved state for channel {channel} does not fit together: {what}. Restore from what SaveContinue wrote.");
}
