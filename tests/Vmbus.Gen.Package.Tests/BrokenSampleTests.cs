using System.Globalization;
using System.Text.RegularExpressions;
using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.Text;

namespace Vmbus.Gen.Package.Tests;

/// <summary>
/// README shows what the build of samples/Broken prints. With <c>VMBUS_ACCEPT_SNAPSHOTS=1</c> in the environment its block is written anew.
/// </summary>
[Trait("Category", "Package")]
[Collection(nameof(PackedFeed))]
public sealed partial class BrokenSampleTests
{
    private const string Begin = "<!-- broken:begin -->\n```\n";
    private const string End = "```\n<!-- broken:end -->";

    [GeneratedRegex(@"^(?<file>[^\r\n(]+)\((?<line>\d+),(?<column>\d+)\): (?<rest>(?:error|warning) .*?)(?: \(https://\S+\))?(?: \[[^\[\]]+\.csproj\])?\s*$", RegexOptions.Multiline)]
    private static partial Regex Diagnostic { get; }

    [Fact]
    public async Task Readme_shows_the_diagnostics_of_the_broken_sample()
    {
        // What the sample references was built with these tests; here it is only compiled.
        DotnetCommand build = await DotnetCommand.RunAsync(
            Repository.Root, new Dictionary<string, string>(), "build", "samples/Broken", "--no-dependencies", "-c", Repository.Configuration, "-nodeReuse:false");
        Assert.NotEqual(0, build.ExitCode);
        string expected = string.Concat(DiagnosticsIn(build.Output).Select(static d => d + "\n"));
        Assert.Contains(": error VMB", expected, StringComparison.Ordinal);

        string path = Repository.PathOf("README.md");
        string readme = File.ReadAllText(path).ReplaceLineEndings("\n");
        (int start, int end) = BlockOf(readme);
        if (Environment.GetEnvironmentVariable("VMBUS_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, readme[..start] + expected + readme[end..]);
        }
        else if (readme[start..end] != expected)
        {
            throw new VerificationFailedException(
                "README does not show what `dotnet build samples/Broken` prints. If it is right, run this test with VMBUS_ACCEPT_SNAPSHOTS=1 in the environment.\n"
                + UnifiedDiff.Create("README.md", readme[start..end], "dotnet build", expected));
        }
    }

    /// <summary>Each diagnostic once, in the order of the source, with the path from the root, without the help link and the project.</summary>
    private static IEnumerable<string> DiagnosticsIn(string output)
        => Diagnostic.Matches(output)
            .Select(static m => (
                File: Path.GetRelativePath(Repository.Root, m.Groups["file"].Value.Trim()).Replace('\\', '/'),
                Line: int.Parse(m.Groups["line"].Value, CultureInfo.InvariantCulture),
                Column: int.Parse(m.Groups["column"].Value, CultureInfo.InvariantCulture),
                What: m.Groups["rest"].Value))
            .Distinct()
            .OrderBy(static d => d.File, StringComparer.Ordinal).ThenBy(static d => d.Line).ThenBy(static d => d.Column).ThenBy(static d => d.What, StringComparer.Ordinal)
            .Select(static d => $"{d.File}({d.Line},{d.Column}): {d.What}");

    private static (int Start, int End) BlockOf(string readme)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : readme.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0
            ? throw new VerificationFailedException("README.md has no block of diagnostics between <!-- broken:begin --> and <!-- broken:end -->, fenced with ```.")
            : (begin + Begin.Length, end);
    }
}
