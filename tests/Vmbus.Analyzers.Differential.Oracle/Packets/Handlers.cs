namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A lambda that is given the packet of a callback.</summary>
public delegate void OnPacket(PacketCompletion packet);

/// <summary>A lambda that is given a pended packet.</summary>
public delegate void OnPending(PendingPacket packet);
