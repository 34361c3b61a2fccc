using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Analyzers;

/// <summary>
/// Analyzers over a project with markup. Fails on a diagnostic that is missing, that is not expected, or that lies elsewhere; on other additional
/// locations than the numbered ones; on a compile error that the markup does not declare (<c>{|CS1503:...|}</c>); and when an analyzer throws.
/// </summary>
public sealed class AnalyzerTest(TestProject project, params ReadOnlySpan<DiagnosticAnalyzer> analyzers)
{
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers = [.. analyzers];

    /// <summary>What <c>[|...|]</c> stands for; by default the one id that the analyzers can report.</summary>
    public string? DefaultId { get; init; }

    /// <summary>The only rules that run, those that are off by default included. Empty: all, as their descriptors say.</summary>
    public ImmutableHashSet<string> EnabledIds { get; init; } = [];

    public IReadOnlyList<ExpectedMessage> Messages { get; init; } = [];

    /// <summary>Also compares the warnings of the compiler, not only its errors.</summary>
    public bool CompilerWarnings { get; init; }

    /// <returns>The diagnostics of the analyzers, in the order of their places.</returns>
    public async Task<ImmutableArray<Diagnostic>> RunAsync(CancellationToken cancellationToken = default)
    {
        MarkedUpProject marked = MarkedUpProject.Parse(project);
        (CompiledProject compiled, ImmutableArray<Diagnostic> diagnostics) = await AnalyzeAsync(marked, cancellationToken).ConfigureAwait(false);
        new DiagnosticComparison(new DiagnosticReport(compiled.Compilation, marked.Project))
            .Verify(marked.Expected, diagnostics, DefaultId ?? OnlyId(), Messages);
        return [.. diagnostics.Where(static d => !IsOfCompiler(d))];
    }

    /// <summary>Compares nothing: for tests that hold the diagnostics to something else than markup.</summary>
    /// <returns>The diagnostics of the analyzers and the errors of the compiler, in the order of their places.</returns>
    public async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CancellationToken cancellationToken = default)
        => (await AnalyzeAsync(MarkedUpProject.Parse(project), cancellationToken).ConfigureAwait(false)).Diagnostics;

    private async Task<(CompiledProject Compiled, ImmutableArray<Diagnostic> Diagnostics)> AnalyzeAsync(MarkedUpProject marked, CancellationToken cancellationToken)
    {
        CompiledProject compiled = CompiledProject.Compile(marked.Project, cancellationToken);
        ImmutableArray<Diagnostic> all = await ProjectAnalysis
            .RunAsync(compiled.Compilation, _analyzers, marked.Project.CreateAnalyzerOptions(), EnabledIds, cancellationToken)
            .ConfigureAwait(false);
        ImmutableHashSet<string> declared = [.. marked.Expected.Select(static e => e.Id).OfType<string>()];
        return (compiled, ProjectAnalysis.Sort([.. compiled.GeneratorDiagnostics, .. all.Where(d => IsRelevant(d, declared))]));
    }

    private bool IsRelevant(Diagnostic diagnostic, ImmutableHashSet<string> declared)
        => !IsOfCompiler(diagnostic)
            || diagnostic.Severity == DiagnosticSeverity.Error
            || (CompilerWarnings && diagnostic.Severity == DiagnosticSeverity.Warning)
            || declared.Contains(diagnostic.Id);

    internal static bool IsOfCompiler(Diagnostic diagnostic) => diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.Compiler);

    private string? OnlyId()
    {
        ImmutableHashSet<string> ids = EnabledIds.IsEmpty ? [.. _analyzers.SelectMany(static a => a.SupportedDiagnostics).Select(static d => d.Id)] : EnabledIds;
        return ids.Count == 1 ? ids.Single() : null;
    }
}
