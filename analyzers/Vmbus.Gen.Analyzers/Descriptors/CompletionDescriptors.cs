using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>VMB1xx: every packet is completed exactly once.</summary>
internal static class CompletionDescriptors
{
    public static readonly DiagnosticDescriptor NotCompleted = new(
        RuleIds.NotCompleted,
        "A path out of the handler leaves the packet uncompleted",
        "{0}",
        Categories.Completion,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Every delivered packet must be completed exactly once, on every path: a packet that is forgotten counts against the channel's quota for ever, and Pause and Disable wait for it without end.",
        helpLinkUri: HelpLinks.Base + RuleIds.NotCompleted + HelpLinks.Extension);
}
