namespace Vmbus;

/// <summary>Names the packets that a Pause, Disable or close has waited for longer than <see cref="VmbusChannelOptions.OwedPacketReportTime"/>.</summary>
/// <param name="packets">The packets.</param>
public sealed class OwedPacketsEventArgs(IReadOnlyList<OwedPacket> packets) : EventArgs
{
    /// <summary>The packets.</summary>
    public IReadOnlyList<OwedPacket> Packets { get; } = packets;
}
