using System.Globalization;
using System.Reflection;

namespace Vmbus.Observation.Benchmarks;

/// <summary>
/// What the verifier adds to samples/IntegrationServices: whole runs of it in this process, watched and not watched in turn. Measured is processor time of the
/// process, so that it does not tell of what else runs on the machine.
/// </summary>
internal static class SampleCost
{
    public static void Run(int requests, int rounds)
    {
        MethodInfo sample = Assembly.Load("IntegrationServices").EntryPoint!;
        (string Name, bool IsOn)[] subjects = [("off", false), ("off again", false), ("on", true)];
        List<double>[] results = [.. subjects.Select(_ => new List<double>())];
        TextWriter output = Console.Out;
        for (int round = -3; round < rounds; round++)
        {
            for (int i = 0; i < subjects.Length; i++)
            {
                VmbusVerifier.Enabled = subjects[i].IsOn;
                double time = Measure(sample, requests);
                if (round >= 0)
                {
                    results[i].Add(time);
                }
            }
        }

        Console.SetOut(output);
        for (int i = 0; i < subjects.Length; i++)
        {
            // Runs of one round are compared: a machine that grows slower does so for all of them.
            double ratio = Median([.. results[i].Zip(results[0], static (mine, reference) => mine / reference)]);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"verifier {subjects[i].Name,-10} {Median(results[i]) / requests / 3,8:0} ns a request {ratio,7:0.000} x"));
        }
    }

    private static double Measure(MethodInfo sample, int requests)
    {
        Console.SetOut(TextWriter.Null);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        object? exitCode = sample.Invoke(null, [new[] { "--requests", requests.ToString(CultureInfo.InvariantCulture) }]);
        double time = (Environment.CpuUsage.TotalTime - start).TotalNanoseconds;
        return exitCode is 0 ? time : throw new InvalidOperationException($"The sample ended with {exitCode}.");
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
