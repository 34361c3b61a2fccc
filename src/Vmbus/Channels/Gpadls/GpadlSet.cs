using Vmbus.Ring;

namespace Vmbus;

/// <summary>The GPADLs that an endpoint has created or mapped during one opening of its channel.</summary>
internal sealed class GpadlSet(ChannelConnection connection, BusPort port)
{
    private readonly Lock _sync = new();
    private readonly Dictionary<Gpadl, SharedMemoryOf> _created = [];
    private readonly HashSet<Gpadl> _mapped = [];
    private uint _lastHandle;
    private bool _hasEnded;

    public NtStatus Create(Memory<byte> memory, GpadlFlags flags, out Gpadl? gpadl)
    {
        gpadl = null;
        if (!port.IsGuestMemory(memory))
        {
            return NtStatus.InvalidParameter3;
        }

        bool isReadOnly = (flags & GpadlFlags.ReadOnly) != 0;
        uint byteOffset = port.GetByteOffset(memory);
        ulong[] pages = new ulong[GpaRange.PagesSpanned((uint)memory.Length, byteOffset)];
        if (!port.TryShareMemory(memory, isReadOnly, pages))
        {
            return NtStatus.InsufficientResources;
        }

        DataSegments segments = new();
        segments.Add(memory, isReadOnly: false);
        lock (_sync)
        {
            gpadl = new Gpadl(connection, ++_lastHandle, segments, isReadOnly: false, isMapping: false);
            _created.Add(gpadl, new SharedMemoryOf(memory, isReadOnly, pages));
        }

        NtStatus status = port.CreateGpadl(new SharedGpadl(gpadl.Handle, pages, byteOffset, (uint)memory.Length, isReadOnly));
        if (!status.IsSuccess())
        {
            // A server that is leaving may know of it all the same.
            gpadl.End();
            Unshare(gpadl, isSettled: status != NtStatus.DeviceRemoved);
            gpadl = null;
        }
        else if (Volatile.Read(ref _hasEnded) && gpadl.End())
        {
            // The channel has closed meanwhile.
            _ = End(gpadl, isMapping: false);
        }

        return status;
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
        if (!segments.TryAdd(connection.GuestMemory, shared!.PageFrameNumbers, shared.ByteOffset, shared.Length))
        {
            port.UnmapGpadl(handle);
            return NtStatus.InvalidParameter3;
        }

        Gpadl mapping = new(connection, handle, segments, shared.IsReadOnly || segments.IsReadOnly || (flags & GpadlFlags.ReadOnly) != 0, isMapping: true);
        lock (_sync)
        {
            if (!_hasEnded)
            {
                _mapped.Add(mapping);
                gpadl = mapping;
                return NtStatus.Success;
            }
        }

        // The channel has closed meanwhile: nobody would unmap it, and the client waits for that.
        port.UnmapGpadl(handle);
        return NtStatus.InvalidDeviceState;
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

        bool isSettled = await port.TearDownGpadl(gpadl.Handle).ConfigureAwait(false);
        Unshare(gpadl, isSettled);
    }

    /// <summary>The channel has closed: ends what was not ended in the Closed callback.</summary>
    /// <returns>How many there were.</returns>
    public int EndAll()
    {
        List<(Gpadl Gpadl, bool IsMapping)> left = [];
        lock (_sync)
        {
            _hasEnded = true;
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

    private void Unshare(Gpadl gpadl, bool isSettled)
    {
        SharedMemoryOf? shared;
        lock (_sync)
        {
            _created.Remove(gpadl, out shared);
        }

        if (shared is not null)
        {
            port.UnshareMemory(shared.Memory, shared.IsReadOnly, shared.PageFrameNumbers, isSettled);
        }
    }

    /// <summary>The memory of a GPADL that this side created.</summary>
    private sealed record SharedMemoryOf(Memory<byte> Memory, bool IsReadOnly, ulong[] PageFrameNumbers);
}
