namespace Vmbus.Verification;

/// <summary>What delivers packets and knows which are owed.</summary>
internal interface IOwesPackets
{
    /// <summary>Tells the channel's verifier of packets that have been owed for longer than <paramref name="limit"/>. Any thread.</summary>
    void ReportOwed(TimeSpan limit);
}
