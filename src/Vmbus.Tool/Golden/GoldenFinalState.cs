namespace Vmbus.Tool.Golden;

/// <summary>The ring after the last operation.</summary>
internal sealed class GoldenFinalState
{
    public required uint WriteIndex { get; init; }

    public required uint ReadIndex { get; init; }

    public required uint InterruptMask { get; init; }

    public required uint PendingSendSize { get; init; }

    public required uint FeatureBits { get; init; }

    /// <summary>The file with the image of control page and data area, beside the vector.</summary>
    public required string Image { get; init; }

    public required long ImageBytes { get; init; }

    public required string Sha256 { get; init; }
}
