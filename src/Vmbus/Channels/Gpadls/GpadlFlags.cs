namespace Vmbus;

/// <summary>How a GPADL is created or mapped.</summary>
[Flags]
public enum GpadlFlags : uint
{
    /// <summary>For reading and writing.</summary>
    None = 0,

    /// <summary>For reading only: a hint that helps the other side, no protection.</summary>
    ReadOnly = 0x1,
}
