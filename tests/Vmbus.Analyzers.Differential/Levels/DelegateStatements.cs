using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Levels.LevelLanguage;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Delegates: they run at the level of whoever invokes them, wherever they are written.</summary>
internal static class DelegateStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("lambda", "Action $v = () => { $0{p:Same|Nested}^ }; $v();", "E").Weighing(6),
        End("lambda", "((Action)(() => { $0{p:Same|Nested}^ }))();", "E").Weighing(3),
        End("lambda", "Action $v = () => { $0{p:Passive|Nested}^ }; if (KernelIrql.Current == Irql.Passive) { $v(); } $1", "EK").Weighing(4),
        End("lambda raise", "Action $v = () => { $0{p:High|Nested}^ }; using (KernelIrql.Raise(Irql.Dispatch)) { $v(); }", "E").Weighing(4),
        End("lambda conditional-access", "Action? $v = G() ? () => { $0{p:Same|Nested} } : null; $v?.Invoke();", "E").Weighing(9),
        End("lambda ternary", "Action $v = $c ? () => { $0{p:Same|Nested} } : () => { $1{p:Same|Nested} }; $v();", "EE").Weighing(9),
        End("lambda loop", "Action $v = () => { }; while (Again()) { $v(); $v = () => { $0{p:Same|Nested} }; } $1", "EE").Weighing(2),
        End("lambda multicast", "Action $v = () => Work(); $v += () => { $0{p:Same|Nested} }; $v();", "E").Weighing(9),
        End("lambda array", "Action[] $v = [() => { $0{p:Same|Nested} }]; $v[0]();", "E").Weighing(6),
        End("lambda returned helper", "$f()();", "E", "private Action $f() { Work(); return () => { $0{p:Same|Nested} }; }").Weighing(6).NotIn(ScopeKind.Type),
        End("lambda helper", "$f(() => { $0{p:Same|Nested}^ });", "E", "private static void $f(Action $q) { Work(); $q(); }").Weighing(6).NotIn(ScopeKind.Type),
        End("lambda helper", "$f(Number(), () => { $0{p:Same|Nested} });", "E", "private static void $f(int $x, Action? $q) { if ($x > 0) { $q?.Invoke(); } }").Weighing(3).NotIn(ScopeKind.Type),
        End("lambda helper deep", "$f(() => { $0{p:Same|Nested} });", "E", "private static void $f(Action $q) { $g($q); } ;; private static void $g(Action $q) { $q(); }").Weighing(3).NotIn(ScopeKind.Type),
        End("lambda helper raise", "$f(() => { $0{p:High|Nested} });", "E", "private static void $f(Action $q) { using (KernelIrql.Raise(Irql.Dispatch)) { $q(); } }").Weighing(4).NotIn(ScopeKind.Type),
        End("lambda helper level-test", "$f(() => { $0{p:Low|Nested} });", "E", "private static void $f(Action $q) { if (KernelIrql.Current != Irql.Dispatch) { $q(); } }").Weighing(4).NotIn(ScopeKind.Type),
        End("method-group", "Action $v = $f; $v();", "E", "private void $f() { $0{p:Same|Member}^ }").Weighing(5).NotIn(ScopeKind.Type),
        End("method-group helper", "$g($f);", "E", "private void $f() { $0{p:Same|Member}^ } ;; private static void $g(Action $q) { $q(); }").Weighing(4).NotIn(ScopeKind.Type),
        End("method-group local-function", "Action $v = $f; $v(); void $f() { $0{p:Same|Nested} }", "E").Weighing(3),
        End("lambda field", "_action = () => { $0{p:Same|Nested} }; _action();", "E").Weighing(3).NotIn(ScopeKind.Type),
        End("lambda field helper", "_action = () => { $0{p:Same|Nested} }; $f();", "E", "private void $f() { _action?.Invoke(); }").Weighing(3).NotIn(ScopeKind.Type),
        End("lambda-stored", "_later.Add(() => { $0{p:Passive|Nested} });", "E").Weighing(10).NotIn(ScopeKind.Type),
        End("lambda-handed-on", "Deferred.Run(() => { $0{p:Passive|Nested} });", "E").Weighing(5),
        End("lambda-unused", "Action $v = () => { $0{p:High|Nested} }; $1", "EE").Weighing(6),
        End("pool", "Pool.Finish(Task.Run(() => { Pool.Begin(); $0{p:Passive|Nested} }));", "E").Weighing(7),
        End("pool", "Task $v = Task.Factory.StartNew(() => { Pool.Begin(); $0{p:Passive|Nested} }); Pool.Finish($v); $1", "EK").Weighing(4),
        End("pool method-group", "Pool.Finish(Task.Run($f));", "E", "private void $f() { Pool.Begin(); $0{p:Passive|Member} }").Weighing(4).NotIn(ScopeKind.Type),
        End("pool helper", "Pool.Finish($f(() => { Pool.Begin(); $0{p:Passive|Nested} }));", "E", "private static Task $f(Action $q) { Work(); return Task.Run($q); }").Weighing(3).NotIn(ScopeKind.Type),
        End("lambda in-place", "new List<int> { 1 }.ForEach($v => { $0{p:Same|Nested} });", "E").Weighing(4),
        End("lambda in-place", "Array.ForEach(Items(), $v => { $0{p:Same|Nested} });", "E").Weighing(3),
        End("lambda in-place linq", "_ = Items().Any($v => { $0{p:Same|Nested} return false; });", "E").Weighing(3),
        End("lambda linq loop", "foreach (int $v in Items().Select($w => { $0{p:Same|Nested} return $w; })) { $1 }", "EK").Weighing(3),
        End("lambda lazy", "Lazy<int> $v = new(() => { $0{p:Same|Nested} return 1; }); _ = $v.Value;", "E").Weighing(9),
        End("lambda contract", "PassiveAction $v = () => { Entered.UpTo(Irql.Passive); $0{p:Passive|Nested}^ }; $v();", "E").About(Passive).Weighing(5),
        End("lambda contract raise", "DispatchAction $v = () => { $0{p:High|Nested}^ }; using (KernelIrql.Raise(Irql.Dispatch)) { $v(); }", "E").Weighing(4),
        Keep("lambda contract", "PassiveAction $v = () => { Entered.UpTo(Irql.Passive); }; $v();").Wild().Weighing(2),
    ];
}
