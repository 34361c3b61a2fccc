using Vmbus.Gen.TestKit.Markup;

namespace Vmbus.Gen.Package.Tests.Consuming;

/// <summary>The package as a user has it, in a library and in a program that references the library.</summary>
[Trait("Category", "Package")]
[Collection(nameof(PackedFeed))]
public sealed class ConsumerTests(PackedFeed feed) : IDisposable
{
    private readonly ConsumerFolder _folder = new(feed);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Mistakes_are_reported_and_the_mended_program_runs()
    {
        CreateLibraryAndProgram();

        MarkedUpText mistakes = MarkupParser.Parse(ConsumerFolder.ReadTemplate("Sources/Echo.mistakes.cs"));
        _folder.Write("Handlers/Echo.cs", mistakes.Text);
        DotnetCommand broken = await _folder.BuildAsync("Handlers", "-p:VmbusRules=strict");
        IReadOnlyList<SarifResult> results = ResultsOf("Handlers");

        Assert.NotEqual(0, broken.ExitCode);
        Assert.Equal(mistakes.LinesOfDiagnostics(), results.Where(static r => r.IsRule).Select(static r => (r.RuleId, r.Line)));
        Assert.All(results.Where(static r => r.IsRule), static r => Assert.Equal("error", r.Level));
        broken.RequireSoundPackaging(results);

        await _folder.BuildAsync("Handlers", "-p:VmbusRules=none");
        Assert.DoesNotContain(ResultsOf("Handlers"), static r => r.IsRule);

        _folder.WriteTemplate("Sources/Echo.fixed.cs", "Handlers/Echo.cs");
        (await _folder.BuildAsync("App")).RequireSound(_folder);
        Assert.Equal(["App.dll", "Handlers.dll", "Vmbus.dll"], Directory.GetFiles(_folder.PathOf("App/bin/Debug/net10.0"), "*.dll").Select(Path.GetFileName).Order(StringComparer.Ordinal));

        DotnetCommand run = (await _folder.RunAsync(_folder.PathOf("App/bin/Debug/net10.0/App.dll"))).RequireSuccess();
        Assert.Equal("ping: Completed 010000000000002A\nreport: Completed\nother: Failed\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_build_says_what_a_property_can_be()
    {
        CreateLibraryAndProgram();
        _folder.WriteTemplate("Sources/Echo.fixed.cs", "Handlers/Echo.cs");

        DotnetCommand build = (await _folder.BuildAsync("Handlers", "-p:VmbusRules=loud")).RequireSuccess();

        Assert.Contains("The property VmbusRules is 'loud', which says nothing.", build.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".editorconfig", "root = true\n[*.cs]\n")]
    [InlineData(".globalconfig", "is_global = true\n")]
    [Trait("Category", "Long")]
    public async Task A_project_has_the_last_word_about_a_rule(string file, string head)
    {
        CreateLibraryAndProgram();
        _folder.Write("Handlers/Echo.cs", MarkupParser.Parse(ConsumerFolder.ReadTemplate("Sources/Echo.mistakes.cs")).Text);
        _folder.Write($"Handlers/{file}", $"{head}dotnet_diagnostic.VMB101.severity = warning\ndotnet_diagnostic.VMB201.severity = none\n");

        await _folder.BuildAsync("Handlers", "-p:VmbusRules=strict");

        IReadOnlyList<SarifResult> results = ResultsOf("Handlers");
        Assert.Equal("warning", Assert.Single(results, static r => r.RuleId == "VMB101").Level);
        Assert.DoesNotContain(results, static r => r.RuleId == "VMB201");
    }

    /// <summary>The library is on a feed, and the program knows nothing of this package.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task A_packed_library_brings_the_run_time_and_no_analyzer()
    {
        CreateLibraryAndProgram();
        _folder.WriteTemplate("Sources/Echo.fixed.cs", "Handlers/Echo.cs");
        (await _folder.RunAsync("pack", "Handlers", "-o", _folder.PathOf("own-feed"), "-nodeReuse:false")).RequireSuccess();
        _folder.Write("nuget.config", ConsumerFolder.ReadTemplate("Common/nuget.config").Replace("</packageSources>", "  <add key=\"own\" value=\"own-feed\" />\n</packageSources>", StringComparison.Ordinal));
        _folder.Write("App/App.csproj", ConsumerFolder.ReadTemplate("Library/App/App.csproj").Replace("<ProjectReference Include=\"../Handlers/Handlers.csproj\" />", "<PackageReference Include=\"Handlers\" Version=\"1.0.0\" />", StringComparison.Ordinal));

        (await _folder.BuildAsync("App")).RequireSound(_folder);

        Assert.True(File.Exists(_folder.PathOf("App/bin/Debug/net10.0/Vmbus.dll")));
        Assert.Contains("report: Completed", (await _folder.RunAsync(_folder.PathOf("App/bin/Debug/net10.0/App.dll"))).RequireSuccess().Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_build_writes_the_C_header_with_the_tool_of_the_feed()
    {
        CreateLibraryAndProgram();
        _folder.WriteTemplate("Sources/Native.cs", "Handlers/Disk.cs");
        string[] asked = ["-p:AllowUnsafeBlocks=true", "-p:VmbusNativeHeader=include.h"];

        DotnetCommand missing = await _folder.BuildAsync("Handlers", [.. asked, "-p:VmbusCommand=vmbus-that-is-not-here"]);
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("was not written: 'vmbus-that-is-not-here header' ended with", missing.Output, StringComparison.Ordinal);
        Assert.Contains("run 'dotnet tool install Vmbus.Tool'", missing.Output, StringComparison.Ordinal);

        (await _folder.RunAsync("new", "tool-manifest")).RequireSuccess();
        (await _folder.RunAsync("tool", "install", "Vmbus.Tool", "--version", _folder.VersionOf("Vmbus.Tool"))).RequireSuccess();
        (await _folder.BuildAsync("Handlers", asked)).RequireSuccess();
        Assert.Contains("EVT_VMB_CHANNEL_PROCESS_PACKET Devices_Disk_ProcessPacket;", _folder.Read("Handlers/include.h"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_packed_library_tells_its_users_what_blocks_in_it()
    {
        CreateLibraryAndProgram();
        _folder.Write("Handlers/Echo.cs", "public static class Journal { public static void Save() => File.WriteAllText(\"journal\", \"\"); public static int Count() => 1; }\n");
        _folder.Write(
            "App/App.csproj",
            ConsumerFolder.ReadTemplate("Library/App/App.csproj").Replace(
                "<ProjectReference Include=\"../Handlers/Handlers.csproj\" />",
                "<PackageReference Include=\"Vmbus.Gen\" Version=\"VERSION\" />\n    <PackageReference Include=\"Handlers\" Version=\"1.0.0\" />",
                StringComparison.Ordinal).Replace("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", "", StringComparison.Ordinal));
        _folder.Write("App/Program.cs", "return;\n");
        _folder.Write("App/Disk.cs", "using Vmbus;\n\ninternal sealed partial class Disk\n{\n    [ProcessPacket(1u)] private uint OnFlush()\n    {\n        Journal.Save();\n        return (uint)Journal.Count();\n    }\n}\n");
        _folder.Write("nuget.config", ConsumerFolder.ReadTemplate("Common/nuget.config").Replace("</packageSources>", "  <add key=\"own\" value=\"own-feed\" />\n</packageSources>", StringComparison.Ordinal));
        string[] pack = ["pack", "Handlers", "-o", _folder.PathOf("own-feed"), "-nodeReuse:false", "-p:VmbusPackEffects=true"];
        Directory.CreateDirectory(_folder.PathOf("own-feed"));

        DotnetCommand missing = await _folder.RunAsync([.. pack, "-p:VmbusCommand=vmbus-that-is-not-here"]);
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("How the members of Handlers block was not written: 'vmbus-that-is-not-here effects' ended with", missing.Output, StringComparison.Ordinal);

        (await _folder.RunAsync("new", "tool-manifest")).RequireSuccess();
        (await _folder.RunAsync("tool", "install", "Vmbus.Tool", "--version", _folder.VersionOf("Vmbus.Tool"))).RequireSuccess();
        (await _folder.RunAsync(pack)).RequireSuccess();
        DotnetCommand build = (await _folder.BuildAsync("App")).RequireSuccess();

        Assert.Contains("Disk.cs(7,9): warning VMB201: 'Journal.Save' blocks at DISPATCH_LEVEL: OnFlush → Journal.Save", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Journal.Count", build.Output, StringComparison.Ordinal);
    }

    private void CreateLibraryAndProgram()
    {
        _folder.WriteTemplates("Common");
        _folder.WriteTemplates("Library");
    }

    private IReadOnlyList<SarifResult> ResultsOf(string project) => SarifResult.Read(_folder.PathOf($"{project}/results.sarif"));
}
