namespace Vmbus.Gen.Package.Tests;

/// <summary>Packs everything that the repository publishes once for all tests, into the feed folder of the repository.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    /// <summary>The projects that are published.</summary>
    internal static IReadOnlyList<string> Projects { get; } = ["src/Vmbus", "src/Vmbus.Gen", "src/Vmbus.Tool", "src/Vmbus.Templates"];

    /// <summary>What packing printed.</summary>
    internal string Output { get; private set; } = "";

    internal string PackageOf(string id) => Assert.Single(Packages(), f => f.EndsWith(".nupkg", StringComparison.Ordinal) && Path.GetFileName(f)[(id.Length + 1)..] is [>= '0' and <= '9', ..] && Path.GetFileName(f).StartsWith(id + ".", StringComparison.Ordinal));

    public async Task InitializeAsync()
    {
        foreach (string old in Packages())
        {
            File.Delete(old);
        }

        foreach (string project in Projects)
        {
            Output += (await DotnetCommand.RunAsync(
                Repository.Root, new Dictionary<string, string>(), "pack", project, "--no-build", "-c", Repository.Configuration, "-o", Repository.Feed)).RequireSuccess().Output;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static string[] Packages() => [.. Directory.GetFiles(Repository.Feed, "Vmbus*.nupkg"), .. Directory.GetFiles(Repository.Feed, "Vmbus*.snupkg")];
}
