using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Levels.LevelLanguage;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Tests of the level in every shape, behind which more is known of it.</summary>
internal static class GuardStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        // if, else and early return
        End("level-test", "if (KernelIrql.Current == Irql.Passive) { $0{p:Passive} } else { $1 }", "EE").Weighing(8),
        End("level-test", "if (KernelIrql.Current != Irql.Dispatch) { $0{p:Low} } else { $1{p:High} }", "EE").Weighing(8),
        End("level-test", "if (Irql.Dispatch > KernelIrql.Current) { $0{p:Low} }", "E").Weighing(4),
        End("level-test", "if (!(KernelIrql.Current >= Irql.Dispatch)) { $0{p:Low} } else { $1{p:High} }", "EE").Weighing(4),
        End("level-test", "if ((int)KernelIrql.Current == 2) { $0{p:High} } else { $1{p:Low} }", "EE").Weighing(3),
        End("level-test return", "if (KernelIrql.Current == Irql.Dispatch) { $0{p:High} return; } $1{p:Low}^", "EE").Weighing(12),
        End("level-test return", "if (KernelIrql.Current > Irql.Passive) { return; } $0{p:Passive}^", "E").Weighing(10),
        End("level-test throw", "if (KernelIrql.Current == Irql.Dispatch) { throw $T; } $0{p:Low}", "E").Weighing(3).NotIn(ScopeKind.Type, ScopeKind.Member, ScopeKind.Nested, ScopeKind.Async, ScopeKind.Iterator),
        End("level-test halt", "if (KernelIrql.Current > Irql.Passive) { Halt(); } $0{p:Passive}", "E").Weighing(3),
        End("level-test goto", "if (KernelIrql.Current == Irql.Dispatch) { goto $l; } { $0{p:Low} } $l: ;", "E").Weighing(3).NotIn(ScopeKind.Iterator),

        // With other conditions
        End("level-test short-circuit", "if ($c && KernelIrql.Current == Irql.Passive) { $0{p:Passive} } else { $1 }", "EE").Weighing(4),
        End("level-test short-circuit", "if (KernelIrql.Current == Irql.Dispatch || $c) { $0 } else { $1{p:Low} }", "EE").Weighing(4),
        End("level-test short-circuit", "if (KernelIrql.Current != Irql.Passive && KernelIrql.Current != Irql.Apc) { $0{p:High} } else { $1{p:Low} }", "EE").Weighing(3),
        End("level-test ternary", "bool $x = KernelIrql.Current == Irql.Dispatch ? $c : false; if ($x) { $0{p:High} } else { $1 }", "EE").Weighing(3),
        End("level-test ternary", "int $x = KernelIrql.Current == Irql.Passive ? 1 : $c ? 2 : 3; if ($x == 1) { $0{p:Passive} }", "E").Weighing(3),

        // Patterns and switches
        End("level-test pattern", "if (KernelIrql.Current is Irql.Passive or Irql.Apc) { $0{p:Low} } else { $1{p:High} }", "EE").Weighing(4),
        End("level-test pattern", "if (KernelIrql.Current is not Irql.Dispatch) { $0{p:Low} }", "E").Weighing(4),
        End("level-test pattern", "if (KernelIrql.Current is > Irql.Passive and < Irql.Dispatch or Irql.Dispatch) { $0 } else { $1{p:Passive} }", "EE").Weighing(2),
        End("level-test pattern saved-level", "if (KernelIrql.Current is var $x && $x == Irql.Dispatch) { $0{p:High} } else { $1{p:Low} }", "EE").Weighing(2),
        End("level-test switch", "switch (KernelIrql.Current) { case Irql.Passive: { $0{p:Passive} break; } case Irql.Dispatch: { $1{p:High} break; } default: { $2{p:Low} break; } }", "EEE").Weighing(5),
        End("level-test switch", "switch (KernelIrql.Current) { case Irql.Passive when $c: { $0{p:Passive} break; } case < Irql.Dispatch: { $1{p:Low} break; } case Irql.Dispatch: { $2 break; } }", "EEE").Weighing(3),
        End("level-test switch goto", "switch (KernelIrql.Current) { case Irql.Apc: goto case Irql.Passive; case Irql.Passive: { $0{p:Low} break; } default: { $1{p:High} break; } }", "EE").Weighing(2),
        End("level-test switch-expression", "bool $x = KernelIrql.Current switch { Irql.Dispatch => true, _ => false }; if ($x) { $0{p:High} } else { $1{p:Low} }", "EE").Weighing(4),
        End("level-test switch-expression blocks", "_ = KernelIrql.Current switch { Irql.Dispatch => false, _ => new ManualResetEvent(true).WaitOne(Probe.Time()) }; $0", "K").Weighing(3),
        End("level-test tuple switch-expression", "int $x = (KernelIrql.Current, $c) switch { (Irql.Passive, true) => 1, (Irql.Passive, false) => 2, _ => 3 }; if ($x == 1) { $0{p:Passive} }", "E").Weighing(6),

        // Through variables
        End("level-test saved-level", "Irql $x = KernelIrql.Current; $0 if ($x == Irql.Passive) { $1{p:Passive} }", "KE").Weighing(5),
        End("level-test saved-level return", "Irql $x = KernelIrql.Current; if ($x >= Irql.Dispatch) { return; } $0{p:Low}^", "E").Weighing(5),
        End("level-test flag", "bool $x = KernelIrql.Current < Irql.Dispatch; $0 if ($x) { $1{p:Low} } else { $2{p:High} }", "KEE").Weighing(6),
        End("level-test flag correlated", "bool $x = false; if (KernelIrql.Current == Irql.Passive) { $0{p:Passive} $x = true; } $1 if ($x) { $2{p:Passive} }", "EKE").Weighing(4),
        End("level-test flag correlated", "bool $x = KernelIrql.Current == Irql.Dispatch; bool $y = !$x && $c; if ($y) { $0{p:Low} } if ($x) { $1{p:High} }", "EE").Weighing(3),
        End("level-test saved-level field", "_level = KernelIrql.Current; if (_level == Irql.Passive) { $0{p:Passive} }", "E").Weighing(3).NotIn(ScopeKind.Type),
        End("level-test saved-level tuple", "(Irql $x, int $y) = (KernelIrql.Current, Number()); if ($x == Irql.Dispatch && $y == 1) { $0{p:High} }", "E").Weighing(6),
        End("level-test saved-level nullable", "Irql? $x = KernelIrql.Current; if ($x is Irql.Passive) { $0{p:Passive} }", "E").Weighing(6),

        // Loops
        End("level-test loop", "while (KernelIrql.Current == Irql.Passive) { $0{p:Passive} if (Stop()) { break; } }", "E").Weighing(4),
        End("level-test loop", "for (int $x = 0; KernelIrql.Current != Irql.Dispatch && $x < 2; $x++) { $0{p:Low} }", "E").Weighing(3),
        End("level-test loop", "foreach (int $v in Items()) { if (KernelIrql.Current == Irql.Dispatch) { continue; } $0{p:Low} }", "E").Weighing(3),
        End("level-test loop", "do { if (KernelIrql.Current > Irql.Passive) { break; } $0{p:Passive} } while (Again());", "E").Weighing(3),

        // Through other functions
        End("level-test predicate", "if (IsPassive) { $0{p:Passive} } else { $1 }", "EE").Weighing(5).NotIn(ScopeKind.Type),
        End("level-test predicate", "if (!AtDispatch()) { $0{p:Low} } else { $1{p:High} }", "EE").Weighing(5).NotIn(ScopeKind.Type),
        End("level-test predicate return", "if (AtDispatch()) { return; } $0{p:Low}^", "E").Weighing(5).NotIn(ScopeKind.Type),
        End("level-test predicate helper", "if ($f()) { $0{p:Low} } else { $1 }", "EE", "private static bool $f() { if ($c) { return false; } return KernelIrql.Current != Irql.Dispatch; }").Weighing(3).NotIn(ScopeKind.Type),
        End("level-test predicate helper", "if (!$f()) { $0 } else { $1{p:Passive} }", "EE", "private static bool $f() { if (KernelIrql.Current > Irql.Passive) { return false; } return $c; }").Weighing(3).NotIn(ScopeKind.Type),
        End("level-test predicate throw helper", "$f(); $0{p:Low}", "E", "private static void $f() { if (KernelIrql.Current == Irql.Dispatch) { throw $T; } }").Weighing(3).NotIn(ScopeKind.Type),
        End("level-test predicate saved-level helper", "if ($f() == Irql.Passive) { $0{p:Passive} }", "E", "private static Irql $f() => KernelIrql.Current;").Weighing(3).NotIn(ScopeKind.Type),
        End("level-test predicate helper", "if ($f(KernelIrql.Current)) { $0{p:Low} }", "E", "private static bool $f(Irql $q) => $q < Irql.Dispatch;").Weighing(2).NotIn(ScopeKind.Type),
        End("level-test predicate out helper", "if ($f(out int $x)) { $0{p:Passive} } else if ($x == 1) { $1 }", "EE", "private static bool $f(out int $y) { $y = Number(); return KernelIrql.Current == Irql.Passive; }").Weighing(4).NotIn(ScopeKind.Type),
        End("level-test predicate local-function", "if ($f()) { $0{p:Passive} } bool $f() => KernelIrql.Current == Irql.Passive;", "E").Weighing(3),
        End("level-test predicate lambda", "Func<bool> $v = () => KernelIrql.Current == Irql.Dispatch; if ($v()) { $0{p:High} } else { $1{p:Low} }", "EE").Weighing(3),
    ];
}
