using Vmbus.Diagnostics;

namespace Vmbus;

/// <content>The endpoint as the meter sees it.</content>
public sealed partial class VmbusChannel
{
    ChannelIdentity IMeasuredChannel.Identity => new(Options.FriendlyName, Options.InterfaceType, Options.IsServer);

    IMeasuredCounts IMeasuredChannel.Counts => CounterSet;

    long IMeasuredChannel.QueueDepth => _lifecycle.Connection?.Outgoing.QueueDepth ?? 0;

    long IMeasuredChannel.Owed => Foreign?.Owed ?? _lifecycle.Connection?.Incoming.Owed.Count ?? 0;

    /// <summary>Where the endpoint is measured while it is on its bus.</summary>
    internal ChannelGroup? MeasuredIn { get; private set; }

    /// <summary>The endpoint is on its bus.</summary>
    internal void BeginMeasuring() => MeasuredIn ??= MeasuredChannels.Add(this);

    /// <summary>The endpoint has left its bus.</summary>
    internal void EndMeasuring()
    {
        if (MeasuredIn is { } group)
        {
            MeasuredIn = null;
            MeasuredChannels.Remove(group, this);
        }
    }
}
