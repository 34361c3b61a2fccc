using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Completion.PacketLanguage;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>What ends a duty at once.</summary>
internal static class EndingStatements
{
    private const string Fetch = "NtStatus $x = /*@Externals.Answer($p,@*/ $p.GetExternalData(ExternalDataFlags.None, out ExternalData $v)/*@)@*/;";

    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("", "$p.Complete();").About(Inline, Pending, Answered).Weighing(60),
        End("", "$p.Fail();").About(Inline, Pending, Answered).Weighing(30),
        End("", "$p.Complete([1, 2]);").About(Inline, Pending).Weighing(6),
        End("contract", "Sink.Take($p);").About(Inline, Pending, Answered).Weighing(8),
        End("ref-struct", "new Finisher($p).Finish();").About(Inline, Answered).Weighing(8).NotIn(ScopeKind.Async, ScopeKind.Iterator),
        End("ref-struct", "Finisher $v = new($p); $v.Finish();").About(Inline, Answered).Weighing(5),
        End("ref-struct using", "using CompleteOnExit $v = new($p); $0", "K").About(Inline, Answered).Weighing(5),
        End("ref-struct using", "using (new CompleteOnExit($p)) { $0 }", "K").About(Inline, Answered).Weighing(5),
        End("defer", "if (KernelIrql.Current == Irql.Dispatch) { $p.DeferToPassive(); } else { $0 }", "E").About(Inline, Answered).Weighing(16),
        End("defer return", "if (KernelIrql.Current == Irql.Dispatch) { $p.DeferToPassive(); return; } $0^", "E").About(Inline, Answered).Weighing(12),
        End("collection", "_queue.Enqueue($p);").About(Pending).Weighing(12),
        End("collection", "_list.Add($p);").About(Pending).Weighing(6),
        End("field", "/*@Fields.Displace(_held);@*/ _held = $p; /*@Fields.Stored();@*/").About(Pending).Weighing(8),
        End("array", "/*@Call.Note();@*/ _slots[Slot()] = $p; /*@Call.Note();@*/").About(Pending).Weighing(8),
        End("array", "/*@Aliases.Make($p);@*/ PendingPacket[] $v = [$p]; foreach (PendingPacket $w in $v) { $w.Complete(); }").About(Pending).Weighing(5).Tame(),
        End("collection", "/*@Aliases.Make($p);@*/ var $v = new List<PendingPacket> { $p }; $v[0].Complete();").About(Pending).Weighing(4).Tame(),
        End("record collection", "_transfers.Add(new Transfer($p, 1));").About(Pending).Weighing(9),
        End("record", "/*@Aliases.Make($p);@*/ var $v = new Transfer($p, 1); $v.Packet.Complete();").About(Pending).Weighing(5).Tame(),
        End("tuple collection", "_pairs.Enqueue(($p, 1));").About(Pending).Weighing(6),
        End("try-out collection", "if (!_bounded.Writer.TryWrite($p)) { $0 }", "E").About(Pending).Weighing(8),
        End("try-out collection", "if (!_byId.TryAdd(1, $p)) { $0 }", "E").About(Pending).Weighing(6),
        End("external-data return", Fetch + " if ($x == NtStatus.Pending) { return; } if ($x != NtStatus.Success) { $0 return; } /*@Externals.Use();@*/ $v.CopyTo(new byte[1]); $1^", "EE").About(Inline, Answered).Weighing(5),
        End("external-data", Fetch + " if ($x != NtStatus.Pending) { if ($x.IsSuccess()) { /*@Externals.Use();@*/ $v.CopyTo(new byte[1]); $0 } else { $1 } }", "EE").About(Inline, Answered).Weighing(6),
        End("external-data switch return", Fetch + " switch ($x) { case NtStatus.Pending: { return; } case NtStatus.Success: { $0 break; } default: { $1 break; } }", "EE").About(Inline, Answered).Weighing(3),
        End("external-data return", Fetch + " if ($x == NtStatus.Pending) { return; } $0 if ($x == NtStatus.Success) { /*@Externals.Use();@*/ $v.CopyTo(new byte[1]); }", "E").About(Inline, Answered).Wild().Weighing(5),
        End("external-data return", Fetch + " if ($x != NtStatus.Success) { $0 return; } $1^", "EE").About(Inline, Answered).Wild().Weighing(3),
        End("external-data", Fetch + " Look((ulong)$x); $0", "E").About(Inline, Answered).Wild().Weighing(3),
        End("nullable conditional-access", "$p?.Complete();").About(Optional).Weighing(30),
        End("nullable null", "if ($p.HasValue) { $p.Value.Complete(); }").About(Optional).Weighing(20),
        End("nullable pattern", "if ($p is { } $v) { $0{v:Pending} }", "E").About(Optional).Weighing(30),
        End("nullable null", "if ($p != null) { $0{p.Value:Pending} }", "E").About(Optional).Weighing(15),
        End("nullable null return", "if ($p is null) { return; } $0{p.Value:Pending}^", "E").About(Optional).Weighing(10),
        End("nullable pattern", "switch ($p) { case PendingPacket $v: { $0{v:Pending} break; } }", "E").About(Optional).Weighing(8),
    ];
}
