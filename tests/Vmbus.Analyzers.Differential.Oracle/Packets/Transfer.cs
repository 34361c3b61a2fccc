namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A record that holds a pended packet.</summary>
public sealed record Transfer
{
    public Transfer(PendingPacket packet, int number)
    {
        Unknown.Work();
        Packet = packet;
        Number = number;
    }

    public PendingPacket Packet { get; }

    public int Number { get; }
}
