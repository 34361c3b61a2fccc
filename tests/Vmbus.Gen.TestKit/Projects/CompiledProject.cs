using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>A project with what its generators added.</summary>
/// <param name="Compilation">Sources and generated sources.</param>
/// <param name="GeneratorDiagnostics">What the generators reported themselves.</param>
internal sealed record CompiledProject(Compilation Compilation, ImmutableArray<Diagnostic> GeneratorDiagnostics)
{
    public static CompiledProject Compile(TestProject project, CancellationToken cancellationToken = default)
    {
        CSharpCompilation compilation = project.CreateCompilation();
        if (project.Generators.IsEmpty)
        {
            return new CompiledProject(compilation, []);
        }

        GeneratorDriver driver = CSharpGeneratorDriver
            .Create(
                project.Generators.Select(GeneratorExtensions.AsSourceGenerator),
                project.AdditionalFiles.Select(static f => f.ToAdditionalText()),
                project.CreateParseOptions(),
                project.CreateConfigOptionsProvider())
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, cancellationToken);

        ThrowIfGeneratorThrew(driver.GetRunResult());
        return new CompiledProject(output, diagnostics);
    }

    internal static void ThrowIfGeneratorThrew(GeneratorDriverRunResult result)
    {
        foreach (GeneratorRunResult generator in result.Results)
        {
            if (generator.Exception is { } exception)
            {
                throw new VerificationFailedException($"The generator {generator.Generator.GetGeneratorType().FullName} threw:\n{exception}", exception);
            }
        }
    }
}
