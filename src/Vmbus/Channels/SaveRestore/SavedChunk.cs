using System.Buffers.Binary;

namespace Vmbus;

/// <summary>A chunk of a saved channel whose header and checksum are right. What its records say is not believed yet.</summary>
internal readonly ref struct SavedChunk
{
    /// <summary>Names the save that the chunk is part of.</summary>
    public Guid State { get; private init; }

    /// <summary>Which of the chunks it is, from 0.</summary>
    public uint Sequence { get; private init; }

    /// <summary>Whether it is the last.</summary>
    public bool IsLast { get; private init; }

    public ReadOnlySpan<byte> Records { get; private init; }

    /// <summary>Whether a buffer seems to begin with the first chunk of a save.</summary>
    public static bool IsFirst(ReadOnlySpan<byte> buffer)
        => buffer.Length >= SavedStateFormat.ChunkHeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(buffer[24..]) == 0;

    /// <summary>Takes the first chunk off a buffer.</summary>
    /// <exception cref="VmbusException">There is no whole, undamaged chunk of this version.</exception>
    public static SavedChunk Take(ref ReadOnlySpan<byte> buffer, VmbusChannel channel)
    {
        if (buffer.Length < SavedStateFormat.ChunkHeaderLength)
        {
            throw Truncated(channel, buffer.Length, SavedStateFormat.ChunkHeaderLength);
        }

        ReadOnlySpan<byte> header = buffer[..SavedStateFormat.ChunkHeaderLength];
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) is not SavedStateFormat.Magic and var magic)
        {
            throw new VmbusException(NtStatus.DataError, $"What channel {channel} is to be restored from is no saved channel: it begins with 0x{magic:X8}, not 0x{SavedStateFormat.Magic:X8}.");
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(header[4..]) is not SavedStateFormat.Version and var version)
        {
            throw new VmbusException(
                NtStatus.RevisionMismatch,
                $"The saved state for channel {channel} has version {version}; this release reads version {SavedStateFormat.Version}. Restore it with the release that saved it.");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(header[28..]);
        if (length < 0 || length > buffer.Length - SavedStateFormat.ChunkHeaderLength)
        {
            throw Truncated(channel, buffer.Length, SavedStateFormat.ChunkHeaderLength + (long)(uint)length);
        }

        ReadOnlySpan<byte> records = buffer.Slice(SavedStateFormat.ChunkHeaderLength, length);
        uint written = BinaryPrimitives.ReadUInt32LittleEndian(header[SavedStateFormat.ChecksumOffset..]);
        uint computed = SavedChecksum.Compute(header[..SavedStateFormat.ChecksumOffset], records);
        uint sequence = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        if (written != computed)
        {
            throw new VmbusException(
                NtStatus.DataError,
                $"Chunk {sequence} of the saved state for channel {channel} is damaged: its checksum is 0x{written:X8}, and its bytes give 0x{computed:X8}. Restore from an undamaged copy.");
        }

        ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        if ((flags & ~SavedStateFormat.LastChunk) != 0)
        {
            throw new VmbusException(NtStatus.DataError, $"Chunk {sequence} of the saved state for channel {channel} has unknown flags 0x{flags:X4}.");
        }

        buffer = buffer[(SavedStateFormat.ChunkHeaderLength + length)..];
        return new SavedChunk
        {
            State = new Guid(header.Slice(8, 16)),
            Sequence = sequence,
            IsLast = (flags & SavedStateFormat.LastChunk) != 0,
            Records = records,
        };
    }

    private static VmbusException Truncated(VmbusChannel channel, int length, long expected)
        => new(NtStatus.DataError, $"The saved state for channel {channel} is truncated: {length} bytes are left where a chunk of {expected} begins. Restore whole chunks, as SaveContinue filled them.");
}
