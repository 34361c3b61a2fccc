using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Ring;

/// <summary>
/// Sending and receiving through a ring against <c>System.Threading.Channels</c>, on one thread: packet by packet, where each side pays
/// a full fence for each packet, and in batches, which is what rings are made for.
/// </summary>
internal sealed class RingGoals : IGoalGroup
{
    private const int Batch = 16;

    private static readonly Target[] Targets =
    [
        new(PayloadLength: 16, OneByOne: 1.6, Batched: 2.5, InPlace: 1.00),
        new(PayloadLength: 64, OneByOne: 1.6, Batched: 2.5, InPlace: 1.00),
        new(PayloadLength: 256, OneByOne: 1.5, Batched: 2.5, InPlace: 0.85),
        new(PayloadLength: 1024, OneByOne: 1.4, Batched: 1.5, InPlace: 0.75),
        new(PayloadLength: 4096, OneByOne: 1.0, Batched: 1.0, InPlace: 0.75),
    ];

    public string Name => "ring";

    public IEnumerable<Goal> Measure()
    {
        foreach (Target target in Targets)
        {
            int length = target.PayloadLength;
            using var ring = new RingTransport();
            var oneByOne = new RingShape(ring, length, batch: 1);
            var batched = new RingShape(ring, length, Batch);
            var inPlace = new RingInPlaceShape(ring, length, Batch);

            // One by one is how a channel is fastest: its arrays come back from the pool still in the cache.
            var channel = new ChannelShape(new ChannelTransport(), length, batch: 1);
            InterleavedRun run = InterleavedRun.Measure([oneByOne, batched, inPlace, channel]);
            double allocated = Math.Max(run.BytesPerOperation(oneByOne), Math.Max(run.BytesPerOperation(batched), run.BytesPerOperation(inPlace)));
            yield return Goal.AtLeastAsFast($"ring {length} B one by one / Channel", target.OneByOne, run.Speedup(oneByOne, channel), run.Nanoseconds(oneByOne));
            yield return Goal.AtLeastAsFast($"ring {length} B batches of {Batch} / Channel", target.Batched, run.Speedup(batched, channel), run.Nanoseconds(batched));
            yield return Goal.AtMostAsSlow($"ring {length} B in place / copied", target.InPlace, run.Slowdown(inPlace, batched), run.Nanoseconds(inPlace));
            yield return Goal.NoAllocation($"ring {length} B allocated per packet", allocated);
        }
    }

    /// <param name="PayloadLength">The payload in bytes.</param>
    /// <param name="OneByOne">How many times as fast as a channel, with every index published at once.</param>
    /// <param name="Batched">How many times as fast as a channel, with indices published once a batch.</param>
    /// <param name="InPlace">How much of the time of copying out, when the payload is read where it lies.</param>
    private sealed record Target(int PayloadLength, double OneByOne, double Batched, double InPlace);
}
