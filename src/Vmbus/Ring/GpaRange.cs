using System.Buffers.Binary;

namespace Vmbus.Ring;

/// <summary>A stretch of guest physical memory: bytes that start inside the first of a list of pages.</summary>
/// <remarks>A view of the copied extended header that it was parsed from.</remarks>
public readonly ref struct GpaRange
{
    /// <summary>The size of a page in bytes.</summary>
    public const int PageSize = 4096;

    private readonly ReadOnlySpan<byte> _pages;

    internal GpaRange(uint byteCount, uint byteOffset, ReadOnlySpan<byte> pages)
    {
        ByteCount = byteCount;
        ByteOffset = byteOffset;
        _pages = pages;
    }

    /// <summary>The length in bytes; not 0.</summary>
    public uint ByteCount { get; }

    /// <summary>Where in the first page the range starts; below 4096.</summary>
    public uint ByteOffset { get; }

    /// <summary>How many pages the range touches.</summary>
    public int PageCount => _pages.Length / sizeof(ulong);

    /// <summary>How many pages a range touches, in 64 bits, so that nothing overflows.</summary>
    /// <param name="byteCount">The length of the range in bytes.</param>
    /// <param name="byteOffset">Where in the first page it starts.</param>
    public static long PagesSpanned(uint byteCount, uint byteOffset) => ((long)byteOffset + byteCount + PageSize - 1) / PageSize;

    /// <summary>The page frame number (guest physical address divided by 4096) of a page. Any value may appear.</summary>
    /// <param name="index">From 0 to <see cref="PageCount"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such page.</exception>
    public ulong GetPageFrameNumber(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)PageCount, nameof(index));
        return BinaryPrimitives.ReadUInt64LittleEndian(_pages[(index * sizeof(ulong))..]);
    }
}
