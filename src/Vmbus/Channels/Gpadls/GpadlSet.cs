using Vmbus.Ring;

namespace Vmbus;

/// <summary>The GPADLs that an endpoint has created or mapped during one opening of its channel.</summary>
internal sealed class GpadlSet(ChannelConnection connection, BusPort port, VmbusBus bus)
{
    private readonly Lock _sync = new();
    private readonly Dictionary<Gpadl, ulong[]> _created = [];
    private readonly HashSet<Gpadl> _mapped = [];
    private uint _lastHandle;

    public Gpadl Create(Memory<byte> memory, GpadlFlags flags)
    {
        bool isReadOnly = (flags & GpadlFlags.ReadOnly) != 0;
        ulong[] pages = new ulong[GpaRange.PagesSpanned((uint)memory.Length, 0)];
        bus.ShareMemory(memory, isReadOnly, pages);
        DataSegments segments = new();
        segments.Add(memory, isReadOnly: false);
        Gpadl gpadl;
        lock (_sync)
        {
            gpadl = new Gpadl(connection, ++_lastHandle, segments, isReadOnly: false, isMapping: false);
            _created.Add(gpadl, pages);
        }

        port.CreateGpadl(new SharedGpadl(gpadl.Handle, pages, (uint)memory.Length));
        return gpadl;
    }

    public NtStatus Map(uint handle, GpadlFlags flags, out Gpadl? gpadl)
    {
        gpadl = null;
        NtStatus status = port.MapGpadl(handle, out SharedGpadl? shared);
        if (!status.IsSuccess())
        {
            return status;
        }

        DataSegments segments = new();
        for (int i = 0; i < shared!.PageFrameNumbers.Length; i++)
        {
            long left = shared.Length - ((long)i * GpaRange.PageSize);
            if (!segments.TryAddPage(bus.GuestMemory, shared.PageFrameNumbers[i], 0, (int)Math.Min(left, GpaRange.PageSize)))
            {
                port.UnmapGpadl(handle);
                return NtStatus.InvalidParameter3;
            }
        }

        gpadl = new Gpadl(connection, handle, segments, segments.IsReadOnly || (flags & GpadlFlags.ReadOnly) != 0, isMapping: true);
        lock (_sync)
        {
            _mapped.Add(gpadl);
        }

        return NtStatus.Success;
    }

    /// <summary>Unmaps, or deletes once the server has unmapped.</summary>
    public async Task End(Gpadl gpadl, bool isMapping)
    {
        if (isMapping)
        {
            lock (_sync)
            {
                _mapped.Remove(gpadl);
            }

            port.UnmapGpadl(gpadl.Handle);
            return;
        }

        await port.TearDownGpadl(gpadl.Handle).ConfigureAwait(false);
        ulong[]? pages;
        lock (_sync)
        {
            _created.Remove(gpadl, out pages);
        }

        if (pages is not null)
        {
            bus.UnshareMemory(pages);
        }
    }

    /// <summary>The channel has closed: ends what was not ended in the Closed callback.</summary>
    /// <returns>How many there were.</returns>
    public int EndAll()
    {
        List<(Gpadl Gpadl, bool IsMapping)> left = [];
        lock (_sync)
        {
            left.AddRange(_mapped.Select(gpadl => (gpadl, true)));
            left.AddRange(_created.Keys.Select(gpadl => (gpadl, false)));
        }

        int ended = 0;
        foreach ((Gpadl gpadl, bool isMapping) in left)
        {
            if (gpadl.End())
            {
                ended++;

                // The server unmaps when it closes; until then the pages stay shared.
                _ = End(gpadl, isMapping);
            }
        }

        return ended;
    }
}
