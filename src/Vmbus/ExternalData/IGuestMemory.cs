namespace Vmbus;

/// <summary>The guest's physical memory as the other side of a channel reaches it.</summary>
public interface IGuestMemory
{
    /// <summary>Finds a page. DISPATCH_LEVEL or lower.</summary>
    /// <param name="pageFrameNumber">The guest physical address divided by 4096. Any value may come from a peer.</param>
    /// <param name="region">Memory that holds the page; it stays valid while the bus lives.</param>
    /// <param name="offset">Where in <paramref name="region"/> the page begins, in bytes. The region may end inside the page.</param>
    /// <param name="isReadOnly">Whether the guest gave the page for reading only.</param>
    /// <returns>Whether the guest has shared such a page.</returns>
    [IrqlRequiresMax(Irql.Dispatch)]
    bool TryGetPage(ulong pageFrameNumber, out Memory<byte> region, out int offset, out bool isReadOnly);
}
