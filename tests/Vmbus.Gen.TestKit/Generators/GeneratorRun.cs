using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>What a run of the generators left.</summary>
/// <param name="Project">The sources and options.</param>
/// <param name="Driver">The driver after the run.</param>
/// <param name="Compilation">The sources and the generated files.</param>
/// <param name="Sources">The generated files.</param>
public sealed record GeneratorRun(TestProject Project, GeneratorDriver Driver, Compilation Compilation, ImmutableArray<GeneratedSource> Sources)
{
    /// <summary>The only generated file, or the one of this hint name.</summary>
    public string TextOf(string? hintName = null)
        => Sources.Where(s => hintName is null || s.HintName == hintName).ToArray() is [GeneratedSource source]
            ? source.Text
            : throw new VerificationFailedException(
                $"There is not exactly one generated file {hintName}: there are {(Sources.IsEmpty ? "none" : string.Join(", ", Sources.Select(static s => s.HintName)))}.");

    /// <summary>Compiles sources and generated files, and loads the assembly. The caller disposes it.</summary>
    public LoadedAssembly Load() => LoadedAssembly.Load(Compilation, Project);
}
