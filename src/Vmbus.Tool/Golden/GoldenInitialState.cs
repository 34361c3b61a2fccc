namespace Vmbus.Tool.Golden;

/// <summary>The ring before the first operation.</summary>
internal sealed class GoldenInitialState
{
    public required int DataSize { get; init; }

    public required uint WriteIndex { get; init; }

    public required uint ReadIndex { get; init; }

    public required uint InterruptMask { get; init; }

    public required uint PendingSendSize { get; init; }

    public required uint FeatureBits { get; init; }

    /// <summary>The byte that fills the data area.</summary>
    public required byte Fill { get; init; }
}
