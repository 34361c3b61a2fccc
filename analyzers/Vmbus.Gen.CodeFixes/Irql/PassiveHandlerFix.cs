using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.CodeFixes.Shape;

namespace Vmbus.Gen.CodeFixes.Irql;

/// <summary>VMB201, VMB202, VMB206: lets the whole handler run at PASSIVE_LEVEL.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassiveHandlerFix))]
[Shared]
public sealed class PassiveHandlerFix : EditingCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.BlocksAtDispatch, RuleIds.RequiresLower, RuleIds.MonitorAtDispatch];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
        => HandlerOf.Find(scope, diagnostic) is { } handler
            ? new Fix("Run the handler at PASSIVE_LEVEL: Irql = Irql.Passive", [NodeEdit.Of(handler.Attribute, AsyncHandlerFix.SetPassive)])
            : null;
}
