using System.Buffers.Binary;

namespace Vmbus;

/// <summary>Writes one chunk of a saved channel into the caller's memory, record by record.</summary>
internal ref struct SavedChunkWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _length = SavedStateFormat.ChunkHeaderLength;
    private int _record;

    /// <summary>Whether a record was written.</summary>
    public readonly bool HasRecords => _length > SavedStateFormat.ChunkHeaderLength;

    /// <summary>The longest record, without its header, that still fits; negative: none.</summary>
    public readonly int Room => _buffer.Length - _length - SavedStateFormat.RecordHeaderLength;

    /// <summary>The length that the memory must have for a chunk with one record.</summary>
    public static long LengthFor(long recordLength) => SavedStateFormat.ChunkHeaderLength + SavedStateFormat.RecordHeaderLength + recordLength;

    /// <summary>Begins a record.</summary>
    /// <param name="kind">What it holds.</param>
    /// <param name="length">At most <see cref="Room"/>.</param>
    /// <returns>Where its bytes go.</returns>
    public Span<byte> BeginRecord(SavedRecordKind kind, int length)
    {
        _record = _length;
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer[_record..], (uint)kind);
        return _buffer.Slice(_record + SavedStateFormat.RecordHeaderLength, length);
    }

    /// <summary>Ends the record.</summary>
    /// <param name="length">What was written of it.</param>
    public void EndRecord(int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer[(_record + sizeof(uint))..], length);
        _length = _record + SavedStateFormat.RecordHeaderLength + length;
    }

    /// <summary>Ends the chunk.</summary>
    /// <returns>Its length in bytes.</returns>
    public readonly int Finish(Guid state, uint sequence, bool isLast)
    {
        Span<byte> header = _buffer[..SavedStateFormat.ChunkHeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, SavedStateFormat.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], SavedStateFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], isLast ? SavedStateFormat.LastChunk : (ushort)0);
        state.TryWriteBytes(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], sequence);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], _length - SavedStateFormat.ChunkHeaderLength);
        uint checksum = SavedChecksum.Compute(header[..SavedStateFormat.ChecksumOffset], _buffer[SavedStateFormat.ChunkHeaderLength.._length]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[SavedStateFormat.ChecksumOffset..], checksum);
        return _length;
    }
}
