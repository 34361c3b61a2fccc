using System.Diagnostics;

namespace Vmbus.Observation.Benchmarks;

/// <summary>What a channel costs: managed bytes of a disabled, an open and a used endpoint, threads, and time.</summary>
internal static class ChannelCost
{
    public static void Run(int count)
    {
        EchoCallbacks callbacks = new();
        VmbusBus bus = VmbusBus.CreateInProcess();
        Guid type = Guid.NewGuid();
        int threads = Process.GetCurrentProcess().Threads.Count;
        long empty = Used();

        VmbusChannel[] channels = new VmbusChannel[count * 2];
        for (int i = 0; i < channels.Length; i++)
        {
            channels[i] = new VmbusChannel(bus, new VmbusChannelOptions
            {
                IsServer = i < count,
                InterfaceType = type,
                InterfaceInstance = new Guid((i % count) + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                IncomingRingSize = 4096,
                OutgoingRingSize = 4096,
            });
            channels[i].SetCallbacks(callbacks);
        }

        long created = Used();
        long start = Stopwatch.GetTimestamp();
        foreach (VmbusChannel channel in channels)
        {
            channel.Enable();
        }

        foreach (VmbusChannel channel in channels.AsSpan(0, count))
        {
            channel.Start();
        }

        Await(() => Array.TrueForAll(channels, channel => channel.State == ChannelState.Active));
        TimeSpan opening = Stopwatch.GetElapsedTime(start);
        long open = Used();

        start = Stopwatch.GetTimestamp();
        byte[] payload = new byte[64];
        foreach (VmbusChannel channel in channels.AsSpan(count))
        {
            channel.AllocatePacket().Send(payload, VmbusSendFlags.WaitForCompletion);
        }

        Await(() => callbacks.Answered == count);
        TimeSpan exchange = Stopwatch.GetElapsedTime(start);
        int threadsOpen = Process.GetCurrentProcess().Threads.Count;
        long used = Used();
        Console.WriteLine($"{count} pairs: threads {threads} -> {threadsOpen}; opened in {opening.TotalMilliseconds:0} ms; a request on each in {exchange.TotalMilliseconds:0} ms");
        Console.WriteLine($"managed bytes an endpoint: created {(created - empty) / channels.Length}, open {(open - empty) / channels.Length}, used once {(used - empty) / channels.Length}");
        start = Stopwatch.GetTimestamp();
        Task.WaitAll(channels.Select(channel => channel.DisableAsync()));
        Console.WriteLine($"closed in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        GC.KeepAlive(bus);
    }

    private static long Used()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static void Await(Func<bool> condition)
    {
        while (!condition())
        {
            Thread.Sleep(5);
        }
    }
}
