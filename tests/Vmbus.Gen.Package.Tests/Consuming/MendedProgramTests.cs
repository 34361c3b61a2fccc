using System.Text.RegularExpressions;
using Vmbus.Gen.TestKit.Markup;

namespace Vmbus.Gen.Package.Tests.Consuming;

/// <summary>From an empty folder to a program that runs: the commands of a new user, three mistakes, and the fixes of the package.</summary>
[Trait("Category", "Package")]
[Trait("Category", "Long")]
[Collection(nameof(PackedFeed))]
public sealed partial class MendedProgramTests(PackedFeed feed) : IDisposable
{
    private readonly ConsumerFolder _folder = new(feed);

    [GeneratedRegex(@"/docs/rules/(VMB\d{3})\.md$")]
    private static partial Regex RulePage { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Mistakes_are_reported_mended_by_the_fixes_and_the_program_runs()
    {
        _folder.WriteTemplates("Common");
        (await _folder.RunAsync("new", "console", "-o", "App")).RequireSuccess();
        (await _folder.RunAsync("add", "App", "package", "Vmbus.Gen")).RequireSuccess();
        MarkedUpText mistakes = MarkupParser.Parse(ConsumerFolder.ReadTemplate("Sources/Panel.mistakes.cs"));
        _folder.Write("App/Panel.cs", mistakes.Text);
        _folder.WriteTemplate("Sources/Panel.program.cs", "App/Program.cs");

        (await _folder.BuildAsync("App")).RequireSoundPackaging();
        SarifResult[] reported = [.. SarifResult.Read(_folder.PathOf("App/results.sarif")).Where(static r => r.IsRule)];
        Assert.Equal(mistakes.LinesOfDiagnostics(), reported.Select(static r => (r.RuleId, r.Line)));
        Assert.All(reported, r => Assert.True(File.Exists(PageOf(r)), $"The page of {r.HelpLink} is not in the package."));

        // What the light bulb of an editor does, for each of them.
        (await _folder.RunAsync(["format", "analyzers", "App", "--no-restore", "--severity", "info", "--diagnostics", .. reported.Select(static r => r.RuleId)])).RequireSuccess();

        (await _folder.BuildAsync("App")).RequireSound(_folder);
        DotnetCommand run = (await _folder.RunAsync(_folder.PathOf("App/bin/Debug/net10.0/App.dll"))).RequireSuccess();
        Assert.Equal("saved at DISPATCH_LEVEL: Deferred\nsaved at PASSIVE_LEVEL: Completed\nlength: Completed 08000000\n", run.Output, ignoreLineEndingDifferences: true);
    }

    /// <summary>The page that a help link names, in the package as it was restored.</summary>
    private string PageOf(SarifResult result)
    {
        Match page = RulePage.Match(result.HelpLink);
        Assert.Equal(result.RuleId, page.Groups[1].Value);
        return _folder.PathOf($"packages/vmbus.gen/{_folder.VersionOf("Vmbus.Gen")}/docs/rules/{page.Groups[1].Value}.md");
    }
}
