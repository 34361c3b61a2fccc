namespace Vmbus.Tool.Inspection;

/// <summary>A packet that waits in a ring.</summary>
/// <param name="Number">From 0, in the order in which they will be received.</param>
/// <param name="Start">A byte offset into the data area.</param>
/// <param name="Bytes">What it takes in the ring, footer included.</param>
/// <param name="Type">Its number.</param>
/// <param name="TypeName">Its name; null if it has none.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="IsCompletionRequested">What they say.</param>
/// <param name="TransactionId">In hexadecimal.</param>
/// <param name="ExtendedHeader">In words, or what is wrong with it; empty where there is none.</param>
/// <param name="ExtendedHeaderBytes">In hexadecimal.</param>
/// <param name="PayloadLength">In bytes, with the padding.</param>
/// <param name="Payload">In hexadecimal.</param>
internal sealed record PacketSnapshot(
    int Number,
    int Start,
    int Bytes,
    int Type,
    string? TypeName,
    int Flags,
    bool IsCompletionRequested,
    string TransactionId,
    string ExtendedHeader,
    string ExtendedHeaderBytes,
    int PayloadLength,
    string Payload)
{
    /// <summary>The number of the type and, if it has one, its name.</summary>
    public string DescribeType() => TypeName is null ? FormattableString.Invariant($"{Type}") : FormattableString.Invariant($"{Type} {TypeName}");

    /// <summary>The flags in hexadecimal and, where known, in words.</summary>
    public string DescribeFlags() => IsCompletionRequested ? $"0x{Flags:x} completion requested" : $"0x{Flags:x}";

    /// <summary>The start of the payload in hexadecimal.</summary>
    public string PayloadStart(int bytes) => PayloadLength <= bytes ? Payload : Payload[..(2 * bytes)] + "...";
}
