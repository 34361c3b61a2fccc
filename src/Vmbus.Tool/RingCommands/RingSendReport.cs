namespace Vmbus.Tool.RingCommands;

/// <summary>What <c>vmbus ring send --json</c> prints.</summary>
/// <param name="Bytes">What the packet takes in the ring, footer included.</param>
/// <param name="Start">Where it lies, a byte offset into the data area.</param>
/// <param name="BytesFree">A packet fits if it takes less.</param>
/// <param name="SignalReader">Whether the reader is to be signalled.</param>
internal sealed record RingSendReport(long Bytes, uint Start, int BytesFree, bool SignalReader);
