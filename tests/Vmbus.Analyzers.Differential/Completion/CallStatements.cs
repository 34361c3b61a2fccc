using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Completion.PacketLanguage;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>Methods, local functions and lambdas that end a duty for their caller.</summary>
internal static class CallStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("helper", "$f($p);", "E", "private void $f($P $q) { $0{q:Same|Member}^ }").Weighing(9),
        End("helper contract", "$f($p);", "E", "private void $f([CompletesPacket] $P $q) { $0{q:Same|Contract}^ }").About(Inline, Pending),
        End("helper flag", "if (!$f($p)) { $0 }", "EEK", "private bool $f($P $q) { if ($c) { $1{q:Same|Member} return true; } $2{q:Same|Member} return false; }").Weighing(6),
        End("helper out try-out", "if (!$f($p, out int $x)) { $0 } else if ($x == 2) { Work(); }", "EE",
            "private bool $f($P $q, out int $y) { $y = Number(); if ($y > 1) { return false; } $1{q:Same|Member} return true; }"),
        End("helper status", "if ($f($p) != NtStatus.Success) { $0 }", "EE",
            "private NtStatus $f($P $q) { if ($c) { $1{q:Same|Member} return NtStatus.Success; } return NtStatus.InvalidParameter; }"),
        End("helper status switch", "switch ($f($p)) { case NtStatus.Success: { break; } default: { $0 break; } }", "EE",
            "private NtStatus $f($P $q) { if ($c) { return NtStatus.InvalidParameter; } $1{q:Same|Member} return NtStatus.Success; }"),
        End("helper enum", "Kind $x = $f($p); if ($x != Kind.One) { $0 }", "EE",
            "private Kind $f($P $q) { if ($c) { $1{q:Same|Member} return Kind.One; } return Kind.Two; }"),
        End("helper null", "if ($f($p) is null) { $0 }", "EE",
            "private string? $f($P $q) { if ($c) { $1{q:Same|Member} return \"done\"; } return null; }"),
        End("helper recursion", "$f($p, 0);", "EK", "private void $f($P $q, int $x) { if (Stop()) { $0{q:Same|Member} return; } $1{q:Same|Member} $f($q, $x + 1); }").Weighing(6),
        End("helper recursion", "$f($p);", "EE", "private void $f($P $q) { if (Again()) { $g($q); return; } $0{q:Same|Member} } ;; private void $g($P $q) { if (G()) { $f($q); return; } $1{q:Same|Member} }"),
        End("helper recursion flag", "if (!$f($p)) { $0 } else { $1 }", "EKE", "private bool $f($P $q) { if (Stop()) { return false; } if (!$f($q)) { $2{q:Same|Member} } return true; }").Weighing(5),
        End("helper ternary", "_ = $c ? $f($p) : $g($p);", "EE", "private int $f($P $q) { $0{q:Same|Member} return 1; } ;; private int $g($P $q) { $1{q:Same|Member} return 2; }"),
        End("helper switch-expression", "_ = $n switch { 0 => $f($p), _ => $g($p) };", "EE",
            "private int $f($P $q) { $0{q:Same|Member} return 1; } ;; private int $g($P $q) { $1{q:Same|Member} return 2; }"),
        End("helper short-circuit", "if (!($c && $f($p))) { $0 }", "EE", "private bool $f($P $q) { $1{q:Same|Member} return true; }"),
        End("helper short-circuit", "if ($c || !$f($p)) { $0 }", "EE", "private bool $f($P $q) { $1{q:Same|Member} return true; }"),
        End("helper coalesce null", "object? $v = Find(); _ = $v ?? $f($p); if ($v is not null) { $0 }", "EE", "private object $f($P $q) { $1{q:Same|Member} return \"done\"; }"),
        End("helper conditional-access null", "var $v = G() ? this : null; $v?.$f($p); if ($v is null) { $0 }", "EE", "private void $f($P $q) { $1{q:Same|Member}^ }"),
        End("helper conditional-access null return", "var $v = G() ? this : null; if ($v == null) { $0 return; } $v?.$f($p);", "EE", "private void $f($P $q) { $1{q:Same|Member}^ }"),
        End("helper in", "$f(in $p);", "E", "private void $f(in $P $q) { $0{q:Same|Member}^ }").About(Inline).Weighing(8),
        End("helper in", "var $v = $p; $f(in $v);", "E", "private void $f(in PendingPacket $q) { var $w = $q; $0{w:Pending|Member}^ }").About(Pending).Weighing(8),
        End("helper ref", "var $v = $p; $f(ref $v);", "E", "private void $f(ref PendingPacket $q) { var $w = $q; $0{w:Pending|Member}^ }").About(Pending).Weighing(8),
        End("local-function", "$f($p); void $f($P $q) { $0{q:Same|Nested}^ }", "E").About(Inline, Pending).Weighing(8),
        End("local-function", "static void $f($P $q) { /*@Call.Note();@*/ if (G()) { $q.Complete(); } else { $q.Fail(); } } $f($p);").About(Inline, Pending),
        End("local-function helper flag", "if (!$f($p)) { $0 } bool $f($P $q) { /*@Call.Note();@*/ if ($c) { $1{q:Same|Nested} return true; } return false; }", "EE").About(Inline, Pending),
        End("local-function", "$f(); void $f() { $0{|Nested}^ }", "E").About(Pending).Weighing(6),
        End("local-function recursion", "$f($p); void $f($P $q) { if (Stop()) { $0{q:Same|Nested} return; } $f($q); }", "E").About(Inline, Pending),
        End("lambda", "OnPacket $v = $q => { $0{q:Inline|Nested}^ }; $v($p);", "E").About(Inline).Weighing(6),
        End("lambda", "((OnPacket)($q => { $0{q:Inline|Nested}^ }))($p);", "E").About(Inline),
        End("lambda", "OnPending $v = $q => { $0{q:Pending|Nested}^ }; $v($p);", "E").About(Pending).Weighing(6),
        End("lambda", "Action $v = () => { $0{|Nested}^ }; $v();", "E").About(Pending).Weighing(6),
        End("lambda-stored", "/*@Call.Note();@*/ _later.Add(() => { $0{|Nested}^ });", "E").About(Pending).Weighing(12),
        End("lambda-handed-on", "/*@Call.Note();@*/ Deferred.Run(() => { $0{|Nested}^ });", "E").About(Pending).Weighing(12),
        End("lambda-handed-on", "Action $v = () => { $0{|Nested}^ }; /*@Call.Note();@*/ Deferred.Run($v);", "E").About(Pending).Weighing(8),
        End("async", "Background($f($p));", "E", "private async Task $f(PendingPacket $q) { /*@Call.Note();@*/ await Step(); $0{q:Pending|Async}^ }").About(Pending).Weighing(4).NotIn(ScopeKind.Iterator),
        End("async contract", "Background($f($p));", "E", "private async Task $f([CompletesPacket] PendingPacket $q) { $0{q:Pending|Contract} /*@Call.Note();@*/ await Step(); }").About(Pending).Weighing(3),
        End("async", "await $f($p);", "E", "private async Task $f(PendingPacket $q) { $0{q:Pending|Async} /*@Call.Note();@*/ await Step(); }").About(Pending).Weighing(20)
            .NotIn(ScopeKind.Block, ScopeKind.Nested, ScopeKind.Member, ScopeKind.Contract, ScopeKind.Iterator, ScopeKind.Answering),
        End("iterator loop", "foreach (int $v in $f($p)) { /*@Call.Note();@*/ $0 } /*@Call.Note();@*/", "KE", "private IEnumerable<int> $f(PendingPacket $q) { /*@Iterators.Suspend();@*/ yield return 0; /*@Iterators.Resume(); Call.Note();@*/ $1{q:Pending|Iterator} /*@Call.Note();@*/ yield return 1; }").About(Pending).Weighing(16),
    ];
}
