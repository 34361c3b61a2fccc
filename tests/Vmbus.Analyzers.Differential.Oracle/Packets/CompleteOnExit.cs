namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A ref struct that completes the packet of a callback at the end of its scope.</summary>
public readonly ref struct CompleteOnExit(PacketCompletion packet)
{
    private readonly PacketCompletion _packet = packet;

    public void Dispose() => _packet.Complete();
}
