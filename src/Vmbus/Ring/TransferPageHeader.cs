using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Vmbus.Ring;

/// <summary>The extended header of <see cref="PacketType.DataUsingTransferPages"/>: pieces of a buffer that was shared before.</summary>
/// <remarks>Parsed from a private copy, never from the ring itself. The receiver's completion gives the pieces back to the sender.</remarks>
public readonly ref struct TransferPageHeader
{
    /// <summary>The bytes before the first range: set id, two bytes that may hold garbage, and the number of ranges.</summary>
    public const int FixedLength = 8;

    private readonly ReadOnlySpan<byte> _ranges;

    private TransferPageHeader(ushort setId, ReadOnlySpan<byte> ranges)
    {
        SetId = setId;
        _ranges = ranges;
    }

    /// <summary>The transfer page set. Whether it is known is for the receiver to check.</summary>
    public ushort SetId { get; }

    /// <summary>The number of ranges.</summary>
    public int RangeCount => _ranges.Length / TransferPageRange.Length;

    /// <summary>A range.</summary>
    /// <param name="index">From 0 to <see cref="RangeCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such range.</exception>
    public TransferPageRange this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)RangeCount, nameof(index));
            ReadOnlySpan<byte> range = _ranges[(index * TransferPageRange.Length)..];
            return new TransferPageRange(BinaryPrimitives.ReadUInt32LittleEndian(range), BinaryPrimitives.ReadUInt32LittleEndian(range[4..]));
        }
    }

    /// <summary>Parses a header, and checks that the ranges lie in the header and in the shared buffer, in 64 bits.</summary>
    /// <param name="extendedHeader">A private copy of the packet's extended header.</param>
    /// <param name="bufferLength">The length of the shared buffer in bytes.</param>
    /// <param name="header">The header, a view of <paramref name="extendedHeader"/>.</param>
    /// <param name="corruption">Which field was wrong.</param>
    /// <returns>Whether all is right.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> extendedHeader,
        long bufferLength,
        out TransferPageHeader header,
        [NotNullWhen(false)] out RingCorruption? corruption)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferLength);
        header = default;
        if (!ExtendedHeader.HasLength(extendedHeader, FixedLength, out corruption))
        {
            return false;
        }

        ushort setId = BinaryPrimitives.ReadUInt16LittleEndian(extendedHeader);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(extendedHeader[4..]);
        ReadOnlySpan<byte> ranges = extendedHeader[FixedLength..];
        uint most = (uint)(ranges.Length / TransferPageRange.Length);
        if (count > most)
        {
            corruption = new(RingField.RangeCount, count, 0, most, $"at most {most}, which the header holds");
            return false;
        }

        var parsed = new TransferPageHeader(setId, ranges[..((int)count * TransferPageRange.Length)]);
        for (int i = 0; i < parsed.RangeCount; i++)
        {
            TransferPageRange range = parsed[i];
            if (range.ByteOffset > bufferLength)
            {
                corruption = new(RingField.RangeByteOffset, range.ByteOffset, 0, (ulong)bufferLength, $"at most {bufferLength}, the length of the shared buffer", NameOf(i));
                return false;
            }

            if (range.ByteCount > bufferLength - range.ByteOffset)
            {
                ulong left = (ulong)(bufferLength - range.ByteOffset);
                corruption = new(RingField.RangeByteCount, range.ByteCount, 0, left, $"at most {left}, which the shared buffer has from offset {range.ByteOffset} on", NameOf(i));
                return false;
            }
        }

        header = parsed;
        return true;
    }

    /// <summary>The length of a header in bytes.</summary>
    /// <param name="rangeCount">How many ranges it has.</param>
    public static int GetLength(int rangeCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rangeCount);
        return checked(FixedLength + (rangeCount * TransferPageRange.Length));
    }

    /// <summary>Encodes a header.</summary>
    /// <param name="destination">At least <see cref="GetLength"/> bytes.</param>
    /// <param name="setId">The transfer page set.</param>
    /// <param name="ranges">The pieces of the shared buffer.</param>
    /// <returns>The bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public static int Write(Span<byte> destination, ushort setId, ReadOnlySpan<TransferPageRange> ranges)
    {
        int length = GetLength(ranges.Length);
        ExtendedHeader.CheckDestination(destination, length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination, setId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], (uint)ranges.Length);
        for (int i = 0; i < ranges.Length; i++)
        {
            Span<byte> range = destination[(FixedLength + (i * TransferPageRange.Length))..];
            BinaryPrimitives.WriteUInt32LittleEndian(range, ranges[i].ByteCount);
            BinaryPrimitives.WriteUInt32LittleEndian(range[4..], ranges[i].ByteOffset);
        }

        return length;
    }

    private static string NameOf(int index) => $"range {index}";
}
