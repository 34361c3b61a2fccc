using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Shape;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>Who judges a shape fix that is tried before it is offered.</summary>
internal static class ShapeAnalyzers
{
    public static ImmutableArray<DiagnosticAnalyzer> All { get; } = [new HandlerShapeAnalyzer(), new PacketCompletionAnalyzer()];
}
