using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Analyzers;

/// <summary>The short form of <see cref="AnalyzerTest"/> for one analyzer.</summary>
public static class AnalyzerVerifier<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>Verifies one source with markup.</summary>
    public static Task<ImmutableArray<Diagnostic>> VerifyAsync(string markup) => VerifyAsync(TestProject.Of(markup));

    public static Task<ImmutableArray<Diagnostic>> VerifyAsync(TestProject project) => new AnalyzerTest(project, new TAnalyzer()).RunAsync();

    /// <summary>Verifies one rule of an analyzer that reports several: the others are off, and <c>[|...|]</c> stands for this one.</summary>
    public static Task<ImmutableArray<Diagnostic>> VerifyRuleAsync(string id, TestProject project)
        => new AnalyzerTest(project, new TAnalyzer()) { EnabledIds = [id] }.RunAsync();

    public static Task<ImmutableArray<Diagnostic>> VerifyRuleAsync(string id, string markup) => VerifyRuleAsync(id, TestProject.Of(markup));

    /// <summary>Verifies one source in which all diagnostics of a rule carry this message.</summary>
    public static Task<ImmutableArray<Diagnostic>> VerifyMessageAsync(string markup, string id, string message)
        => new AnalyzerTest(TestProject.Of(markup), new TAnalyzer()) { Messages = [new ExpectedMessage(id, message)] }.RunAsync();
}
