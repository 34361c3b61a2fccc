namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A ref struct that holds the packet of a callback and completes it when asked to.</summary>
public readonly ref struct Finisher
{
    private readonly PacketCompletion _packet;

    public Finisher(PacketCompletion packet)
    {
        Unknown.Work();
        _packet = packet;
        PacketPath.Current.GiveAway();
    }

    public void Finish()
    {
        PacketPath.Current.EndElsewhere(_packet);
        _packet.Complete();
        Unknown.Work();
    }
}
