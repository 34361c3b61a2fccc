using Microsoft.CodeAnalysis;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>The short form of <see cref="GeneratorTest"/> for one generator.</summary>
public static class GeneratorVerifier<TGenerator>
    where TGenerator : IIncrementalGenerator, new()
{
    public static GeneratorRun Run(string source) => Run(TestProject.Of(source));

    public static GeneratorRun Run(TestProject project) => For(project).Run();

    public static GeneratorRun RunEdit(TestProject project, EditScenario scenario) => For(project).RunEdit(scenario);

    public static void VerifyOldCompilationIsReleased(TestProject project, Func<TestProject, TestProject>? edit = null)
        => For(project).VerifyOldCompilationIsReleased(edit);

    public static GeneratorTest For(TestProject project) => new(project.WithGenerators(new TGenerator()));
}
