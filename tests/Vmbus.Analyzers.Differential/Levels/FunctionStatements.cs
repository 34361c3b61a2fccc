using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Levels.LevelLanguage;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Methods, local functions, iterators and async methods, which run at their caller's level or at one that they say.</summary>
internal static class FunctionStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("helper", "$f();", "E", "private void $f() { $0{p:Same|Member}^ }").Weighing(16).NotIn(ScopeKind.Type),
        End("helper", "$f(); $0", "EE", "private void $f() { $1{p:Same|Member}^ }").Weighing(6).NotIn(ScopeKind.Type),
        End("helper flag", "if ($f()) { $0 }", "EE", "private bool $f() { if ($c) { return false; } $1{p:Same|Member} return true; }").Weighing(5).NotIn(ScopeKind.Type),
        End("helper recursion", "$f(0);", "EK", "private void $f(int $x) { if (Stop()) { $0{p:Same|Member} return; } $1{p:Same|Member} $f($x + 1); }").Weighing(4).NotIn(ScopeKind.Type),
        End("helper recursion", "$f();", "EE", "private void $f() { if (Again()) { $g(); return; } $0{p:Same|Member} } ;; private void $g() { if (G()) { $f(); return; } $1{p:Same|Member} }").Weighing(4).NotIn(ScopeKind.Type),
        End("helper level-test recursion", "$f(0);", "E", "private void $f(int $x) { if (KernelIrql.Current == Irql.Dispatch || Stop()) { return; } $0{p:Low|Member} $f($x + 1); }").Weighing(3).NotIn(ScopeKind.Type),
        End("helper deep", "$f();", "E", "private void $f() { Work(); $g(); } ;; private void $g() { $0{p:Same|Member} }").Weighing(4).NotIn(ScopeKind.Type),
        End("helper ternary", "_ = $c ? $f() : $g();", "EE", "private int $f() { $0{p:Same|Member} return 1; } ;; private int $g() { $1{p:Same|Member} return 2; }").Weighing(3).NotIn(ScopeKind.Type),
        End("helper short-circuit", "_ = $c && $f();", "E", "private bool $f() { $0{p:Same|Member} return true; }").Weighing(3).NotIn(ScopeKind.Type),
        End("helper conditional-access", "var $v = G() ? this : null; $v?.$f();", "E", "private void $f() { $0{p:Same|Member}^ }").Weighing(6).NotIn(ScopeKind.Type),
        End("helper generic", "$f(1);", "E", "private void $f<T>(T $q) { $0{p:Same|Member}^ }").Weighing(9).NotIn(ScopeKind.Type),
        End("helper property", "_ = $f;", "E", "private int $f { get { $d $0{p:Same|Member} return 1; } }").Weighing(4).NotIn(ScopeKind.Type),
        End("helper property", "$f = Number();", "E", "private int $f { set { $d $0{p:Same|Member} } }").Weighing(3).NotIn(ScopeKind.Type),
        End("helper try-catch", "try { $f(); } catch { $0 }", "KE", "private void $f() { $1{p:Same|Member}^ }").Weighing(9).NotIn(ScopeKind.Type, ScopeKind.Iterator),

        // Contracts
        End("contract", "$f();", "E", "[IrqlRequiresMax(Irql.Passive)] private void $f() { Entered.UpTo(Irql.Passive); $0{p:Passive|Contract}^ }").About(Passive).Weighing(9).NotIn(ScopeKind.Type),
        End("contract", "$f();", "E", "[IrqlRequiresMax(Irql.Apc)] private void $f() { Entered.UpTo(Irql.Apc); $0{p:Low|Contract}^ }").About(Passive, Low).Weighing(6).NotIn(ScopeKind.Type),
        End("contract", "$f();", "E", "[IrqlRequiresMax(Irql.Dispatch)] private void $f() { $0{p:Any|Contract}^ }").Weighing(4).NotIn(ScopeKind.Type),
        End("contract", "$f();", "E", "[IrqlRequires(Irql.Dispatch)] private void $f() { Entered.From(Irql.Dispatch); $0{p:High|Contract}^ }").About(High).Weighing(8).NotIn(ScopeKind.Type),
        Keep("contract", "$f();", "E", "[IrqlRequiresMax(Irql.Passive)] private void $f() { Entered.UpTo(Irql.Passive); $0{p:Passive|Contract}^ }").Wild().Weighing(2).NotIn(ScopeKind.Type),
        Keep("contract", "$f();", "E", "[IrqlRequires(Irql.Dispatch)] private void $f() { Entered.From(Irql.Dispatch); $0{p:High|Contract}^ }").Wild().Weighing(2).NotIn(ScopeKind.Type),
        End("contract local-function", "$f(); [IrqlRequiresMax(Irql.Apc)] void $f() { Entered.UpTo(Irql.Apc); $0{p:Low|Nested} }", "E").About(Passive, Low).Weighing(3),

        // Local functions
        End("local-function", "$f(); void $f() { $0{p:Same|Nested}^ }", "E").Weighing(7),
        End("local-function", "void $f() { $0{p:Same|Nested}^ } if ($c) { $f(); } $1", "EE").Weighing(4),
        End("local-function recursion", "$f(); void $f() { if (Stop()) { $0{p:Same|Nested} return; } $f(); }", "E").Weighing(3),
        End("local-function raise", "using (KernelIrql.Raise(Irql.Dispatch)) { $f(); } void $f() { $0{p:High|Nested} }", "E").Weighing(3),
        End("local-function twice", "if (KernelIrql.Current == Irql.Passive) { $f(); } $0 void $f() { $1{p:Passive|Nested} }", "EE").Weighing(9),

        // Async methods, whose exceptions go into a task, so that whoever called goes on: like a try around them; and iterators
        End("async", "Pool.Finish($f());", "EE", "private async Task $f() { /*@ using var $v = Guard.Begin(); @*/ $0{p:Same|Async} await Task.Yield(); Pool.Begin(); $1{p:Passive|Async} }").Weighing(5).NotIn(ScopeKind.Type),
        End("async", "Pool.Finish($f());", "EE", "private async Task $f() { /*@ using var $v = Guard.Begin(); @*/ $0{p:Same|Async} await Task.CompletedTask; $1{p:Same|Async} }").Weighing(4).NotIn(ScopeKind.Type),
        End("async local-function", "Pool.Finish($f()); async Task $f() { /*@ using var $v = Guard.Begin(); @*/ $0{p:Same|Nested} await Task.Yield(); Pool.Begin(); $1{p:Passive|Nested} }", "EE").Weighing(3),
        End("iterator loop", "foreach (int $v in $f()) { $0 }", "KE", "private IEnumerable<int> $f() { $1{p:Same|Iterator} yield return 1; }").Weighing(4).NotIn(ScopeKind.Type),
        End("iterator", "IEnumerable<int> $v = $f(); if (KernelIrql.Current == Irql.Passive) { foreach (int $w in $v) { Work(); } }", "E", "private IEnumerable<int> $f() { yield return 0; $0{p:Passive|Iterator} yield return 1; }").Weighing(3).NotIn(ScopeKind.Type),
        End("iterator linq", "_ = $f().ToList();", "E", "private IEnumerable<int> $f() { yield return 0; $0{p:Same|Iterator} }").Weighing(3).NotIn(ScopeKind.Type),
    ];
}
