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

    public static readonly DiagnosticDescriptor CompletedTwice = new(
        RuleIds.CompletedTwice,
        "A packet may be completed twice",
        "{0}",
        Categories.Completion,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A packet is completed, failed, deferred, pended or handed on once. A second time throws InvalidOperationException and stops the channel.",
        helpLinkUri: HelpLinks.Base + RuleIds.CompletedTwice + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor UsedAfterCompletion = new(
        RuleIds.UsedAfterCompletion,
        "A packet's member is used after the packet was completed",
        "{0}",
        Categories.Completion,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A completed packet is gone: its members throw InvalidOperationException, because what they would tell may belong to another packet by then. Read what is needed before completing.",
        helpLinkUri: HelpLinks.Base + RuleIds.UsedAfterCompletion + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor DeferredAtPassive = new(
        RuleIds.DeferredAtPassive,
        "DeferToPassive is not behind a test that excludes PASSIVE_LEVEL",
        "{0}",
        Categories.Completion,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A deferred packet comes again at PASSIVE_LEVEL, through the same callback, and reaches the same call, which throws there. Defer behind 'if (KernelIrql.Current == Irql.Dispatch)'.",
        helpLinkUri: HelpLinks.Base + RuleIds.DeferredAtPassive + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor PendingPacketLost = new(
        RuleIds.PendingPacketLost,
        "A PendingPacket is discarded or overwritten while it is owed",
        "{0}",
        Categories.Completion,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A PendingPacket carries the duty to complete its packet. When the value is gone, nothing can complete the packet any more.",
        helpLinkUri: HelpLinks.Base + RuleIds.PendingPacketLost + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor StoredForEver = new(
        RuleIds.StoredForEver,
        "Packets are stored, but nothing ever takes them out and completes them",
        "Packets go into '{0}', but nothing ever takes one out and completes it",
        Categories.Completion,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A packet that is put into a field or a collection is still owed. If no code takes packets out of it and completes them, they count against the channel's quota for ever.",
        helpLinkUri: HelpLinks.Base + RuleIds.StoredForEver + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor ExternalDataPending = new(
        RuleIds.ExternalDataPending,
        "The handler goes on after GetExternalData answered Pending",
        "{0}",
        Categories.Completion,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "After NtStatus.Pending the handler must return: the callback comes again when the data is there. Until then neither the packet may be completed nor the data used.",
        helpLinkUri: HelpLinks.Base + RuleIds.ExternalDataPending + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor ThrownWithDuty = new(
        RuleIds.ThrownWithDuty,
        "An explicit throw leaves the handler with the packet uncompleted",
        "{0}",
        Categories.Completion,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An exception that leaves a handler fails the packet and stops its channel. Fail the packet and return instead, or complete it before the throw.",
        helpLinkUri: HelpLinks.Base + RuleIds.ThrownWithDuty + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor SilentAboutDuty = new(
        RuleIds.SilentAboutDuty,
        "A public method takes a packet and does not say who owes it",
        "'{0}' does not say whether it completes '{1}'; {2}",
        Categories.Completion,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Within a project a method is judged by its body; other projects see no body. [CompletesPacket] says that the method takes over the duty, [BorrowsPacket] that the caller keeps it.",
        helpLinkUri: HelpLinks.Base + RuleIds.SilentAboutDuty + HelpLinks.Extension);
}
