using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Levels.LevelLanguage;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Raises and what undoes them: scopes, saved levels, and helpers that do either.</summary>
internal static class RaiseStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("raise scope", "using (KernelIrql.Raise(Irql.Dispatch)) { $0{p:High} }", "E").Weighing(9),
        End("raise scope apc", "using (KernelIrql.Raise(Irql.Apc)) { $0{p:Low} }", "E").About(Low, Passive).Weighing(12),
        End("raise scope", "{ using IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); $0{p:High} } $1", "EK").Weighing(5),
        End("raise dispose", "IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); $0{p:High}! $v.Dispose(); $1", "EK").Weighing(5).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise dispose", "var $v = KernelIrql.Raise(Irql.Dispatch); if ($c) { $0{p:High}! $v.Dispose(); } else { $v.Dispose(); $1 }", "EE").Weighing(4).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise lower", "IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); $0{p:High}! KernelIrql.Lower($v.Previous); $1", "EK").Weighing(5).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise lower saved-level", "Irql $x = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); $0{p:High}! KernelIrql.Lower($x); $1", "EE").Weighing(5).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise lower saved-level", "Irql $x = KernelIrql.Raise(Irql.Dispatch).Previous; $0{p:High}! KernelIrql.Lower($x); $1", "EE").Weighing(3).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise lower", "KernelIrql.Raise(Irql.Dispatch); $0{p:High}! KernelIrql.Lower(Irql.Passive); $1", "EE").About(Passive).Weighing(5).NotIn(ScopeKind.Async, ScopeKind.Contract, ScopeKind.Type, ScopeKind.Member, ScopeKind.Nested, ScopeKind.Iterator),
        End("raise lower apc", "KernelIrql.Raise(Irql.Apc); $0{p:Low}! KernelIrql.Raise(Irql.Dispatch); $1{p:High}! KernelIrql.Lower(Irql.Apc); $2{p:Low}! KernelIrql.Lower(Irql.Passive);", "KEE").About(Passive).Weighing(9).NotIn(ScopeKind.Async, ScopeKind.Contract, ScopeKind.Type, ScopeKind.Member, ScopeKind.Nested, ScopeKind.Iterator),
        End("raise dispose finally", "IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); try { $0{p:High} } finally { $v.Dispose(); } $1", "EK").NotIn(ScopeKind.Iterator, ScopeKind.Async).Weighing(5),
        End("raise lower finally", "Irql $x = KernelIrql.Current; try { KernelIrql.Raise(Irql.Dispatch); $0{p:High} } finally { KernelIrql.Lower($x); } $1", "EE").NotIn(ScopeKind.Iterator).Weighing(4),
        End("raise scope catch", "try { using (KernelIrql.Raise(Irql.Dispatch)) { $0{p:High} } } catch { $1 }", "EE").NotIn(ScopeKind.Iterator).Weighing(4),
        End("raise scope throw catch", "try { using (KernelIrql.Raise(Irql.Dispatch)) { $0{p:High} if ($c) { throw $T; } } } catch (TransferException) { $1 }", "EE").NotIn(ScopeKind.Iterator, ScopeKind.Type).Weighing(3),
        End("raise dispose catch", "IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); try { $0{p:High} } catch { $1{p:High} } $v.Dispose(); $2", "EKE").NotIn(ScopeKind.Iterator, ScopeKind.Async, ScopeKind.Contract).Weighing(3),
        End("raise lower catch", "Irql $x = KernelIrql.Current; try { KernelIrql.Raise(Irql.Dispatch); $0{p:High}! KernelIrql.Lower($x); } catch { KernelIrql.Lower($x); $1 }", "EE").NotIn(ScopeKind.Iterator, ScopeKind.Async, ScopeKind.Contract).Weighing(3),
        End("raise lower correlated saved-level", "bool $x = $c; Irql $y = KernelIrql.Current; if ($x) { KernelIrql.Raise(Irql.Dispatch); } $0! if ($x) { KernelIrql.Lower($y); } $1", "EE").Weighing(4).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise lower correlated level-test", "Irql $y = KernelIrql.Current; if ($y < Irql.Dispatch) { KernelIrql.Raise(Irql.Dispatch); } $0{p:High}! KernelIrql.Lower($y); $1", "EE").Weighing(4).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise scope loop", "while (Again()) { using (KernelIrql.Raise(Irql.Dispatch)) { $0{p:High} if ($c) { break; } } $1 } $2", "KKE").Weighing(3),
        End("raise lower loop saved-level", "Irql $x = KernelIrql.Current; while (Again()) { KernelIrql.Raise(Irql.Dispatch); $0{p:High}! KernelIrql.Lower($x); } $1", "EE").Weighing(3).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise scope return", "using (KernelIrql.Raise(Irql.Dispatch)) { if ($c) { return; } $0{p:High}^ }", "E").Weighing(4),
        End("raise scope nested-raise", "using (KernelIrql.Raise(Irql.Apc)) { $0{p:Low} using (KernelIrql.Raise(Irql.Dispatch)) { $1{p:High} } $2{p:Low} }", "KEK").About(Low, Passive).Weighing(18),
        End("raise level-variable", "Irql $x = $c ? Irql.Apc : Irql.Dispatch; using (KernelIrql.Raise($x)) { if ($x == Irql.Dispatch) { $0{p:High} } else { $1{p:Low} } }", "EE").About(Low, Passive).Weighing(18).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise level-test", "using (KernelIrql.Raise(Irql.Dispatch)) { if (KernelIrql.Current == Irql.Passive) { Probe.Block(); } $0{p:High} }", "E").Weighing(3).NotIn(ScopeKind.Async, ScopeKind.Contract),
        End("raise helper raises", "using ($f()) { $0{p:High} }", "E", "[IrqlRaises(Irql.Dispatch)] private static IrqlScope $f() { Work(); return KernelIrql.Raise(Irql.Dispatch); }").Weighing(4).NotIn(ScopeKind.Type),
        End("raise helper raises lower saved-level", "Irql $x = $f(); $0{p:High}! KernelIrql.Lower($x); $1", "EE", "[IrqlRaises(Irql.Dispatch)] private static Irql $f() { Irql $y = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); return $y; }").Weighing(3).NotIn(ScopeKind.Type),
        End("raise helper lower", "Irql $x = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); $0{p:High}! $f($x); $1", "EE", "private static void $f(Irql $q) { KernelIrql.Lower($q); }").Weighing(3).NotIn(ScopeKind.Type, ScopeKind.Async, ScopeKind.Contract),
        End("raise helper dispose", "IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); $0{p:High}! $f($v); $1", "EK", "private static void $f(IrqlScope $q) { $q.Dispose(); }").Weighing(3).NotIn(ScopeKind.Type, ScopeKind.Async, ScopeKind.Iterator, ScopeKind.Contract),
        End("raise helper level-parameter", "$f(Irql.Dispatch); $0", "EE", "private void $f(Irql $q) { using (KernelIrql.Raise($q)) { $1{p:High|Member} } }").Weighing(9).NotIn(ScopeKind.Type, ScopeKind.Async),
        End("raise helper", "$f(); $0", "KE", "private void $f() { using (KernelIrql.Raise(Irql.Dispatch)) { $1{p:High|Member} } }").Weighing(6).NotIn(ScopeKind.Type, ScopeKind.Async),

        // What is wrong by itself
        Keep("raise not-restored", "KernelIrql.Raise(Irql.Dispatch);").Wild().Weighing(2).NotIn(ScopeKind.Member, ScopeKind.Nested, ScopeKind.Type, ScopeKind.Contract, ScopeKind.Async, ScopeKind.Iterator),
        Keep("raise not-restored", "IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); if ($c) { $v.Dispose(); }").Wild().Weighing(2).NotIn(ScopeKind.Member, ScopeKind.Nested, ScopeKind.Type, ScopeKind.Contract, ScopeKind.Async, ScopeKind.Iterator),
        End("raise not-restored return", "IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); if ($c) { return; } $v.Dispose(); $0^", "E").Wild().Weighing(3).NotIn(ScopeKind.Member, ScopeKind.Nested, ScopeKind.Type, ScopeKind.Contract, ScopeKind.Async, ScopeKind.Iterator),
        End("raise not-restored throw", "IrqlScope $v = KernelIrql.Raise(Irql.Dispatch); if ($c) { throw $T; } $v.Dispose(); $0", "E").Wild().Weighing(3).NotIn(ScopeKind.Member, ScopeKind.Nested, ScopeKind.Type, ScopeKind.Contract, ScopeKind.Async, ScopeKind.Iterator),
        Keep("raise lowers", "using (KernelIrql.Raise(Irql.Apc)) { $0{p:Low} }", "K").Wild().Weighing(2),
        Keep("lower", "KernelIrql.Lower(Irql.Passive);").Wild().Weighing(2).NotIn(ScopeKind.Nested, ScopeKind.Type, ScopeKind.Async, ScopeKind.Member, ScopeKind.Contract, ScopeKind.Iterator),
    ];
}
