namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>Tells the path that a packet is reached through something that the program has made.</summary>
public static class Aliases
{
    /// <summary>A packet goes into a local collection or record, out of which it is completed.</summary>
    public static void Make(PendingPacket packet) => PacketPath.Current.EndThroughAlias(packet);
}
