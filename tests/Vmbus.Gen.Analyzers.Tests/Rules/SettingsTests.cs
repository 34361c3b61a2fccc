using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.TestKit;

namespace Vmbus.Gen.Analyzers.Tests.Rules;

/// <summary>The package's <c>VmbusRules = strict</c> makes an error of every rule that warns; <c>none</c> turns off every category.</summary>
public sealed partial class SettingsTests
{
    [Fact]
    public void Every_rule_that_warns_is_an_error()
    {
        IEnumerable<string> warnings = Rules
            .Where(static d => d.DefaultSeverity == DiagnosticSeverity.Warning)
            .Select(static d => d.Id)
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            warnings.Select(static id => $"dotnet_diagnostic.{id}.severity = error"),
            File.ReadLines(PathOf("src", "Vmbus.Gen", "config", "strict.globalconfig")).Where(static l => l.StartsWith("dotnet_diagnostic", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_category_is_turned_off()
        => Assert.Equal(
            Rules.Select(static d => d.Category).Distinct().Order(StringComparer.Ordinal).Select(static c => $"dotnet_analyzer_diagnostic.category-{c}.severity = none"),
            File.ReadLines(PathOf("src", "Vmbus.Gen", "config", "none.globalconfig")).Where(static l => l.StartsWith("dotnet_analyzer", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_option_that_is_read_has_its_line_on_the_page_and_no_other_has()
    {
        IEnumerable<string> read = Directory.EnumerateFiles(PathOf("analyzers", "Vmbus.Gen.Analyzers"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static f => OptionInCode.Matches(File.ReadAllText(f)).Select(static m => m.Groups["key"].Value))
            .Distinct().Order(StringComparer.Ordinal);
        IEnumerable<string> described = OptionOnPage.Matches(File.ReadAllText(PathOf("docs", "options.md")))
            .Select(static m => m.Groups["key"].Value)
            .Order(StringComparer.Ordinal);

        Assert.Equal(read, described);
    }

    private static IEnumerable<DiagnosticDescriptor> Rules
        => ExportedTypes.InstancesOf<DiagnosticAnalyzer>(typeof(HandlerShapeAnalyzer).Assembly).SelectMany(static a => a.SupportedDiagnostics);

    [GeneratedRegex("\"(?<key>vmbus\\.[a-z_]+)\"")]
    private static partial Regex OptionInCode { get; }

    [GeneratedRegex(@"^\| `(?<key>vmbus\.[a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex OptionOnPage { get; }

    private static string PathOf(params string[] parts) => Path.Combine([FolderOfThisFile(), "..", "..", "..", .. parts]);

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
