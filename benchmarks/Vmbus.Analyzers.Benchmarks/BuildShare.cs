using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Vmbus.Analyzers.Benchmarks;

/// <summary>
/// What the analyzers add to the compiler's time: generated projects are built without analyzers, with ours, and with ours beside the SDK's CA2000, in turn; the
/// compiler reports what each analyzer took (<c>ReportAnalyzer</c>).
/// </summary>
internal static partial class BuildShare
{
    private const int Rounds = 3;

    private static readonly (string Name, int Classes, int Handlers, int Others)[] Projects =
    [
        ("1,000 handlers", 20, 50, 0),
        ("4,000 handlers", 80, 50, 0),
        ("10,000 methods without packets", 20, 0, 500),
        ("10,000 methods, 100 handlers", 20, 5, 490),
    ];

    private enum Variant
    {
        None,
        Ours,
        Both,
    }

    [GeneratedRegex(@"^\s*(?<time>[\d.]+)\s+ms\s+Csc\s+1 calls", RegexOptions.Multiline)]
    private static partial Regex CompilerTime { get; }

    [GeneratedRegex(@"^\s*(?<time><?[\d.]+)\s+<?\d+\s+(?<name>[\w.]+)( \([\w, ]+\))?\s*$", RegexOptions.Multiline)]
    private static partial Regex AnalyzerTime { get; }

    public static int Report(string folder, TextWriter output, TextWriter error)
    {
        string analyzers = typeof(Vmbus.Gen.Analyzers.Completion.PacketCompletionAnalyzer).Assembly.Location;
        foreach ((string name, int classes, int handlers, int others) in Projects)
        {
            string project = Path.Combine(folder, name.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal));
            Write(project, classes, handlers, others, analyzers);
            double[] compiler = [double.MaxValue, double.MaxValue, double.MaxValue];
            Dictionary<string, double> times = [];
            for (int round = 0; round < Rounds; round++)
            {
                foreach (Variant variant in Enum.GetValues<Variant>())
                {
                    string text = Build(project, variant);
                    if (CompilerTime.Match(text) is not { Success: true } match)
                    {
                        error.WriteLine($"{project} was not compiled:\n{text}");
                        return 1;
                    }

                    double time = Number(match.Groups["time"].Value);
                    compiler[(int)variant] = Math.Min(compiler[(int)variant], time);
                    if (variant == Variant.Both)
                    {
                        foreach (Match analyzer in AnalyzerTime.Matches(text))
                        {
                            string key = analyzer.Groups["name"].Value;
                            double taken = Number(analyzer.Groups["time"].Value.TrimStart('<')) * 1000;
                            times[key] = times.TryGetValue(key, out double least) ? Math.Min(least, taken) : taken;
                        }
                    }
                }
            }

            double completion = Sum(times, "Vmbus.Gen.Analyzers.Completion");
            double all = Sum(times, "Vmbus.Gen.Analyzers.");
            double disposal = Sum(times, "Microsoft.NetCore.Analyzers.Runtime.DisposeObjectsBeforeLosingScope");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: csc {compiler[0]:F0} ms, with ours {compiler[1]:F0} ms ({Percent(compiler[1], compiler[0])} more); completion {completion:F0} ms, all of ours {all:F0} ms, CA2000 {disposal:F0} ms"));
        }

        return 0;
    }

    private static string Percent(double with, double without) => ((with / without) - 1).ToString("P1", CultureInfo.InvariantCulture);

    private static double Sum(Dictionary<string, double> times, string prefix) => times.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal) && IsAnalyzer(t.Key)).Sum(static t => t.Value);

    /// <summary>The report has lines for assemblies, too.</summary>
    private static bool IsAnalyzer(string name) => char.IsUpper(name[(name.LastIndexOf('.') + 1)..][0]) && !name.EndsWith("Analyzers", StringComparison.Ordinal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Write(string project, int classes, int handlers, int others, string analyzers)
    {
        Directory.CreateDirectory(project);
        foreach (string old in Directory.EnumerateFiles(project, "*.cs"))
        {
            File.Delete(old);
        }

        for (int i = 0; i < classes; i++)
        {
            File.WriteAllText(Path.Combine(project, $"Host{i}.cs"), SourceText.Class(i, handlers, others));
        }

        File.WriteAllText(Path.Combine(project, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(project, ".editorconfig"), "root = true\n[*.cs]\ndotnet_analyzer_diagnostic.severity = none\ndotnet_diagnostic.CA2000.severity = warning\n" + string.Concat(Enumerable.Range(101, 9).Select(static n => $"dotnet_diagnostic.VMB{n}.severity = warning\n")) + "dotnet_diagnostic.VMB109.severity = suggestion\n");
        File.WriteAllText(Path.Combine(project, "Measured.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <RunAnalyzers>true</RunAnalyzers>
                <EnableNETAnalyzers Condition="'$(Variant)' != 'Both'">false</EnableNETAnalyzers>
                <EnableNETAnalyzers Condition="'$(Variant)' == 'Both'">true</EnableNETAnalyzers>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(VmbusChannel).Assembly.Location}" />
                <Analyzer Include="{analyzers}" Condition="'$(Variant)' != 'None'" />
              </ItemGroup>
            </Project>
            """);
        Run(project, "restore -v q");
    }

    private static string Build(string project, Variant variant)
        => Run(project, $"build --no-restore --no-incremental -c Release -p:Variant={variant} -p:ReportAnalyzer=true -p:UseSharedCompilation=false -v:d -clp:PerformanceSummary;NoItemAndPropertyList");

    private static string Run(string project, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = project, RedirectStandardOutput = true, UseShellExecute = false })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }
}
