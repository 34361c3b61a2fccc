using Vmbus.Gen.Package.Tests.Skipping;

namespace Vmbus.Gen.Package.Tests.Publishing;

/// <summary>The sample trimmed, and compiled ahead of time: without a warning, and it does what it does otherwise.</summary>
[Trait("Category", "Long")]
public sealed class PublishedSampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vmbus-published-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public Task Trimmed_and_self_contained() => PublishAndRunAsync("trimmed");

    [SkippableFact]
    public Task Compiled_ahead_of_time() => PublishAndRunAsync("native");

    private async Task PublishAndRunAsync(string kind)
    {
        string output = Path.Combine(_folder, "out");
        DotnetCommand publish = await DotnetCommand.RunAsync(
            Repository.Root,
            new Dictionary<string, string>(),
            "publish", "samples/IntegrationServices", "-c", "Release", "-r", PublishedProgram.RuntimeIdentifier, $"-p:PublishAs={kind}", $"-p:ArtifactsPath={Path.Combine(_folder, "artifacts")}", "-o", output, "-nodeReuse:false");
        publish.RequirePublished($"the sample ({kind})");
        Assert.Equal(kind == "native", !File.Exists(Path.Combine(output, "IntegrationServices.dll")));

        Assert.Contains("outcome: every packet was delivered, answered and completed", await PublishedProgram.RunAsync(output, "IntegrationServices"), StringComparison.Ordinal);
    }
}
