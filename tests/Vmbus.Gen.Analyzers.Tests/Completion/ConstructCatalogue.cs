using static Vmbus.Gen.Analyzers.Tests.Completion.CaseFactory;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>Constructs of the language around a packet, all rules on; what the compiler itself refuses among them.</summary>
internal static class ConstructCatalogue
{
    private const string Guard = "private ref struct Guard(PacketCompletion packet) { private readonly PacketCompletion _packet = packet; private bool _armed = true; "
        + "public PacketCompletion Release() { _armed = false; return _packet; } public void Dispose() { if (_armed) _packet.Complete(); } }";

    public static IEnumerable<CompletionCase> All =>
    [
        // Straight line and branches
        Leaking("9", "method group never called", "Forward f = Done; GC.KeepAlive(f);", "private static void Done(PacketCompletion p) => p.Complete();"),
        Members("34", "asks whether there is a packet", "private void Next() { var p = Get(); if (p.IsDefault) return; p.Complete(); } private PendingPacket Get() => _queue.TryDequeue(out var p) ? p : default;"),

        // Switch and patterns
        In("48", "pattern over a property that completes", "var done = new Done(packet); if (done is { Now: true }) Log();", "private readonly ref struct Done(PacketCompletion packet) { private readonly PacketCompletion _packet = packet; public bool Now { get { _packet.Complete(); return true; } } }"),
        In("49", "list pattern after completion", "packet.Complete(); if ({|VMB103:packet.Buffer|} is [1, ..]) Log();"),
        Leaking("51", "discarded", "_ = packet;"),

        // Loops and jumps
        Members("59", "continue past the completion", "private readonly Queue<PendingPacket> _plain = new(); private void Drain() { while (_plain.Count > 0) { var {|VMB101:p|} = _plain.Dequeue(); if (G()) continue; p.Complete(); } }"),
        Members("59b", "continue past the completion, taken in the condition", "private void Drain() { while (_queue.TryDequeue(out var {|VMB101:p|})) { if (G()) continue; p.Complete(); } }"),
        Members("61", "break with a packet in hand", "private void Drain() { while (_queue.TryDequeue(out var {|VMB101:p|})) { if (G()) break; p.Complete(); } }"),
        Members("62", "next one taken while the last is owed", "private void Drain() { PendingPacket p; while ({|VMB105:_queue.TryDequeue(out p)|}) { if (p.TransactionId == 0) { p.Complete(); return; } } }"),
        Leaking("66", "iterator that never touches the packet", "_ = Steps(packet);", "private static IEnumerable<int> Steps(PacketCompletion p) { yield return 1; }"),
        Members("66b", "iterator that uses the packet on the other side of a yield", "private static IEnumerable<int> Steps(PacketCompletion p) { yield return 1; p.Complete(); }"),

        In("64b", "counter that ends the loop in its second round", "for (int x = 0; ; x++) { if (x == 1) break; packet.Complete(); }"),
        In("64c", "loop of one round", "for (int x = 0; x < 1; x++) { packet.Complete(); }"),
        In("64d", "first round only", "int n = 0; while (G()) { if (n == 0) packet.Complete(); n++; } if (n == 0) packet.Fail();"),
        In("64e", "counted by hand", "int x = 0; while (true) { if (x == 1) break; packet.Complete(); x += 1; }"),
        In("64f", "counted down", "int left = 1; while (left > 0) { packet.Complete(); left--; }"),
        In("64g", "value before it is counted", "int x = 0; if (x++ == 0) packet.Complete(); if (x == 0) packet.Fail();"),
        In("64h", "value after it is counted", "int x = 0; if (++x == 1) packet.Complete(); if (x != 1) packet.Fail();"),
        In("64i", "two rounds", "for (int x = 0; x < 2; x++) { {|VMB102:packet.Complete()|}; }"),
        Leaking("64j", "counter of one byte may come round", "for (byte x = 0; ; x++) { if (x == 1) break; if (x != 0) {|VMB102:packet.Complete()|}; }"),
        Members("59c", "endless loop, a packet forgotten in a round", "private readonly Queue<PendingPacket> _plain = new(); private void Drain() { while (true) { var {|VMB101:p|} = _plain.Dequeue(); if (G()) continue; p.Complete(); } }"),
        Members("59d", "endless loop, taken in the condition", "private void Drain() { while (true) { if (!_queue.TryDequeue(out var {|VMB101:p|})) continue; if (G()) continue; p.Complete(); } }"),
        Members("62b", "put out over the last one by a helper", "private void Drain() { PendingPacket p = default; while ({|VMB105:TryTake(out p)|}) Log(p.TransactionId.ToString()); } private bool TryTake(out PendingPacket p) => _queue.TryDequeue(out p);"),

        Members("53c", "list of packets, each completed", "private static void Drop(List<PendingPacket> all) { foreach (var p in all) p.Fail(); }"),
        Members("53d", "values of a dictionary, each completed", "private void Drop() { lock (_gate) { foreach (var p in _byId.Values) p.Fail(); _byId.Clear(); } }"),
        Members("53e", "span of packets, each completed", "private static void Drop(Span<PendingPacket> all) { foreach (ref var p in all) { p.Complete(); p = default; } }"),
        Members("53f", "each completed twice", "private static void Drop(List<PendingPacket> all) { foreach (var p in all) { p.Fail(); {|VMB102:p.Complete()|}; } }"),
        Members("53h", "members of a linked list's nodes, in a local function", "private sealed record Job(PendingPacket Packet); private readonly LinkedList<Job> _jobs = new(); private void Tick() { for (LinkedListNode<Job>? node = _jobs.First; node is not null; node = node.Next) { Job job = node.Value; void Refuse() { job.Packet.Fail(); } Refuse(); } }"),
        Members("53i", "and again there", "private sealed record Job(PendingPacket Packet); private readonly LinkedList<Job> _jobs = new(); private void Tick() { for (LinkedListNode<Job>? node = _jobs.First; node is not null; node = node.Next) { Job job = node.Value; void Refuse() { job.Packet.Fail(); {|VMB102:job.Packet.Fail()|}; } Refuse(); } }"),
        Members("53g", "members of a linked list's nodes", "private sealed record Job(PendingPacket Packet); private readonly LinkedList<Job> _jobs = new(); private void Tick() { for (LinkedListNode<Job>? node = _jobs.First; node is not null;) { LinkedListNode<Job>? next = node.Next; Job job = node.Value; if (G()) { job.Packet.Fail(); _jobs.Remove(node); } node = next; } }"),
        Members("47h", "switch over a tuple with a packet", "private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null; private void Next(int code) { switch (Get(), code) { case ({ } p, 0): p.Complete(); break; case ({ } p, _): p.Fail(); break; case (null, _): Log(); break; } }"),
        Members("47i", "switch over a tuple with a packet, one section forgets", "private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null; private void Next(int code) { switch ({|VMB101:Get()|}, code) { case ({ } p, 0): p.Complete(); break; case ({ } p, _): Log(); break; case (null, _): Log(); break; } }"),
        Whole("60d", "batch by hand, failed and handed on", "public sealed class Callbacks : IChannelCallbacks { public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Complete(); public void ProcessBatch(ref PacketBatch batch) { while (batch.MoveNext()) { PacketCompletion packet = batch.Packet; if (packet.IsCompletionRequested) packet.Fail(); {|VMB102:ProcessPacket(null!, packet, default, ProcessPacketFlags.None)|}; } } }"),
        Members("117h", "local function that puts a packet out", "private void Pump() { while (TryNext(out var p)) p.Complete(); bool TryNext(out PendingPacket next) { lock (_gate) return _queue.TryDequeue(out next); } }"),
        Members("117i", "local function that puts a packet out, forgotten", "private void Pump() { while (TryNext(out var {|VMB101:p|})) { if (G()) p.Complete(); } bool TryNext(out PendingPacket next) => _queue.TryDequeue(out next); }"),
        Members("128b", "store that fails while it is waited for", "private ChannelWriter<PendingPacket> _w = null!; private async Task Put([CompletesPacket] PendingPacket p) { try { await _w.WriteAsync(p).ConfigureAwait(false); } catch (ChannelClosedException) { p.Fail(); } }"),
        Members("128c", "store that fails while it is waited for, forgotten", "private ChannelWriter<PendingPacket> _w = null!; private async Task Put([CompletesPacket] PendingPacket {|VMB101:p|}) { try { await _w.WriteAsync(p); } catch (ChannelClosedException) { } }"),

        // Exceptions
        In("85", "filter that completes", "try { packet.Complete(); Log(); } catch (Exception) when ({|VMB102:Done(packet)|}) { }", "private static bool Done(PacketCompletion p) { p.Fail(); return true; }"),
        In("85b", "filter that completes what is still owed", "try { Log(); packet.Complete(); } catch (Exception) when (Done(packet)) { }", "private static bool Done(PacketCompletion p) { p.Fail(); return true; }"),

        // Scopes
        In("96", "guard that completes at the end", "using var g = new Guard(packet); if (G()) return; Log();", Guard),
        In("97", "guard and completion", "using var g = new Guard(packet); {|VMB102:packet.Complete()|};", Guard),
        In("98", "guard that gives the packet back", "using var g = new Guard(packet); if (G()) g.Release().Complete();", Guard),
        Leaking("100", "guard on one path only", "using (G() ? new Guard(packet) : default) { Log(); }", Guard),
        In("102", "lock tried for", "if (Monitor.TryEnter(_gate)) { try { Log(); } finally { Monitor.Exit(_gate); } } packet.Complete();"),
        In("103", "spin lock", "bool taken = false; try { _spin.Enter(ref taken); Log(); } finally { if (taken) _spin.Exit(); } packet.Complete();", "private SpinLock _spin;"),
        Members("105", "await using of a guard", "private async Task M() { {|CS8410:await using var g = new Guard();|} } private ref struct Guard { public void Dispose() { } }"),
        In("106", "memory of the stack", "Span<byte> answer = stackalloc byte[8]; buffer[..1].CopyTo(answer); packet.Complete(answer);"),

        // Aliases and references
        Members("109", "one of two", "private void Either([CompletesPacket] PacketCompletion {|VMB101:first|}, [CompletesPacket] PacketCompletion {|VMB101:second|}) { var q = G() ? first : second; q.Complete(); }"),
        In("110", "local reference", "var copy = packet; ref var q = ref copy; q.Complete();"),
        In("110b", "local reference and original", "var p = packet.Pend(); ref var q = ref p; q.Complete(); {|VMB102:p.Complete()|};"),
        In("111", "read through a reference", "Look(in packet); packet.Complete();", "private static void Look(in PacketCompletion p) => Log(p.TransactionId.ToString());"),
        In("112", "replaced by reference, the old one completed", "var p = packet.Pend(); Replace(ref p); p.Complete();", "private void Replace(ref PendingPacket p) { p.Complete(); p = _queue.TryDequeue(out var next) ? next : default; }"),
        Members("113", "out parameter", "private void Next() { if (TryTake(out var p)) p.Complete(); } private bool TryTake(out PendingPacket p) => _queue.TryDequeue(out p);"),
        Members("113b", "out parameter, forgotten", "private void Next() { if (TryTake(out var {|VMB101:p|})) Log(p.TransactionId.ToString()); } private bool TryTake(out PendingPacket p) => _queue.TryDequeue(out p);"),
        Members("114", "parameter overwritten by another packet", "private void Both([CompletesPacket] PendingPacket p, [CompletesPacket] PendingPacket other) { {|VMB105:p = other|}; p.Complete(); }"),
        Members("114b", "inline packet overwritten by another", "private void Both([CompletesPacket] PacketCompletion {|VMB101:p|}, [CompletesPacket] PacketCompletion other) { p = other; p.Complete(); }"),
        In("115", "tuple of the inline packet", "var t = ({|CS9244:packet|}, 1); packet.Complete();"),
        In("115b", "list of the inline packet", "var t = new List<{|CS9244:PacketCompletion|}>(); packet.Complete();"),
        Members("116", "payload taken apart", "[ProcessPacket(2u)] private void On(PacketCompletion packet, Pair pair) { var (a, b) = pair; Log((a + b).ToString()); packet.Complete(); } private struct Pair { public uint A, B; public void Deconstruct(out uint a, out uint b) { a = A; b = B; } }"),

        // Lambdas, local functions, delegates
        In("120", "inline packet captured", "Action a = () => {|CS9108:packet|}.Complete(); packet.Fail();"),
        Members("120b", "reference captured", "private void M(in PacketCompletion packet) { Action a = () => {|CS1628:packet|}.Complete(); }"),
        Leaking("124", "event", "Arrived?.Invoke(packet);", "private event Forward? Arrived;"),
        In("124b", "event whose delegate has the contract", "if (Arrived is { } handler) handler(packet); else packet.Fail();", "private event Finish? Arrived;"),

        // Pended packets, async, iterators
        Members("127", "inline packet across an await", "private async Task M(PacketCompletion {|CS4012:packet|}) { await Task.Yield(); }"),
        In("132", "iterator that nobody enumerates", "var steps = Steps(packet.Pend()); GC.KeepAlive(steps);", "private static IEnumerable<int> Steps(PendingPacket p) { yield return 1; p.Complete(); }"),
        In("135", "async void", "Later(packet.Pend());", "private async void Later(PendingPacket p) { await Task.Yield(); p.Complete(); }"),
        In("136", "continuation", "var p = packet.Pend(); Task.Delay(1).ContinueWith(_ => p.Complete());"),
        In("137", "two continuations", "var p = packet.Pend(); var t = Task.Delay(1); t.ContinueWith(_ => p.Complete()); t.ContinueWith(_ => {|VMB102:p.Fail()|});"),
        In("137b", "two callbacks of one call: one of them runs", "var p = packet.Pend(); Submit(() => p.Complete(), () => p.Fail());", "private void Submit(Action done, Action failed) => ThreadPool.QueueUserWorkItem(_ => { if (G()) done(); else failed(); });"),
        In("137c", "two callbacks of one call, one forgets", "var {|VMB101:p|} = packet.Pend(); Submit(() => p.Complete(), () => { if (G()) p.Fail(); });", "private void Submit(Action done, Action failed) => ThreadPool.QueueUserWorkItem(_ => { if (G()) done(); else failed(); });"),
        In("137d", "lambda that only looks", "var p = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => Log(p.TransactionId.ToString())); p.Complete();"),
        In("137e", "lambda that only looks, and nobody completes", "var {|VMB101:p|} = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => Log(p.TransactionId.ToString()));"),
        In("137f", "lambda that only looks, inside the one that completes", "var p = packet.Pend(); Task.Run(async () => { await Task.Run(() => Log(p.TransactionId.ToString())); p.Complete(); });"),
        In("137g", "added to a delegate", "var p = packet.Pend(); _later += () => p.Complete();", "private Action? _later;"),
        Members("138", "cancellation and the normal path", "private void M([CompletesPacket] PendingPacket p, CancellationToken token) { token.Register(() => p.Fail()); {|VMB102:p.Complete()|}; }"),
        In("138b", "cancellation and the normal path, one of them by exchange", "_held = packet.Pend();", "private void Finish() { var p = Interlocked.Exchange(ref _held, default); if (!p.IsDefault) p.Complete(); } private void Cancel() { var p = Interlocked.Exchange(ref _held, default); if (!p.IsDefault) p.Fail(); }"),
        In("139", "pended packet deferred", "var p = packet.Pend(); p.{|CS1061:DeferToPassive|}(); p.Complete();"),
        Members("140", "deferred at PASSIVE_LEVEL", "[ProcessPacket(2u, Irql = Irql.Passive)] private void On(PacketCompletion packet) => {|VMB104:packet.DeferToPassive()|};"),
        In("142", "state of a work item", "ThreadPool.UnsafeQueueUserWorkItem(static p => p.Complete(), packet.Pend(), preferLocal: false);"),

        // Views
        In("148", "view in a structure that a helper fills", "var h = new Holder(); Fill(packet, ref h); packet.Complete(); _ = {|VMB301:h.Span[0]|};", "private ref struct Holder { public ReadOnlySpan<byte> Span; } private static void Fill(PacketCompletion packet, ref Holder h) => h.Span = packet.Buffer;"),
        In("148c", "view returned by the helper that completes", "var s = Body(packet); _ = {|VMB301:s[0]|};", "private static ReadOnlySpan<byte> Body(PacketCompletion packet) { var s = packet.Buffer; packet.Complete(); return s; }"),
        In("155", "out parameter filled before", "Read(packet, out ulong id); packet.Complete(); Log(id.ToString());", "private static void Read(PacketCompletion p, out ulong id) => id = p.TransactionId;"),

        // Calls, types, generics
        In("157", "helper completes when it answers true", "if (!TryDone(packet)) packet.Fail();", "private static bool TryDone(PacketCompletion p) { if (G()) { p.Complete(); return true; } return false; }"),
        In("158", "nine helpers deep", "A1(packet);", string.Concat(Enumerable.Range(1, 9).Select(static i => $"private static void A{i}(PacketCompletion p) => A{i + 1}(p); ")) + "private static void A10(PacketCompletion p) => p.Complete();"),
        In("162", "constraint with a contract", "Do(new Quick(), packet);", "private interface IHandler { void Handle([CompletesPacket] PacketCompletion p); } private struct Quick : IHandler { public void Handle(PacketCompletion p) => p.Complete(); } private static void Do<T>(T x, PacketCompletion p) where T : struct, IHandler => x.Handle(p);"),
        In("163", "generic over a ref struct, with a contract", "Do<PacketCompletion>(packet);", "private static void Do<T>([CompletesPacket] T p) where T : allows ref struct { }"),
        Leaking("163b", "generic over a ref struct, without a contract", "Do<PacketCompletion>(packet);", "private static void Do<T>(T p) where T : allows ref struct { }"),
        In("163c", "generic that only takes what it may", "{|CS9244:Do<PacketCompletion>|}(packet); packet.Complete();", "private static void Do<T>(T p) { }"),
        In("164", "static abstract with a contract", "Do<Quick>(packet);", "private interface IHandler { static abstract void Handle([CompletesPacket] PacketCompletion p); } private struct Quick : IHandler { public static void Handle(PacketCompletion p) => p.Complete(); } private static void Do<T>(PacketCompletion p) where T : IHandler => T.Handle(p);"),
        In("165", "virtual method of a sealed class", "new Last().Done(packet);", "private class First { public virtual void Done(PacketCompletion p) { } } private sealed class Last : First { public override void Done(PacketCompletion p) => p.Complete(); }"),
        In("166", "virtual method with a contract", "Other.Done(packet);", "private readonly First Other = null!; internal class First { public virtual void Done([CompletesPacket] PacketCompletion p) => p.Complete(); } private sealed class Last : First { public override void Done(PacketCompletion p) => p.Fail(); }"),
        Members("166b", "override that breaks the contract", "internal class First { public virtual void Done([CompletesPacket] PacketCompletion p) => p.Complete(); } private sealed class Last : First { public override void Done(PacketCompletion {|VMB101:p|}) { } }"),
        Leaking("167", "interface without a contract", "_other.Done(packet);", "private readonly IDone _other = new Done(); private interface IDone { void Done(PacketCompletion p); } private sealed class Done : IDone { void IDone.Done(PacketCompletion p) => p.Complete(); }"),
        Members("168", "base completes, and so does the override", "private class First { public virtual void Done(PacketCompletion p) => p.Complete(); } private sealed class Last : First { public override void Done([CompletesPacket] PacketCompletion p) { base.Done(p); {|VMB102:p.Complete()|}; } }"),
        Members("169", "override that does not call its base", "private class First { public virtual void Done([CompletesPacket] PacketCompletion p) => p.Complete(); } private sealed class Last : First { public override void Done(PacketCompletion {|VMB101:p|}) => Log(p.TransactionId.ToString()); }"),
        In("172", "property, indexer, operator and conversion", "PendingPacket Get() => _queue.TryDequeue(out var n) ? n : default; Finisher f = packet.Pend(); f.Next = Get(); _ = f[Get()]; _ = f + Get();",
            "private sealed class Finisher { public Finisher(PendingPacket p) => p.Complete(); public static implicit operator Finisher(PendingPacket p) => new(p); public PendingPacket Next { set => value.Complete(); } public int this[PendingPacket p] { get { p.Complete(); return 1; } } public static int operator +(Finisher f, PendingPacket p) { p.Complete(); return 1; } }"),
        In("173", "constructor that completes", "_ = new Op(packet);", "private readonly ref struct Op { public Op(PacketCompletion p) => p.Complete(); }"),
        In("174", "initializer that completes", "_ = new Op { Packet = packet.Pend() };", "private sealed class Op { public PendingPacket Packet { set => value.Complete(); } }"),
        In("176", "dynamic", "dynamic d = _gate; d.Take({|CS1978:packet|}); packet.Complete();"),
        In("177", "function pointer", "unsafe { delegate*<PacketCompletion, void> f = &Done; f(packet); }", "private static void Done(PacketCompletion p) => p.Complete();", leaks: true),
        Leaking("178", "native function", "Native(packet);", "[System.Runtime.InteropServices.DllImport(\"native\")] private static extern void Native(PacketCompletion p);"),
    ];
}
