using System.Diagnostics;
using System.Runtime.InteropServices;
using Vmbus.Gen.Package.Tests.Skipping;
using Vmbus.Gen.TestKit;

namespace Vmbus.Gen.Package.Tests.Publishing;

/// <summary>The sample trimmed, and compiled ahead of time: without a warning, and it does what it does otherwise.</summary>
[Trait("Category", "Long")]
public sealed class PublishedSampleTests : IDisposable
{
    private static readonly string RuntimeIdentifier = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        ? $"linux-musl-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"
        : $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>A package that no source has, or a machine without what links.</summary>
    private static readonly string[] SignsOfMissingTools = ["NU1101", "NU1102", "NU1301", "Platform linker", "NETSDK1112"];

    private readonly string _folder = Directory.CreateTempSubdirectory("vmbus-published-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public Task Trimmed_and_self_contained() => PublishAndRunAsync("trimmed");

    [SkippableFact]
    public Task Compiled_ahead_of_time() => PublishAndRunAsync("native");

    private static string Executable(string folder) => Path.Combine(folder, OperatingSystem.IsWindows() ? "IntegrationServices.exe" : "IntegrationServices");

    private async Task PublishAndRunAsync(string kind)
    {
        string output = Path.Combine(_folder, "out");
        DotnetCommand publish = await DotnetCommand.RunAsync(
            Repository.Root,
            new Dictionary<string, string>(),
            "publish", "samples/IntegrationServices", "-c", "Release", "-r", RuntimeIdentifier, $"-p:PublishAs={kind}", $"-p:ArtifactsPath={Path.Combine(_folder, "artifacts")}", "-o", output, "-nodeReuse:false");
        if (publish.ExitCode != 0 && SignsOfMissingTools.FirstOrDefault(sign => publish.Output.Contains(sign, StringComparison.Ordinal)) is { } sign)
        {
            throw new SkipException($"the sample cannot be published as {kind} for {RuntimeIdentifier} on this machine: {publish.Output.Split('\n').First(line => line.Contains(sign, StringComparison.Ordinal)).Trim()}");
        }

        publish.RequireSuccess();
        Assert.DoesNotMatch(@"warning|IL[23]\d{3}", publish.Output);
        Assert.Equal(kind == "native", !File.Exists(Path.Combine(output, "IntegrationServices.dll")));

        // It carries its run time: none of the machine is used.
        ProcessStartInfo start = new(Executable(output)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = _folder;
        (int exitCode, string printed, string error) = await DotnetProcess.RunAsync(start, TimeSpan.FromMinutes(2));
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("outcome: every packet was delivered, answered and completed", printed, StringComparison.Ordinal);
    }
}
