using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Completion.PacketLanguage;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>What has nothing to do with the duty, and what looks at the packet only.</summary>
internal static class KeepingStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        Keep("", "Work();").Weighing(14),
        Keep("flag", "$b = $c;").Weighing(6),
        Keep("flag", "$b = true;").Weighing(4),
        Keep("flag", "$b |= $c;").Weighing(2),
        Keep("number", "$n = Number();").Weighing(2),
        Keep("number", "$n = 2 - $n;").Weighing(2),
        Keep("status", "$s = Status();").Weighing(2),
        Keep("enum", "$k = Kind.One;").Weighing(2),
        Keep("null", "$o = Find();").Weighing(2),
        Keep("field flag", "_isReady = $c;").Weighing(2),
        Keep("field helper", "Toggle();").Weighing(2),
        Keep("flag ref helper", "$f(ref $b);", "", "private void $f(ref bool $x) { Work(); $x = !$x; }").Weighing(2),
        Keep("flag out helper", "$f(out $b);", "", "private void $f(out bool $x) { $x = G(); }").Weighing(2),
        Keep("flag local-function", "/*@Call.Note();@*/ $f(); void $f() { $b = !$b; }").Weighing(2),
        Keep("flag lambda", "/*@Call.Note();@*/ Action $v = () => $b = G(); $v();").Weighing(2),
        Keep("branch", "if ($c) { $0 }", "K").Weighing(10),
        Keep("branch", "if ($c) { $0 } else { $1 }", "KK"),
        Keep("switch", "switch ($n) { case 0: { $0 break; } case 1: { $1 break; } }", "KK").Weighing(3),
        Keep("contract borrow", "Sink.Look($p);").About(Inline, Pending, Answered).Weighing(3),
        Keep("contract borrow", "Sink.Note($p);").About(Inline, Pending, Answered).Weighing(2),
        Keep("helper borrow", "$f($p);", "", "private void $f($P $q) { Work(); }").Weighing(3),
        Keep("borrow", "Look($p.TransactionId);").About(Inline, Pending, Answered).Weighing(4),
        Keep("halt", "if ($c) { Halt(); }").Weighing(3),
        Keep("return", "if ($c) { return; }").Wild().Weighing(6),
        Keep("pend", "_ = $p.Pend();").About(Inline, Answered).Wild().Weighing(2),
        Keep("pend", "$p.Pend();").About(Inline, Answered).Wild().Weighing(2),
        Keep("lambda-stored", "Action $v = () => { $0{|Nested}^ };", "E").About(Pending).Wild().Weighing(3),
        Keep("local-function", "void $f() { $0{|Nested}^ }", "E").About(Pending).Wild().Weighing(3),
    ];
}
