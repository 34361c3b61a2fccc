using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>The base of the completion fixes: the completion rules judge what they would make.</summary>
public abstract class CompletionFix : TriedCodeFix
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Judges = [new PacketCompletionAnalyzer()];

    /// <inheritdoc/>
    private protected sealed override ImmutableArray<DiagnosticAnalyzer> Analyzers => Judges;
}
