using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>Who judges a completion fix before it is offered.</summary>
internal static class CompletionAnalyzers
{
    public static ImmutableArray<DiagnosticAnalyzer> All { get; } = [new PacketCompletionAnalyzer()];
}
