using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>VMB3xx: what looks into a packet's memory ends with the packet.</summary>
internal static class LifetimeDescriptors
{
    public static readonly DiagnosticDescriptor BufferUsedLate = new(
        RuleIds.BufferUsedLate,
        "The buffer, or a view into it, is used after completion",
        "{0}",
        Categories.Lifetime,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Spans, references and pointers into a packet end with its completion: the memory then holds another packet. Copy what is needed before completing.",
        helpLinkUri: HelpLinks.Base + RuleIds.BufferUsedLate + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor KeptBeyondCallback = new(
        RuleIds.KeptBeyondCallback,
        "A pointer, ref or span into the packet is kept beyond the callback",
        "{0}",
        Categories.Lifetime,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "What a callback gets ends with the callback or with completion, whichever is first. Pend the packet and keep the PendingPacket, or copy the bytes.",
        helpLinkUri: HelpLinks.Base + RuleIds.KeptBeyondCallback + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor ExternalDataUsedLate = new(
        RuleIds.ExternalDataUsedLate,
        "External data is used after completion",
        "{0}",
        Categories.Lifetime,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Completion gives the sender's memory back to the sender, which may use it for something else at once. Read and write external data before completing.",
        helpLinkUri: HelpLinks.Base + RuleIds.ExternalDataUsedLate + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor DoubleFetch = new(
        RuleIds.DoubleFetch,
        "A value in memory shared with the other side is read twice",
        "{0}",
        Categories.Lifetime,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Between two reads the other side may write: what the first one checked is not what the second one uses. Copy the value into a local, check that, and use that.",
        helpLinkUri: HelpLinks.Base + RuleIds.DoubleFetch + HelpLinks.Extension);
}
