using Microsoft.CodeAnalysis;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Output;

/// <summary>Runs the generator over what does not compile or cannot be bound.</summary>
internal static class GeneratedErrors
{
    /// <summary>Fails if the compiler finds anything wrong in a generated file, or other errors in the sources than the expected ones.</summary>
    /// <param name="project">The project.</param>
    /// <param name="expected">The ids of the errors in the sources, each once.</param>
    public static GeneratorRun Verify(TestProject project, params string[] expected)
    {
        GeneratorTest test = new(project.WithGenerators(new ChannelCallbacksGenerator())) { AllowCompileErrors = true };
        GeneratorRun run = test.Run();
        Diagnostic[] found = [.. run.Compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning)];
        HashSet<string> written = [.. project.Sources.Select(static s => s.Path)];
        Assert.DoesNotContain(found, d => d.Location.SourceTree is { } tree && !written.Contains(tree.FilePath));
        Assert.Equal(expected.Order(), found.Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.Id).Distinct().Order());
        return run;
    }

    public static GeneratorRun Verify(string source, params string[] expected) => Verify(TestProject.Of(source), expected);
}
