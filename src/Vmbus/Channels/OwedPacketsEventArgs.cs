namespace Vmbus;

/// <summary>Names what a Pause, Disable or close has waited for longer than <see cref="VmbusChannelOptions.OwedPacketReportTime"/>.</summary>
/// <param name="packets">The packets.</param>
/// <param name="runningCallback">The callback that has not returned.</param>
/// <param name="waited">For how long.</param>
public sealed class OwedPacketsEventArgs(IReadOnlyList<OwedPacket> packets, string? runningCallback, TimeSpan waited) : EventArgs
{
    /// <summary>The packets that were delivered, have outlived their callback, and are still owed. Empty while it is a callback that is waited for.</summary>
    public IReadOnlyList<OwedPacket> Packets { get; } = packets;

    /// <summary>The callback that has not returned and must before anything else can happen; <see langword="null"/> if packets are waited for.</summary>
    public string? RunningCallback { get; } = runningCallback;

    /// <summary>For how long has been waited since the wait began or was last reported.</summary>
    public TimeSpan Waited { get; } = waited;

    /// <inheritdoc/>
    public override string ToString()
        => RunningCallback is null ? string.Join("; ", Packets) : $"the callback {RunningCallback} has not returned{(Packets.Count == 0 ? "" : "; " + string.Join("; ", Packets))}";
}
