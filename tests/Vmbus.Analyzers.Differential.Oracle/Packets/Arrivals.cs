using System.Collections.Concurrent;
using System.Threading.Channels;
using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>Stores of a driver as a handler finds them: empty, or with packets that came before.</summary>
public static class Arrivals
{
    /// <summary>How many packets a path finds in its queue, all together.</summary>
    private const int MaximumArrivals = 3;

    /// <summary>A queue into which others put packets.</summary>
    public static ConcurrentQueue<PendingPacket> Queued() => new();

    /// <summary>Queues in which packets come with something else.</summary>
    public static ConcurrentQueue<(PendingPacket Packet, int Number)> Paired() => new();

    public static ConcurrentQueue<Waiting> Waiting() => new();

    /// <summary>Something is about to be taken out of the queue: a packet may have come by now. Always true.</summary>
    public static bool Meanwhile(ConcurrentQueue<PendingPacket> queue) => Meanwhile(queue, static packet => packet);

    public static bool Meanwhile(ConcurrentQueue<(PendingPacket Packet, int Number)> queue) => Meanwhile(queue, static packet => (packet, Kind()));

    public static bool Meanwhile(ConcurrentQueue<Waiting> queue) => Meanwhile(queue, static packet => new Waiting(Kind(), packet));

    /// <summary>What comes with a packet: 1 or 2.</summary>
    private static int Kind() => 1 + PacketPath.Current.Choose(2);

    private static bool Meanwhile<T>(ConcurrentQueue<T> queue, Func<PendingPacket, T> with)
    {
        PacketPath path = PacketPath.Current;
        if (path.Arrived < MaximumArrivals && path.Choose(2) == 1)
        {
            path.Arrived++;
            queue.Enqueue(with(path.Deliver().Pend()));
        }

        return true;
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
