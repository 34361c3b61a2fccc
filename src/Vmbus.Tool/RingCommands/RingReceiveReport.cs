using Vmbus.Tool.Inspection;

namespace Vmbus.Tool.RingCommands;

/// <summary>What <c>vmbus ring receive --json</c> prints.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="SignalWriter">Whether the writer is to be signalled.</param>
internal sealed record RingReceiveReport(PacketSnapshot Packet, bool SignalWriter);
