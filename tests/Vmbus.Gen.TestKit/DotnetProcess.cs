using System.Diagnostics;

namespace Vmbus.Gen.TestKit;

/// <summary>A run of dotnet, or of a program that it made, in a process of its own.</summary>
public static class DotnetProcess
{
    /// <summary>The dotnet that runs us, ready to be started with its output redirected.</summary>
    public static ProcessStartInfo Prepare(string workingFolder, params IEnumerable<string> arguments)
        => new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="patience"/>; it and what it started are ended.</exception>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProcessStartInfo start, TimeSpan patience)
    {
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource timeout = new(patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {patience}. It has written:\n{await output.ConfigureAwait(false)}{await error.ConfigureAwait(false)}");
        }

        return (process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }
}
