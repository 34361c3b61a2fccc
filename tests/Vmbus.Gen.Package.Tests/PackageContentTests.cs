using System.IO.Compression;
using System.Xml.Linq;

namespace Vmbus.Gen.Package.Tests;

/// <summary>What is in the package, and what it says about itself.</summary>
[Trait("Category", "Package")]
[Collection(nameof(PackedFeed))]
public sealed class PackageContentTests(PackedFeed feed)
{
    private const int LargestPackage = 300 * 1024;

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
                "config/strict.globalconfig",
                "lib/net10.0/_._",
            ],
            ContentOf(package));
        Assert.InRange(new FileInfo(feed.PackageOf("Vmbus.Gen")).Length, 1, LargestPackage);
    }

    [Fact]
    public void The_run_time_is_a_package_with_documentation()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackageOf("Vmbus"));

        Assert.Contains("lib/net10.0/Vmbus.dll", ContentOf(package));
        Assert.Contains("lib/net10.0/Vmbus.xml", ContentOf(package));
    }

    [Fact]
    public void The_package_brings_the_run_time_with_all_its_assets()
    {
        using ZipArchive package = ZipFile.OpenRead(feed.PackageOf("Vmbus.Gen"));
        using Stream nuspec = package.GetEntry("Vmbus.Gen.nuspec")!.Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single();

        XElement dependency = Assert.Single(metadata.Descendants(), static e => e.Name.LocalName == "dependency");
        Assert.Equal("Vmbus", dependency.Attribute("id")?.Value);
        Assert.Equal("All", dependency.Attribute("include")?.Value);
        Assert.Equal(Value("version"), dependency.Attribute("version")?.Value);
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Null(Value("developmentDependency"));

        string? Value(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
    }

    private static string[] ContentOf(ZipArchive package)
        => [.. package.Entries.Select(static e => e.FullName)
            .Where(static n => !n.StartsWith("_rels/", StringComparison.Ordinal) && !n.StartsWith("package/", StringComparison.Ordinal)
                && !n.EndsWith(".nuspec", StringComparison.Ordinal) && n != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)];
}
