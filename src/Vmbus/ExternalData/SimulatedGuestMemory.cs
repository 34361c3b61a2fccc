using Vmbus.Ring;

namespace Vmbus;

/// <summary>A physical memory whose pages are pieces of managed memory, shared for as long as a packet or a GPADL needs them.</summary>
internal sealed class SimulatedGuestMemory : IGuestMemory
{
    /// <summary>The first page frame number handed out: far from the small numbers that a faulty sender makes up.</summary>
    private const ulong FirstPage = 0x10_0000;

    /// <summary>The bits of a page frame number that tell which place it is. Those above count how often the place was used, up to the 52 that an address leaves.</summary>
    private const int PlaceBits = 28;

    private const ulong PlaceMask = (1 << PlaceBits) - 1;
    private const uint UseMask = (1 << (52 - PlaceBits)) - 1;

    private Page[] _pages = new Page[64];
    private int _used;
    private int _free = -1;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    /// <summary>Shares memory, a page frame number for each started 4096 bytes of it.</summary>
    /// <param name="memory">The memory; not empty.</param>
    /// <param name="isReadOnly">Whether it is given for reading only.</param>
    /// <param name="pageFrameNumbers">Receives the numbers; as many as pages are needed.</param>
    public void Share(Memory<byte> memory, bool isReadOnly, Span<ulong> pageFrameNumbers)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            for (int i = 0; i < pageFrameNumbers.Length; i++)
            {
                int index = _free;
                if (index >= 0)
                {
                    _free = _pages[index].NextFree;
                }
                else
                {
                    if (_used == _pages.Length)
                    {
                        Array.Resize(ref _pages, _pages.Length * 2);
                    }

                    index = _used++;
                }

                // A number that somebody keeps who may have it no more names nothing, and never what is shared after it.
                uint use = (_pages[index].Use + 1) & UseMask;
                _pages[index] = new Page { Region = memory, Offset = i * GpaRange.PageSize, IsReadOnly = isReadOnly, IsShared = true, Use = use };
                pageFrameNumbers[i] = ((ulong)use << PlaceBits) | (FirstPage + (uint)index);
            }
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Takes shared pages back.</summary>
    public void Unshare(ReadOnlySpan<ulong> pageFrameNumbers)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            foreach (ulong number in pageFrameNumbers)
            {
                int index = (int)((number & PlaceMask) - FirstPage);
                _pages[index] = new Page { NextFree = _free, Use = _pages[index].Use };
                _free = index;
            }
        }
        finally
        {
            Exit(taken);
        }
    }

    public bool TryGetPage(ulong pageFrameNumber, out Memory<byte> region, out int offset, out bool isReadOnly)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            ulong index = (pageFrameNumber & PlaceMask) - FirstPage;
            if (index < (uint)_used && _pages[index].IsShared && _pages[index].Use == pageFrameNumber >> PlaceBits)
            {
                ref Page page = ref _pages[index];
                (region, offset, isReadOnly) = (page.Region, page.Offset, page.IsReadOnly);
                return true;
            }
        }
        finally
        {
            Exit(taken);
        }

        (region, offset, isReadOnly) = (default, 0, false);
        return false;
    }

    private void Exit(bool taken)
    {
        if (taken)
        {
            _lock.Exit(useMemoryBarrier: false);
        }
    }

    private struct Page
    {
        public Memory<byte> Region;
        public int Offset;
        public int NextFree;
        public uint Use;
        public bool IsReadOnly;
        public bool IsShared;
    }
}
