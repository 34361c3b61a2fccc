namespace Vmbus;

/// <summary>What the page table says of a page.</summary>
internal enum PageAccess : byte
{
    /// <summary>The guest does not share it: no packet may reference it.</summary>
    None = 0,

    /// <summary>Shared for reading and writing.</summary>
    ReadWrite = 1,

    /// <summary>Shared for reading only.</summary>
    ReadOnly = 2,
}
