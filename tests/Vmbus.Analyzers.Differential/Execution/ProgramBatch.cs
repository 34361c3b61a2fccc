using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Vmbus.Analyzers.Differential.Grammar;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Analyzers.Differential.Execution;

/// <summary>Programs that are compiled together, each a class in a file of its own: judged by analyzers and run.</summary>
internal sealed class ProgramBatch
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false);

    private static readonly SyntaxTree GlobalUsings = CSharpSyntaxTree.ParseText(
        string.Concat(TestProject.DefaultGlobalUsings.Select(static n => $"global using global::{n};\n")), ParseOptions, "/0/GlobalUsings.g.cs");

    /// <summary>What every batch begins with: the compiler takes over what it has read of the references.</summary>
    private static readonly Lazy<CSharpCompilation> Empty = new(static () => CSharpCompilation.Create(
        "Programs", [GlobalUsings], ReferenceAssemblies.Default.Add(MetadataReference.CreateFromFile(typeof(Oracle.Unknown).Assembly.Location)), Options));

    private readonly CSharpCompilation _runnable;

    private ProgramBatch(ImmutableArray<RandomProgram> programs, ImmutableArray<string> texts)
    {
        Programs = programs;
        Texts = texts;
        Compilation = CompilationOf(texts.Select(ProbeText.Judged));
        _runnable = CompilationOf(texts.Select(ProbeText.Run));
    }

    public ImmutableArray<RandomProgram> Programs { get; }

    /// <summary>The programs with their probes.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>What is judged.</summary>
    public CSharpCompilation Compilation { get; }

    public static ProgramBatch Compile(ImmutableArray<RandomProgram> programs)
        => new(programs, [.. programs.Select(static (p, i) => ProgramText.Write(p, ClassName(i)))]);

    /// <summary>Programs that are only text; they have no trees.</summary>
    public static ProgramBatch CompileTexts(ImmutableArray<string> texts) => new([], texts);

    /// <summary>The name of the class that a program is.</summary>
    public static string ClassName(int index) => string.Create(CultureInfo.InvariantCulture, $"Program{index}");

    /// <summary>The index of the program that a file holds.</summary>
    public static int IndexOf(string path) => int.Parse(path.AsSpan("/0/Program".Length, path.Length - "/0/Program.cs".Length), CultureInfo.InvariantCulture);

    /// <summary>Loads what was compiled; null if it does not compile, which <paramref name="errors"/> tells.</summary>
    public LoadedBatch? Load(out string errors)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = _runnable.Emit(image);
        errors = string.Join("\n", result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{d}\n{d.Location.SourceTree}"));
        if (!result.Success)
        {
            return null;
        }

        image.Position = 0;
        var context = new AssemblyLoadContext("programs", isCollectible: true);
        return new LoadedBatch(context, context.LoadFromStream(image));
    }

    private static CSharpCompilation CompilationOf(IEnumerable<string> texts)
    {
        IEnumerable<SyntaxTree> trees = texts.Select(static (t, i) => CSharpSyntaxTree.ParseText(SourceText.From(t, Encoding.UTF8), ParseOptions, $"/0/{ClassName(i)}.cs"));
        return Empty.Value.AddSyntaxTrees(trees);
    }
}
