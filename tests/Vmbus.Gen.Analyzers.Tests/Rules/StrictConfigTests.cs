using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Shape;

namespace Vmbus.Gen.Analyzers.Tests.Rules;

/// <summary>The package's <c>VmbusRules = strict</c> makes an error of every rule that warns.</summary>
public sealed class StrictConfigTests
{
    [Fact]
    public void Every_rule_that_warns_is_an_error()
    {
        string path = Path.Combine(FolderOfThisFile(), "..", "..", "..", "src", "Vmbus.Gen", "config", "strict.globalconfig");
        IEnumerable<string> warnings = typeof(HandlerShapeAnalyzer).Assembly.GetTypes()
            .Where(static t => !t.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(t))
            .SelectMany(static t => ((DiagnosticAnalyzer)Activator.CreateInstance(t)!).SupportedDiagnostics)
            .Where(static d => d.DefaultSeverity == DiagnosticSeverity.Warning)
            .Select(static d => d.Id)
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            warnings.Select(static id => $"dotnet_diagnostic.{id}.severity = error"),
            File.ReadLines(path).Where(static l => l.StartsWith("dotnet_diagnostic", StringComparison.Ordinal)));
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
