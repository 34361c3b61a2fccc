using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Vmbus.Ring;

/// <summary>The extended header of <see cref="PacketType.DataUsingGpaDirect"/>: the guest memory that the packet is about.</summary>
/// <remarks>Parsed from a private copy, never from the ring itself. Written by <see cref="GpaRangeWriter"/>.</remarks>
public readonly ref struct GpaDirectHeader
{
    /// <summary>The bytes before the first range: a reserved word, which may hold garbage, and the number of ranges.</summary>
    internal const int FixedLength = 8;

    private readonly ReadOnlySpan<byte> _ranges;

    private GpaDirectHeader(ReadOnlySpan<byte> ranges, uint count, long totalBytes)
    {
        _ranges = ranges;
        RangeCount = (int)count;
        TotalBytes = totalBytes;
    }

    /// <summary>The number of ranges; at least 1.</summary>
    public int RangeCount { get; }

    /// <summary>The sum of the ranges' lengths in bytes.</summary>
    public long TotalBytes { get; }

    /// <summary>Parses and checks a header: every count, offset and page list, in 64 bits.</summary>
    /// <param name="extendedHeader">A private copy of the packet's extended header.</param>
    /// <param name="header">The header, a view of <paramref name="extendedHeader"/>.</param>
    /// <param name="corruption">Which field was wrong.</param>
    /// <param name="allowTrailingBytes">Whether bytes may follow the last range, as some peers allow.</param>
    /// <returns>Whether all is right.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> extendedHeader,
        out GpaDirectHeader header,
        [NotNullWhen(false)] out RingCorruption? corruption,
        bool allowTrailingBytes = false)
    {
        header = default;
        if (!ExtendedHeader.HasLength(extendedHeader, FixedLength, out corruption))
        {
            return false;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(extendedHeader[4..]);
        ReadOnlySpan<byte> ranges = extendedHeader[FixedLength..];
        if (!GpaRangeList.TryCheck(ranges, count, allowTrailingBytes, out long totalBytes, out corruption))
        {
            return false;
        }

        header = new GpaDirectHeader(ranges, count, totalBytes);
        return true;
    }

    /// <summary>Walks over the ranges.</summary>
    public GpaRangeEnumerator GetEnumerator() => new(_ranges, (uint)RangeCount);
}
