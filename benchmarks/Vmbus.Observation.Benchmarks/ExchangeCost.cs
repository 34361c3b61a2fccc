using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Vmbus.Observation.Benchmarks;

/// <summary>
/// What the verifier, a listening meter and a sampling tracer add to a request and its completion, in processor time.
/// </summary>
internal static class ExchangeCost
{
    private const int SingleRequests = 4_000;
    private const int BurstRequests = 128_000;

    public static void Run(int rounds)
    {
        byte[] payload = new byte[64];
        payload[0] = 1;
        List<(string Name, OpenPair Pair, Func<IDisposable?> Listen)> subjects =
        [
            ("off", new OpenPair(false), static () => null),
            ("off again", new OpenPair(false), static () => null),
            ("verifier", new OpenPair(true), static () => null),
            ("meter", new OpenPair(false), ListenToMeter),
            ("traces", new OpenPair(false), ListenToActivities),
        ];
        List<(double Single, double Burst, double Bytes)>[] results = [.. subjects.Select(_ => new List<(double, double, double)>())];

        // All in turn, the first rounds to warm up; of each the median.
        for (int round = -3; round < rounds; round++)
        {
            for (int i = 0; i < subjects.Count; i++)
            {
                using IDisposable? listener = subjects[i].Listen();
                OpenPair pair = subjects[i].Pair;
                double single = ProcessorTime.Of(() => pair.Exchange(SingleRequests, 1, payload)) / SingleRequests;
                long before = GC.GetTotalAllocatedBytes(precise: true);
                double burst = ProcessorTime.Of(() => pair.Exchange(BurstRequests, 256, payload)) / BurstRequests;
                double bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)BurstRequests;
                if (round >= 0)
                {
                    results[i].Add((single, burst, bytes));
                }
            }
        }

        Console.WriteLine($"{"",-12} {"one by one, ns",16} {"bursts of 256, ns",18} {"bytes a request",16}");
        for (int i = 0; i < subjects.Count; i++)
        {
            Console.WriteLine($"{subjects[i].Name,-12} {ProcessorTime.Median(results[i].Select(r => r.Single)),16:0} {ProcessorTime.Median(results[i].Select(r => r.Burst)),18:0} {ProcessorTime.Median(results[i].Select(r => r.Bytes)),16:0.000}");
            subjects[i].Pair.Dispose();
        }
    }

    private static MeterListener ListenToMeter()
    {
        MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == VmbusDiagnostics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }

    private static ActivityListener ListenToActivities()
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == VmbusDiagnostics.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
