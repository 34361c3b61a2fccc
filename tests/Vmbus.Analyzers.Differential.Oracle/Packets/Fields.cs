namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>Tells the path what happens to a field that holds a packet.</summary>
public static class Fields
{
    /// <summary>Another packet is about to be put into the field.</summary>
    public static void Displace(PendingPacket held) => PacketPath.Current.Displace(held);

    /// <summary>A packet was put into the field.</summary>
    public static void Stored() => PacketPath.Current.NoteStore();
}
