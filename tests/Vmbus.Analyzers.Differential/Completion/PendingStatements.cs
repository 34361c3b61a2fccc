using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Completion.PacketLanguage;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>The duty moves: out of the callback, or into another variable.</summary>
internal static class PendingStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("pend", "PendingPacket $v = $p.Pend(); $0{v:Pending}^", "E").About(Inline, Answered).Weighing(50),
        End("pend nullable", "PendingPacket? $v = $p.Pend(); $0{v:Optional}^", "E").About(Inline).Weighing(12),
        End("pend nullable", "PendingPacket? $v = null; if ($c) { $v = $p.Pend(); } else { $0 } $1{v:Optional}^", "EE").About(Inline).Weighing(10),
        End("pend nullable ternary", "PendingPacket? $v = $c ? $p.Pend() : null; if ($v is null) { $0 } $1{v:Optional}^", "EE").About(Inline).Weighing(6),
        End("pend collection", "_queue.Enqueue($p.Pend());").About(Inline).Weighing(10),
        End("pend field", "/*@Fields.Displace(_held);@*/ _held = $p.Pend(); /*@Fields.Stored();@*/").About(Inline).Weighing(6),
        End("pend tuple", "(PendingPacket $v, int $w) = ($p.Pend(), Number()); $0{v:Pending}^", "E").About(Inline).Weighing(7),
        End("pend tuple", "var $v = ($p.Pend(), Number()); $0{v.Item1:Pending}^", "E").About(Inline).Weighing(5),
        End("pend default", "PendingPacket $v = default; if ($c) { $v = $p.Pend(); } else { $0 } if (!$v.IsDefault) { $1{v:Pending} }", "EE").About(Inline).Weighing(18),
        End("tuple", "(PendingPacket $v, int $w) = ($p, Number()); $0{v:Pending}^", "E").About(Pending),
        End("tuple", "var $v = (Number(), $p); $0{v.Item2:Pending}^", "E").About(Pending),
        End("nullable", "PendingPacket? $v = $p; $0{v:Optional}^", "E").About(Pending).Weighing(6),
        End("copy", "var $v = $p; $0{v:Same}^", "E").Weighing(12),
        End("copy ternary", "var $v = $c ? $p : $p; $0{v:Same}^", "E").About(Pending).Weighing(6),
        End("out helper", "$f($p, out PendingPacket $v); $0{v:Pending}^", "E", "private void $f(PendingPacket $q, out PendingPacket $w) { Work(); $w = $q; }").About(Pending).Weighing(3),
        End("out helper pend", "$f($p, out PendingPacket $v); $0{v:Pending}^", "E", "private void $f(PacketCompletion $q, out PendingPacket $w) { Work(); $w = $q.Pend(); }").About(Inline).Weighing(8),
        End("helper pend", "PendingPacket $v = $f($p); $0{v:Pending}^", "E", "private PendingPacket $f(PacketCompletion $q) { Work(); return $q.Pend(); }").About(Inline).Weighing(8),
        End("helper pend nullable", "PendingPacket? $v = $f($p); $0{v:Optional}^", "EE", "private PendingPacket? $f(PacketCompletion $q) { if ($c) { $1{q:Inline|Member} return null; } return $q.Pend(); }").About(Inline).Weighing(8),
        End("helper pend out try-out", "if ($f($p, out PendingPacket $v)) { $0{v:Pending} }", "EE",
            "private bool $f(PacketCompletion $q, out PendingPacket $w) { if ($c) { $w = default; $1{q:Inline|Member} return false; } $w = $q.Pend(); return true; }").About(Inline).Weighing(8),
        End("ref helper", "PendingPacket $v = default; $f($p, ref $v); $0{v:Pending}^", "E", "private void $f(PendingPacket $q, ref PendingPacket $w) { Work(); $w = $q; }").About(Pending).Weighing(2),
    ];
}
