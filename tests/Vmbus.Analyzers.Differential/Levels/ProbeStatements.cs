using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Levels.LevelLanguage;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Calls that must not be made at every level: where they are right, and, now and then, anywhere.</summary>
internal static class ProbeStatements
{
    private static readonly ImmutableArray<(string Constructs, string Text, string Blocks, ImmutableArray<string> Kinds, int Weight)> Probes =
    [
        ("blocks", "Probe.Block();", "", [Low, Passive], 14),
        ("blocks framework", "Thread.Sleep(Probe.Time());", "", [Low, Passive], 8),
        ("blocks framework", "new ManualResetEvent(true).WaitOne(Probe.Time());", "", [Low, Passive], 3),
        ("blocks framework", "Task.CompletedTask.Wait(Probe.Time());", "", [Low, Passive], 3),
        ("lock", "lock (Probe.Gate()) { $0 }", "K", [Low, Passive], 7),
        ("lock", "Monitor.Enter(Probe.Gate());", "", [Low, Passive], 2),
        ("requires-max", "Probe.AtPassive();", "", [Passive], 14),
        ("requires-max", "Probe.UpToApc();", "", [Low, Passive], 7),
        ("requires-min", "Probe.AtDispatch();", "", [High], 16),
        ("requires-min", "Probe.FromApc();", "", [High], 8),
    ];

    public static readonly ImmutableArray<StatementTemplate> All =
    [
        .. Probes.Select(static p => End(p.Constructs, p.Text, p.Blocks).About([.. p.Kinds]).Weighing(p.Weight * 3 / 2)),
        .. Probes.Select(static p => Keep(p.Constructs, p.Text, p.Blocks).About([.. p.Kinds]).Weighing(p.Weight / 2 + 1)),
        .. Probes.Select(static p => Keep(p.Constructs, p.Text, p.Blocks).Wild().Weighing(Math.Max(1, p.Weight / 3))),
        .. Probes.Select(static p => End(p.Constructs, p.Text, p.Blocks).Wild().Weighing(p.Weight)),
        End("", "Work();").About(Any).Weighing(3),
        End("level-test requires-max", "if (KernelIrql.Current == Irql.Passive) { Probe.AtPassive(); }").About(Any).Weighing(4),
        End("level-test blocks", "if (KernelIrql.Current != Irql.Dispatch) { Probe.Block(); }").About(Any).Weighing(4),
        End("level-test requires-min", "if (KernelIrql.Current == Irql.Dispatch) { Probe.AtDispatch(); }").About(Any).Weighing(4),
        End("level-test blocks short-circuit", "_ = KernelIrql.Current < Irql.Dispatch && new ManualResetEvent(true).WaitOne(Probe.Time());").About(Any).Weighing(3),
        End("level-test blocks ternary", "_ = KernelIrql.Current >= Irql.Dispatch ? false : new ManualResetEvent(true).WaitOne(Probe.Time());").About(Any).Weighing(3),
        End("level-test blocks lock", "if (KernelIrql.Current == Irql.Passive) { lock (Probe.Gate()) { Probe.Block(); } }").About(Any).Weighing(4),
    ];
}
