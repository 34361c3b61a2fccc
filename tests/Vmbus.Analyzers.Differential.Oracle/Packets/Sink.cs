namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>A library that says with attributes what it does with packets.</summary>
public static class Sink
{
    public static void Take([CompletesPacket] PacketCompletion packet)
    {
        Unknown.Work();
        packet.Complete();
    }

    public static void Take([CompletesPacket] PendingPacket packet)
    {
        Unknown.Work();
        packet.Complete();
    }

    public static void Look([BorrowsPacket] PacketCompletion packet) => Unknown.Work();

    public static void Look([BorrowsPacket] PendingPacket packet) => Unknown.Work();

    /// <summary>Says nothing, and does nothing with it.</summary>
    public static void Note(PacketCompletion packet) => Unknown.Work();

    /// <summary>Says nothing, and does nothing with it.</summary>
    public static void Note(PendingPacket packet) => Unknown.Work();
}
