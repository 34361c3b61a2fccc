using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Vmbus.Ring;

/// <summary>The ranges, back to back, that several extended headers end with: checked as a whole before anybody walks over them.</summary>
internal static class GpaRangeList
{
    /// <summary>Byte count and byte offset, before the page frame numbers.</summary>
    public const int RangeHeaderLength = 8;

    /// <summary>The most bytes that a range and its first page may span together: more overflows the peer's 32-bit arithmetic.</summary>
    private const long MaximumSpan = uint.MaxValue - (GpaRange.PageSize - 1);

    /// <summary>Checks that the announced ranges are right and lie in the bytes.</summary>
    /// <param name="ranges">A private copy of the bytes from the first range to the end of the extended header.</param>
    /// <param name="count">The announced number of ranges.</param>
    /// <param name="allowTrailingBytes">Whether bytes may follow the last range.</param>
    /// <param name="totalBytes">The sum of the byte counts.</param>
    /// <param name="corruption">What is wrong.</param>
    public static bool TryCheck(
        ReadOnlySpan<byte> ranges,
        uint count,
        bool allowTrailingBytes,
        out long totalBytes,
        [NotNullWhen(false)] out RingCorruption? corruption)
    {
        totalBytes = 0;
        // Each range takes 16 bytes or more, so that a huge count ends with the bytes and not after 2^32 rounds.
        ReadOnlySpan<byte> rest = ranges;
        if (count == 0)
        {
            corruption = new(RingField.RangeCount, count, 1, (ulong)ranges.Length / (2 * RangeHeaderLength), "at least 1");
            return false;
        }

        for (uint index = 0; index < count; index++)
        {
            if (rest.Length < RangeHeaderLength)
            {
                corruption = new(RingField.RangeCount, count, 1, index, $"at most {index}, which the {ranges.Length} bytes of the header hold");
                return false;
            }

            uint byteCount = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            uint byteOffset = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (byteOffset >= GpaRange.PageSize)
            {
                corruption = new(RingField.RangeByteOffset, byteOffset, 0, GpaRange.PageSize - 1, "an offset into a page, at most 4095", NameOf(index));
                return false;
            }

            if (byteCount == 0 || (long)byteCount + byteOffset > MaximumSpan)
            {
                ulong most = (ulong)(MaximumSpan - byteOffset);
                corruption = new(RingField.RangeByteCount, byteCount, 1, most, $"at least 1 and at most {most}", NameOf(index));
                return false;
            }

            rest = rest[RangeHeaderLength..];
            long pages = GpaRange.PagesSpanned(byteCount, byteOffset);
            if (pages > rest.Length / sizeof(ulong))
            {
                ulong most = (ulong)Math.Max(0, ((long)(rest.Length / sizeof(ulong)) * GpaRange.PageSize) - byteOffset);
                corruption = new(RingField.RangeByteCount, byteCount, 1, most, $"at most {most}, for which the header has page frame numbers", NameOf(index));
                return false;
            }

            totalBytes += byteCount;
            rest = rest[((int)pages * sizeof(ulong))..];
        }

        if (!rest.IsEmpty && !allowTrailingBytes)
        {
            ulong exact = (ulong)(ranges.Length - rest.Length);
            corruption = new(RingField.ExtendedHeaderLength, (ulong)ranges.Length, exact, exact, $"{exact} bytes of ranges, which {count} ranges fill");
            return false;
        }

        corruption = null;
        return true;
    }

    private static string NameOf(uint index) => $"range {index}";
}
