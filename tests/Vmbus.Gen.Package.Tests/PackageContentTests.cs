using System.IO.Compression;
using System.Xml.Linq;

namespace Vmbus.Gen.Package.Tests;

/// <summary>What is in the package, and what it says about itself.</summary>
[Trait("Category", "Package")]
[Collection(nameof(PackedFeed))]
public sealed class PackageContentTests(PackedFeed feed)
{
    private const int LargestPackage = 512 * 1024;

    [Fact]
    public void Packing_warns_of_nothing() => Assert.DoesNotContain("warning", feed.Output, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_package_holds_what_the_compiler_loads_and_nothing_else()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackageOf("Vmbus.Gen"));

        Assert.Equal(
            [
                "README.md",
                "analyzers/dotnet/cs/Vmbus.Gen.Analyzers.dll",
                "analyzers/dotnet/cs/Vmbus.Gen.CodeFixes.dll",
                "analyzers/dotnet/cs/Vmbus.Gen.Generators.dll",
                "buildTransitive/Vmbus.Gen.targets",
                "config/none.globalconfig",
                "config/strict.globalconfig",
                .. Directory.EnumerateFiles(Repository.PathOf("docs", "rules"), "*.md").Select(static f => $"docs/rules/{Path.GetFileName(f)}").Order(StringComparer.Ordinal),
                "icon.png",
                "lib/net10.0/_._",
            ],
            ContentOf(package));
        Assert.InRange(new FileInfo(feed.PackageOf("Vmbus.Gen")).Length, 1, LargestPackage);
    }

    [Fact]
    public void The_run_time_is_a_package_with_documentation()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackageOf("Vmbus"));

        Assert.Equal(["README.md", "icon.png", "lib/net10.0/Vmbus.dll", "lib/net10.0/Vmbus.xml"], ContentOf(package));
        Assert.DoesNotContain(Nuspec(package).Descendants(), static e => e.Name.LocalName == "dependency");
    }

    [Theory]
    [InlineData("Vmbus")]
    [InlineData("Vmbus.Gen")]
    [InlineData("Vmbus.Tool")]
    [InlineData("Vmbus.Templates")]
    public void A_package_says_what_it_is(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackageOf(id));
        XElement metadata = Nuspec(package);

        Assert.Equal(id, Value(metadata, "id"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.NotEqual("Package Description", Value(metadata, "description"));
        Assert.NotNull(Value(metadata, "tags"));
        Assert.Contains("README.md", ContentOf(package));
        Assert.Contains("icon.png", ContentOf(package));
    }

    [Fact]
    public void The_run_time_has_its_symbols_in_a_package_of_their_own()
    {
        using ZipArchive symbols = ZipFile.OpenRead(Path.ChangeExtension(feed.PackageOf("Vmbus"), ".snupkg"));

        Assert.Contains("lib/net10.0/Vmbus.pdb", ContentOf(symbols));
    }

    [Fact]
    public void The_tool_is_the_command_vmbus()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackageOf("Vmbus.Tool"));
        string settings = ContentOf(package).Single(static n => n.EndsWith("/DotnetToolSettings.xml", StringComparison.Ordinal));
        using Stream stream = package.GetEntry(settings)!.Open();

        Assert.Equal("vmbus", XDocument.Load(stream).Descendants("Command").Single().Attribute("Name")?.Value);
    }

    [Fact]
    public void The_templates_name_the_package_in_its_present_version()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackageOf("Vmbus.Templates"));
        using StreamReader project = new(package.GetEntry("content/vmbus-service/VmbusService1/VmbusService1.csproj")!.Open());

        Assert.Contains($"<PackageReference Include=\"Vmbus.Gen\" Version=\"{Value(Nuspec(package), "version")}\" />", project.ReadToEnd(), StringComparison.Ordinal);
        Assert.Contains("content/vmbus-service/.editorconfig", ContentOf(package));
        Assert.Contains("content/vmbus-service/.template.config/template.json", ContentOf(package));
    }

    [Fact]
    public void The_package_brings_the_run_time_with_all_its_assets()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackageOf("Vmbus.Gen"));
        XElement metadata = Nuspec(package);

        XElement dependency = Assert.Single(metadata.Descendants(), static e => e.Name.LocalName == "dependency");
        Assert.Equal("Vmbus", dependency.Attribute("id")?.Value);
        Assert.Equal("All", dependency.Attribute("include")?.Value);
        Assert.Equal(Value(metadata, "version"), dependency.Attribute("version")?.Value);
        Assert.Null(Value(metadata, "developmentDependency"));
    }

    private static XElement Nuspec(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(static e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;

    private static string[] ContentOf(ZipArchive package)
        => [.. package.Entries.Select(static e => e.FullName)
            .Where(static n => !n.StartsWith("_rels/", StringComparison.Ordinal) && !n.StartsWith("package/", StringComparison.Ordinal)
                && !n.EndsWith(".nuspec", StringComparison.Ordinal) && n != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)];
}
