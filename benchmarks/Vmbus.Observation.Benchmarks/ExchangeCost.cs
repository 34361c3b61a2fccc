using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Vmbus.Observation.Benchmarks;

/// <summary>What the verifier, a listening meter and a sampling tracer add to a request and its completion.</summary>
internal static class ExchangeCost
{
    public static void Run(int rounds)
    {
        byte[] payload = new byte[64];
        payload[0] = 1;
        Console.WriteLine($"{"",-12} {"round trip, ns",16} {"pipelined, ns",16} {"bytes a packet",16}");

        // Rounds of all in turn, and of each the best half: what another process takes is not ours.
        List<(string Name, OpenPair Pair, Func<IDisposable?> Listen)> subjects =
        [
            ("off", new OpenPair(false), static () => null),
            ("off again", new OpenPair(false), static () => null),
            ("verifier", new OpenPair(true), static () => null),
            ("meter", new OpenPair(false), ListenToMeter),
            ("traces", new OpenPair(false), ListenToActivities),
        ];
        List<(double RoundTrip, double Pipelined, double Bytes)>[] results = [.. subjects.Select(_ => new List<(double, double, double)>())];
        for (int round = -3; round < rounds; round++)
        {
            for (int i = 0; i < subjects.Count; i++)
            {
                using IDisposable? listener = subjects[i].Listen();
                OpenPair pair = subjects[i].Pair;
                double roundTrip = Measure(20_000, count => pair.RoundTrips(count, payload));
                long before = GC.GetTotalAllocatedBytes(precise: true);
                double pipelined = Measure(100_000, count => pair.Pipelined(count, payload));
                double bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / 100_000.0;
                if (round >= 0)
                {
                    results[i].Add((roundTrip, pipelined, bytes));
                }
            }
        }

        for (int i = 0; i < subjects.Count; i++)
        {
            Console.WriteLine($"{subjects[i].Name,-12} {BestHalf(results[i].Select(r => r.RoundTrip)),16:0} {BestHalf(results[i].Select(r => r.Pipelined)),16:0} {BestHalf(results[i].Select(r => r.Bytes)),16:0.000}");
            subjects[i].Pair.Dispose();
        }
    }

    private static double Measure(int count, Action<int> run)
    {
        long start = Stopwatch.GetTimestamp();
        run(count);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    private static double BestHalf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[..((sorted.Length + 1) / 2)].Average();
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
