namespace Vmbus.Testing;

/// <summary>Takes over the duty to complete a packet.</summary>
/// <param name="packet">The packet.</param>
public delegate void PendingPacketHandler([CompletesPacket] PendingPacket packet);
