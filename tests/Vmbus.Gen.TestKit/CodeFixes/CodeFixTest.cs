using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;
using Vmbus.Gen.TestKit.Text;

namespace Vmbus.Gen.TestKit.CodeFixes;

/// <summary>
/// A code fix over a project with markup. The fix is applied to one diagnostic after the other until none is left that it is offered for; each time its diagnostic
/// has to go, nothing new may come, and the project has to compile as well as before. The result, and that of Fix All in document and in project, is compared.
/// </summary>
/// <param name="before">The project with its diagnostics marked.</param>
/// <param name="after">The project that is expected; diagnostics that stay are marked. Only its sources count.</param>
/// <param name="fix">The provider.</param>
/// <param name="analyzers">What reports the diagnostics.</param>
public sealed class CodeFixTest(TestProject before, TestProject after, CodeFixProvider fix, params ReadOnlySpan<DiagnosticAnalyzer> analyzers)
{
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers = [.. analyzers];

    /// <summary>What was found in each state of the project: one fix after the other, and Fix All in whatever scope, begin with the same.</summary>
    private readonly Dictionary<Project, ImmutableArray<Diagnostic>> _found = [];

    /// <summary>Which of the offered actions is taken; null: the one at <see cref="ActionIndex"/>.</summary>
    public string? EquivalenceKey { get; init; }

    /// <summary>Which of the offered actions is taken, in the order of registration.</summary>
    public int ActionIndex { get; init; }

    /// <summary>The title that the action has to have.</summary>
    public string? Title { get; init; }

    /// <summary>What Fix All leaves, where that is not what one fix after the other leaves.</summary>
    public TestProject? AfterFixAll { get; init; }

    public string? DefaultId { get; init; }

    public ImmutableHashSet<string> EnabledIds { get; init; } = [];

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await Analysis(before).RunAsync(cancellationToken).ConfigureAwait(false);
        Solution original = FixWorkspace.CreateSolution(MarkedUpProject.Parse(before).Project);

        await VerifySourcesAsync(await FixOneByOneAsync(original, cancellationToken).ConfigureAwait(false), after, "One fix after the other", cancellationToken).ConfigureAwait(false);
        await Analysis(after).RunAsync(cancellationToken).ConfigureAwait(false);

        TestProject afterFixAll = AfterFixAll ?? after;
        string key = await KeyOfFirstAsync(original, cancellationToken).ConfigureAwait(false);
        await VerifySourcesAsync(await FixAllInDocumentsAsync(original, key, cancellationToken).ConfigureAwait(false), afterFixAll, "Fix All in document", cancellationToken).ConfigureAwait(false);
        await VerifySourcesAsync(await FixAllInProjectAsync(original, key, cancellationToken).ConfigureAwait(false), afterFixAll, "Fix All in project", cancellationToken).ConfigureAwait(false);
        if (AfterFixAll is not null)
        {
            await Analysis(afterFixAll).RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Applies the fix to one diagnostic after the other, and with Fix All, and holds each step to the same demands; what comes out is for nobody to compare.
    /// </summary>
    /// <returns>The text of the first source after one fix after the other; null if nothing is offered.</returns>
    public async Task<string?> VerifyStepsAsync(CancellationToken cancellationToken = default)
    {
        Solution original = FixWorkspace.CreateSolution(MarkedUpProject.Parse(before).Project);
        ImmutableArray<Diagnostic> diagnostics = await AnalyzeAsync(FixWorkspace.ProjectOf(original), cancellationToken).ConfigureAwait(false);
        if (await FindFixAsync(original, diagnostics, cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return null;
        }

        Solution each = await FixOneByOneAsync(original, cancellationToken).ConfigureAwait(false);
        Solution all = await FixAllInProjectAsync(original, first.Action.EquivalenceKey!, cancellationToken).ConfigureAwait(false);
        await VerifyProgressAsync(all, first, diagnostics, await AnalyzeAsync(FixWorkspace.ProjectOf(all), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return (await FixWorkspace.ProjectOf(each).Documents.First().GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
    }

    /// <summary>Fails if the provider offers anything for the diagnostics of the project.</summary>
    public async Task VerifyNotOfferedAsync(CancellationToken cancellationToken = default)
    {
        await Analysis(before).RunAsync(cancellationToken).ConfigureAwait(false);
        Project project = FixWorkspace.ProjectOf(FixWorkspace.CreateSolution(MarkedUpProject.Parse(before).Project));
        ImmutableArray<Diagnostic> fixable = Fixable(await AnalyzeAsync(project, cancellationToken).ConfigureAwait(false));
        if (fixable.IsEmpty)
        {
            throw new VerificationFailedException($"There is no diagnostic that the provider could fix ({string.Join(", ", fix.FixableDiagnosticIds)}): the test shows nothing.");
        }

        foreach (Diagnostic diagnostic in fixable)
        {
            foreach (OfferedFix offered in await OfferedFix.ListAsync(fix, DocumentOf(project, diagnostic), diagnostic, cancellationToken).ConfigureAwait(false))
            {
                throw new VerificationFailedException($"'{offered.Action.Title}' is offered for {diagnostic}.");
            }
        }
    }

    private async Task<Solution> FixOneByOneAsync(Solution solution, CancellationToken cancellationToken)
    {
        ImmutableArray<Diagnostic> diagnostics = await AnalyzeAsync(FixWorkspace.ProjectOf(solution), cancellationToken).ConfigureAwait(false);
        while (await FindFixAsync(solution, diagnostics, cancellationToken).ConfigureAwait(false) is { } offered)
        {
            if (Title is not null && offered.Action.Title != Title)
            {
                throw new VerificationFailedException($"The action is called '{offered.Action.Title}', expected '{Title}'.");
            }

            solution = await OfferedFix.ApplyAsync(offered.Action, cancellationToken).ConfigureAwait(false);
            ImmutableArray<Diagnostic> left = await AnalyzeAsync(FixWorkspace.ProjectOf(solution), cancellationToken).ConfigureAwait(false);
            await VerifyProgressAsync(solution, offered, diagnostics, left, cancellationToken).ConfigureAwait(false);
            diagnostics = left;
        }

        return solution;
    }

    /// <summary>Each fix removes at least one diagnostic of its rule and adds none of any rule; so the loop of fixes ends.</summary>
    private static async Task VerifyProgressAsync(
        Solution solution, OfferedFix applied, ImmutableArray<Diagnostic> before, ImmutableArray<Diagnostic> left, CancellationToken cancellationToken)
    {
        string id = applied.Diagnostic.Id;
        ILookup<string, Diagnostic> oldById = before.ToLookup(static d => d.Id);
        ILookup<string, Diagnostic> newById = left.ToLookup(static d => d.Id);
        string? problem = newById[id].Count() >= oldById[id].Count()
            ? $"leaves {newById[id].Count()} of {oldById[id].Count()} {id}"
            : newById.FirstOrDefault(g => g.Count() > oldById[g.Key].Count()) is { } added ? $"brings {string.Join(", ", added)}" : null;
        if (problem is not null)
        {
            string text = string.Join("\n", await Task.WhenAll(FixWorkspace.ProjectOf(solution).Documents.Select(async d => (await d.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString())).ConfigureAwait(false));
            throw new VerificationFailedException($"'{applied.Action.Title}' for {applied.Diagnostic} {problem}. The result:\n{text}");
        }
    }

    private async Task<Solution> FixAllInDocumentsAsync(Solution solution, string key, CancellationToken cancellationToken)
    {
        Project project = FixWorkspace.ProjectOf(solution);
        ImmutableArray<DocumentId> documents = [.. Fixable(await AnalyzeAsync(project, cancellationToken).ConfigureAwait(false)).Select(d => DocumentOf(project, d).Id).Distinct()];
        foreach (DocumentId id in documents)
        {
            Document document = solution.GetDocument(id)!;
            FixAllDiagnostics provider = new(this, await AnalyzeAsync(document.Project, cancellationToken).ConfigureAwait(false));
            solution = await FixAllAsync(new FixAllContext(document, fix, FixAllScope.Document, key, fix.FixableDiagnosticIds, provider, cancellationToken)).ConfigureAwait(false);
        }

        return solution;
    }

    private async Task<Solution> FixAllInProjectAsync(Solution solution, string key, CancellationToken cancellationToken)
    {
        Project project = FixWorkspace.ProjectOf(solution);
        FixAllDiagnostics provider = new(this, await AnalyzeAsync(project, cancellationToken).ConfigureAwait(false));
        return await FixAllAsync(new FixAllContext(project, fix, FixAllScope.Project, key, fix.FixableDiagnosticIds, provider, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<Solution> FixAllAsync(FixAllContext context)
    {
        FixAllProvider provider = fix.GetFixAllProvider() ?? throw new VerificationFailedException($"{fix.GetType().Name} has no Fix All.");
        if (provider == WellKnownFixAllProviders.BatchFixer)
        {
            throw new VerificationFailedException($"{fix.GetType().Name} uses the batch fixer, which drops edits that touch one another.");
        }

        CodeAction action = await provider.GetFixAsync(context).ConfigureAwait(false)
            ?? throw new VerificationFailedException($"Fix All in {context.Scope} does nothing.");
        return await OfferedFix.ApplyAsync(action, context.CancellationToken).ConfigureAwait(false);
    }

    private async Task<string> KeyOfFirstAsync(Solution solution, CancellationToken cancellationToken)
    {
        ImmutableArray<Diagnostic> diagnostics = await AnalyzeAsync(FixWorkspace.ProjectOf(solution), cancellationToken).ConfigureAwait(false);
        OfferedFix first = await FindFixAsync(solution, diagnostics, cancellationToken).ConfigureAwait(false)
            ?? throw new VerificationFailedException($"Nothing is offered for the diagnostics:\n  {string.Join("\n  ", Fixable(diagnostics))}");
        return first.Action.EquivalenceKey!;
    }

    /// <summary>The chosen action for the first diagnostic that it is offered for.</summary>
    private async Task<OfferedFix?> FindFixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        Project project = FixWorkspace.ProjectOf(solution);
        foreach (Diagnostic diagnostic in Fixable(diagnostics))
        {
            ImmutableArray<OfferedFix> offered = await OfferedFix.ListAsync(fix, DocumentOf(project, diagnostic), diagnostic, cancellationToken).ConfigureAwait(false);
            OfferedFix? chosen = EquivalenceKey is null ? offered.ElementAtOrDefault(ActionIndex) : offered.FirstOrDefault(o => o.Action.EquivalenceKey == EquivalenceKey);
            if (chosen is not null)
            {
                return chosen;
            }
        }

        return null;
    }

    private ImmutableArray<Diagnostic> Fixable(ImmutableArray<Diagnostic> diagnostics)
        => [.. diagnostics.Where(d => fix.FixableDiagnosticIds.Contains(d.Id) && d.Location.IsInSource)];

    private static Document DocumentOf(Project project, Diagnostic diagnostic)
        => project.Documents.SingleOrDefault(d => d.FilePath == diagnostic.Location.SourceTree!.FilePath)
            ?? throw new VerificationFailedException($"The diagnostic lies in no document: {diagnostic}");

    /// <summary>The diagnostics of the analyzers and the errors of the compiler.</summary>
    private async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Project project, CancellationToken cancellationToken)
    {
        if (_found.TryGetValue(project, out ImmutableArray<Diagnostic> found))
        {
            return found;
        }

        Compilation compilation = (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        ImmutableArray<Diagnostic> all = await ProjectAnalysis.RunAsync(compilation, _analyzers, project.AnalyzerOptions, EnabledIds, cancellationToken).ConfigureAwait(false);
        found = [.. all.Where(d => !AnalyzerTest.IsOfCompiler(d) || d.Severity == DiagnosticSeverity.Error || fix.FixableDiagnosticIds.Contains(d.Id))];
        _found.Add(project, found);
        return found;
    }

    private AnalyzerTest Analysis(TestProject project) => new(project, _analyzers.AsSpan()) { DefaultId = DefaultId, EnabledIds = EnabledIds };

    private static async Task VerifySourcesAsync(Solution actual, TestProject expected, string occasion, CancellationToken cancellationToken)
    {
        ImmutableArray<TestFile> files = [.. MarkedUpProject.Parse(expected).Project.AllSources()];
        List<string> wrong = [.. FixWorkspace.ProjectOf(actual).Documents.Where(d => files.All(f => f.Path != d.FilePath)).Select(static d => $"{d.FilePath} is not expected\n")];
        foreach (TestFile file in files)
        {
            Document? document = FixWorkspace.ProjectOf(actual).Documents.SingleOrDefault(d => d.FilePath == file.Path);
            string text = document is null ? "" : (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString().ReplaceLineEndings("\n");
            if (document is null || text != file.Text)
            {
                wrong.Add(UnifiedDiff.Create($"{file.Path} expected", file.Text, $"{file.Path} actual", text));
            }
        }

        if (wrong.Count > 0)
        {
            throw new VerificationFailedException($"{occasion} leaves another text than expected:\n{string.Join("\n", wrong)}");
        }
    }

    private sealed class FixAllDiagnostics(CodeFixTest test, ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(test.Fixable(diagnostics));

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => Task.FromResult(test.Fixable(diagnostics).Where(d => d.Location.SourceTree!.FilePath == document.FilePath));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
