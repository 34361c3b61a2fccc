using Vmbus.Ring;

namespace Vmbus;

/// <summary>Pieces of memory that together are one stretch of guest physical memory. Used again for the next packet of a place.</summary>
internal sealed class DataSegments
{
    private Memory<byte>[] _items = new Memory<byte>[1];

    public int Count { get; private set; }

    public long Length { get; private set; }

    /// <summary>Whether the guest gave any of it for reading only.</summary>
    public bool IsReadOnly { get; private set; }

    public void Clear()
    {
        _items.AsSpan(0, Count).Clear();
        Count = 0;
        Length = 0;
        IsReadOnly = false;
    }

    /// <summary>Adds one piece of memory.</summary>
    public void Add(Memory<byte> memory, bool isReadOnly)
    {
        Append(memory, 0, memory.Length);
        IsReadOnly |= isReadOnly;
    }

    /// <summary>One piece, or an empty one where there is none, while another thread may end the life that the pieces belong to.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="lifetime">Whose pieces they are.</param>
    /// <param name="generation">Which of its lives.</param>
    /// <param name="piece">The piece.</param>
    /// <returns><see langword="false"/>: the life has ended, and the piece may be anything.</returns>
    public bool TryGetPiece(int index, IDataLifetime lifetime, long generation, out Memory<byte> piece)
    {
        Memory<byte>[] items = _items;
        piece = (uint)index < (uint)items.Length ? items[index] : default;

        // The pieces of the next life are written only after this one has ended: what was read before it ended is whole, and its own.
        Volatile.ReadBarrier();
        return lifetime.IsAlive(generation);
    }

    /// <summary>Copies bytes out, as many as the destination holds. The range is one that there is.</summary>
    /// <returns><see langword="false"/>: the life has ended; of the bytes some may have been copied.</returns>
    public bool TryCopyTo(Span<byte> destination, long offset, IDataLifetime lifetime, long generation)
    {
        for (int index = 0; !destination.IsEmpty; index++)
        {
            if (!TryGetPiece(index, lifetime, generation, out Memory<byte> piece))
            {
                return false;
            }

            if (offset >= piece.Length)
            {
                offset -= piece.Length;
                continue;
            }

            int count = (int)Math.Min(piece.Length - offset, destination.Length);
            if (!TryCopy(piece.Span.Slice((int)offset, count), destination, lifetime, generation))
            {
                return false;
            }

            destination = destination[count..];
            offset = 0;
        }

        return true;
    }

    /// <summary>Copies bytes in. The range is one that there is.</summary>
    /// <returns><see langword="false"/>: the life has ended; of the bytes some may have been copied, before it did.</returns>
    public bool TryCopyFrom(ReadOnlySpan<byte> source, long offset, IDataLifetime lifetime, long generation)
    {
        for (int index = 0; !source.IsEmpty; index++)
        {
            if (!TryGetPiece(index, lifetime, generation, out Memory<byte> piece))
            {
                return false;
            }

            if (offset >= piece.Length)
            {
                offset -= piece.Length;
                continue;
            }

            int count = (int)Math.Min(piece.Length - offset, source.Length);
            if (!TryCopy(source[..count], piece.Span.Slice((int)offset, count), lifetime, generation))
            {
                return false;
            }

            source = source[count..];
            offset = 0;
        }

        return true;
    }

    /// <summary>Refuses what is no range of data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are no such bytes.</exception>
    public static void RequireRange(long offset, int count, long length)
    {
        if (offset < 0 || offset > length - count)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{count} bytes from offset {offset} on lie outside the {length} bytes of data.").With(NtStatus.InvalidParameter);
        }
    }

    /// <summary>Adds the memory of a range.</summary>
    /// <returns><see langword="false"/>: the guest has not shared all of it.</returns>
    public bool TryAdd(IGuestMemory memory, in GpaRange range)
    {
        long left = range.ByteCount;
        int inPage = (int)range.ByteOffset;
        for (int i = 0; i < range.PageCount; i++)
        {
            if (!TryAddNextPage(memory, range.GetPageFrameNumber(i), ref inPage, ref left))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds the memory of pages.</summary>
    /// <returns><see langword="false"/>: the guest has not shared all of it.</returns>
    public bool TryAdd(IGuestMemory memory, ReadOnlySpan<ulong> pageFrameNumbers, uint byteOffset, long byteCount)
    {
        int inPage = (int)byteOffset;
        foreach (ulong number in pageFrameNumbers)
        {
            if (!TryAddNextPage(memory, number, ref inPage, ref byteCount))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds what of the data lies in its next page: from <paramref name="inPage"/> on, and from 0 on in the page after it.</summary>
    private bool TryAddNextPage(IGuestMemory memory, ulong pageFrameNumber, ref int inPage, ref long left)
    {
        int count = (int)Math.Min(left, GpaRange.PageSize - inPage);
        bool added = TryAddPage(memory, pageFrameNumber, inPage, count);
        left -= count;
        inPage = 0;
        return added;
    }

    /// <summary>Adds bytes of a page.</summary>
    /// <returns><see langword="false"/>: the guest has not shared them.</returns>
    private bool TryAddPage(IGuestMemory memory, ulong pageFrameNumber, int inPage, int count)
    {
        if (!memory.TryGetPage(pageFrameNumber, out Memory<byte> region, out int offset, out bool isReadOnly)
            || region.Length - offset < inPage + count)
        {
            return false;
        }

        Append(region, offset + inPage, count);
        IsReadOnly |= isReadOnly;
        return true;
    }

    /// <summary>Adds a piece, joined to the last one where both lie in one row.</summary>
    private void Append(Memory<byte> region, int offset, int count)
    {
        Length += count;
        if (Count > 0)
        {
            Memory<byte> joined = Joined(_items[Count - 1], region, offset, count);
            if (!joined.IsEmpty)
            {
                _items[Count - 1] = joined;
                return;
            }
        }

        if (Count == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Count++] = region.Slice(offset, count);
    }

    /// <summary>Copies while the life lasts, which cannot give the memory back meanwhile. The spans were taken before: the memory may be of a user's making.</summary>
    private static bool TryCopy(ReadOnlySpan<byte> source, Span<byte> destination, IDataLifetime lifetime, long generation)
    {
        if (!lifetime.TryBeginCopy(generation))
        {
            return false;
        }

        try
        {
            source.CopyTo(destination);
        }
        finally
        {
            lifetime.EndCopy();
        }

        return true;
    }

    private static Memory<byte> Joined(Memory<byte> last, Memory<byte> region, int offset, int count)
    {
        int start = offset - last.Length;
        if (start < 0)
        {
            return default;
        }

        // Equal memories are the same piece of the same object.
        return region.Slice(start, last.Length).Equals(last) ? region.Slice(start, last.Length + count) : default;
    }
}
