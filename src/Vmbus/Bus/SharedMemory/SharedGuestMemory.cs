using System.Runtime.CompilerServices;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>The guest's pages as the host, or the guest itself, finds them by number. Any number may come from the other side.</summary>
internal sealed unsafe class SharedGuestMemory(SharedMapping mapping) : IGuestMemory
{
    private readonly Memory<byte> _guestPages = mapping.Memory[(mapping.Layout.FirstGuestPage * RingMemory.PageSize)..];

    public bool TryGetPage(ulong pageFrameNumber, out Memory<byte> region, out int offset, out bool isReadOnly)
    {
        SharedMemoryLayout layout = mapping.Layout;
        if (layout.Contains(pageFrameNumber, 1))
        {
            int page = (int)pageFrameNumber;
            PageAccess access = (PageAccess)Volatile.Read(ref Unsafe.AsRef<byte>(mapping.Start + SharedMemoryLayout.PageTableOffset + page));
            if (access is PageAccess.ReadWrite or PageAccess.ReadOnly)
            {
                (region, offset, isReadOnly) = (_guestPages, (page - layout.FirstGuestPage) * RingMemory.PageSize, access == PageAccess.ReadOnly);
                return true;
            }
        }

        (region, offset, isReadOnly) = (default, 0, false);
        return false;
    }
}
