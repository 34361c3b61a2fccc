namespace Vmbus.Ring;

/// <summary>A piece of the buffer that a transfer page set names.</summary>
/// <param name="ByteCount">The length in bytes.</param>
/// <param name="ByteOffset">Where the piece starts, from the start of the shared buffer.</param>
public readonly record struct TransferPageRange(uint ByteCount, uint ByteOffset)
{
    /// <summary>The length of an encoded range in bytes.</summary>
    public const int Length = 8;
}
