using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.Analyzers.Shape;

namespace Vmbus.Gen.CodeFixes.Irql;

/// <summary>Who judges an IRQL fix that moves code before it is offered: it must not break the handler's shape or lose its packet.</summary>
internal static class IrqlAnalyzers
{
    public static ImmutableArray<DiagnosticAnalyzer> All { get; } = [new IrqlAnalyzer(), new PacketCompletionAnalyzer(), new HandlerShapeAnalyzer()];
}
