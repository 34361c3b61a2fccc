using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>Whether generated code compiles in the projects of users, who set options that its author does not.</summary>
internal static class GeneratedCompilation
{
    /// <summary>Every released language version of this compiler from <paramref name="oldest"/> on.</summary>
    public static IEnumerable<LanguageVersion> LanguageVersionsFrom(LanguageVersion oldest)
        => Enum.GetValues<LanguageVersion>().Where(v => v >= oldest && v < LanguageVersion.LatestMajor);

    /// <summary>Fails on an error anywhere, and on a warning in a generated file: users treat warnings as errors, and cannot mend that file.</summary>
    public static void Verify(Compilation output, ImmutableHashSet<SyntaxTree> generated, TestProject project, string options)
    {
        ImmutableArray<Diagnostic> wrong = ProjectAnalysis.Sort(output.GetDiagnostics().Where(d =>
            d.Severity == DiagnosticSeverity.Error
            || (d.Severity == DiagnosticSeverity.Warning && d.Location.SourceTree is { } tree && generated.Contains(tree))));
        if (!wrong.IsEmpty)
        {
            DiagnosticReport report = new(output, project);
            throw new VerificationFailedException(
                $"With {options} the project does not compile without warnings in the generated files:\n    " + string.Join("    ", wrong.Select(report.Describe)));
        }
    }
}
