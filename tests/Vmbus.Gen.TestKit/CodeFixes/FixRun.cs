using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.CodeFixes;

/// <summary>Analyzers and all that code fixes offer for what they find, over a project in whatever state: for tests that none of it throws.</summary>
public static class FixRun
{
    /// <param name="project">The project; it need not compile.</param>
    /// <param name="analyzers">The analyzers that run.</param>
    /// <param name="providers">The fixes that are asked.</param>
    /// <param name="failed">Is told each exception of an analyzer.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>How many fixes were applied, each to the project as it was.</returns>
    public static async Task<int> ApplyAllAsync(
        TestProject project,
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        IReadOnlyList<CodeFixProvider> providers,
        Action<Exception> failed,
        CancellationToken cancellationToken = default)
    {
        Project inWorkspace = FixWorkspace.ProjectOf(FixWorkspace.CreateSolution(project));
        Compilation compilation = (await inWorkspace.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, _, _) => failed(exception), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        int applied = 0;
        foreach (Diagnostic diagnostic in await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (inWorkspace.GetDocument(diagnostic.Location.SourceTree) is not { } document)
            {
                continue;
            }

            foreach (CodeFixProvider provider in providers.Where(p => p.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                foreach (OfferedFix fix in await OfferedFix.ListAsync(provider, document, diagnostic, cancellationToken).ConfigureAwait(false))
                {
                    await OfferedFix.ApplyAsync(fix.Action, cancellationToken).ConfigureAwait(false);
                    applied++;
                }
            }
        }

        return applied;
    }
}
