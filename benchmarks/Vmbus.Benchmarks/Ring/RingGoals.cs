using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Ring;

/// <summary>Sending and receiving through a ring against <c>System.Threading.Channels</c>, on one thread.</summary>
internal sealed class RingGoals : IGoalGroup
{
    private const int Batch = 16;

    public string Name => "ring";

    public IEnumerable<Goal> Measure()
    {
        foreach ((int size, double single, double batched, double inPlace) in ((int, double, double, double)[])
        [
            (16, 1.0, 1.0, 1.0),
            (64, 1.0, 1.0, 1.0),
            (256, 1.0, 1.0, 1.0),
            (1024, 1.0, 1.0, 1.0),
            (4096, 1.0, 1.0, 1.0),
        ])
        {
            using var ring = new RingTransport();
            var channel = new ChannelTransport();
            var ringSingle = new RingShape(ring, size, 1);
            var channelSingle = new ChannelShape(channel, size, 1);
            var ringBatched = new RingShape(ring, size, Batch);
            var channelBatched = new ChannelShape(channel, size, Batch);
            var ringInPlace = new RingInPlaceShape(ring, size, Batch);
            InterleavedRun run = InterleavedRun.Measure([ringSingle, channelSingle, ringBatched, channelBatched, ringInPlace]);
            Console.Error.WriteLine($"{size}: {run.Nanoseconds(ringSingle):F1} {run.Nanoseconds(channelSingle):F1} {run.Nanoseconds(ringBatched):F1} {run.Nanoseconds(channelBatched):F1} {run.Nanoseconds(ringInPlace):F1}");
            yield return Goal.AtLeastAsFast($"ring {size} B, one by one, against Channel", single, run.Speedup(ringSingle, channelSingle));
            yield return Goal.AtLeastAsFast($"ring {size} B, by {Batch}, against Channel", batched, run.Speedup(ringBatched, channelBatched));
            yield return Goal.AtLeastAsFast($"ring {size} B, by {Batch}, in place against copied", inPlace, run.Speedup(ringInPlace, ringBatched));
            yield return Goal.NoAllocation($"ring {size} B, allocated per packet", run.BytesPerOperation(ringSingle) + run.BytesPerOperation(ringBatched) + run.BytesPerOperation(ringInPlace));
        }
    }
}
