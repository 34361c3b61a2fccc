using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>What a Pause, Disable or close says while it waits. A test that is to find it waiting waits for that, and need not guess how long it takes to begin.</summary>
internal sealed class WaitReports
{
    private readonly BlockingCollection<OwedPacketsEventArgs> _reports = [];

    public WaitReports(VmbusChannel channel) => channel.OwedPacketsReported += (_, report) => _reports.Add(report);

    /// <summary>A channel that says so soon.</summary>
    public static VmbusChannelOptions Soon(VmbusChannelOptions options) => options with { OwedPacketReportTime = TimeSpan.FromMilliseconds(10) };

    /// <summary>Waits until it is found waiting, from now on, for packets that have outlived their callbacks: Suspend has been called.</summary>
    public void AwaitOwed() => Await(report => report.Packets.Count != 0);

    /// <summary>Waits until it is found waiting, from now on, for a callback: nothing more is delivered when that has returned.</summary>
    public void AwaitCallback() => Await(report => report.RunningCallback is not null);

    private void Await(Predicate<OwedPacketsEventArgs> matches)
    {
        // One may have looked before now, and tell only now.
        while (_reports.TryTake(out _))
        {
        }

        for (int found = 0; found < 2;)
        {
            found += matches(_reports.TakeInTime()) ? 1 : 0;
        }
    }
}
