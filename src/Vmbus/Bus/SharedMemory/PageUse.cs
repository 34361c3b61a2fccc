namespace Vmbus;

/// <summary>What pages of the guest are held for.</summary>
internal enum PageUse
{
    /// <summary>They were given out: for rings, for a copy, for a block of the user's.</summary>
    Own,

    /// <summary>A packet or a GPADL references them where they lie, and asks the host only to read.</summary>
    SharedReadOnly,

    /// <summary>A packet or a GPADL references them where they lie.</summary>
    SharedReadWrite,
}
