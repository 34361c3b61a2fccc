using System.Collections.Concurrent;
using System.Threading.Channels;
using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>Stores of a driver as a handler finds them: empty, or with packets that came before.</summary>
public static class Arrivals
{
    /// <summary>A queue of none, one or two packets.</summary>
    public static ConcurrentQueue<PendingPacket> Queued()
    {
        ConcurrentQueue<PendingPacket> queue = new();
        for (int n = ProgramPath.Current.Choose(3); n > 0; n--)
        {
            queue.Enqueue(PacketPath.Current.Deliver().Pend());
        }

        return queue;
    }

    /// <summary>A flag that the driver has set, or not.</summary>
    public static bool IsReady() => ProgramPath.Current.Choose(2) == 1;

    /// <summary>Packets by number, of which number 1 may be there.</summary>
    public static Dictionary<int, PendingPacket> Keyed()
        => ProgramPath.Current.Choose(2) == 0 ? [] : new() { [1] = PacketPath.Current.Deliver().Pend() };

    /// <summary>A channel with room for one packet, which may be taken.</summary>
    public static Channel<PendingPacket> Bounded()
    {
        Channel<PendingPacket> channel = Channel.CreateBounded<PendingPacket>(1);
        if (ProgramPath.Current.Choose(2) == 1)
        {
            channel.Writer.TryWrite(PacketPath.Current.Deliver().Pend());
        }

        return channel;
    }
}
