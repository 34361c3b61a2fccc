namespace Vmbus.Tool.Inspection;

/// <summary>What is in a ring, at one moment.</summary>
/// <param name="File">The file's name.</param>
/// <param name="DataSize">The size of the data area in bytes.</param>
/// <param name="ControlPage">The control page.</param>
/// <param name="BytesInUse">Packets with their footers; null where the control page cannot be right.</param>
/// <param name="BytesFree">A packet fits if it takes less; null where the control page cannot be right.</param>
/// <param name="LargestPayload">In-band, on an empty ring, in bytes.</param>
/// <param name="Packets">Those that wait, up to the first that cannot be right.</param>
/// <param name="Corruption">What cannot be right; null for a sound ring.</param>
internal sealed record RingSnapshot(
    string File,
    int DataSize,
    ControlPageSnapshot ControlPage,
    int? BytesInUse,
    int? BytesFree,
    int? LargestPayload,
    IReadOnlyList<PacketSnapshot> Packets,
    string? Corruption)
{
    /// <summary>As the last line of a report.</summary>
    public string DescribeCount() => Packets.Count == 1 ? "1 packet" : FormattableString.Invariant($"{Packets.Count} packets");
}
