using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using static Vmbus.Benchmarks.Harness.Medians;

namespace Vmbus.Benchmarks.Channels;

/// <summary>
/// Prints how many exchanges a second two sides do through channels of the library and through System.Threading.Channels. The two take turns, sample by sample;
/// a figure is the median of the rounds. Bytes are those that all threads allocated.
/// </summary>
internal static class ExchangeTable
{
    private const int Rounds = 11;

    /// <summary>A sample holds at least so many operations, however slow they are: what disturbs one of them is not the whole figure.</summary>
    private const int LeastOperations = 16;

    private const int RingSize = 64 * 1024;
    private const int SmallRingSize = 4096;

    /// <summary>What each ring has beside its data.</summary>
    private const int ControlPageSize = 4096;

    private static readonly int[] Lengths = [16, 64, 1024, 4096];
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(20);

    public static async Task PrintAsync(TextWriter output)
    {
        output.WriteLine($"{"",-44} {"Vmbus, 1/s",12} {"queue, 1/s",12} {"ratio",8} {"Vmbus, B/op",12} {"queue, B/op",12}");
        foreach (int burst in (int[])[1, 64])
        {
            foreach (bool hasExternalData in (bool[])[false, true])
            {
                foreach (int length in Lengths)
                {
                    string name = $"request {length} B{(hasExternalData ? " external" : "")}, {burst} at a time";
                    await CompareAsync(output, name, new ExchangeShape(length, hasExternalData, Channels: 1, burst), RingSize).ConfigureAwait(false);
                }
            }
        }

        foreach (int length in Lengths)
        {
            await CompareAsync(output, $"send only {length} B", new ExchangeShape(length, HasExternalData: false, Channels: 1, Burst: 1), RingSize, sendOnly: true).ConfigureAwait(false);
        }

        foreach (int channels in (int[])[1, 100, 10_000])
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"request 64 B, one on each of {channels:#,0}");
            await CompareAsync(output, name, new ExchangeShape(64, HasExternalData: false, channels, Burst: 1), SmallRingSize).ConfigureAwait(false);
        }

        PrintMemory(output);
    }

    private static async Task CompareAsync(TextWriter output, string name, ExchangeShape shape, int ringSize, bool sendOnly = false)
    {
        using VmbusExchange vmbus = new(shape, ringSize);
        using QueueExchange queue = new(shape);
        Side[] sides = [new Side(vmbus, shape, sendOnly), new Side(queue, shape, sendOnly)];
        foreach (Side side in sides)
        {
            await side.WarmUpAsync(SampleTime).ConfigureAwait(false);
        }

        List<double> ratios = [];
        for (int round = 0; round < Rounds; round++)
        {
            Side first = sides[round % 2];
            Side second = sides[(round + 1) % 2];
            await first.SampleAsync().ConfigureAwait(false);
            await second.SampleAsync().ConfigureAwait(false);
            ratios.Add(sides[0].PerSecond[^1] / sides[1].PerSecond[^1]);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-44} {Median(sides[0].PerSecond),12:#,0} {Median(sides[1].PerSecond),12:#,0} {Median(ratios),6:0.00} x {Median(sides[0].Bytes),12:0.0} {Median(sides[1].Bytes),12:0.0}"));
    }

    private static void PrintMemory(TextWriter output)
    {
        const int Channels = 10_000;
        ExchangeShape shape = new(64, HasExternalData: false, Channels, Burst: 1);
        double vmbus = Cost(() => new VmbusExchange(shape, SmallRingSize), Channels);
        double queue = Cost(() => new QueueExchange(shape), Channels);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"managed bytes a pair after a request on each of {Channels:#,0}: Vmbus {vmbus:#,0} (and {2 * (SmallRingSize + ControlPageSize):#,0} of rings), queue {queue:#,0}"));
    }

    private static double Cost(Func<IExchange> create, int channels)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using IExchange exchange = create();
        exchange.RoundTripsAsync().AsTask().GetAwaiter().GetResult();
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)channels;
    }

    /// <summary>One of the two, with its samples.</summary>
    private sealed class Side(IExchange exchange, ExchangeShape shape, bool sendOnly)
    {
        private readonly int _operationsPerRepeat = sendOnly ? 1 : shape.Requests;
        private int _repeats = 1;

        public List<double> PerSecond { get; } = [];

        public List<double> Bytes { get; } = [];

        /// <summary>Runs until optimized code has come, and finds how much a sample holds.</summary>
        public async Task WarmUpAsync(TimeSpan sampleTime)
        {
            int least = Math.Max(1, LeastOperations / _operationsPerRepeat);
            _repeats = least;
            long start = Stopwatch.GetTimestamp();
            do
            {
                long begin = Stopwatch.GetTimestamp();
                await RunAsync().ConfigureAwait(false);
                double factor = sampleTime / Stopwatch.GetElapsedTime(begin);
                _repeats = (int)Math.Clamp(_repeats * factor, least, Math.Min(_repeats * 4, 1_000_000));
            }
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(600));
        }

        public async Task SampleAsync()
        {
            SampleCost cost = await RunAsync().ConfigureAwait(false);
            double operations = _repeats * (double)_operationsPerRepeat;
            Bytes.Add(cost.Bytes / operations);
            PerSecond.Add(operations / cost.Time.TotalSeconds);
        }

        /// <summary>The first exchange is not counted: with it the sample, and whoever awaits it, makes its own tasks. No thread waits, which would allocate, too.</summary>
        private async Task<SampleCost> RunAsync()
        {
            await ExchangeAsync(1).ConfigureAwait(false);
            long bytes = GC.GetTotalAllocatedBytes(precise: true);
            long begin = Stopwatch.GetTimestamp();
            await ExchangeAsync(_repeats).ConfigureAwait(false);
            TimeSpan time = Stopwatch.GetElapsedTime(begin);
            return new SampleCost(time, GC.GetTotalAllocatedBytes(precise: true) - bytes);
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        private async ValueTask ExchangeAsync(int repeats)
        {
            if (sendOnly)
            {
                await exchange.SendOnlyAsync(repeats).ConfigureAwait(false);
                return;
            }

            for (int i = 0; i < repeats; i++)
            {
                await exchange.RoundTripsAsync().ConfigureAwait(false);
            }
        }

        private readonly record struct SampleCost(TimeSpan Time, long Bytes);
    }
}
