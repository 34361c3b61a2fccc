using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.CodeFixes;

/// <summary>A test project in a workspace, which is where code fixes run.</summary>
internal static class FixWorkspace
{
    private static readonly Lazy<HostServices> Services = new(static () => MefHostServices.DefaultHost);

    public static Solution CreateSolution(TestProject project)
    {
        // Never disposed: the solution is used on, and holds on to its workspace.
        AdhocWorkspace workspace = new(Services.Value);
        ProjectId id = ProjectId.CreateNewId(project.AssemblyName);
        return workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            project.AssemblyName,
            project.AssemblyName,
            LanguageNames.CSharp,
            filePath: TestProject.Root + project.AssemblyName + ".csproj",
            compilationOptions: project.CreateCompilationOptions().WithSyntaxTreeOptionsProvider(null),
            parseOptions: project.CreateParseOptions(),
            documents: Documents(id, project.AllSources()),
            additionalDocuments: Documents(id, project.AdditionalFiles),
            metadataReferences: project.References,
            analyzerReferences: project.Generators.IsEmpty ? [] : [new GeneratorReference([.. project.Generators.Select(GeneratorExtensions.AsSourceGenerator)])])
            .WithAnalyzerConfigDocuments(Documents(id, project.ConfigFiles())));
    }

    public static Project ProjectOf(Solution solution) => solution.Projects.Single();

    private static IEnumerable<DocumentInfo> Documents(ProjectId project, IEnumerable<TestFile> files)
        => files.Select(f => DocumentInfo.Create(
            DocumentId.CreateNewId(project, f.Path),
            Path.GetFileName(f.Path),
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(f.Text, Encoding.UTF8), VersionStamp.Default, f.Path)),
            filePath: f.Path));

    private sealed class GeneratorReference(ImmutableArray<ISourceGenerator> generators) : AnalyzerReference
    {
        public override string? FullPath => null;

        public override object Id => this;

        public override string Display => "generators under test";

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => generators;

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => generators;
    }
}
