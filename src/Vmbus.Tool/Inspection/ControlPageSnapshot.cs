using Vmbus.Ring;

namespace Vmbus.Tool.Inspection;

/// <summary>The control page of a ring.</summary>
/// <param name="WriteIndex">Where the next packet will be placed, a byte offset into the data area.</param>
/// <param name="ReadIndex">The next unread packet.</param>
/// <param name="InterruptMask">Not 0: the reader wants no signal.</param>
/// <param name="PendingSendSize">Bytes that the writer waits for; 0: it is not blocked.</param>
/// <param name="FeatureBits">Bit 0: the writer uses the pending send size.</param>
/// <param name="GuestToHostInterruptCount">A statistic that few guests keep.</param>
internal sealed record ControlPageSnapshot(uint WriteIndex, uint ReadIndex, uint InterruptMask, uint PendingSendSize, uint FeatureBits, ulong GuestToHostInterruptCount)
{
    /// <summary>Its fields: name, value and meaning.</summary>
    public IEnumerable<(string Name, string Value, string Meaning)> Describe()
    {
        yield return ("write index", Invariant($"{WriteIndex}"), "where the next packet will be placed");
        yield return ("read index", Invariant($"{ReadIndex}"), "the next unread packet");
        yield return ("interrupt mask", Invariant($"{InterruptMask}"), InterruptMask == 0 ? "the reader wants to be signalled" : "the reader wants no signal");
        yield return ("pending send size", Invariant($"{PendingSendSize}"), PendingSendSize == 0 ? "the writer is not blocked" : "bytes that the writer waits for");
        bool flowControl = (FeatureBits & RingControlPage.PendingSendSizeFeature) != 0;
        yield return ("feature bits", $"0x{FeatureBits:x}", flowControl ? "the writer uses the pending send size" : "the writer polls when the ring is full");
        yield return ("interrupt count", Invariant($"{GuestToHostInterruptCount}"), "guest to host; a statistic that few guests keep");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
