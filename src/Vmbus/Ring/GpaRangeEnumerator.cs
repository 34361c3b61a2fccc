using System.Buffers.Binary;

namespace Vmbus.Ring;

/// <summary>Walks over the ranges of a <see cref="GpaDirectHeader"/> or <see cref="GpadlEstablishHeader"/>.</summary>
public ref struct GpaRangeEnumerator
{
    private ReadOnlySpan<byte> _rest;
    private uint _left;

    internal GpaRangeEnumerator(ReadOnlySpan<byte> ranges, uint count)
    {
        _rest = ranges;
        _left = count;
    }

    /// <summary>The range that <see cref="MoveNext"/> came to.</summary>
    public GpaRange Current { get; private set; }

    /// <summary>Goes to the next range.</summary>
    /// <returns>False: there is none.</returns>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        uint byteCount = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        uint byteOffset = BinaryPrimitives.ReadUInt32LittleEndian(_rest[4..]);
        int pages = (int)GpaRange.PagesSpanned(byteCount, byteOffset) * sizeof(ulong);
        Current = new GpaRange(byteCount, byteOffset, _rest.Slice(GpaRangeList.RangeHeaderLength, pages));
        _rest = _rest[(GpaRangeList.RangeHeaderLength + pages)..];
        return true;
    }
}
