namespace Vmbus.Diagnostics;

/// <summary>What the endpoints of a group have counted together, and have now.</summary>
internal struct ChannelSums
{
    public ChannelMeasurements Counts;
    public long QueueDepth;
    public long Owed;
}
