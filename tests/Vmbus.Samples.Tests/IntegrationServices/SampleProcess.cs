using System.Diagnostics;
using Vmbus.Samples.IntegrationServices;

namespace Vmbus.Samples.Tests.IntegrationServices;

/// <summary>Runs the sample as a user does: as a process of its own, with its output in a pipe.</summary>
internal static class SampleProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<SampleOutput> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "exec", typeof(SampleOptions).Assembly.Location },
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        using CancellationTokenSource patience = new(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new SampleOutput(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The sample did not end within {Patience.TotalSeconds} s: {string.Join(' ', arguments)}");
        }
    }
}
