using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Vmbus.Gen.TestKit.Analyzers;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>A project as the assembly that it compiles to.</summary>
public static class ProjectImage
{
    /// <summary>Runs the generators, compiles, and writes the assembly to a file.</summary>
    public static void WriteTo(string path, TestProject project, CancellationToken cancellationToken = default)
    {
        using FileStream image = File.Create(path);
        Emit(CompiledProject.Compile(project, cancellationToken).Compilation, project, image, symbols: null, cancellationToken);
    }

    /// <exception cref="VerificationFailedException">It does not compile.</exception>
    internal static void Emit(Compilation compilation, TestProject project, Stream image, Stream? symbols, CancellationToken cancellationToken = default)
    {
        EmitResult result = compilation.Emit(image, symbols, cancellationToken: cancellationToken);
        if (!result.Success)
        {
            DiagnosticReport report = new(compilation, project);
            throw new VerificationFailedException(
                "The project does not compile:\n    "
                + string.Join("    ", ProjectAnalysis.Sort(result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)).Select(report.Describe)));
        }
    }
}
