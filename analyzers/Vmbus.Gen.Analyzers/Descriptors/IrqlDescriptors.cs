using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>VMB2xx: what may run at which interrupt request level.</summary>
internal static class IrqlDescriptors
{
    public static readonly DiagnosticDescriptor BlocksAtDispatch = new(
        RuleIds.BlocksAtDispatch,
        "A call that blocks is reached at DISPATCH_LEVEL",
        "{0}",
        Categories.Irql,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A thread at DISPATCH_LEVEL must not wait: it holds up every packet of its channel. Wait at PASSIVE_LEVEL instead: Irql = Irql.Passive, DeferToPassive, or Pend and complete later.",
        helpLinkUri: HelpLinks.Base + RuleIds.BlocksAtDispatch + HelpLinks.Extension);
}
