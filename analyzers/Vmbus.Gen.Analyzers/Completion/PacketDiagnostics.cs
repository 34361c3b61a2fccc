using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Says what was found: the message tells the way, the additional locations show it, the properties tell a fix what it needs.</summary>
internal static class PacketDiagnostics
{
    /// <summary>The name of the packet.</summary>
    public const string PacketProperty = "Packet";

    /// <summary>What stands behind the name of the value of which the packet is a part: <c>.Packet</c>.</summary>
    public const string PartProperty = "Part";

    /// <summary>How many of the last additional locations are earlier completions of the packet.</summary>
    public const string CompletionsProperty = "Completions";

    /// <summary>That the last additional location is the exit, and which: End, Return or Exception.</summary>
    public const string ExitProperty = "Exit";

    public static Diagnostic Create(PacketFinding finding)
    {
        (DiagnosticDescriptor rule, string message) = Describe(finding, PathText.Cut(finding.Duty.Name));
        List<Location> places = [.. PathText.Locations(finding.Path)];
        ImmutableDictionary<string, string?>.Builder properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties.Add(PacketProperty, finding.Duty.Name);
        if (finding.Duty.Part.Length > 0)
        {
            properties.Add(PartProperty, finding.Duty.Part);
        }

        if (finding.End is { } end)
        {
            places.Add(end.Location);
            properties.Add(ExitProperty, end.Kind.ToString());
        }
        else if (finding.Completion is { } completion)
        {
            places.Add(completion.Syntax.GetLocation());
            properties.Add(CompletionsProperty, "1");
        }
        else if (finding.Passing is { } passing && passing.Syntax != finding.Syntax)
        {
            places.Add(passing.Syntax.GetLocation());
        }

        return Diagnostic.Create(rule, finding.Location, places, properties.ToImmutable(), message);
    }

    private static (DiagnosticDescriptor Rule, string Message) Describe(PacketFinding finding, string name) => finding.Rule switch
    {
        PacketRule.NotCompleted => (
            CompletionDescriptors.NotCompleted,
            PathText.Describe(finding.Path, $"'{name}' is not completed", finding.End?.Words ?? "the method ends")),
        PacketRule.CompletedTwice => (
            CompletionDescriptors.CompletedTwice,
            PathText.Describe(finding.Path, $"'{name}' is completed twice", $"'{PathText.Shorten(finding.Syntax)}' runs")),
        PacketRule.UsedAfterCompletion => (
            CompletionDescriptors.UsedAfterCompletion,
            PathText.Describe(finding.Path, $"'{name}' is completed already", $"'{PathText.Shorten(finding.Syntax)}' uses it")),
        PacketRule.DeferredAtPassive => (
            CompletionDescriptors.DeferredAtPassive,
            PathText.Describe(finding.Path, $"'{name}' may be deferred at PASSIVE_LEVEL already", $"'{PathText.Shorten(finding.Syntax)}' runs")),
        PacketRule.Lost => (
            CompletionDescriptors.PendingPacketLost,
            finding.Duty.IsNamed ? $"'{name}' is overwritten while its packet is owed" : $"The packet of '{name}' is discarded while it is owed"),
        PacketRule.ExternalDataPending => (
            CompletionDescriptors.ExternalDataPending,
            PathText.Describe(finding.Path, $"'{name}' may still wait for its external data", "the handler goes on")),
        PacketRule.BufferUsedLate => (
            LifetimeDescriptors.BufferUsedLate,
            PathText.Describe(finding.Path, $"The memory of '{name}' is given back already", $"'{PathText.Shorten(finding.Syntax)}' uses it")),
        PacketRule.KeptBeyondCallback => (
            LifetimeDescriptors.KeptBeyondCallback,
            $"'{PathText.Shorten(finding.Syntax)}' keeps the memory of '{name}' beyond the callback"),
        PacketRule.ExternalDataUsedLate => (
            LifetimeDescriptors.ExternalDataUsedLate,
            PathText.Describe(finding.Path, $"The external data of '{name}' is given back already", $"'{PathText.Shorten(finding.Syntax)}' uses it")),
        _ => (
            CompletionDescriptors.ThrownWithDuty,
            PathText.Describe(finding.Path, $"'{name}' is not completed", "this exception leaves the method")),
    };
}
