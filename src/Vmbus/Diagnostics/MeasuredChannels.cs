using System.Diagnostics;

namespace Vmbus.Diagnostics;

/// <summary>
/// The endpoints that are on a bus, by the tags under which they are measured. An endpoint that is dropped without leaving its bus is not kept alive. A group
/// keeps its sums when its endpoints have gone, for a counter must not fall, until its place is needed.
/// </summary>
internal static class MeasuredChannels
{
    /// <summary>How many different tag sets there may be; endpoints beyond it are measured together, with the tag that OpenTelemetry uses for it.</summary>
    public const int MaximumGroups = 256;

    private static readonly Lock Sync = new();
    private static readonly Dictionary<ChannelIdentity, ChannelGroup> Groups = [];
    private static ChannelGroup? Overflow;

    /// <summary>The group of an endpoint, from here on with the endpoint in it.</summary>
    public static ChannelGroup Add(IMeasuredChannel channel)
    {
        VmbusMeter.Publish();
        lock (Sync)
        {
            ChannelGroup group = Find(channel.Identity);
            group.Add(channel);
            return group;
        }
    }

    /// <summary>Takes an endpoint out.</summary>
    public static void Remove(ChannelGroup group, IMeasuredChannel channel)
    {
        lock (Sync)
        {
            group.Remove(channel);
        }
    }

    /// <summary>All groups with what they measure now.</summary>
    public static List<(ChannelGroup Group, ChannelSums Sums)> Measure()
    {
        lock (Sync)
        {
            List<(ChannelGroup, ChannelSums)> measured = new(Groups.Count + 1);
            foreach (ChannelGroup group in Groups.Values)
            {
                measured.Add((group, group.Measure()));
            }

            if (Overflow is not null)
            {
                measured.Add((Overflow, Overflow.Measure()));
            }

            return measured;
        }
    }

    private static ChannelGroup Find(in ChannelIdentity identity)
    {
        if (Groups.TryGetValue(identity, out ChannelGroup? group))
        {
            return group;
        }

        if (Groups.Count >= MaximumGroups && !RemoveEmptyGroup())
        {
            return Overflow ??= new ChannelGroup(new TagList { { TagNames.Overflow, true } });
        }

        group = new ChannelGroup(identity.ToTags());
        Groups.Add(identity, group);
        return group;
    }

    /// <summary>Forgets the sums of one group whose endpoints have all gone, to make room.</summary>
    private static bool RemoveEmptyGroup()
    {
        foreach ((ChannelIdentity identity, ChannelGroup group) in Groups)
        {
            if (group.IsEmpty)
            {
                return Groups.Remove(identity);
            }
        }

        return false;
    }
}
