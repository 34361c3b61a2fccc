namespace Vmbus;

/// <summary>Looks, from any thread, for the packets among a channel's places that have outlived their callback.</summary>
internal static class OwedPacketList
{
    /// <summary>Adds those that are owed to <paramref name="packets"/>.</summary>
    public static void Collect(IEnumerable<IncomingPacket> places, TimeProvider time, List<OwedPacket> packets)
    {
        foreach (IncomingPacket packet in places)
        {
            long generation = packet.Generation;
            if (packet.Duty is (PacketDuty.Pended or PacketDuty.Lost) and var duty)
            {
                ulong transactionId = packet.TransactionId;
                string? handler = packet.Handler;
                TimeSpan age = time.GetElapsedTime(packet.OwedSince);
                if (packet.Generation == generation && packet.Duty == duty)
                {
                    packets.Add(new OwedPacket(handler, transactionId, age, duty == PacketDuty.Lost));
                }
            }
        }
    }
}
