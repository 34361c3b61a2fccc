using System.Text.RegularExpressions;

namespace Vmbus.Docs.Tests;

/// <summary>A link on a page that leads to a file of the repository leads to one that is there, and to a heading that is there.</summary>
public sealed partial class LinkTests
{
    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^#+ (?<heading>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    public static TheoryData<string> Pages => [.. DocumentationPage.Paths(), "docs/rules/README.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string path)
    {
        foreach (string target in Link.Matches(DocumentationPage.TextOf(path)).Select(static m => m.Groups["target"].Value).Where(static t => !t.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = target.Split('#', 2);
            string file = parts[0].Length == 0 ? path : Path.GetRelativePath(".", Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0]))).Replace('\\', '/');
            Assert.True(DocumentationPage.Exists(file), $"{path} links to {target}, which is not there.");
            if (parts.Length == 2)
            {
                Assert.True(AnchorsOf(file).Contains(parts[1]), $"{path} links to {target}; {file} has no such heading.");
            }
        }
    }

    /// <summary>The anchors that a renderer of Markdown makes: small letters, without punctuation, with hyphens for spaces.</summary>
    private static HashSet<string> AnchorsOf(string file)
        => [.. Heading.Matches(DocumentationPage.TextOf(file)).Select(static m =>
            string.Concat(m.Groups["heading"].Value.TrimEnd().ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-'))];
}
