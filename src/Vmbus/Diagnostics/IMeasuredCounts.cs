namespace Vmbus.Diagnostics;

/// <summary>What an endpoint counts.</summary>
internal interface IMeasuredCounts
{
    /// <summary>The counts since the endpoint was created; they only grow. Any thread.</summary>
    ChannelMeasurements Measure();
}
