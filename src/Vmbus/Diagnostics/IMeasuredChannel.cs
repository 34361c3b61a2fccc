namespace Vmbus.Diagnostics;

/// <summary>An endpoint, as the meter sees it.</summary>
internal interface IMeasuredChannel
{
    /// <summary>What tells it apart.</summary>
    ChannelIdentity Identity { get; }

    /// <summary>What it counts. It must not lead back to the endpoint: it is kept when the endpoint is dropped, so that sums never fall.</summary>
    IMeasuredCounts Counts { get; }

    /// <summary>Packets that wait on the channel for room in the outgoing ring.</summary>
    long QueueDepth { get; }

    /// <summary>Packets that were delivered and are owed.</summary>
    long Owed { get; }
}
