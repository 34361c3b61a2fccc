using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Vmbus.Gen.Analyzers.Descriptors;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>VMB101: completes the packet, without payload, on the paths that leave it owed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CompleteOnLeavingPathFix))]
[Shared]
public sealed class CompleteOnLeavingPathFix : LeavingPathFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.NotCompleted];

    /// <inheritdoc/>
    private protected override string Method => "Complete";
}
