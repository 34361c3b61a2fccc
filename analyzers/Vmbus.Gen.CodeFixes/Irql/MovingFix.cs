using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Irql;

/// <summary>The base of the IRQL fixes that move code: it must not break the handler's shape or lose its packet.</summary>
public abstract class MovingFix : TriedCodeFix
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Judges = [new IrqlAnalyzer(), new PacketCompletionAnalyzer(), new HandlerShapeAnalyzer()];

    /// <inheritdoc/>
    private protected sealed override ImmutableArray<DiagnosticAnalyzer> Analyzers => Judges;
}
