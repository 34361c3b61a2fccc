namespace Vmbus;

/// <summary>The places in which the delivered packets of a queue live, used again and again.</summary>
internal sealed class PacketPlaces(PacketOwner owner, int contextSize)
{
    private readonly List<IncomingPacket> _all = [];

    /// <summary>Free places, the one freed last first: any thread puts one on top, only the holder of the turn takes one, so that none comes back meanwhile.</summary>
    private IncomingPacket? _free;

    /// <summary>A free place. Only for the holder of the turn.</summary>
    public IncomingPacket Take()
    {
        while (Volatile.Read(ref _free) is { } packet)
        {
            if (Interlocked.CompareExchange(ref _free, packet.NextFree, packet) == packet)
            {
                packet.NextFree = null;
                return packet;
            }
        }

        IncomingPacket place = new(owner, contextSize);
        lock (_all)
        {
            _all.Add(place);
        }

        return place;
    }

    /// <summary>Makes a released place free. Any thread.</summary>
    public void Return(IncomingPacket packet)
    {
        IncomingPacket? top;
        do
        {
            top = Volatile.Read(ref _free);
            packet.NextFree = top;
        }
        while (Interlocked.CompareExchange(ref _free, packet, top) != top);
    }

    /// <summary>All places, free ones too.</summary>
    public IncomingPacket[] ToArray()
    {
        lock (_all)
        {
            return [.. _all];
        }
    }
}
