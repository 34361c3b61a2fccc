using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.TestKit;

namespace Vmbus.Gen.Editor.Tests;

/// <summary>What the package puts before the compiler, as references of a project.</summary>
internal static class PackageReferences
{
    private const string CodeFixes = "Vmbus.Gen.CodeFixes.dll";

    public static ImmutableArray<AnalyzerReference> All { get; } =
        [.. new[] { "Vmbus.Gen.Generators.dll", "Vmbus.Gen.Analyzers.dll", CodeFixes }.Select(static f => new AnalyzerFileReference(PathOf(f), Loader.Instance))];

    public static ImmutableArray<CodeFixProvider> Fixes { get; } =
        [.. ExportedTypes.InstancesOf<CodeFixProvider>(Loader.Instance.LoadFromPath(PathOf(CodeFixes)))];

    /// <summary>The run time with its documentation, which lies beside it.</summary>
    public static MetadataReference RunTime { get; } = MetadataReference.CreateFromFile(PathOf("Vmbus.dll"), documentation: XmlDocumentationProvider.CreateFromFile(PathOf("Vmbus.xml")));

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static Loader Instance { get; } = new();

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
