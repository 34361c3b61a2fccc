using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.CodeFixes;

/// <summary>The short form of <see cref="CodeFixTest"/> for one analyzer and one provider.</summary>
public static class CodeFixVerifier<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    public static Task VerifyAsync(string before, string after) => VerifyAsync(TestProject.Of(before), TestProject.Of(after));

    public static Task VerifyAsync(TestProject before, TestProject after) => new CodeFixTest(before, after, new TFix(), new TAnalyzer()).RunAsync();

    public static Task VerifyNotOfferedAsync(string markup) => VerifyNotOfferedAsync(TestProject.Of(markup));

    public static Task VerifyNotOfferedAsync(TestProject project) => new CodeFixTest(project, project, new TFix(), new TAnalyzer()).VerifyNotOfferedAsync();
}
