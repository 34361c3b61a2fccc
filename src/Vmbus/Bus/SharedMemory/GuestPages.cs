using System.Runtime.CompilerServices;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// The pages of the guest, given out in rows. A page that several hold is free when the last has let it go. Allocates no managed memory in steady state.
/// DISPATCH_LEVEL or lower.
/// </summary>
internal sealed unsafe class GuestPages
{
    private readonly SharedMapping _memory;
    private readonly Page[] _pages;
    private readonly List<Run> _free;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    public GuestPages(SharedMapping memory)
    {
        _memory = memory;
        _pages = new Page[memory.Layout.PageCount];
        _free = [new Run(memory.Layout.FirstGuestPage, memory.Layout.PageCount - memory.Layout.FirstGuestPage)];
    }

    /// <summary>Gives out a row of pages, held once. Their content is what it was.</summary>
    /// <returns>The first page; 0: there is no such row.</returns>
    public int Allocate(int count)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            for (int i = 0; i < _free.Count; i++)
            {
                Run run = _free[i];
                if (run.Count < count)
                {
                    continue;
                }

                if (run.Count == count)
                {
                    _free.RemoveAt(i);
                }
                else
                {
                    _free[i] = new Run(run.First + count, run.Count - count);
                }

                _pages.AsSpan(run.First, count).Fill(new Page { Holders = 1 });
                return run.First;
            }

            return 0;
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Holds pages once more, which are held, for a packet or a GPADL that references them where they lie.</summary>
    /// <param name="first">The first page.</param>
    /// <param name="count">How many.</param>
    /// <param name="isReadOnly">Whether it asks the host only to read: so the page table says while nobody asks for more.</param>
    public void Share(int first, int count, bool isReadOnly)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            for (int page = first; page < first + count; page++)
            {
                _pages[page].Holders++;
                CountShare(page, isReadOnly, 1);
            }
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Lets pages go.</summary>
    /// <param name="first">The first page.</param>
    /// <param name="count">How many.</param>
    /// <param name="use">What they were held for.</param>
    public void Release(int first, int count, PageUse use = PageUse.Own)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            for (int page = first; page < first + count; page++)
            {
                if (use != PageUse.Own)
                {
                    CountShare(page, use == PageUse.SharedReadOnly, -1);
                }

                if (--_pages[page].Holders == 0)
                {
                    SetAccess(page, PageAccess.None);
                    Free(page);
                }
            }
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Says what the host may do with pages.</summary>
    public void SetAccess(int first, int count, PageAccess access)
    {
        for (int page = first; page < first + count; page++)
        {
            SetAccess(page, access);
        }
    }

    private void CountShare(int page, bool isReadOnly, int change)
    {
        ref Page shared = ref _pages[page];
        ref int count = ref isReadOnly ? ref shared.Readers : ref shared.Writers;
        count += change;
        SetAccess(page, shared is { Readers: > 0, Writers: 0 } ? PageAccess.ReadOnly : PageAccess.ReadWrite);
    }

    private void SetAccess(int page, PageAccess access)
        => Volatile.Write(ref Unsafe.AsRef<byte>(_memory.Start + SharedMemoryLayout.PageTableOffset + page), (byte)access);

    private void Free(int page)
    {
        int at = 0;
        int end = _free.Count;
        while (at < end)
        {
            int middle = (at + end) / 2;
            (at, end) = _free[middle].First < page ? (middle + 1, end) : (at, middle);
        }

        bool joinsBefore = at > 0 && _free[at - 1].End == page;
        bool joinsAfter = at < _free.Count && _free[at].First == page + 1;
        if (joinsBefore)
        {
            int count = _free[at - 1].Count + 1 + (joinsAfter ? _free[at].Count : 0);
            _free[at - 1] = new Run(_free[at - 1].First, count);
            if (joinsAfter)
            {
                _free.RemoveAt(at);
            }
        }
        else if (joinsAfter)
        {
            _free[at] = new Run(page, _free[at].Count + 1);
        }
        else
        {
            _free.Insert(at, new Run(page, 1));
        }
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
        public int Holders;

        /// <summary>Those of the holders that share the page for reading.</summary>
        public int Readers;

        /// <summary>Those that share it for reading and writing.</summary>
        public int Writers;
    }

    private readonly record struct Run(int First, int Count)
    {
        public int End => First + Count;
    }
}
