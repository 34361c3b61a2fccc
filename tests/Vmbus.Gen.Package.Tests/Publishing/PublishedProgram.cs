using System.Diagnostics;
using System.Runtime.InteropServices;
using Vmbus.Gen.Package.Tests.Skipping;
using Vmbus.Gen.TestKit;

namespace Vmbus.Gen.Package.Tests.Publishing;

/// <summary>A program as it is published: trimmed, or compiled ahead of time, with its run time beside or in it.</summary>
internal static class PublishedProgram
{
    /// <summary>A package that no source has, or a machine without what links.</summary>
    private static readonly string[] SignsOfMissingTools = ["NU1101", "NU1102", "NU1301", "Platform linker", "NETSDK1112"];

    public static string RuntimeIdentifier { get; } = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        ? $"linux-musl-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"
        : $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Whatever the program was published with, publishing said nothing; a machine that cannot publish skips the test.</summary>
    public static void RequirePublished(this DotnetCommand publish, string what)
    {
        if (publish.ExitCode != 0 && SignsOfMissingTools.FirstOrDefault(sign => publish.Output.Contains(sign, StringComparison.Ordinal)) is { } sign)
        {
            throw new SkipException($"{what} cannot be published for {RuntimeIdentifier} on this machine: {publish.Output.Split('\n').First(line => line.Contains(sign, StringComparison.Ordinal)).Trim()}");
        }

        publish.RequireSuccess();
        Assert.DoesNotMatch(@"warning |IL[23]\d{3}", publish.Output);
    }

    /// <summary>Runs it without the run time of the machine, and gives what it printed.</summary>
    public static async Task<string> RunAsync(string folder, string name)
    {
        ProcessStartInfo start = new(Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = folder;
        (int exitCode, string printed, string error) = await DotnetProcess.RunAsync(start, TimeSpan.FromMinutes(2));
        Assert.Equal((0, ""), (exitCode, error));
        return printed;
    }
}
