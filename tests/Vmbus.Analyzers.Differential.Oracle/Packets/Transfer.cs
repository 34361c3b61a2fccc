namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A record that holds a pended packet.</summary>
public sealed record Transfer(PendingPacket Packet, int Number);
