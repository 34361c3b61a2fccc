using static Vmbus.Gen.Analyzers.Tests.Completion.CaseFactory;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>What the rules say, sentence by sentence, and over the constructs of the language; all rules on.</summary>
internal static class SentenceCatalogue
{
    private const string Take = "private PendingPacket Get() => _queue.TryDequeue(out var p) ? p : default; ";

    public static IEnumerable<CompletionCase> All =>
    [
        // Where the duty begins: taken out of a field, a collection, a call's result.
        Members("S1", "dequeued", "private readonly Queue<PendingPacket> _q = new(); private void M() { var {|VMB101:p|} = _q.Dequeue(); Log(p.TransactionId.ToString()); }"),
        Members("S2", "popped", "private readonly Stack<PendingPacket> _s = new(); private void M() { var {|VMB101:p|} = _s.Pop(); Log(p.TransactionId.ToString()); }"),
        Members("S3", "TryTake", "private readonly BlockingCollection<PendingPacket> _b = new(); private void M() { if (_b.TryTake(out var {|VMB101:p|})) Log(); }"),
        Members("S4", "TryRead", "private void M(ChannelReader<PendingPacket> r) { if (r.TryRead(out var {|VMB101:p|})) Log(); }"),
        Members("S5", "Remove(key, out value)", "private void M() { if (_byId.Remove(1, out var {|VMB101:p|})) Log(); }"),
        Members("S6", "TryRemove", "private readonly ConcurrentDictionary<ulong, PendingPacket> _c = new(); private void M() { if (_c.TryRemove(1, out var {|VMB101:p|})) Log(); }"),
        Members("S7", "Interlocked.Exchange", "private void M() { var {|VMB101:p|} = Interlocked.Exchange(ref _held, default); Log(p.TransactionId.ToString()); }"),
        Members("S7b", "Interlocked.Exchange, completed", "private void M() { var p = Interlocked.Exchange(ref _held, default); if (!p.IsDefault) p.Complete(); }"),
        Members("S8", "a field copied and reset", "private void M() { var {|VMB101:p|} = _held; _held = default; Log(p.TransactionId.ToString()); }"),
        Members("S8b", "a field copied and overwritten", "private void M(PendingPacket other) { var {|VMB101:p|} = _held; _held = other; Log(p.TransactionId.ToString()); }"),
        Members("S8c", "a field copied and reset, completed", "private void M() { var p = _held; _held = default; if (!p.IsDefault) p.Complete(); }"),
        Members("S9", "a call's result", Take + "private void M() { var {|VMB101:p|} = Get(); Log(p.TransactionId.ToString()); }"),
        Members("S9b", "a nullable result", "private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null; private void M() { var {|VMB101:p|} = Get(); if (p is null) return; Log(); }"),
        // Not taken out.
        Members("S10", "Peek", "private readonly Queue<PendingPacket> _q = new(); private void M() { var p = _q.Peek(); Log(p.TransactionId.ToString()); }"),
        Members("S11", "TryGetValue", "private void M() { if (_byId.TryGetValue(1, out var p)) Log(p.TransactionId.ToString()); }"),
        Members("S12", "indexer", "private void M() { var p = _byId[1]; Log(p.TransactionId.ToString()); p = _slots[0]; Log(p.TransactionId.ToString()); }"),
        Members("S13", "foreach", "private void M() { foreach (var p in _queue) Log(p.TransactionId.ToString()); foreach (var p in _slots) Log(p.TransactionId.ToString()); }"),
        Members("S14", "a member", "private sealed record Item(PendingPacket Packet); private void M(Item i) { var p = i.Packet; Log(p.TransactionId.ToString()); }"),
        // Stores that can refuse.
        In("S15", "TryAdd asked", "var p = packet.Pend(); if (!_byId.TryAdd(1, p)) p.Complete();"),
        In("S15b", "TryAdd refused and forgotten", "var {|VMB101:p|} = packet.Pend(); if (!_byId.TryAdd(1, p)) Log();"),
        In("S15c", "TryAdd accepted and completed", "var p = packet.Pend(); if (_byId.TryAdd(1, p)) {|VMB102:p.Complete()|}; else p.Fail();"),
        Members("S16", "TryWrite", "[ProcessPacket(1u)] private void On(PacketCompletion packet, ExternalData data) { var {|VMB101:p|} = packet.Pend(); _w.TryWrite(p); } private readonly ChannelWriter<PendingPacket> _w = null!;"),
        In("S17", "CompareExchange asked", "var p = packet.Pend(); if (Interlocked.CompareExchange(ref _held, p, default) != default) p.Complete();"),
        In("S17b", "CompareExchange not asked", "var {|VMB101:p|} = packet.Pend(); Interlocked.CompareExchange(ref _held, p, default);"),
        In("S17c", "CompareExchange accepted and completed", "var p = packet.Pend(); if (Interlocked.CompareExchange(ref _held, p, default).IsDefault) {|VMB102:p.Complete()|}; else p.Fail();"),
        // Framework methods that store or forward.
        In("S18", "TaskCompletionSource", "_tcs.SetResult(packet.Pend());", "private readonly TaskCompletionSource<PendingPacket> _tcs = new();"),
        In("S19", "work item's state", "ThreadPool.QueueUserWorkItem(static s => ((PendingPacket)s!).Complete(), packet.Pend());"),
        In("S20", "linked list, set, stack", "_l.AddLast(packet.Pend());", "private readonly LinkedList<PendingPacket> _l = new();"),
        In("S20b", "immutable queue", "_l = _l.Enqueue(packet.Pend());", "private System.Collections.Immutable.ImmutableQueue<PendingPacket> _l = System.Collections.Immutable.ImmutableQueue<PendingPacket>.Empty;"),
        In("S21", "a lambda that is only created", "var {|VMB101:p|} = packet.Pend(); Action a = () => p.Complete();"),
        In("S22", "a lambda that is called in place by the framework", "var {|VMB101:p|} = packet.Pend(); Array.ForEach(new[] { 1 }, _ => Log(p.TransactionId.ToString()));"),
        // Copies; handed on and completed.
        In("S23", "a copy is the same packet", "var p = packet.Pend(); var q = p; var r = q; r.Complete(); {|VMB102:p.Complete()|};"),
        In("S24", "handed on and completed", "var p = packet.Pend(); _queue.Enqueue(p); {|VMB102:p.Complete()|};"),
        In("S24b", "taken out again", "var p = packet.Pend(); _held = p; p = _held; _held = default; p.Complete();"),
        In("S24c", "taken out of the queue again", "var p = packet.Pend(); _queue.Enqueue(p); if (_queue.TryDequeue(out p)) p.Complete();"),
        In("S25", "value handler", "packet.Complete();", "[ProcessPacket(2u)] private NtStatus On(PacketCompletion packet) { {|VMB102:Done(packet)|}; return 0; } private static void Done(PacketCompletion p) => p.Complete();"),
        Members("S26", "borrowing callee", "private static void Look([BorrowsPacket] PacketCompletion packet) { if (G()) {|VMB102:packet.Fail()|}; }"),
        // A field or a slot that holds one.
        In("S27", "a field that holds one by a test", "if (!_held.IsDefault) {|VMB105:_held = packet.Pend()|}; else packet.Complete();"),
        In("S27b", "a field that holds none by a test", "if (_held.IsDefault) _held = packet.Pend(); else packet.Complete();"),
        In("S27d", "a field stored in the same method", "var other = Get(); _held = packet.Pend(); {|VMB105:_held = other|};", Take),
        In("S27e", "a field stored and reset", "_held = packet.Pend(); {|VMB105:_held = default|};"),
        In("S27f", "a field that was completed before", "packet.Complete(); if (!_held.IsDefault) { _held.Complete(); _held = default; }"),
        In("S27g", "a field that a helper completed", "packet.Complete(); if (!_held.IsDefault) { Done(_held); _held = default; }", "private static void Done(PendingPacket p) => p.Complete();"),
        In("S27h", "a field that was moved", "if (!_held.IsDefault) { _queue.Enqueue(_held); _held = default; } packet.Complete();"),
        In("S27i", "a field that was copied", "if (!_held.IsDefault) { var old = _held; _held = packet.Pend(); old.Complete(); return; } packet.Complete();"),
        In("S27j", "a field, after a call that may have emptied it", "_held = packet.Pend(); Drain(); _held = Get();", Take + "private void Drain() { var p = _held; _held = default; if (!p.IsDefault) p.Complete(); }"),
        In("S27k", "comparison with default is a test", "if (_held != default) {|VMB105:_held = packet.Pend()|}; else packet.Complete();"),
        In("S28", "a slot that holds one by a test", "if (!_slots[1].IsDefault) {|VMB105:_slots[1] = packet.Pend()|}; else packet.Complete();"),
        In("S28b", "a slot stored in the same method", "var other = Get(); _slots[1] = packet.Pend(); {|VMB105:_slots[1] = other|};", Take),
        In("S28c", "another slot", "var other = Get(); _slots[1] = packet.Pend(); _slots[2] = other;", Take),
        In("S28d", "a slot that was completed", "packet.Complete(); if (!_slots[1].IsDefault) { _slots[1].Complete(); _slots[1] = default; }"),
        In("S28e", "a slot that was copied", "packet.Complete(); var p = _slots[1]; _slots[1] = default; if (!p.IsDefault) p.Complete();"),
        In("S28f", "a slot by a local", "int i = Compute(); if (!_slots[i].IsDefault) {|VMB105:_slots[i] = packet.Pend()|}; else packet.Complete();"),
        In("S28g", "a slot by a local that changed", "int i = Compute(); if (!_slots[i].IsDefault) { i++; _slots[i] = packet.Pend(); } else packet.Complete();"),
        In("S30", "the inline one again", "var p = packet.Pend(); {|VMB102:packet.Fail()|}; p.Complete();"),
        In("S30b", "pended again", "var p = packet.Pend(); var q = {|VMB102:packet.Pend()|}; p.Complete(); q.Complete();"),
        // One path, one rule.
        In("S32", "thrown", "var p = packet.Pend(); if (G()) {|VMB108:throw new ProtocolException(\"\");|} p.Complete();"),
        Members("S33", "thrown by a method with the duty", "private void Done([CompletesPacket] PendingPacket p) { if (G()) {|VMB108:throw new ProtocolException(\"\");|} p.Complete(); }"),
        // Escaping lambdas, ref structs, decorators.
        In("S34", "an escaping lambda owes", "var {|VMB101:p|} = packet.Pend(); Task.Run(() => { if (G()) return; p.Complete(); });"),
        In("S34b", "an escaping lambda completes twice", "var p = packet.Pend(); Task.Run(() => { p.Complete(); {|VMB102:p.Complete()|}; });"),
        In("S34c", "an escaping async lambda", "var p = packet.Pend(); Task.Run(async () => { await Task.Yield(); p.Complete(); });"),
        In("S34d", "an escaping local function", "var p = packet.Pend(); ThreadPool.QueueUserWorkItem(Later); void Later(object? o) => p.Complete();"),
        In("S34e", "a lambda in a field", "var p = packet.Pend(); _later = () => p.Complete();", "private Action? _later;"),
        In("S34f", "a lambda in an event", "var p = packet.Pend(); Later += () => p.Complete();", "private event Action? Later;"),
        In("S35", "inline packet in a ref struct", "var g = new Guard { Packet = packet }; g.Done();", "private ref struct Guard { public PacketCompletion Packet; public void Done() => Packet.Complete(); }"),
        Whole("S36", "decorator", "public sealed class Decorator(IChannelCallbacks inner) : IChannelCallbacks { public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) { if (buffer.Length < 8) { packet.Fail(); return; } inner.ProcessPacket(channel, packet, buffer, flags); } }"),
        Whole("S36b", "decorator that completes too", "public sealed class Decorator(IChannelCallbacks inner) : IChannelCallbacks { public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) { inner.ProcessPacket(channel, packet, buffer, flags); {|VMB102:packet.Complete()|}; } }"),
        // VMB107.
        In("S37", "fails where it may be pending", "if ({|VMB107:packet.GetExternalData(ExternalDataFlags.None, out var data)|} != NtStatus.Success) { packet.Fail(); return; } packet.Complete();"),
        In("S37b", "two tests", "var s = packet.GetExternalData(ExternalDataFlags.None, out var data); if (s == NtStatus.Pending) return; if (s != NtStatus.Success) { packet.Fail(); return; } data.CopyTo(new byte[4]); packet.Complete();"),
        In("S37c", "switch expression", "var s = packet.GetExternalData(ExternalDataFlags.None, out var data); bool isPending = s switch { NtStatus.Pending => true, _ => false }; if (isPending) return; packet.Complete();"),
        // The language: nullable, tuples, records, arrays, collections.
        Members("L1", "nullable, HasValue and Value", "private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null; private void M() { var p = Get(); if (!p.HasValue) return; p.Value.Complete(); }"),
        Members("L1b", "nullable, conditional access", "private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null; private void M() => Get()?.Complete();"),
        Members("L1c", "nullable, coalesced", "private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null; private void M() { var p = Get() ?? default; if (!p.IsDefault) p.Complete(); }"),
        Members("L1d", "nullable, property pattern", "private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null; private void M() { if (Get() is { IsDefault: false } p) p.Complete(); }"),
        In("L2", "tuple, each element its own", "var (p, n) = (packet.Pend(), 1); if (n > 0) p.Complete();"),
        In("L2b", "tuple, forgotten", "var ({|VMB101:p|}, n) = (packet.Pend(), Compute()); if (n > 0) p.Complete();"),
        In("L2c", "tuple element completed", "var t = (Packet: packet.Pend(), Number: 1); t.Packet.Complete();"),
        In("L2d", "tuple element completed twice", "var t = (Packet: packet.Pend(), Number: 1); t.Packet.Complete(); {|VMB102:t.Item1.Complete()|};"),
        Members("L2e", "tuple returned by a helper", "private (PendingPacket Packet, int N) Make(PacketCompletion packet) => (packet.Pend(), 1); [ProcessPacket(1u)] private void On(PacketCompletion packet) { var (p, n) = Make(packet); p.Complete(); }"),
        In("L3", "record", "_last = new Job(packet.Pend());", "private sealed record Job(PendingPacket Packet); private Job? _last;"),
        In("L3b", "record with", "_last = _last! with { Packet = packet.Pend() };", "private sealed record Job(PendingPacket Packet); private Job? _last;"),
        In("L3c", "object initializer", "_last = new Job { Packet = packet.Pend() };", "private sealed class Job { public PendingPacket Packet { get; set; } } private Job? _last;"),
        In("L4", "array", "_all = new[] { packet.Pend() };", "private PendingPacket[] _all = [];"),
        In("L4b", "collection expression", "_all = [packet.Pend()];", "private List<PendingPacket> _all = [];"),
        In("L4c", "collection initializer", "_all = new List<PendingPacket> { packet.Pend() };", "private List<PendingPacket> _all = [];"),
        // By reference.
        In("L5", "ref parameter completed", "var p = packet.Pend(); Done(ref p);", "private static void Done(ref PendingPacket p) { p.Complete(); p = default; }"),
        In("L5b", "in parameter completed", "var p = packet.Pend(); Done(in p);", "private static void Done(in PendingPacket p) => p.Complete();"),
        In("L5c", "ref parameter only looked at", "var {|VMB101:p|} = packet.Pend(); Look(in p);", "private static void Look(in PendingPacket p) => Log(p.TransactionId.ToString());"),
        In("L5d", "inline packet by in", "Done(in packet);", "private static void Done(in PacketCompletion p) => p.Complete();"),
        In("L6", "out parameter of a helper", "Make(packet, out var p); p.Complete();", "private static void Make(PacketCompletion packet, out PendingPacket p) => p = packet.Pend();"),
        In("L6b", "out parameter of a helper, forgotten", "Make(packet, out var {|VMB101:p|}); Log();", "private static void Make(PacketCompletion packet, out PendingPacket p) => p = packet.Pend();"),
        In("L6c", "Try with out", "if (TryMake(packet, out var p)) p.Complete();", "private static bool TryMake(PacketCompletion packet, out PendingPacket p) { if (G()) { packet.Fail(); p = default; return false; } p = packet.Pend(); return true; }"),
        // Async and iterators.
        Members("L7", "async with the duty", "private async Task Done([CompletesPacket] PendingPacket p) { await Task.Delay(1); p.Complete(); }"),
        Members("L7b", "async with the duty, forgotten on a way", "private async Task Done([CompletesPacket] PendingPacket {|VMB101:p|}) { await Task.Delay(1); if (G()) return; p.Complete(); }"),
        Members("L7c", "async, try and finally", "private async Task Done([CompletesPacket] PendingPacket p) { try { await Task.Delay(1); if (G()) return; } finally { p.Complete(); } }"),
        In("L7d", "async helper judged by its body", "_ = Later(packet.Pend());", "private static async Task Later(PendingPacket p) { await Task.Yield(); p.Complete(); }"),
        In("L7e", "async helper that forgets", "_ = Later({|VMB101:packet.Pend()|});", "private static async Task Later(PendingPacket p) { await Task.Yield(); Log(p.TransactionId.ToString()); }"),
        Members("L7f", "await foreach", "private async Task Run(ChannelReader<PendingPacket> r) { await foreach (var p in r.ReadAllAsync()) p.Complete(); }"),
        Members("L7g", "throw in an async method", "private async Task Done([CompletesPacket] PendingPacket p) { await Task.Yield(); if (G()) {|VMB108:throw new ProtocolException(\"\");|} p.Complete(); }"),
        Members("L8", "iterator with the duty", "private IEnumerable<int> Done([CompletesPacket] PendingPacket p) { yield return 1; p.Complete(); }"),
        Members("L8b", "iterator that hands out", "private IEnumerable<PendingPacket> All() { while (_queue.TryDequeue(out var p)) yield return p; }"),
        // Ref structs that complete when they are disposed.
        In("L9", "guard", "using var g = new Guard(packet); Log();", "private readonly ref struct Guard(PacketCompletion packet) { private readonly PacketCompletion _packet = packet; public void Dispose() => _packet.Complete(); }"),
        // Virtual calls.
        Members("V1", "virtual method judged by all that it may be", "private class Finisher { public virtual void Done(PacketCompletion p) => p.Complete(); } private sealed class Lazy : Finisher { public override void Done(PacketCompletion p) { if (G()) p.Complete(); } } private readonly Finisher _f = new(); [ProcessPacket(1u)] private void On(PacketCompletion {|VMB101:packet|}) => _f.Done(packet);"),
        Members("V1b", "virtual method, all complete", "private class Finisher { public virtual void Done(PacketCompletion p) => p.Complete(); } private sealed class Strict : Finisher { public override void Done(PacketCompletion p) => p.Fail(); } private readonly Finisher _f = new(); [ProcessPacket(1u)] private void On(PacketCompletion packet) => _f.Done(packet);"),
        Members("V1c", "the exact type is known", "private class Finisher { public virtual void Done(PacketCompletion p) => p.Complete(); } private sealed class Lazy : Finisher { public override void Done(PacketCompletion p) { } } private readonly Lazy _f = new(); [ProcessPacket(1u)] private void On(PacketCompletion {|VMB101:packet|}) => _f.Done(packet);"),
        Members("V1d", "base call is no virtual call", "private class Finisher { public virtual void Done(PacketCompletion p) => p.Complete(); } private class Late : Finisher { public override void Done([CompletesPacket] PacketCompletion p) => base.Done(p); } private sealed class Lazy : Finisher { public override void Done(PacketCompletion p) { } }"),
        Members("V2", "abstract method without a contract", "private abstract class Finisher { public abstract void Done(PacketCompletion p); } private sealed class Strict : Finisher { public override void Done(PacketCompletion p) => p.Complete(); } private readonly Finisher _f = new Strict(); [ProcessPacket(1u)] private void On(PacketCompletion {|VMB101:packet|}) => _f.Done(packet);"),
        Members("V3", "default interface method", "private interface IFinisher { void Done(PacketCompletion p) => p.Complete(); } private readonly IFinisher _f = null!; [ProcessPacket(1u)] private void On(PacketCompletion packet) => _f.Done(packet);"),
        Members("V4", "constructor, property, operator, indexer", "private sealed class Finisher { public Finisher(PendingPacket p) => p.Complete(); public static implicit operator Finisher(PendingPacket p) => new(p); public PendingPacket Next { set => value.Complete(); } public int this[PendingPacket p] { get { p.Complete(); return 1; } } } [ProcessPacket(1u)] private void On(PacketCompletion packet) { Finisher f = packet.Pend(); f.Next = Get(); _ = f[Get()]; } " + Take),

        // A field that nothing writes after its object is made keeps its value whatever is called; by its name, however that is written.
        Mode("F1", "never written", isWritten: false, ""),
        Mode("F2", "only by its constructor", isWritten: false, "public Host() { _mode = true; }"),
        Mode("F3", "only part of longer names", isWritten: false, "private bool a_mode, _mode2; private void W() { a_mode = true; _mode2 = true; }"),
        Mode("F4", "only in a comment and a text", isWritten: false, "private void W() { /* _mode = true */ Log(\"_mode = true\"); }"),
        Mode("F5", "only read beside what is written", isWritten: false, "private bool _two; private void W() { _two = _mode; _slots[0] = _mode ? Get() : default; } " + Take),
        Mode("F6", "with an at sign", isWritten: true, "private void W() => @_mode = true;"),
        Mode("F7", "with an escape", isWritten: true, "private void W() => _mod\\u0065 = true;"),
        Mode("F8", "by reference", isWritten: true, "private void W() => Set(ref _mode); private static void Set(ref bool flag) => flag = true;"),
        Mode("F9", "by a reference that is kept", isWritten: true, "private void W() { ref bool flag = ref _mode; flag = true; }"),
        Mode("F10", "as a part of a tuple", isWritten: true, "private void W() => (_mode, _) = (true, 0);"),
        Mode("F11", "of another object", isWritten: true, "private static void W(Host other) => other._mode = true;"),
        Mode("F12", "by a type inside", isWritten: true, "private static class Inner { public static void W(Host host) => host._mode |= true; }"),
        Mode("F13", "by a lambda of the constructor", isWritten: true, "public Host() { Action later = () => _mode = true; later(); }"),
    ];

    private static CompletionCase Mode(string id, string name, bool isWritten, string members)
        => Members(
            id,
            name,
            $"private bool _mode; private readonly Action _act = null!; [ProcessPacket(1u)] private void On(PacketCompletion {(isWritten ? "{|VMB101:packet|}" : "packet")}, ExternalData data) "
            + $"{{ if (_mode) packet.Complete(); _act(); if (!_mode) {(isWritten ? "{|VMB102:packet.Complete()|}" : "packet.Complete()")}; }} {members}");
}
