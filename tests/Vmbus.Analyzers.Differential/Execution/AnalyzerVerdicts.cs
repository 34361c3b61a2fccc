using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vmbus.Analyzers.Differential.Execution;

/// <summary>Asks analyzers about all programs of a batch at once.</summary>
internal static class AnalyzerVerdicts
{
    private static readonly CompilationWithAnalyzersOptions Options = new(
        new AnalyzerOptions([]),
        onAnalyzerException: static (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer.GetType().Name} threw: {exception}", exception),
        concurrentAnalysis: false,
        logAnalyzerExecutionTime: false);

    /// <returns>For each program what is reported in its file.</returns>
    public static async Task<ImmutableArray<ImmutableArray<Diagnostic>>> AskAsync(ProgramBatch batch, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        ImmutableArray<Diagnostic> diagnostics = await batch.Compilation.WithAnalyzers(analyzers, Options).GetAnalyzerDiagnosticsAsync();
        ILookup<int, Diagnostic> byProgram = diagnostics.ToLookup(static d => ProgramBatch.IndexOf(d.Location.SourceTree!.FilePath));
        return [.. Enumerable.Range(0, batch.Texts.Length).Select(i => byProgram[i].OrderBy(static d => d.Location.SourceSpan.Start).ToImmutableArray())];
    }
}
