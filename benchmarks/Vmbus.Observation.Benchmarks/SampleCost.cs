using System.Globalization;
using System.Reflection;

namespace Vmbus.Observation.Benchmarks;

/// <summary>
/// What the verifier adds to samples/IntegrationServices, in processor time: whole runs of it in this process, watched and not watched in turn.
/// </summary>
internal static class SampleCost
{
    /// <summary>The sample has so many services, each of which gets the requests.</summary>
    private const int Services = 3;

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
            double ratio = ProcessorTime.Median(results[i].Zip(results[0], static (mine, reference) => mine / reference));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"verifier {subjects[i].Name,-10} {ProcessorTime.Median(results[i]) / requests / Services,8:0} ns a request {ratio,7:0.000} x"));
        }
    }

    private static double Measure(MethodInfo sample, int requests)
    {
        Console.SetOut(TextWriter.Null);
        object? exitCode = null;
        double time = ProcessorTime.Of(() => exitCode = sample.Invoke(null, [new[] { "--requests", requests.ToString(CultureInfo.InvariantCulture) }]));
        return exitCode is 0 ? time : throw new InvalidOperationException($"The sample ended with {exitCode}.");
    }
}
