using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Analyzers;

/// <summary>Runs analyzers over a compilation: concurrently, as an IDE and the compiler do, and with the result in the order of the source.</summary>
internal static class ProjectAnalysis
{
    private const string AnalyzerThrewId = "AD0001";

    /// <returns>What the compiler and the analyzers report and no source suppresses, in the order of the places.</returns>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(
        Compilation compilation,
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        AnalyzerOptions options,
        ImmutableHashSet<string> enabledIds,
        CancellationToken cancellationToken)
    {
        if (analyzers.IsEmpty)
        {
            return Sort(compilation.GetDiagnostics(cancellationToken));
        }

        ConcurrentQueue<string> crashes = new();
        CompilationWithAnalyzersOptions analysis = new(
            options,
            onAnalyzerException: (exception, analyzer, _) => crashes.Enqueue($"{analyzer.GetType().Name} threw: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);

        ImmutableArray<Diagnostic> diagnostics = await Restrict(compilation, analyzers, enabledIds)
            .WithAnalyzers(analyzers, analysis)
            .GetAllDiagnosticsAsync(cancellationToken)
            .ConfigureAwait(false);

        foreach (Diagnostic crash in diagnostics.Where(static d => d.Id == AnalyzerThrewId))
        {
            crashes.Enqueue(crash.ToString());
        }

        return crashes.IsEmpty
            ? Sort(diagnostics)
            : throw new VerificationFailedException("An analyzer threw; analyzers must not.\n" + string.Join("\n", crashes));
    }

    /// <summary>Turns off the rules that are not asked for, and on those that are off by default.</summary>
    private static Compilation Restrict(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableHashSet<string> enabledIds)
    {
        if (enabledIds.IsEmpty)
        {
            return compilation;
        }

        ImmutableDictionary<string, ReportDiagnostic> options = compilation.Options.SpecificDiagnosticOptions;
        foreach (DiagnosticDescriptor rule in analyzers.SelectMany(static a => a.SupportedDiagnostics))
        {
            if (!enabledIds.Contains(rule.Id))
            {
                options = options.SetItem(rule.Id, ReportDiagnostic.Suppress);
            }
            else if (!rule.IsEnabledByDefault)
            {
                options = options.SetItem(rule.Id, ToReport(rule.DefaultSeverity));
            }
        }

        return compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(options));
    }

    private static ReportDiagnostic ToReport(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ReportDiagnostic.Error,
        DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
        DiagnosticSeverity.Info => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Hidden,
    };

    public static ImmutableArray<Diagnostic> Sort(IEnumerable<Diagnostic> diagnostics)
        => [.. diagnostics
            .OrderBy(static d => PlaceOf(d.Location).Path, StringComparer.Ordinal)
            .ThenBy(static d => d.Location.SourceSpan.Start)
            .ThenByDescending(static d => d.Location.SourceSpan.Length)
            .ThenBy(static d => d.Id, StringComparer.Ordinal)
            .ThenBy(static d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal)];

    /// <summary>Where a location lies; a diagnostic without a place has the empty path.</summary>
    public static FileSpan PlaceOf(Location location)
        => new(location.SourceTree?.FilePath ?? location.GetLineSpan().Path ?? "", location.SourceSpan);
}
