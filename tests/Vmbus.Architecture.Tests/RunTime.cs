using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Architecture.Tests;

/// <summary>The sources of the run time, and what the compiler knows of them.</summary>
internal static class RunTime
{
    public const string Folder = "src/Vmbus";

    private static readonly Lazy<CSharpCompilation> Compiled = new(Compile);

    /// <summary>Compiled once: binding all of it takes its time.</summary>
    public static CSharpCompilation Compilation => Compiled.Value;

    private static CSharpCompilation Compile()
    {
        CSharpParseOptions options = new(LanguageVersion.Preview);
        IEnumerable<SyntaxTree> trees = Repository.Sources(Folder).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file));
        SyntaxTree usings = CSharpSyntaxTree.ParseText(
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;",
            options);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Vmbus",
            trees.Append(usings),
            ReferenceAssemblies.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    public static string Room(string file)
        => Path.GetRelativePath(Path.Combine(Repository.Root, Folder), file).Split(Path.DirectorySeparatorChar)[0];
}
