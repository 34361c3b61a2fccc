using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// The memory that two processes share: a page with the two doorbells, the interrupt page, a table with a byte for each page, and the pages of the guest.
/// A page frame number is the number of a page from the beginning.
/// </summary>
internal readonly record struct SharedMemoryLayout
{
    /// <summary>The least size in bytes.</summary>
    public const long MinimumSize = 1 << 20;

    /// <summary>The greatest size in bytes.</summary>
    public const long MaximumSize = 1 << 30;

    /// <summary>The highest channel id: the interrupt page has so many bits for each direction.</summary>
    public const uint MaximumChannelId = (InterruptPageLength / 2 * 8) - 1;

    /// <summary>Where the doorbell of the host's side lies; that of the guest's lies on the next cache line but one.</summary>
    public const int DoorbellOffset = 0;

    /// <summary>The distance of the doorbells.</summary>
    public const int DoorbellStride = 128;

    /// <summary>Where the interrupt page lies: first the half from host to guest, then that from guest to host.</summary>
    public const int InterruptOffset = RingMemory.PageSize;

    /// <summary>The length of the interrupt page.</summary>
    public const int InterruptPageLength = 4096;

    /// <summary>Where the page table lies.</summary>
    public const int PageTableOffset = 2 * RingMemory.PageSize;

    public SharedMemoryLayout(long size)
    {
        Size = size;
        PageCount = (int)(size / RingMemory.PageSize);
        FirstGuestPage = (PageTableOffset + PageCount + RingMemory.PageSize - 1) / RingMemory.PageSize;
    }

    /// <summary>All bytes.</summary>
    public long Size { get; }

    /// <summary>All pages.</summary>
    public int PageCount { get; }

    /// <summary>The first page that is the guest's to use.</summary>
    public int FirstGuestPage { get; }

    /// <summary>Whether memory can have this size.</summary>
    public static bool IsSize(long size) => size is >= MinimumSize and <= MaximumSize && size % RingMemory.PageSize == 0;

    /// <summary>Whether these are pages of the guest.</summary>
    public bool Contains(ulong firstPage, ulong count)
        => firstPage >= (ulong)FirstGuestPage && firstPage < (ulong)PageCount && count <= (ulong)PageCount - firstPage;
}
