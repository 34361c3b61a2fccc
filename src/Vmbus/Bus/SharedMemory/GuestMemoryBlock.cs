using System.Buffers;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// Memory of a guest that the host's process sees where it lies: what packets and GPADLs reference of it is not copied. Dispose it when it is needed no more; what
/// a packet or a GPADL references at that time stays until it is done.
/// </summary>
public sealed class GuestMemoryBlock : IMemoryOwner<byte>
{
    private readonly GuestPages _pages;
    private int _disposed;

    internal GuestMemoryBlock(SharedMapping mapping, GuestPages pages, int firstPage, int pageCount, int length)
    {
        _pages = pages;
        FirstPageFrameNumber = (ulong)firstPage;
        PageCount = pageCount;
        Memory = mapping.Memory.Slice(firstPage * RingMemory.PageSize, length);
    }

    /// <summary>The memory, zero at first. It must not be used after disposal: the pages may serve somebody else.</summary>
    public Memory<byte> Memory { get; }

    /// <summary>The number of the first page, for <see cref="VmbusPacket.SendWithExternalPages"/>: a guest physical address divided by 4096. The others follow it.</summary>
    public ulong FirstPageFrameNumber { get; }

    /// <summary>How many pages of 4096 bytes it has.</summary>
    public int PageCount { get; }

    /// <summary>Gives the pages back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _pages.Release((int)FirstPageFrameNumber, PageCount);
        }
    }
}
