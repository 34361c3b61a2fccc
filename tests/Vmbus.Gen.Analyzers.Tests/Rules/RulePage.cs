using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Rules;

/// <summary>A page of docs/rules.</summary>
/// <param name="Id">The name of the file.</param>
/// <param name="Text">The whole page, with <c>\n</c> as line ends.</param>
public sealed partial record RulePage(string Id, string Text)
{
    public const string Example = "Example";

    public const string Fix = "How to fix";

    public static readonly string[] Headings = ["Cause", Example, Fix, "When to suppress", "Options"];

    [GeneratedRegex(@"^## (?<heading>.+)\n(?<body>(?:(?!## ).*(?:\n|$))*)", RegexOptions.Multiline)]
    private static partial Regex SectionPattern { get; }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern { get; }

    [GeneratedRegex(@"^\| (?<name>[^|]+?) \| (?<value>[^|]+?) \|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern { get; }

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(FolderOfThisFile(), "..", "..", "..", "docs", "rules"));

    public static RulePage Read(string id) => new(id, File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n"));

    public static IEnumerable<string> Ids() => Directory.EnumerateFiles(Folder, "VMB*.md").Select(static f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public string Title => Text[..Text.IndexOf('\n', StringComparison.Ordinal)];

    public IReadOnlyList<string> SectionHeadings => [.. SectionPattern.Matches(Text).Select(static m => m.Groups["heading"].Value)];

    /// <summary>A value of the table at the top.</summary>
    public string? Value(string name)
        => RowPattern.Matches(Text[..Text.IndexOf("\n## ", StringComparison.Ordinal)]).FirstOrDefault(m => m.Groups["name"].Value == name)?.Groups["value"].Value;

    public string Section(string heading) => SectionPattern.Matches(Text).Single(m => m.Groups["heading"].Value == heading).Groups["body"].Value;

    /// <summary>The C# code of a section, one text for each fence.</summary>
    public IReadOnlyList<string> CodeOf(string heading) => [.. FencePattern.Matches(Section(heading)).Select(static m => m.Groups["code"].Value)];

    /// <summary>The project that the code of a page is.</summary>
    public static TestProject ProjectOf(string code) => TestProject.Of(code).WithGenerators(new ChannelCallbacksGenerator()) with { AllowUnsafe = true };

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
