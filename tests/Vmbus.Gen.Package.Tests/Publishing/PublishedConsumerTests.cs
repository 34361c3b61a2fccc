using Vmbus.Gen.Package.Tests.Consuming;
using Vmbus.Gen.Package.Tests.Skipping;

namespace Vmbus.Gen.Package.Tests.Publishing;

/// <summary>A program that has the package from the feed, trimmed and compiled ahead of time: without a warning, and it does what it does otherwise.</summary>
[Trait("Category", "Long")]
[Collection(nameof(PackedFeed))]
public sealed class PublishedConsumerTests(PackedFeed feed) : IDisposable
{
    private readonly ConsumerFolder _folder = new(feed) { AsksSourcesOfTheMachine = true };

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public Task Trimmed_and_self_contained() => PublishAndRunAsync("<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained>");

    [SkippableFact]
    public Task In_one_file() => PublishAndRunAsync("<PublishSingleFile>true</PublishSingleFile><SelfContained>true</SelfContained>");

    [SkippableFact]
    public Task Compiled_ahead_of_time() => PublishAndRunAsync("<PublishAot>true</PublishAot>");

    private async Task PublishAndRunAsync(string properties)
    {
        _folder.WriteProgram(new ConsumerVariant($"{properties}<TrimmerSingleWarn>false</TrimmerSingleWarn>"));
        DotnetCommand publish = await _folder.RunAsync("publish", "App", "-c", "Release", "-r", PublishedProgram.RuntimeIdentifier, "-o", _folder.PathOf("out"), "-nodeReuse:false");
        publish.RequirePublished($"the program ({properties})");

        Assert.Equal(ConsumerFolder.ProgramOutput, await PublishedProgram.RunAsync(_folder.PathOf("out"), "App"), ignoreLineEndingDifferences: true);
    }
}
