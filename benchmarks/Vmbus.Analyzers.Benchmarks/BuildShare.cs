using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vmbus.Analyzers.Benchmarks;

/// <summary>
/// What the analyzers add to the compiler's time. Each project is compiled bare, with an analyzer that does nothing, with ours, with what the SDK gives to every
/// project, with that and the rules of completion, with that and all of ours, and with CA2000 besides; in turn, for several rounds. Times are the least of all rounds. A share is the
/// median of what it was in each round, for a machine that others use is fast in one round and slow in the next.
/// </summary>
internal static class BuildShare
{
    /// <summary>How many rounds a server is given to compile its own code, and ours, before any counts.</summary>
    private const int RoundsToWarmUp = 3;
    private const string Ours = "Vmbus.Gen.Analyzers.";
    private const string CompletionRules = Ours + "Completion.";
    private const string LevelRules = Ours + "Irql.";
    private const string Disposal = "Microsoft.NetCore.Analyzers.Runtime.DisposeObjectsBeforeLosingScope";

    private enum Variant
    {
        Bare,
        Floor,
        WithOurs,
        Sdk,
        SdkWithCompletion,
        SdkWithOurs,
        SdkWithOursAndDisposal,
    }

    private static IEnumerable<GeneratedProject> Projects =>
    [
        GeneratedProject.Services(1_000),
        GeneratedProject.Services(10_000),
        GeneratedProject.FullHandlers(1_000),
        GeneratedProject.Methods(10_000, 0),
        GeneratedProject.Methods(10_000, 100),
    ];

    /// <summary>Measures the projects whose names contain <paramref name="name"/>, in so many rounds.</summary>
    public static void Report(string folder, string name, int rounds, bool inServer, TextWriter output)
    {
        using var compiler = new SdkCompiler();
        foreach (GeneratedProject project in Projects.Where(p => p.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
        {
            IReadOnlyList<string> files = project.Write(folder);
            var builds = Enum.GetValues<Variant>().ToDictionary(static v => v, static _ => new List<SdkCompiler.Build>());
            var shares = new Dictionary<string, double>();
            for (int round = inServer ? -RoundsToWarmUp : 0; round < rounds; round++)
            {
                foreach (Variant variant in Enum.GetValues<Variant>())
                {
                    SdkCompiler.Build build = compiler.Compile(files, Arguments(variant, folder, compiler), inServer);
                    if (round < 0)
                    {
                        continue;
                    }

                    builds[variant].Add(build);
                    if (variant == Variant.SdkWithOursAndDisposal)
                    {
                        foreach ((string analyzer, double time) in build.Analyzers)
                        {
                            shares[analyzer] = Math.Min(time, shares.GetValueOrDefault(analyzer, double.MaxValue));
                        }
                    }
                }
            }

            output.WriteLine($"{project.Name}, {project.Files.Count:N0} files, {(inServer ? "a server that has compiled before" : "a new process")}");
            Line(output, "bare", builds[Variant.Bare], builds[Variant.Bare]);
            Line(output, "floor: an analyzer that does nothing", builds[Variant.Floor], builds[Variant.Bare]);
            Line(output, "ours", builds[Variant.WithOurs], builds[Variant.Bare]);
            Line(output, "the SDK's analyzers", builds[Variant.Sdk], builds[Variant.Sdk]);
            Line(output, "the SDK's and completion", builds[Variant.SdkWithCompletion], builds[Variant.Sdk]);
            Line(output, "the SDK's and ours", builds[Variant.SdkWithOurs], builds[Variant.Sdk]);
            Line(output, "the SDK's, ours and CA2000", builds[Variant.SdkWithOursAndDisposal], builds[Variant.Sdk]);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  by the compiler's report: completion {Sum(shares, CompletionRules):F2} s, IRQL {Sum(shares, LevelRules):F2} s, all of ours {Sum(shares, Ours):F2} s, CA2000 {Sum(shares, Disposal):F2} s"));
            foreach ((string analyzer, double time) in shares.Where(static s => s.Key.StartsWith(Ours, StringComparison.Ordinal)).OrderByDescending(static s => s.Value))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {analyzer[Ours.Length..],-50} {time:F3} s"));
            }
        }
    }

    private static IEnumerable<string> Arguments(Variant variant, string folder, SdkCompiler compiler)
    {
        string ours = $"/a:{typeof(Vmbus.Gen.Analyzers.Completion.PacketCompletionAnalyzer).Assembly.Location}";
        return variant switch
        {
            Variant.Bare => [],
            Variant.Floor => [$"/a:{typeof(Floor.FloorAnalyzer).Assembly.Location}"],
            Variant.WithOurs => [ours],
            Variant.Sdk => compiler.DefaultAnalyzers,
            Variant.SdkWithCompletion => [.. compiler.DefaultAnalyzers, ours, $"/analyzerconfig:{OtherRulesOff(folder)}"],
            Variant.SdkWithOurs => [.. compiler.DefaultAnalyzers, ours],
            _ => [.. compiler.DefaultAnalyzers, ours, $"/analyzerconfig:{DisposalOn(folder)}"],
        };
    }

    private static string DisposalOn(string folder) => Configuration(folder, "disposal", ["dotnet_diagnostic.CA2000.severity = warning"]);

    /// <summary>The compiler does not run an analyzer of which every rule is switched off.</summary>
    private static string OtherRulesOff(string folder)
        => Configuration(
            folder,
            "completion",
            typeof(Vmbus.Gen.Analyzers.Completion.PacketCompletionAnalyzer).Assembly.GetTypes()
                .Where(static t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract && !t.FullName!.StartsWith(CompletionRules, StringComparison.Ordinal))
                .SelectMany(static t => ((DiagnosticAnalyzer)Activator.CreateInstance(t)!).SupportedDiagnostics)
                .Select(static d => $"dotnet_diagnostic.{d.Id}.severity = none")
                .Distinct());

    private static string Configuration(string folder, string name, IEnumerable<string> lines)
    {
        string path = Path.Combine(folder, name + ".globalconfig");
        File.WriteAllLines(path, ["is_global = true", "global_level = 10", .. lines]);
        return path;
    }

    private static void Line(TextWriter output, string name, List<SdkCompiler.Build> builds, List<SdkCompiler.Build> without)
        => output.WriteLine(
            $"  {name,-40} {Column(builds, without, static b => b.Elapsed)}    processor {Column(builds, without, static b => b.Processor)}");

    private static string Column(List<SdkCompiler.Build> builds, List<SdkCompiler.Build> without, Func<SdkCompiler.Build, TimeSpan> time)
    {
        double[] shares = [.. builds.Zip(without, (build, bare) => (time(build) / time(bare)) - 1).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{builds.Min(time).TotalSeconds,7:F2} s {shares[shares.Length / 2],7:P0}");
    }

    private static double Sum(Dictionary<string, double> times, string prefix) => times.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(static t => t.Value);
}
