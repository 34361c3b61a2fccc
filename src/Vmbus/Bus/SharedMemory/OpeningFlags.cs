namespace Vmbus;

/// <summary>What a message says of an opening.</summary>
[Flags]
internal enum OpeningFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The client's packets have the header of a pipe.</summary>
    Pipe = 0x1,
}
