namespace Vmbus.Tool.Golden;

/// <summary>One page of a <c>send_gpa_direct</c> operation.</summary>
internal sealed class GoldenRange
{
    public required uint ByteCount { get; init; }

    public required uint ByteOffset { get; init; }

    /// <summary>The page frame number, hexadecimal with <c>0x</c>.</summary>
    public required string Pfn { get; init; }
}
