using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Analyzers.Differential.Grammar;
using Vmbus.Analyzers.Differential.Oracle.Packets;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Truth and verdict about a program.</summary>
/// <param name="Program">The program.</param>
/// <param name="Text">How it is written.</param>
/// <param name="Truth">What running it has shown.</param>
/// <param name="Reported">The rules that are reported.</param>
internal sealed record Judgement(RandomProgram? Program, string Text, PacketTruth Truth, ImmutableArray<string> Reported)
{
    /// <summary>What goes wrong on some path and is not reported.</summary>
    public PacketFaults Missed => Truth.IsKnown ? PacketVerdict.Missed(Truth.Faults, Reported, Judged) : PacketFaults.None;

    /// <summary>Whether something is reported though nothing goes wrong on any path.</summary>
    public bool IsUnexpected => Truth.IsKnown && Truth.Faults == PacketFaults.None && Reported.Length > 0;

    public bool IsDifferent => Missed != PacketFaults.None || IsUnexpected;

    /// <summary>The faults that the analyzers under test know.</summary>
    public required PacketFaults Judged { get; init; }

    public override string ToString()
        => $"// truth: {Truth.Faults} on {Truth.Paths} paths; {Truth.Example}\n// reported: {string.Join(" ", Reported)}\n{(IsUnexpected ? "// UNEXPECTED" : $"// MISSED {Missed}")}\n{Text}";
}
