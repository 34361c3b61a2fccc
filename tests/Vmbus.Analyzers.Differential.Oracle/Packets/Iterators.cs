namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>Tells the path where an iterator stands.</summary>
public static class Iterators
{
    /// <summary>It is about to wait with a packet that it owes.</summary>
    public static void Suspend() => PacketPath.Current.Suspend();

    /// <summary>It runs again.</summary>
    public static void Resume() => PacketPath.Current.Resume();
}
