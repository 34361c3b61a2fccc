using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>What analyzers and the compiler say about one member of a tree, as it is or as edits would make it.</summary>
internal sealed class FixTrial
{
    /// <summary>Code that is never reached is no error, but no fix either.</summary>
    private const string UnreachableCode = "CS0162";

    private readonly int _problems;

    private FixTrial(FixScope scope, ImmutableArray<Diagnostic> reports, int problems)
    {
        Scope = scope;
        Reports = reports;
        _problems = problems;
    }

    public FixScope Scope { get; }

    /// <summary>What the analyzers report, by place.</summary>
    public ImmutableArray<Diagnostic> Reports { get; }

    /// <param name="scope">The tree.</param>
    /// <param name="memberStart">Where the member begins.</param>
    /// <param name="analyzers">The analyzers to ask.</param>
    /// <param name="isWhole">Whether they and the compiler are asked about the whole tree.</param>
    public static async Task<FixTrial> RunAsync(FixScope scope, int memberStart, ImmutableArray<DiagnosticAnalyzer> analyzers, bool isWhole)
    {
        TextSpan? span = isWhole ? null : Members.At(scope.Root, memberStart)?.FullSpan;
        int problems = scope.Model.GetDiagnostics(span, scope.Cancellation).Count(static d => d.Severity == DiagnosticSeverity.Error || d.Id == UnreachableCode);
        ImmutableArray<Diagnostic> reports = await scope.Model.Compilation
            .WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(scope.Options, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false))
            .GetAnalyzerSemanticDiagnosticsAsync(scope.Model, span, scope.Cancellation)
            .ConfigureAwait(false);
        return new FixTrial(scope, [.. reports.OrderBy(static d => d.Location.SourceSpan.Start)], problems);
    }

    public int CountOf(string id) => Reports.Count(d => d.Id == id);

    /// <summary>Whether something is worse than before: a new error of the compiler, or more reports of some rule. What only informs does not count.</summary>
    public bool IsWorseThan(FixTrial before)
        => _problems > before._problems
            || Reports.Where(static d => d.Severity >= DiagnosticSeverity.Warning).Select(static d => d.Id).Distinct().Any(id => CountOf(id) > before.CountOf(id));
}
