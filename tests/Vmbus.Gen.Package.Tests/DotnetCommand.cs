using System.Collections;
using System.Diagnostics;
using Vmbus.Gen.TestKit;

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
        ProcessStartInfo start = DotnetProcess.Prepare(workingFolder, arguments);
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

        (int exitCode, string output, string error) = await DotnetProcess.RunAsync(start, Patience);
        return new DotnetCommand($"dotnet {string.Join(' ', arguments)}", exitCode, output + error);
    }

    public DotnetCommand RequireSuccess()
        => ExitCode == 0 ? this : throw new InvalidOperationException($"{CommandLine} ended with {ExitCode}:\n{Output}");
}
