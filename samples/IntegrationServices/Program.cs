using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vmbus.Samples.IntegrationServices.Reporting;

namespace Vmbus.Samples.IntegrationServices;

/// <summary>The command line.</summary>
internal static class Program
{
    private static readonly Dictionary<string, InjectedFault> Faults = new(StringComparer.Ordinal)
    {
        ["wrong-version"] = InjectedFault.WrongVersion,
        ["short-packet"] = InjectedFault.ShortPacket,
        ["lost-completion"] = InjectedFault.LostCompletion,
    };

    /// <returns>A <see cref="RunOutcome"/>, or 1 for a command line that is not understood.</returns>
    public static Task<int> Main(string[] arguments) => RunAsync(arguments, Console.Out, Console.Error, isTerminal: !Console.IsOutputRedirected);

    /// <summary>Runs the sample and writes the report to a writer.</summary>
    internal static Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, bool isTerminal)
    {
        Option<int> requests = new("--requests", "-n")
        {
            Description = "How many requests each service exchanges.",
            DefaultValueFactory = _ => SampleOptions.DefaultRequests,
            CustomParser = ParseRequests,
        };
        Option<string> inject = new("--inject")
        {
            Description = "What is made to go wrong: wrong-version (exit code 2), short-packet (3) or lost-completion (4).",
        };
        inject.AcceptOnlyFromAmong([.. Faults.Keys]);

        RootCommand command = new("Host and guest of the heartbeat, shutdown and time synchronisation services, on one VMBus.") { requests, inject };
        command.SetAction(async result =>
        {
            SampleOptions options = new(result.GetValue(requests), result.GetValue(inject) is { } name ? Faults[name] : InjectedFault.None);
            RunReport report = await SampleRun.ExecuteAsync(options);
            ReportWriter.Write(ReportWriter.CreateConsole(output, isTerminal), report);
            return (int)report.Outcome;
        });
        return command.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
    }

    private static int ParseRequests(ArgumentResult result)
    {
        string value = result.Tokens[0].Value;
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int requests) || requests is < 1 or > SampleOptions.MostRequests)
        {
            result.AddError($"--requests is '{value}'; it must be a number from 1 to {SampleOptions.MostRequests}.");
        }

        return requests;
    }
}
