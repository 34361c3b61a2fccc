namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A ref struct that completes the packet of a callback at the end of its scope.</summary>
public readonly ref struct CompleteOnExit
{
    private readonly PacketCompletion _packet;

    public CompleteOnExit(PacketCompletion packet)
    {
        Unknown.Work();
        _packet = packet;
        PacketPath.Current.GiveAway();
    }

    public void Dispose()
    {
        PacketPath.Current.EndElsewhere(_packet);
        _packet.Complete();
        Unknown.Work();
    }
}
