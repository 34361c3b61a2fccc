namespace Vmbus;

/// <summary>What the bus knows of a GPADL: the pages that the client described, and whether the server has them mapped.</summary>
internal sealed class SharedGpadl(uint handle, ulong[] pageFrameNumbers, uint byteOffset, uint length, bool isReadOnly)
{
    public uint Handle { get; } = handle;

    public ulong[] PageFrameNumbers { get; } = pageFrameNumbers;

    /// <summary>Where in the first page it begins.</summary>
    public uint ByteOffset { get; } = byteOffset;

    /// <summary>Whether the client asks only to read it.</summary>
    public bool IsReadOnly { get; } = isReadOnly;

    /// <summary>The length in bytes.</summary>
    public uint Length { get; } = length;

    /// <summary>Whether the server has it mapped; one mapping at a time.</summary>
    public bool IsMapped { get; set; }

    /// <summary>Ends when the client's wish to tear it down has been fulfilled; <see langword="null"/> until it wishes so.</summary>
    public TaskCompletionSource<bool>? TornDown { get; set; }
}
