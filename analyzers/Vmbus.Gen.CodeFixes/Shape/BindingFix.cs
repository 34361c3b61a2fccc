using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>The base of the fixes that change what is bound: the rules of shape and completion judge the whole file.</summary>
public abstract class BindingFix : TriedCodeFix
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Judges = [new HandlerShapeAnalyzer(), new PacketCompletionAnalyzer()];

    /// <inheritdoc/>
    private protected sealed override ImmutableArray<DiagnosticAnalyzer> Analyzers => Judges;

    /// <inheritdoc/>
    private protected sealed override bool ReachesBeyondMember => true;
}
