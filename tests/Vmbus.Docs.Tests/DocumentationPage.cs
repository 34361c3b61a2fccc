using System.Reflection;
using System.Text.RegularExpressions;

namespace Vmbus.Docs.Tests;

/// <summary>
/// A page of the documentation and the C# code on it. A comment before a fence says what the code is:
/// <c>&lt;!-- file: A.cs; with: B.cs, C.cs; reports: VMB101 --&gt;</c> names the file that it is, the files of the page that belong to it, and what the rules say of it.
/// <c>&lt;!-- code: ... --&gt;</c> before a fence is code that the block needs and a reader does not. <c>&lt;!-- prints --&gt;</c> before a text fence: what running the
/// last block prints. <c>&lt;!-- changes: A.cs --&gt;</c> before a diff fence: what the reader is told to change in that file before other blocks use it.
/// </summary>
/// <param name="Path">From the root of the repository, with <c>/</c>.</param>
/// <param name="Blocks">The C# blocks, from top to bottom.</param>
/// <param name="Changes">The changes, from top to bottom.</param>
internal sealed partial record DocumentationPage(string Path, IReadOnlyList<CodeBlock> Blocks, IReadOnlyList<CodeChange> Changes)
{
    private static readonly string Root = typeof(DocumentationPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;

    [GeneratedRegex(
        """(?:^<!--\ code:\n(?<support>.*?)\n-->\n)?(?:^<!--\ (?<marks>(?:file|with|reports|unsafe|kind)\b[^\n]*?)\ -->\n)?^```csharp\n(?<code>.*?)^```$(?:\n+(?:[^\n]+\n)?\n*<!--\ prints\ -->\n```[a-z]*\n(?<output>.*?)^```$)?""",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex BlockPattern { get; }

    [GeneratedRegex(@"^<!-- changes: (?<file>\S+) -->\n```diff\n(?<diff>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ChangePattern { get; }

    /// <summary>README and everything in docs but the pages of rules, which have tests of their own.</summary>
    public static IEnumerable<string> Paths()
        => Directory.EnumerateFiles(System.IO.Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(static f => System.IO.Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(static f => !f.StartsWith("docs/rules/", StringComparison.Ordinal))
            .Concat(["README.md", "CONTRIBUTING.md", "src/Vmbus.Gen/README.md"])
            .Where(static f => File.Exists(System.IO.Path.Combine(Root, f)))
            .Order(StringComparer.Ordinal);

    public static DocumentationPage Read(string path)
    {
        string text = File.ReadAllText(System.IO.Path.Combine(Root, path)).ReplaceLineEndings("\n");
        List<CodeBlock> blocks = [];
        foreach (Match match in BlockPattern.Matches(text))
        {
            int line = text.AsSpan(0, match.Groups["code"].Index).Count('\n') + 1;
            Dictionary<string, string> marks = match.Groups["marks"].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(static m => m.Split(':', 2, StringSplitOptions.TrimEntries))
                .ToDictionary(static m => m[0], static m => m.Length == 2 ? m[1] : "");
            blocks.Add(new CodeBlock(
                marks.GetValueOrDefault("file") ?? $"Line{line}.cs",
                line,
                match.Groups["code"].Value,
                match.Groups["support"] is { Success: true } support ? support.Value : null,
                ListOf(marks, "with"),
                ListOf(marks, "reports"),
                marks.ContainsKey("unsafe"),
                match.Groups["output"] is { Success: true } output ? output.Value : null));
        }

        return new DocumentationPage(path, blocks, [.. ChangePattern.Matches(text).Select(static m => CodeChange.Parse(m.Groups["file"].Value, m.Groups["diff"].Value))]);
    }

    /// <summary>Fences that the pattern must have found: none may slip through a mark that is misspelt.</summary>
    public static int FencesIn(string path)
        => File.ReadLines(System.IO.Path.Combine(Root, path)).Count(static l => l.StartsWith("```csharp", StringComparison.Ordinal) || l.StartsWith("```cs", StringComparison.Ordinal));

    public static string TextOf(string path) => File.ReadAllText(System.IO.Path.Combine(Root, path));

    public static bool Exists(string path) => System.IO.Path.Exists(System.IO.Path.Combine(Root, path));

    public CodeBlock Block(string file) => Blocks.SingleOrDefault(b => b.File == file) ?? throw new InvalidOperationException($"{Path} has no block for the file {file}.");

    /// <summary>The block as it is after the changes that the page asks for.</summary>
    public CodeBlock Changed(string file)
        => Changes.Where(c => c.File == file).Aggregate(Block(file), (block, change) => block with { Code = change.ApplyTo(block.Code, Path) });

    private static string[] ListOf(Dictionary<string, string> marks, string name)
        => marks.GetValueOrDefault(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
