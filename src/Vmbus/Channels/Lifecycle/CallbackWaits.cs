namespace Vmbus;

/// <summary>
/// Which callbacks wait, on their own thread, until which channel is quiet. A channel is not quiet while one of its callbacks runs, so that waits that lead back
/// to a channel whose callback began them never end: the call that would close such a circle is refused.
/// </summary>
internal static class CallbackWaits
{
    private static readonly Lock Sync = new();
    private static readonly List<Edge> Edges = [];

    /// <summary>Waits until <paramref name="quiet"/> ends, which it does when no callback of <paramref name="channel"/> runs.</summary>
    /// <exception cref="VmbusException">The channel waits, itself or through others, for a callback that runs on this thread.</exception>
    public static void Wait(VmbusChannel channel, string operation, Func<Task> quiet)
    {
        if (CallbackScope.RunningChannels() is not { } waiting)
        {
            quiet().GetAwaiter().GetResult();
            return;
        }

        List<Edge> mine = [];
        try
        {
            Task task;
            lock (Sync)
            {
                if (Leads(channel, waiting) is { } circle)
                {
                    throw new VmbusException(
                        NtStatus.PossibleDeadlock,
                        $"{operation} of channel {channel} was called inside a callback of channel {waiting[0]}, and would never return: {circle}. Call it after the callback has returned, or use {operation}Async without waiting for it there (VMB208).");
                }

                task = quiet();
                foreach (VmbusChannel from in waiting)
                {
                    mine.Add(new Edge(from, channel, task));
                }

                Edges.AddRange(mine);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            lock (Sync)
            {
                foreach (Edge edge in mine)
                {
                    Edges.Remove(edge);
                }
            }
        }
    }

    /// <returns>The way from <paramref name="start"/> to one of <paramref name="goals"/> along waits that go on; <see langword="null"/> if there is none.</returns>
    private static string? Leads(VmbusChannel start, List<VmbusChannel> goals)
    {
        HashSet<VmbusChannel> seen = [start];
        Queue<(VmbusChannel Channel, string Way)> open = new([(start, "")]);
        while (open.TryDequeue(out (VmbusChannel Channel, string Way) at))
        {
            foreach (VmbusChannel subChannel in at.Channel.SubChannels)
            {
                // To be quiet, a channel needs its sub-channels to be.
                string way = $"{(at.Way.Length == 0 ? "" : at.Way + ", ")}{at.Channel} waits for its {subChannel}";
                if (goals.Contains(subChannel))
                {
                    return way;
                }

                if (seen.Add(subChannel))
                {
                    open.Enqueue((subChannel, way));
                }
            }

            foreach (Edge edge in Edges)
            {
                if (!ReferenceEquals(edge.From, at.Channel) || edge.Quiet.IsCompleted)
                {
                    continue;
                }

                string way = $"{(at.Way.Length == 0 ? "" : at.Way + ", ")}a callback of {edge.From} waits for {edge.To}";
                if (goals.Contains(edge.To))
                {
                    return way;
                }

                if (seen.Add(edge.To))
                {
                    open.Enqueue((edge.To, way));
                }
            }
        }

        return null;
    }

    /// <summary>A callback of one channel waits until another is quiet. Two waits may be alike, so that only the reference tells them apart.</summary>
    private sealed class Edge(VmbusChannel from, VmbusChannel to, Task quiet)
    {
        public VmbusChannel From { get; } = from;

        public VmbusChannel To { get; } = to;

        public Task Quiet { get; } = quiet;
    }
}
