using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vmbus.Analyzers.Differential.Execution;

/// <summary>Asks analyzers about all programs of a batch at once.</summary>
internal static class AnalyzerVerdicts
{
    /// <summary>A batch takes a second or two; an analysis that does not converge takes forever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly CompilationWithAnalyzersOptions Options = new(
        new AnalyzerOptions([]),
        onAnalyzerException: static (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer.GetType().Name} threw: {exception}", exception),
        concurrentAnalysis: false,
        logAnalyzerExecutionTime: false);

    /// <returns>For each program what is reported in its file.</returns>
    public static async Task<ImmutableArray<ImmutableArray<Diagnostic>>> AskAsync(ProgramBatch batch, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        using var patience = new CancellationTokenSource(Patience);
        ImmutableArray<Diagnostic> diagnostics;
        try
        {
            diagnostics = await batch.Compilation.WithAnalyzers(analyzers, Options).GetAnalyzerDiagnosticsAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The analysis does not come to an end:\n{string.Join("\n", batch.Texts)}", e);
        }

        ILookup<int, Diagnostic> byProgram = diagnostics.ToLookup(static d => ProgramBatch.IndexOf(d.Location.SourceTree!.FilePath));
        return [.. Enumerable.Range(0, batch.Texts.Length).Select(i => byProgram[i].OrderBy(static d => d.Location.SourceSpan.Start).ToImmutableArray())];
    }
}
