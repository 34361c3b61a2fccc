namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A structure of which a pended packet is a part.</summary>
public record struct Waiting(int Number, PendingPacket Packet);
