using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;
using Vmbus.Gen.Package.Tests.Skipping;
using Vmbus.Gen.TestKit;

namespace Vmbus.Gen.Package.Tests;

/// <summary>A release, built twice from clones in different folders: the same bits, and symbols that say where the sources are.</summary>
[Trait("Category", "Package")]
[Trait("Category", "Long")]
public sealed class ReproducedPackageTests : IDisposable
{
    private const string Address = "https://github.com/vmbus-gen/vmbus-gen";

    /// <summary>By which a portable PDB marks its source link.</summary>
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly string _folder = Directory.CreateTempSubdirectory("vmbus-reproduced-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Two_clones_make_the_same_packages_with_source_link()
    {
        string first = await PackCloneAsync("first");
        string second = await PackCloneAsync("second-clone");

        string[] packages = [.. Directory.GetFiles(first).Select(static f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(6, packages.Length);
        Assert.All(packages, name => Assert.True(File.ReadAllBytes(Path.Combine(first, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(second, name))), $"{name} has other bits."));

        string commit = await GitAsync(Repository.Root, "rev-parse", "HEAD");
        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(first, "Vmbus.Gen.*.nupkg").Single());
        using Stream nuspec = package.Entries.Single(static e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement repository = XDocument.Load(nuspec).Descendants().Single(static e => e.Name.LocalName == "repository");
        Assert.Equal((Address, commit), (repository.Attribute("url")?.Value.Replace(".git", "", StringComparison.Ordinal), repository.Attribute("commit")?.Value));

        using ZipArchive symbols = ZipFile.OpenRead(Directory.GetFiles(first, "Vmbus.*.snupkg").Single(static f => !Path.GetFileName(f).StartsWith("Vmbus.Tool", StringComparison.Ordinal)));
        Assert.Contains($"raw.githubusercontent.com/vmbus-gen/vmbus-gen/{commit}/*", SourceLinkOf(symbols.GetEntry("lib/net10.0/Vmbus.pdb")!), StringComparison.Ordinal);
    }

    private async Task<string> PackCloneAsync(string name)
    {
        if (!Path.Exists(Repository.PathOf(".git")))
        {
            throw new SkipException($"{Repository.Root} is no clone of a repository.");
        }

        string clone = Path.Combine(_folder, name);
        await GitAsync(_folder, "clone", "--quiet", Repository.Root, clone);
        await GitAsync(clone, "remote", "set-url", "origin", Address);
        string output = Path.Combine(_folder, "packed-" + name.Length);
        foreach (string project in PackedFeed.Projects)
        {
            (await DotnetCommand.RunAsync(clone, new Dictionary<string, string> { ["CI"] = "true" }, "pack", project, "-c", "Release", "-o", output, "-nodeReuse:false")).RequireSuccess();
        }

        return output;
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        (int exitCode, string output, string error) = await DotnetProcess.RunAsync(start, TimeSpan.FromMinutes(2));
        return exitCode == 0 ? output.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)} ended with {exitCode}: {error}");
    }

    private static string SourceLinkOf(ZipArchiveEntry pdb)
    {
        using MemoryStream image = new();
        using (Stream entry = pdb.Open())
        {
            entry.CopyTo(image);
        }

        image.Position = 0;
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(image);
        MetadataReader reader = provider.GetMetadataReader();
        CustomDebugInformation information = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(i => reader.GetGuid(i.Kind) == SourceLink);
        return Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value));
    }
}
