using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Text;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Editor.Tests;

/// <summary>
/// A solution as an editor has it open: documents that change under the cursor, the package's assemblies as references of the project, diagnostics asked for one
/// document at a time, fixes with a preview.
/// </summary>
internal sealed class EditorSession : IDisposable
{
    private const string Usings = "global using global::System;\nglobal using global::System.Collections.Generic;\nglobal using global::System.IO;\nglobal using global::System.Threading;\nglobal using global::System.Threading.Tasks;\nglobal using global::Vmbus;\n";

    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private readonly ConcurrentQueue<string> _exceptions = new();

    /// <summary>What an analyzer threw. An editor turns the analyzer off then.</summary>
    public IReadOnlyCollection<string> Exceptions => _exceptions;

    public Solution Solution => _workspace.CurrentSolution;

    public void Dispose() => _workspace.Dispose();

    /// <summary>Adds a project of one framework of a multi-targeted one, which defines <paramref name="symbols"/>.</summary>
    public ProjectId AddProject(string name, params string[] symbols)
    {
        ProjectId id = ProjectId.CreateNewId(name);
        Apply(Solution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            name,
            "Service",
            LanguageNames.CSharp,
            filePath: "/solution/Service.csproj",
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: true),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: symbols),
            metadataReferences: [.. ReferenceAssemblies.Framework, PackageReferences.RunTime],
            analyzerReferences: PackageReferences.All)));
        AddDocument(id, "GlobalUsings.cs", Usings);
        return id;
    }

    public DocumentId AddDocument(ProjectId project, string name, string text)
    {
        DocumentId id = DocumentId.CreateNewId(project, name);
        Apply(Solution.AddDocument(id, name, SourceText.From(text.ReplaceLineEndings("\n"), Encoding.UTF8), filePath: "/solution/" + name));
        return id;
    }

    public void AddEditorConfig(ProjectId project, string text)
        => Apply(Solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(project), ".editorconfig", SourceText.From("root = true\n[*.cs]\n" + text), filePath: "/solution/.editorconfig"));

    public void Type(DocumentId document, string text) => Apply(Solution.WithDocumentText(document, SourceText.From(text, Encoding.UTF8)));

    public async Task<string> TextOf(DocumentId document) => (await Solution.GetDocument(document)!.GetTextAsync()).ToString();

    /// <summary>What the editor shows in a document: asked for it alone.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnosticsOf(DocumentId document)
    {
        Document open = Solution.GetDocument(document)!;
        SemanticModel model = (await open.GetSemanticModelAsync())!;
        CompilationWithAnalyzers analysis = await Analyze(open.Project);
        ImmutableArray<Diagnostic> syntax = await analysis.GetAnalyzerSyntaxDiagnosticsAsync(model.SyntaxTree, default);
        ImmutableArray<Diagnostic> semantic = await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, default);
        return Sorted(syntax.Concat(semantic), model.SyntaxTree);
    }

    /// <summary>What a build reports in a document.</summary>
    public async Task<ImmutableArray<Diagnostic>> BuildDiagnosticsOf(DocumentId document)
    {
        Document open = Solution.GetDocument(document)!;
        SyntaxTree tree = (await open.GetSyntaxTreeAsync())!;
        return Sorted(await (await Analyze(open.Project)).GetAnalyzerDiagnosticsAsync(), tree);
    }

    /// <summary>What the editor shows where the pointer rests.</summary>
    public async Task<string> QuickInfoAt(DocumentId document, int position)
    {
        Document open = Solution.GetDocument(document)!;
        QuickInfoItem? info = await QuickInfoService.GetService(open)!.GetQuickInfoAsync(open, position);
        return string.Join('\n', info?.Sections.Select(static s => s.Text) ?? []);
    }

    /// <summary>The fixes that the light bulb offers for a diagnostic.</summary>
    public async Task<ImmutableArray<(CodeFixProvider Provider, CodeAction Action)>> FixesFor(DocumentId document, Diagnostic diagnostic)
    {
        List<(CodeFixProvider, CodeAction)> actions = [];
        foreach (CodeFixProvider provider in PackageReferences.Fixes.Where(p => p.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(Solution.GetDocument(document)!, diagnostic, (action, _) => actions.Add((provider, action)), default));
        }

        return [.. actions];
    }

    /// <summary>The text of a document as the preview of a fix shows it.</summary>
    public static async Task<string> PreviewOf(CodeAction action, DocumentId document)
    {
        ApplyChangesOperation changes = (await action.GetPreviewOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        return (await changes.ChangedSolution.GetDocument(document)!.GetTextAsync()).ToString();
    }

    public async Task Accept(CodeAction action)
        => Apply((await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution);

    /// <summary>Fix All of a provider, over a project.</summary>
    public async Task<CodeAction?> FixAll(CodeFixProvider provider, CodeAction like, string ruleId, DocumentId document)
    {
        Document open = Solution.GetDocument(document)!;
        FixAllContext context = new(open, provider, FixAllScope.Project, like.EquivalenceKey, [ruleId], new Found(this, ruleId), default);
        return await provider.GetFixAllProvider()!.GetFixAsync(context);
    }

    private static ImmutableArray<Diagnostic> Sorted(IEnumerable<Diagnostic> diagnostics, SyntaxTree tree)
        => [.. diagnostics.Where(d => d.Location.SourceTree?.FilePath == tree.FilePath && !d.IsSuppressed)
            .OrderBy(static d => d.Location.SourceSpan.Start).ThenBy(static d => d.Id, StringComparer.Ordinal).ThenBy(static d => d.GetMessage(CultureInfo.InvariantCulture), StringComparer.Ordinal)];

    private async Task<CompilationWithAnalyzers> Analyze(Project project)
    {
        Compilation compilation = (await project.GetCompilationAsync())!;
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. project.AnalyzerReferences.SelectMany(static r => r.GetAnalyzers(LanguageNames.CSharp))];
        return compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions,
            onAnalyzerException: (exception, analyzer, _) => _exceptions.Enqueue($"{analyzer.GetType().Name}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true));
    }

    private void Apply(Solution changed) => Assert.True(_workspace.TryApplyChanges(changed));

    private sealed class Found(EditorSession session, string ruleId) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => (await session.DiagnosticsOf(document.Id)).Where(d => d.Id == ruleId);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
        {
            List<Diagnostic> all = [];
            foreach (Document document in project.Documents)
            {
                all.AddRange(await GetDocumentDiagnosticsAsync(document, cancellationToken));
            }

            return all;
        }
    }
}
