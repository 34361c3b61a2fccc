using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;
using Vmbus.Analyzers.Differential.Oracle.Packets;
using Vmbus.Gen.Analyzers.Completion;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>That no packet is forgotten, completed twice, or used after its end without a report.</summary>
internal sealed class PacketProof : Proof
{
    public static readonly PacketProof Instance = new();

    public override Language Language => PacketLanguage.Instance;

    public override ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [new PacketCompletionAnalyzer()];

    public override ImmutableArray<(string Fault, ImmutableArray<string> Rules)> Faults { get; } =
    [
        (nameof(PacketFaults.Leaked), ["VMB101", "VMB105"]),
        (nameof(PacketFaults.CompletedTwice), ["VMB102"]),
        (nameof(PacketFaults.UsedAfter), ["VMB103", "VMB301"]),
        (nameof(PacketFaults.UsedTooLate), ["VMB103", "VMB301", "VMB304", "VMB102"]),

        // A packet that was already discarded or overwritten is not thrown away once more: one path, one rule.
        (nameof(PacketFaults.Thrown), ["VMB108", "VMB105"]),
        (nameof(PacketFaults.ThrownAfterCalls), ["VMB108", "VMB105", "VMB101"]),
        (nameof(PacketFaults.WentOn), ["VMB107"]),
        (nameof(PacketFaults.WentOnElsewhere), ["VMB107", "VMB102", "VMB304"]),
        (nameof(PacketFaults.DataUsedAfter), ["VMB304"]),
        (nameof(PacketFaults.ThrownLater), ["VMB108", "VMB101", "VMB105"]),
    ];

    public override ProgramTruth Run(Type program, string text) => PacketRunner.Run(program, text);
}
