using System.Buffers.Binary;

namespace Vmbus.Ring;

/// <summary>Builds the extended header of <see cref="PacketType.DataUsingGpaDirect"/> or <see cref="PacketType.EstablishGpadl"/> in a caller's buffer.</summary>
public ref struct GpaRangeWriter
{
    private readonly Span<byte> _buffer;
    private int _length;
    private uint _count;

    private GpaRangeWriter(Span<byte> buffer, uint firstWord)
    {
        ExtendedHeader.CheckDestination(buffer, GpaDirectHeader.FixedLength);
        _buffer = buffer;
        _length = GpaDirectHeader.FixedLength;
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, firstWord);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[4..], 0);
    }

    /// <summary>What was written so far: a complete extended header as soon as there is one range.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>Starts the header of a GPA-direct packet.</summary>
    /// <param name="buffer">8 bytes, and for each range 8 and for each of its pages 8 more.</param>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is shorter than 8 bytes.</exception>
    public static GpaRangeWriter ForGpaDirect(Span<byte> buffer) => new(buffer, 0);

    /// <summary>Starts the header of a packet that establishes a GPADL.</summary>
    /// <param name="buffer">8 bytes, and for each range 8 and for each of its pages 8 more.</param>
    /// <param name="gpadl">The handle of the GPADL.</param>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is shorter than 8 bytes.</exception>
    public static GpaRangeWriter ForEstablishGpadl(Span<byte> buffer, uint gpadl) => new(buffer, gpadl);

    /// <summary>Adds a range.</summary>
    /// <param name="byteCount">The length in bytes; not 0.</param>
    /// <param name="byteOffset">Where in the first page it starts; below 4096.</param>
    /// <param name="pageFrameNumbers">Exactly as many page frame numbers as the range touches pages.</param>
    /// <exception cref="ArgumentException">The buffer is full, or the numbers do not fit each other.</exception>
    public void Add(uint byteCount, uint byteOffset, ReadOnlySpan<ulong> pageFrameNumbers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(byteCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(byteOffset, (uint)GpaRange.PageSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)byteCount + byteOffset + GpaRange.PageSize - 1, uint.MaxValue, nameof(byteCount));
        long pages = GpaRange.PagesSpanned(byteCount, byteOffset);
        if (pages != pageFrameNumbers.Length)
        {
            throw new ArgumentException($"{byteCount} bytes from offset {byteOffset} touch {pages} pages; {pageFrameNumbers.Length} page frame numbers are given.", nameof(pageFrameNumbers));
        }

        Span<byte> rest = _buffer[_length..];
        int needed = GpaRangeList.RangeHeaderLength + (pageFrameNumbers.Length * sizeof(ulong));
        if (rest.Length < needed)
        {
            throw new ArgumentException($"The range takes {needed} bytes; the buffer has {rest.Length} left.");
        }

        BinaryPrimitives.WriteUInt32LittleEndian(rest, byteCount);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], byteOffset);
        for (int i = 0; i < pageFrameNumbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest[(GpaRangeList.RangeHeaderLength + (i * sizeof(ulong)))..], pageFrameNumbers[i]);
        }

        _length += needed;
        _count++;
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer[4..], _count);
    }
}
