using Microsoft.CodeAnalysis.Text;
using Vmbus.Gen.TestKit.Markup;

namespace Vmbus.Gen.Package.Tests;

/// <summary>
/// The package as a user has it: a project outside the repository, restored from the feed into a package folder of its own, that nothing of this
/// repository reaches. A library references the package; a program references the library.
/// </summary>
[Trait("Category", "Package")]
[Collection(nameof(PackedFeed))]
public sealed class ConsumerTests(PackedFeed feed) : IDisposable
{
    /// <summary>What would mean that the compiler did not load, or the host did not bear, what the package brings.</summary>
    private static readonly string[] SignsOfBadPackaging = ["CS9057", "CS8032", "CS8784", "CS8785", "AD0001", "CS0436", "NU5128", "NU1603", "NU1701"];

    private const string Template = ".template";

    private readonly string _folder = Directory.CreateTempSubdirectory("vmbus-consumer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Mistakes_are_reported_and_the_mended_program_runs()
    {
        CreateConsumer();

        MarkedUpText mistakes = MarkupParser.Parse(ReadSource("Echo.mistakes.cs"));
        Write("Handlers/Echo.cs", mistakes.Text);
        DotnetCommand broken = await BuildAsync("Handlers", "-p:VmbusRules=strict");
        IReadOnlyList<SarifResult> results = SarifResult.Read(PathOf("Handlers/results.sarif"));

        Assert.NotEqual(0, broken.ExitCode);
        Assert.Equal(ExpectedIn(mistakes), results.Where(IsRule).Select(static r => (r.RuleId, r.Line)));
        Assert.All(results.Where(IsRule), static r => Assert.Equal("error", r.Level));
        RequireSoundPackaging(broken, results);

        await BuildAsync("Handlers", "-p:VmbusRules=none");
        Assert.DoesNotContain(SarifResult.Read(PathOf("Handlers/results.sarif")), IsRule);

        Write("Handlers/Echo.cs", ReadSource("Echo.fixed.cs"));
        Write("Handlers/Directory.Build.targets", "<Project><PropertyGroup><VmbusRules>loud</VmbusRules></PropertyGroup></Project>");
        DotnetCommand mended = (await BuildAsync("App")).RequireSuccess();
        Assert.DoesNotContain(SarifResult.Read(PathOf("Handlers/results.sarif")), IsRuleOrWarning);
        Assert.DoesNotContain(SarifResult.Read(PathOf("App/results.sarif")), IsRuleOrWarning);
        RequireSoundPackaging(mended, []);
        Assert.Contains("The property VmbusRules is 'loud', which says nothing.", mended.Output, StringComparison.Ordinal);

        DotnetCommand run = (await DotnetCommand.RunAsync(_folder, new Dictionary<string, string>(), PathOf("App/bin/Debug/net10.0/App.dll"))).RequireSuccess();
        Assert.Equal("ping: Completed 010000000000002A\nreport: Completed\nother: Failed\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_build_writes_the_C_header_with_the_tool_of_the_feed()
    {
        CreateConsumer();
        Write("Handlers/Disk.cs", ReadSource("Native.cs"));
        string[] asked = ["-p:AllowUnsafeBlocks=true", "-p:VmbusNativeHeader=include.h"];

        DotnetCommand missing = await BuildAsync("Handlers", [.. asked, "-p:VmbusCommand=vmbus-that-is-not-here"]);
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("was not written: 'vmbus-that-is-not-here header' ended with", missing.Output, StringComparison.Ordinal);
        Assert.Contains("run 'dotnet tool install Vmbus.Tool'", missing.Output, StringComparison.Ordinal);

        Dictionary<string, string> packages = new() { ["NUGET_PACKAGES"] = PathOf("packages") };
        (await DotnetCommand.RunAsync(_folder, packages, "new", "tool-manifest")).RequireSuccess();
        (await DotnetCommand.RunAsync(_folder, packages, "tool", "install", "Vmbus.Tool", "--version", Version("Vmbus.Tool"))).RequireSuccess();
        (await BuildAsync("Handlers", asked)).RequireSuccess();
        Assert.Contains("EVT_VMB_CHANNEL_PROCESS_PACKET Devices_Disk_ProcessPacket;", File.ReadAllText(PathOf("Handlers/include.h")), StringComparison.Ordinal);
    }

    private string Version(string package) => Path.GetFileNameWithoutExtension(feed.PackageOf(package))[(package.Length + 1)..];

    private static bool IsRule(SarifResult result) => result.RuleId.StartsWith("VMB", StringComparison.Ordinal);

    private static bool IsRuleOrWarning(SarifResult result) => IsRule(result) || result.Level != "note";

    private static IEnumerable<(string Id, int Line)> ExpectedIn(MarkedUpText source)
    {
        SourceText text = SourceText.From(source.Text);
        return source.Diagnostics.Select(d => (d.Id!, text.Lines.GetLineFromPosition(d.Span.Start).LineNumber + 1));
    }

    private static void RequireSoundPackaging(DotnetCommand build, IReadOnlyList<SarifResult> results)
    {
        foreach (string sign in SignsOfBadPackaging)
        {
            Assert.DoesNotContain(sign, build.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(results, r => r.RuleId == sign);
        }
    }

    private static string ReadSource(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Consumer", "Sources", name + Template));

    private void CreateConsumer()
    {
        string templates = Path.Combine(AppContext.BaseDirectory, "Consumer");
        string version = Version("Vmbus.Gen");
        foreach (string file in Directory.EnumerateFiles(templates, "*" + Template, SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(templates, file);
            if (!relative.StartsWith("Sources", StringComparison.Ordinal))
            {
                Write(relative[..^Template.Length], File.ReadAllText(file).Replace("FEED", Repository.Feed, StringComparison.Ordinal).Replace("VERSION", version, StringComparison.Ordinal));
            }
        }
    }

    private Task<DotnetCommand> BuildAsync(string project, params string[] arguments)
        => DotnetCommand.RunAsync(
            _folder,
            new Dictionary<string, string> { ["NUGET_PACKAGES"] = PathOf("packages") },
            ["build", project, "-m:1", "-nodeReuse:false", .. arguments]);

    private string PathOf(string relative) => Path.Combine(_folder, relative);

    private void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }
}
