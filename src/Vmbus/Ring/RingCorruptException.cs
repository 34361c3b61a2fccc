namespace Vmbus.Ring;

/// <summary>A ring cannot be used because memory that the peer controls holds a value that cannot be right.</summary>
/// <param name="corruption">The field, its value and what was expected.</param>
public sealed class RingCorruptException(RingCorruption corruption) : Exception(corruption.Message)
{
    /// <summary>The field, its value and what was expected.</summary>
    public RingCorruption Corruption { get; } = corruption;
}
