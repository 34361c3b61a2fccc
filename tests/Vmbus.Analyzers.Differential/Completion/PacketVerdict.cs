using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Oracle.Packets;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>What the analyzers say about a program, against what running it has shown.</summary>
internal static class PacketVerdict
{
    /// <summary>The rules that speak of packets on paths; the others are silent here or about something else.</summary>
    private static readonly ImmutableArray<(PacketFaults Fault, ImmutableArray<string> Rules)> Rules =
    [
        (PacketFaults.Leaked, ["VMB101", "VMB105"]),
        (PacketFaults.CompletedTwice, ["VMB102"]),
        (PacketFaults.UsedAfter, ["VMB103", "VMB301"]),
        // A packet that was already discarded or overwritten is not thrown away once more: one path, one rule.
        (PacketFaults.Thrown, ["VMB108", "VMB105"]),
        (PacketFaults.ThrownLater, ["VMB108", "VMB101", "VMB105"]),
    ];

    public static readonly ImmutableHashSet<string> Ids = [.. Rules.SelectMany(static r => r.Rules)];

    /// <summary>What is wrong on some path and no rule says.</summary>
    public static PacketFaults Missed(PacketFaults faults, IReadOnlyCollection<string> reported, PacketFaults judged)
    {
        PacketFaults missed = PacketFaults.None;
        foreach ((PacketFaults fault, ImmutableArray<string> rules) in Rules)
        {
            if ((faults & judged & fault) != 0 && !rules.Any(reported.Contains))
            {
                missed |= fault;
            }
        }

        return missed;
    }
}
