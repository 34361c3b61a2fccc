using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>
/// A C# project as data: sources, options and what is compiled beside them. Immutable, so that one project serves many tests
/// and an edit is a function from project to project.
/// </summary>
public sealed record TestProject
{
    /// <summary>The folder that all files of a test project lie in.</summary>
    public const string Root = "/0/";

    /// <summary>What the SDK imports for a net10.0 project, and the run time.</summary>
    public static readonly ImmutableArray<string> DefaultGlobalUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks", "Vmbus"];

    private static readonly string GlobalUsingsPath = Root + "obj/GlobalUsings.g.cs";

    /// <summary>A project without a source.</summary>
    public static TestProject Empty { get; } = new();

    public ImmutableArray<TestFile> Sources { get; init; } = [];

    /// <summary>The contents of <c>AdditionalFiles</c>.</summary>
    public ImmutableArray<TestFile> AdditionalFiles { get; init; } = [];

    /// <summary>The .editorconfig at the root; lines before the first section header go for all C# files.</summary>
    public string EditorConfig { get; init; } = "";

    /// <summary>The .globalconfig of the project; <c>is_global</c> is added.</summary>
    public string GlobalConfig { get; init; } = "";

    /// <summary>MSBuild properties that the compiler is shown (<c>CompilerVisibleProperty</c>).</summary>
    public ImmutableSortedDictionary<string, string> BuildProperties { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Generators that run before the analyzers, so that sources may use what they generate.</summary>
    public ImmutableArray<IIncrementalGenerator> Generators { get; init; } = [];

    public ImmutableArray<string> GlobalUsings { get; init; } = DefaultGlobalUsings;

    public ImmutableArray<MetadataReference> References { get; init; } = ReferenceAssemblies.Default;

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    public ImmutableArray<string> PreprocessorSymbols { get; init; } = [];

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public bool AllowUnsafe { get; init; }

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    public string AssemblyName { get; init; } = "TestProject";

    /// <summary>A project of one source, <c>/0/Test0.cs</c>.</summary>
    public static TestProject Of(string source) => Empty.WithFile("Test0.cs", source);

    /// <summary>A project of several sources, named <c>Test0.cs</c>, <c>Test1.cs</c> and so on.</summary>
    public static TestProject Of(params ReadOnlySpan<string> sources)
    {
        TestProject project = Empty;
        for (int i = 0; i < sources.Length; i++)
        {
            project = project.WithFile($"Test{i}.cs", sources[i]);
        }

        return project;
    }

    /// <summary>Adds a source, or replaces the one of this path. A relative path lies in <see cref="Root"/>.</summary>
    public TestProject WithFile(string path, string text)
    {
        TestFile file = new(FullPath(path), text.ReplaceLineEndings("\n"));
        int index = IndexOf(Sources, file.Path);
        return this with { Sources = index < 0 ? Sources.Add(file) : Sources.SetItem(index, file) };
    }

    public TestProject WithoutFile(string path) => this with { Sources = Sources.RemoveAt(IndexOfSource(path)) };

    /// <summary>Adds a file to <see cref="AdditionalFiles"/>, or replaces the one of this path.</summary>
    public TestProject WithAdditionalFile(string path, string text)
    {
        TestFile file = new(FullPath(path), text.ReplaceLineEndings("\n"));
        int index = IndexOf(AdditionalFiles, file.Path);
        return this with { AdditionalFiles = index < 0 ? AdditionalFiles.Add(file) : AdditionalFiles.SetItem(index, file) };
    }

    public TestProject WithGenerators(params ReadOnlySpan<IIncrementalGenerator> generators) => this with { Generators = [.. generators] };

    /// <summary>References a compiled library.</summary>
    public TestProject WithLibrary(CompiledLibrary library) => this with { References = References.Add(library.Reference) };

    public TestProject WithBuildProperty(string name, string value) => this with { BuildProperties = BuildProperties.SetItem(name, value) };

    /// <summary>The text of a source.</summary>
    public string TextOf(string path) => Sources[IndexOfSource(path)].Text;

    /// <summary>The absolute path of a file of this project.</summary>
    public static string FullPath(string path) => path.StartsWith('/') ? path : Root + path;

    /// <summary>Compiles what is written; generators do not run.</summary>
    /// <param name="previous">
    /// The compilation before an edit. Trees whose text is unchanged are taken over from it and changed ones are parsed
    /// incrementally, as an editor does; without it everything is parsed anew.
    /// </param>
    public CSharpCompilation CreateCompilation(CSharpCompilation? previous = null)
    {
        CSharpParseOptions parseOptions = CreateParseOptions();
        Dictionary<string, SyntaxTree> old = previous is null ? [] : previous.SyntaxTrees.ToDictionary(static t => t.FilePath);
        SyntaxTree[] trees = [.. AllSources().Select(f => CreateTree(f, parseOptions, old))];
        CSharpCompilationOptions options = CreateCompilationOptions();

        if (previous is null)
        {
            return BoundReferences.Compilation(AssemblyName, References, options).AddSyntaxTrees(trees);
        }

        CSharpCompilation next = previous.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
        if (!previous.References.SequenceEqual(References))
        {
            next = next.WithReferences(References);
        }

        return next.WithOptions(options).WithAssemblyName(AssemblyName);
    }

    public CSharpParseOptions CreateParseOptions()
        => new(LanguageVersion, DocumentationMode.Diagnose, SourceCodeKind.Regular, PreprocessorSymbols);

    public CSharpCompilationOptions CreateCompilationOptions()
        => new CSharpCompilationOptions(
            OutputKind,
            allowUnsafe: AllowUnsafe,
            nullableContextOptions: Nullable,
            concurrentBuild: true,
            deterministic: true,
            // What csc passes by default; only the noise of assembly unification is turned off.
            specificDiagnosticOptions: [KeyValuePair.Create("CS1701", ReportDiagnostic.Suppress), KeyValuePair.Create("CS1702", ReportDiagnostic.Suppress)])
            .WithSyntaxTreeOptionsProvider(new AnalyzerConfigOptionsSource(ConfigFiles()));

    /// <summary>What analyzers and generators get to see beside the compilation.</summary>
    public AnalyzerOptions CreateAnalyzerOptions()
        => new([.. AdditionalFiles.Select(static f => f.ToAdditionalText())], CreateConfigOptionsProvider());

    public AnalyzerConfigOptionsProvider CreateConfigOptionsProvider() => new AnalyzerConfigOptionsSource(ConfigFiles()).Provider;

    /// <summary>The sources as written and the global usings.</summary>
    internal IEnumerable<TestFile> AllSources()
        => GlobalUsings.IsEmpty
            ? Sources
            : Sources.Add(new TestFile(
                GlobalUsingsPath,
                "// <auto-generated/>\n" + string.Concat(GlobalUsings.Select(static n => $"global using global::{n};\n"))));

    internal IEnumerable<TestFile> ConfigFiles()
    {
        if (EditorConfig.Length > 0)
        {
            bool startsWithSection = EditorConfig.TrimStart().StartsWith('[');
            yield return new TestFile(Root + ".editorconfig", "root = true\n" + (startsWithSection ? "" : "[*.cs]\n") + EditorConfig);
        }

        StringBuilder global = new("is_global = true\n");
        foreach ((string name, string value) in BuildProperties)
        {
            global.Append("build_property.").Append(name).Append(" = ").Append(value).Append('\n');
        }

        yield return new TestFile(Root + ".globalconfig", global.Append(GlobalConfig).ToString());
    }

    private static SyntaxTree CreateTree(TestFile file, CSharpParseOptions options, Dictionary<string, SyntaxTree> old)
    {
        if (old.TryGetValue(file.Path, out SyntaxTree? tree) && tree.Options.Equals(options))
        {
            SourceText oldText = tree.GetText();
            if (oldText.ToString() == file.Text)
            {
                return tree;
            }

            return tree.WithChangedText(oldText.WithChanges(ChangeBetween(oldText.ToString(), file.Text)));
        }

        return CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), options, file.Path);
    }

    /// <summary>The one span that an edit has changed, as an editor would report it.</summary>
    private static TextChange ChangeBetween(string before, string after)
    {
        int prefix = before.AsSpan().CommonPrefixLength(after);
        int suffix = 0;
        while (suffix < Math.Min(before.Length, after.Length) - prefix && before[^(suffix + 1)] == after[^(suffix + 1)])
        {
            suffix++;
        }

        return new TextChange(TextSpan.FromBounds(prefix, before.Length - suffix), after[prefix..^suffix]);
    }

    private int IndexOfSource(string path)
    {
        int index = IndexOf(Sources, FullPath(path));
        return index >= 0
            ? index
            : throw new ArgumentException($"The project has no source {FullPath(path)}; it has {string.Join(", ", Sources.Select(static s => s.Path))}.", nameof(path));
    }

    private static int IndexOf(ImmutableArray<TestFile> files, string path)
    {
        for (int i = 0; i < files.Length; i++)
        {
            if (files[i].Path == path)
            {
                return i;
            }
        }

        return -1;
    }
}
