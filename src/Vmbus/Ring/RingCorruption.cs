using System.Globalization;

namespace Vmbus.Ring;

/// <summary>What was wrong in memory that the peer controls: the field, the value that was read, and what would have been right.</summary>
/// <param name="Field">The field that held the value.</param>
/// <param name="Value">The value, as it was read (once).</param>
/// <param name="Minimum">The smallest value that would have been accepted.</param>
/// <param name="Maximum">The largest value that would have been accepted.</param>
/// <param name="Expected">What would have been accepted, in words; reads on after "expected".</param>
/// <param name="Location">Where: for example "the packet at 4072", "range 3"; empty for a field of the control page.</param>
public sealed record RingCorruption(RingField Field, ulong Value, ulong Minimum, ulong Maximum, string Expected, string Location = "")
{
    /// <summary>One sentence that names the field, its value and what was expected.</summary>
    public string Message
    {
        get
        {
            string place = Location.Length == 0 ? "" : $" of {Location}";
            return string.Create(CultureInfo.InvariantCulture, $"The {NameOf(Field)}{place} is {Value} (0x{Value:X}); expected {Expected}.");
        }
    }

    /// <summary>The same as <see cref="Message"/>.</summary>
    public override string ToString() => Message;

    private static string NameOf(RingField field) => field switch
    {
        RingField.WriteIndex => "write index",
        RingField.ReadIndex => "read index",
        RingField.InterruptMask => "interrupt mask",
        RingField.AvailableBytes => "number of available bytes",
        RingField.PacketType => "type",
        RingField.PacketOffset8 => "offset8",
        RingField.PacketLength8 => "length8",
        RingField.PacketFlags => "flags",
        RingField.ExtendedHeaderLength => "extended header length",
        RingField.RangeCount => "range count",
        RingField.RangeByteCount => "byte count",
        RingField.RangeByteOffset => "byte offset",
        RingField.TransferPageSetId => "transfer page set id",
        _ => field.ToString(),
    };
}
