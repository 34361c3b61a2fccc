namespace Vmbus;

/// <summary>What a message says of a GPADL.</summary>
[Flags]
internal enum GpadlMessageFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>For reading only.</summary>
    ReadOnly = 0x1,
}
