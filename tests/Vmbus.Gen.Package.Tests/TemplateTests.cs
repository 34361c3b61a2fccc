namespace Vmbus.Gen.Package.Tests;

/// <summary>The template as a user has it: installed from its package, instantiated outside the repository, built, tested and run.</summary>
[Trait("Category", "Package")]
[Trait("Category", "Ci")]
[Collection(nameof(PackedFeed))]
public sealed class TemplateTests(PackedFeed feed) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vmbus-template-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_service_builds_passes_its_tests_and_runs()
    {
        string hive = Path.Combine(_folder, "hive");
        await RunAsync("new", "install", feed.PackageOf("Vmbus.Templates"), "--debug:custom-hive", hive);
        await RunAsync("new", "vmbus-service", "-n", "Leds", "-o", "Leds", "--debug:custom-hive", hive);

        string service = Path.Combine(_folder, "Leds");
        Assert.True(File.Exists(Path.Combine(service, ".editorconfig")));
        Assert.Contains("<VmbusRules>strict</VmbusRules>", await File.ReadAllTextAsync(Path.Combine(service, "Leds", "Leds.csproj")), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "nuget.config"), Sources());

        DotnetCommand tests = await RunAsync("test", Path.Combine(service, "Leds.Tests"), "-m:1", "-nodeReuse:false");
        Assert.Contains("Passed:     4", tests.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", tests.Output, StringComparison.OrdinalIgnoreCase);

        DotnetCommand run = await RunAsync(Path.Combine(service, "Leds", "bin", "Debug", "net10.0", "Leds.dll"));
        Assert.Equal("version 2, accepted: True\nwrite: Success\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Without_strict_the_project_says_nothing_of_its_rules()
    {
        string hive = Path.Combine(_folder, "hive");
        await RunAsync("new", "install", feed.PackageOf("Vmbus.Templates"), "--debug:custom-hive", hive);
        await RunAsync("new", "vmbus-service", "-n", "Leds", "-o", "Leds", "--strict", "false", "--debug:custom-hive", hive);

        string project = await File.ReadAllTextAsync(Path.Combine(_folder, "Leds", "Leds", "Leds.csproj"));
        Assert.DoesNotContain("VmbusRules", project, StringComparison.Ordinal);
        Assert.DoesNotContain("#if", project, StringComparison.Ordinal);
    }

    /// <summary>The packages of this repository from the feed, into a folder of their own; those of others from where this build has them already.</summary>
    private static string Sources()
        => $"""
            <?xml version="1.0" encoding="utf-8"?>
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Repository.Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="present" value="{Repository.PackageFolder}" />
              </fallbackPackageFolders>
            </configuration>
            """;

    private async Task<DotnetCommand> RunAsync(params string[] arguments)
        => (await DotnetCommand.RunAsync(_folder, new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages") }, arguments)).RequireSuccess();
}
