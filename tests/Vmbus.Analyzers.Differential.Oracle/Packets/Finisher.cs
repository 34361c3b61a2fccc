namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A ref struct that holds the packet of a callback and completes it when asked to.</summary>
public readonly ref struct Finisher(PacketCompletion packet)
{
    private readonly PacketCompletion _packet = packet;

    public void Finish() => _packet.Complete();
}
