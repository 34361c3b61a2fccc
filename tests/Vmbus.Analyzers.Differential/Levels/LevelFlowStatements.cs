using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Branches, loops and exceptions around what is about the level, and what has nothing to do with it.</summary>
internal static class LevelFlowStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("branch", "if ($c) { $0 } else { $1 }", "EE").Weighing(5),
        End("branch return", "if ($c) { $0 return; } $1^", "EE").Weighing(6),
        End("switch", "switch ($n) { case 0: { $0 break; } case 1 or 2: { $1 break; } default: { $2 break; } }", "EEE").Weighing(3),
        End("loop", "while (true) { if (Stop()) { $0 break; } $1 }", "EK").Weighing(3),
        End("loop", "foreach (int $v in Items()) { $0 }", "E").Weighing(3),
        End("finally", "try { $0 } finally { $1! }", "KE").Weighing(3).NotIn(ScopeKind.Iterator),
        End("finally return", "try { if ($c) { return; } $0 } finally { $1! }", "KE").Weighing(2).NotIn(ScopeKind.Iterator),
        End("catch", "try { $0 } catch { $1 }", "KE").Weighing(3).NotIn(ScopeKind.Iterator),
        End("filter catch", "try { $0 } catch (TransferException) when ($c) { $1 }", "EE").Weighing(6).NotIn(ScopeKind.Iterator),
        End("rethrow catch", "try { $0 } catch { $1 $R }", "EK").Weighing(16).NotIn(ScopeKind.Iterator, ScopeKind.Type, ScopeKind.Member, ScopeKind.Nested, ScopeKind.Async),
        End("throw catch", "try { $0 if ($c) { throw $T; } } catch (TransferException) { $1 }", "KE").Weighing(3).NotIn(ScopeKind.Iterator, ScopeKind.Type),
        End("flag correlated", "bool $x = $c; if ($x) { $0 } $1 if (!$x) { $2 }", "EKE").Weighing(3),
        End("goto", "if ($c) { goto $l; } { $0 } $l: ; $1", "KE").Weighing(2).NotIn(ScopeKind.Iterator),
        Keep("", "Work();").Weighing(14),
        Keep("flag", "$b = $c;").Weighing(4),
        Keep("number", "$n = Number();").Weighing(2),
        Keep("field flag", "_isReady = $c; if (_isReady) { $0 }", "K").Weighing(2).NotIn(ScopeKind.Type),
        Keep("branch", "if ($c) { $0 }", "K").Weighing(8),
        Keep("loop", "while (Again()) { $0 }", "K").Weighing(3),
        Keep("loop number", "for (int $v = 0; $v < 2; $v++) { $0 }", "K").Weighing(2),
        Keep("halt", "if ($c) { Halt(); }").Weighing(2),
        Keep("return", "if ($c) { return; }").Wild().Weighing(2),
        Keep("raise scope", "using (KernelIrql.Raise(Irql.Dispatch)) { Work(); }").Weighing(3),
        Keep("framework", "Interlocked.Increment(ref $n);").Weighing(1),
    ];
}
