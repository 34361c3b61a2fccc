using System.Collections;
using System.Diagnostics;

namespace Vmbus.Gen.Package.Tests;

/// <summary>A run of the dotnet command.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output and error.</param>
internal sealed record DotnetCommand(string CommandLine, int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs the command outside of the build that runs these tests: none of its variables, no server that outlives it.</summary>
    public static async Task<DotnetCommand> RunAsync(string workingFolder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource timeout = new(Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end within {Patience}. It has written:\n{await output}{await error}");
        }

        return new DotnetCommand($"dotnet {string.Join(' ', arguments)}", process.ExitCode, await output + await error);
    }

    public DotnetCommand RequireSuccess()
        => ExitCode == 0 ? this : throw new InvalidOperationException($"{CommandLine} ended with {ExitCode}:\n{Output}");
}
