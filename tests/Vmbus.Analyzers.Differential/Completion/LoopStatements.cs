using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Completion.PacketLanguage;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>Loops that end a duty on their way out, and loops that take packets out of a store.</summary>
internal static class LoopStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("loop", "while (true) { if (Stop()) { $0 break; } $1 }", "EK"),
        End("loop return", "for (;;) { if (Stop()) { $0 return; } $1 }", "EK"),
        End("loop", "do { $0 } while (false);", "E"),
        End("loop flag", "bool $x = false; foreach (int $v in Items()) { if ($c) { $0 $x = true; break; } $1 } if (!$x) { $2 }", "EKE").Weighing(6),
        End("loop flag", "bool $x = false; while (!$x) { $0 if (Stop()) { $1 $x = true; } }", "KE"),
        End("loop number", "for (int $x = 0; ; $x++) { if ($x == 1) { $0 break; } $1 }", "EK"),
        End("loop goto", "$l: ; { $0 } if (Again()) { goto $l; } $1", "KE").NotIn(ScopeKind.Iterator),
        End("loop", "while (Again()) { $0 if ($c) { break; } if ($c) { continue; } $1 } $2", "KKE"),
        Keep("loop try-out collection", "while (/*@Arrivals.Meanwhile(_arrived) &@*/ _arrived.TryDequeue(out PendingPacket $v)) { $0{v:Pending} }", "E").Weighing(7),
        Keep("try-out collection", "if (/*@Arrivals.Meanwhile(_arrived) &@*/ _arrived.TryDequeue(out PendingPacket $v)) { $0{v:Pending} }", "E").Weighing(6),
        Keep("try-out collection", "bool $x = /*@Arrivals.Meanwhile(_arrived) &@*/ _arrived.TryDequeue(out PendingPacket $v); $0 if ($x) { $1{v:Pending} }", "KE").Weighing(4),
        Keep("loop try-out collection", "while (/*@Arrivals.Meanwhile(_arrived) &@*/ _arrived.TryDequeue(out PendingPacket $v)) { if ($c) { $0{v:Pending} continue; } $1{v:Pending} }", "EE").Weighing(3),
        Keep("default collection", "/*@Arrivals.Meanwhile(_arrived);@*/ _arrived.TryDequeue(out PendingPacket $v); if (!$v.IsDefault) { $0{v:Pending} }", "E").Weighing(4),
        Keep("try-out part tuple", "if (/*@Arrivals.Meanwhile(_paired) &@*/ _paired.TryDequeue(out var $v)) { $0{v.Packet:Pending} }", "E").Weighing(3),
        Keep("loop try-out part tuple", "while (/*@Arrivals.Meanwhile(_paired) &@*/ _paired.TryDequeue(out var $v)) { if ($v.Number == 1) { $0{v.Packet:Pending} continue; } $1{v.Packet:Pending} }", "EE").Weighing(2),
        Keep("try-out part tuple", "if (/*@Arrivals.Meanwhile(_paired) &@*/ _paired.TryDequeue(out (PendingPacket, int) $x)) { var ($v, $w) = $x; $0{v:Pending} }", "E").Weighing(2),
        Keep("try-out part record", "if (/*@Arrivals.Meanwhile(_waiting) &@*/ _waiting.TryDequeue(out Waiting $v)) { $0{v.Packet:Pending} }", "E").Weighing(3),
        Keep("loop try-out part record", "while (/*@Arrivals.Meanwhile(_waiting) &@*/ _waiting.TryDequeue(out var $v)) { $v.Number = 2; $0{v.Packet:Pending} }", "E").Weighing(2),
        Keep("try-out part record pattern", "if (/*@Arrivals.Meanwhile(_waiting) &@*/ _waiting.TryDequeue(out var $x)) { if ($x is (1, var $v)) { $0{v:Pending} } else { $1{x.Packet:Pending} } }", "EE").Weighing(2),
        Keep("try-out part record helper", "if (/*@Arrivals.Meanwhile(_waiting) &@*/ _waiting.TryDequeue(out var $v)) { var $w = $v; if ($c) { _waiting.Enqueue($w); } else { $0{w.Packet:Pending} } }", "E").Weighing(2),
        Keep("nullable out", "PendingPacket? $v = Arrived(); $0{v:Optional}", "E").Weighing(5),
        Keep("loop", "foreach (int $v in Items()) { $0 }", "K"),
        Keep("loop", "while (Again()) { $0 }", "K"),
        Keep("loop number", "for (int $v = 0; $v < 2; $v++) { $0 }", "K"),
        Keep("loop", "do { $0 } while (Again());", "K"),
        Keep("loop", "while (Again()) { $0 if ($c) { break; } $1 }", "KK"),
        Keep("halt loop", "if ($c) { while (true) { Spin(); } }"),
    ];
}
