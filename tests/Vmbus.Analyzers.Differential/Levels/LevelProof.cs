using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;
using Vmbus.Analyzers.Differential.Oracle.Levels;
using Vmbus.Gen.Analyzers.Irql;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>That nothing is reached at a level at which it must not be, and that no level is left raised, without a report.</summary>
internal sealed class LevelProof : Proof
{
    public static readonly LevelProof Instance = new();

    public override Language Language => LevelLanguage.Instance;

    public override ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [new IrqlAnalyzer()];

    /// <summary>A call gets one report only, of the gravest of what is wrong with it; and at which level code runs after a raise that is not restored is not decided.</summary>
    public override ImmutableArray<(string Fault, ImmutableArray<string> Rules)> Faults { get; } =
    [
        (nameof(LevelFaults.TooHigh), ["VMB202", "VMB204"]),
        (nameof(LevelFaults.TooLow), ["VMB203", "VMB202", "VMB204"]),
        (nameof(LevelFaults.Blocked), ["VMB201", "VMB203", "VMB202", "VMB204"]),
        (nameof(LevelFaults.Locked), ["VMB206", "VMB201", "VMB203", "VMB202", "VMB204"]),
        (nameof(LevelFaults.NotRestored), ["VMB204"]),
    ];

    /// <summary>VMB204 stands for another fault only in a program that does leave the level, or its raises, wrong.</summary>
    public override bool Counts(string rule, string fault, ProgramTruth truth)
        => rule != "VMB204" || truth.Faults.Contains(nameof(LevelFaults.NotRestored)) || truth.Faults.Contains(nameof(LevelFaults.ScopeMisused)) || truth.Faults.Contains(nameof(LevelFaults.RaisedLower));

    public override ProgramTruth Run(Type program, string text) => LevelRunner.Run(program, text);
}
