using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Vmbus.Gen.Analyzers.Completion;

namespace Vmbus.Analyzers.Differential.Mutants;

/// <summary>Compiles the analyzers again with a mistake in them.</summary>
internal static class MutantCompiler
{
    private const string AssemblyName = "Vmbus.Gen.Analyzers";

    private static readonly string Root = typeof(MutantCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "RepositoryRoot").Value!;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly Lazy<Dictionary<string, SyntaxTree>> Sources = new(static () => Files()
        .ToDictionary(static f => Path.GetFullPath(f), static f => Parse(File.ReadAllText(f), Path.GetFullPath(f)), StringComparer.Ordinal));

    private static string Project => Path.Combine(Root, "analyzers", AssemblyName);

    /// <summary>How often the piece that a mutant replaces occurs in its file.</summary>
    public static int Occurrences(Mutant mutant) => File.ReadAllText(PathOf(mutant)).Split(mutant.Find).Length - 1;

    /// <summary>An analyzer with the mistake in it.</summary>
    public static DiagnosticAnalyzer Compile(Mutant mutant, Type analyzer)
    {
        if (Occurrences(mutant) != 1)
        {
            throw new InvalidOperationException($"'{mutant}' replaces what stands {Occurrences(mutant)} times in {mutant.File}, and must stand there once.");
        }

        string path = PathOf(mutant);
        string text = File.ReadAllText(path).Replace(mutant.Find, mutant.Replace, StringComparison.Ordinal);
        IEnumerable<SyntaxTree> trees = Sources.Value.Where(s => s.Key != path).Select(static s => s.Value).Append(Parse(text, path));
        var compilation = CSharpCompilation.Create(
            AssemblyName,
            trees,
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(static p => Path.GetFileNameWithoutExtension(p) is { } name && (name.StartsWith("System", StringComparison.Ordinal)
                    || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || name is "netstandard" or "mscorlib"))
                .Select(static p => MetadataReference.CreateFromFile(p)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image, manifestResources: Resources());
        if (!result.Success)
        {
            throw new InvalidOperationException($"'{mutant}' does not compile:\n{string.Join("\n", result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error).Take(10))}");
        }

        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(mutant.Name, isCollectible: false).LoadFromStream(image);
        return (DiagnosticAnalyzer)Activator.CreateInstance(assembly.GetType(analyzer.FullName!, throwOnError: true)!)!;
    }

    private static string PathOf(Mutant mutant) => Path.GetFullPath(Path.Combine(Project, mutant.File));

    private static IEnumerable<string> Files()
    {
        string names = Path.Combine(Project, "obj");
        return Directory.EnumerateFiles(Project, "*.cs", SearchOption.AllDirectories).Where(f => !f.StartsWith(names, StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "generators", "Shared"), "*.cs", SearchOption.AllDirectories));
    }

    private static SyntaxTree Parse(string text, string path)
        => CSharpSyntaxTree.ParseText(
            SourceText.From("global using System;global using System.Collections.Generic;global using System.Linq;global using System.Threading;\n" + text, Encoding.UTF8), ParseOptions, path);

    private static IEnumerable<ResourceDescription> Resources()
    {
        Assembly original = typeof(PacketCompletionAnalyzer).Assembly;
        return original.GetManifestResourceNames().Select(name => new ResourceDescription(name, () => original.GetManifestResourceStream(name)!, isPublic: true));
    }
}
