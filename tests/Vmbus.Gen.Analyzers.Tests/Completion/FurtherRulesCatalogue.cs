using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>The catalogue of control-flow patterns for VMB102, VMB105, VMB107 and VMB108, all rules on.</summary>
internal static class FurtherRulesCatalogue
{
    public static IEnumerable<CompletionCase> All =>
    [
        // VMB102
        In("60", "a batch: another packet each time", "packet.Complete(); PacketBatch batch = default; while (batch.MoveNext()) { batch.Packet.Complete(); }"),
        In("60b", "a batch handed to a helper", "packet.Complete(); PacketBatch batch = default; while (batch.MoveNext()) { Done(batch.Packet); }", "private static void Done([CompletesPacket] PacketCompletion packet) => packet.Complete();"),
        In("60c", "a batch: the same packet twice", "packet.Complete(); PacketBatch batch = default; while (batch.MoveNext()) { var next = batch.Packet; next.Complete(); {|VMB102:next.Complete()|}; }"),
        In("3", "twice", "packet.Complete(); {|VMB102:packet.Complete()|};"),
        In("4", "two verbs", "packet.Complete(); {|VMB102:packet.Fail()|};"),
        In("5", "deferred and completed", "if (KernelIrql.Current == Irql.Passive) { packet.Fail(); return; } packet.DeferToPassive(); {|VMB102:packet.Complete()|};"),
        In("17", "both arms and after", "if (G()) packet.Complete(); else packet.Fail(); {|VMB102:packet.Complete()|};"),
        In("18", "one arm and after", "if (G()) packet.Complete(); {|VMB102:packet.Complete()|};"),
        In("27", "correlated", "bool b = G(); if (b) packet.Complete(); Log(); if (!b) packet.Fail();"),
        Leaking("28", "reassigned between", "bool b = G(); if (b) packet.Complete(); b = G(); if (!b) {|VMB102:packet.Fail()|};"),
        In("29", "flag", "bool done = false; if (G()) { packet.Complete(); done = true; } if (!done) packet.Fail();"),
        Leaking("30", "flag the wrong way round", "bool done = false; if (G()) { packet.Complete(); done = true; } if (done) {|VMB102:packet.Fail()|};"),
        In("33", "field not changed by the framework", "if (_flag) packet.Complete(); if (!_flag) packet.Fail();"),
        In("37", "helper fails also when true", "if (!Try(packet)) return; {|VMB102:packet.Complete()|};", "private static bool Try(PacketCompletion packet) { packet.Fail(); return G(); }"),
        In("42", "goto case into a second one", "switch (buffer.Length) { case 8: packet.Fail(); goto case 16; case 16: {|VMB102:packet.Complete()|}; break; default: packet.Fail(); break; }"),
        Members("62d", "an element of a list twice", "private void Drain(List<PendingPacket> held) { foreach (var next in held) { next.Complete(); {|VMB102:next.Fail()|}; } }"),
        Leaking("53", "in a foreach body", "foreach (byte b in buffer) { {|VMB102:packet.Complete()|}; }"),
        Leaking("56", "in a while body", "while (G()) {|VMB102:packet.Complete()|};"),
        In("57", "in a do body", "do {|VMB102:packet.Complete()|}; while (G());"),
        In("64", "goto back", "again: {|VMB102:packet.Complete()|}; if (G()) goto again;"),
        In("71", "last in a try, failed in the catch", "try { Log(); packet.Complete(); } catch { packet.Fail(); }"),
        In("71b", "alone in a try, failed in the catch", "try { packet.Complete(buffer); } catch { packet.Fail(); }"),
        In("74", "something may throw after it", "try { packet.Complete(); Log(); } catch { {|VMB102:packet.Fail()|}; }"),
        In("74c", "something may throw after it in a local function", "try { Done(packet); void Done(PacketCompletion p) { p.Complete(); Log(); } } catch { {|VMB102:packet.Fail()|}; }"),
        In("74d", "last in a local function", "try { Done(packet); void Done(PacketCompletion p) { Log(); p.Complete(); } } catch { packet.Fail(); }"),
        In("74b", "flag set after it", "bool done = false; try { Log(); packet.Complete(); done = true; } catch { if (!done) packet.Fail(); }"),
        In("76", "try and finally", "try { packet.Complete(); } finally { {|VMB102:packet.Complete()|}; }"),
        In("77", "finally by a flag", "bool done = false; try { Log(); packet.Complete(); done = true; } finally { if (!done) packet.Fail(); }"),
        In("77b", "finally by a flag that is set too late", "bool done = false; try { packet.Complete(); Log(); done = true; } finally { if (!done) {|VMB102:packet.Fail()|}; }"),
        In("80", "nested finally", "try { try { Log(); } finally { packet.Complete(); } } finally { {|VMB102:packet.Fail()|}; }"),
        In("88", "catch completes and rethrows", "try { Log(); } catch { packet.Fail(); throw; } packet.Complete();"),
        In("108", "copy and original", "var q = packet; q.Complete(); {|VMB102:packet.Complete()|};"),
        In("119", "local function twice", "Done(packet); Done(packet); static void Done(PacketCompletion p) => {|VMB102:p.Complete()|};"),
        In("156", "helper and again", "Done(packet); {|VMB102:packet.Complete()|};", "private void Done(PacketCompletion packet) => packet.Complete();"),
        In("156b", "and helper", "packet.Complete(); {|VMB102:Done(packet)|};", "private void Done(PacketCompletion packet) => packet.Complete();"),
        In("123", "taken over by contract and completed", "_sink.Take(packet); {|VMB102:packet.Complete()|};"),
        In("H1", "pended and the inline one completed", "var pended = packet.Pend(); {|VMB102:packet.Complete()|}; pended.Complete();"),
        In("H2", "queued and completed", "var pended = packet.Pend(); _queue.Enqueue(pended); {|VMB102:pended.Complete()|};"),
        In("H3", "stored and completed", "var pended = packet.Pend(); _held = pended; {|VMB102:pended.Complete()|};"),
        In("H4", "queued, another taken out", "_queue.Enqueue(packet.Pend()); if (_queue.TryDequeue(out var next)) next.Complete();"),
        In("H5", "captured and completed", "var pended = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => pended.Complete()); {|VMB102:pended.Fail()|};"),
        In("H5b", "captured by two lambdas that both complete", "var pended = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => pended.Complete()); ThreadPool.QueueUserWorkItem(_ => {|VMB102:pended.Fail()|});"),
        In("H5c", "captured twice by one lambda", "var pended = packet.Pend(); do { ThreadPool.QueueUserWorkItem(_ => {|VMB102:pended.Complete()|}); } while (G());"),
        In("H5d", "in a table, and completed by a lambda that may take it out there", "var pended = packet.Pend(); _byId[1] = pended; ThreadPool.QueueUserWorkItem(_ => { if (_byId.Remove(1)) { pended.Complete(); } else { pended = default; } });"),
        In("H5h", "captured by a lambda, then stored", "var pended = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => pended.Complete()); _queue.Enqueue(pended);"),
        In("H3b", "completed, stored, and used", "packet.Complete(); {|VMB102:_sink.Take(packet)|}; Log({|VMB103:packet.TransactionId|}.ToString());"),
        In("H3c", "pended by a helper, completed, and the inline one used", "Put(packet, out var pended); pended.Complete(); Log({|VMB103:packet.TransactionId|}.ToString());", "private static void Put(PacketCompletion packet, out PendingPacket pended) { Log(); pended = packet.Pend(); }"),
        In("H3d", "pended by a helper that returns it, completed, and the inline one used", "var pended = Take(packet); pended.Complete(); Log({|VMB103:packet.TransactionId|}.ToString());", "private static PendingPacket Take(PacketCompletion packet) { Log(); return packet.Pend(); }"),
        In("H3e", "pended by a helper, another one completed", "var pended = Take(packet); if (_queue.TryDequeue(out var other)) other.Complete(); Log(packet.TransactionId.ToString()); pended.Complete();", "private static PendingPacket Take(PacketCompletion packet) { Log(); return packet.Pend(); }"),
        In("H5e", "a tuple captured, completed twice", "var pair = (packet.Pend(), 1); ThreadPool.QueueUserWorkItem(_ => { pair.Item1.Complete(); {|VMB102:pair.Item1.Fail()|}; });"),
        In("H5f", "captured inside a local function that is called", "var pended = packet.Pend(); Later(); void Later() { if (G()) { ThreadPool.QueueUserWorkItem(_ => pended.Fail()); } ThreadPool.QueueUserWorkItem(_ => {|VMB102:pended.Complete()|}); }"),
        In("H5g", "in two stores by way of a helper", "var pended = packet.Pend(); _queue.Enqueue(pended); Index(pended);", "private void Index(PendingPacket packet) => _byId[1] = packet;"),
        In("H6", "refused store", "var pended = packet.Pend(); if (!_byId.TryAdd(1, pended)) pended.Complete();"),
        In("H7", "in a loop, each its own", "packet.Complete(); while (_queue.TryDequeue(out var next)) next.Complete();"),
        Members("V1", "handler that returns its answer", "[ProcessPacket(2u)] private Header OnHeader(PacketCompletion packet, in Header header) { {|VMB102:packet.Complete()|}; return header; }"),
        Members("V2", "borrowed", "private void Look([BorrowsPacket] PacketCompletion packet) => {|VMB102:packet.Complete()|};"),
        Members("V3", "helper without a contract", "private void Done(PacketCompletion packet) { packet.Complete(); {|VMB102:packet.Complete()|}; }"),

        // VMB105
        In("129", "pended and discarded", "{|VMB105:packet.Pend()|};"),
        In("129b", "pended and discarded by name", "{|VMB105:_ = packet.Pend()|};"),
        Members("129c", "dequeued and discarded", "private readonly Queue<PendingPacket> _plain = new(); private void Next() { {|VMB105:_ = _plain.Dequeue()|}; }"),
        Members("131", "overwritten", "private readonly Queue<PendingPacket> _plain = new(); private void Next() { var p = _plain.Dequeue(); {|VMB105:p = _plain.Dequeue()|}; p.Complete(); }"),
        In("131x", "a field, on a later round of a loop", "while (_queue.TryDequeue(out var next)) {|VMB105:_held = next|}; packet.Complete();"),
        In("131y", "a field, on a later round over an array", "foreach (int n in new[] { 1, 2 }) { if (_queue.TryDequeue(out var next)) {|VMB105:_held = next|}; } packet.Complete();"),
        In("131z", "a field, on a later round; queued on others", "while (_queue.TryDequeue(out var next)) { if (next.TransactionId > 5) { _queue.Enqueue(next); } else {|VMB105:_held = next|}; } packet.Complete();"),
        In("131w", "a field, emptied on each round", "while (_queue.TryDequeue(out var next)) { _held = next; var taken = _held; _held = default; taken.Complete(); } packet.Complete();"),
        Members("131b", "overwritten after completion", "private readonly Queue<PendingPacket> _plain = new(); private void Next() { var p = _plain.Dequeue(); p.Complete(); p = _plain.Dequeue(); p.Complete(); }"),
        Members("131c", "overwritten, but kept elsewhere", "private readonly Queue<PendingPacket> _plain = new(); private void Next() { var p = _plain.Dequeue(); var q = p; p = _plain.Dequeue(); p.Complete(); q.Complete(); }"),
        In("131d", "overwritten by default", "var p = packet.Pend(); {|VMB105:p = default|};"),
        Members("131e", "peeked and discarded", "private readonly Queue<PendingPacket> _plain = new(); private void Next() { _ = _plain.Peek(); }"),

        // VMB107
        In("G1", "status ignored", "{|VMB107:packet.GetExternalData(ExternalDataFlags.None, out var data)|}; packet.Complete();"),
        In("G2", "fails on everything else", "var status = {|VMB107:packet.GetExternalData(ExternalDataFlags.None, out var data)|}; if (status != NtStatus.Success) { packet.Fail(); return; } packet.Complete();"),
        In("G3", "pending returns", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; if (status != NtStatus.Success) { packet.Fail(); return; } packet.Complete();"),
        In("G4", "pending counts as success", "if (!{|VMB107:packet.GetExternalData(ExternalDataFlags.None, out var data)|}.IsSuccess()) { packet.Fail(); return; } packet.Complete();"),
        In("G5", "data used", "var status = {|VMB107:packet.GetExternalData(ExternalDataFlags.None, out var data)|}; long n = data.Length; if (status == NtStatus.Pending) return; packet.Complete();"),
        In("G6", "data used after the test", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; long n = data.Length; packet.Complete();"),
        In("G7", "only success goes on", "if (packet.GetExternalData(ExternalDataFlags.None, out var data) is NtStatus.Success) packet.Complete();", leaks: true),

        // VMB108
        In("69", "throws before completion", "if (G()) {|VMB108:throw new ProtocolException(\"\");|} packet.Complete();"),
        In("69b", "throws after completion", "packet.Complete(); if (G()) throw new ProtocolException(\"\");"),
        In("87", "not caught", "try { if (G()) {|VMB108:throw new ProtocolException(\"\");|} packet.Complete(); } catch (ArgumentException) { packet.Fail(); }"),
        In("87b", "caught", "try { if (G()) throw new ProtocolException(\"\"); packet.Complete(); } catch (ProtocolException) { packet.Fail(); }"),
        In("89", "rethrown", "try { Log(); } catch { {|VMB108:throw;|} } packet.Complete();"),
        In("90", "throw expression", "object? o = G() ? 1 : null; object p = o ?? {|VMB108:throw new ProtocolException(\"\")|}; packet.Complete();"),
        In("45", "arm that throws", "_ = buffer.Length switch { 8 => 1, _ => {|VMB108:throw new ProtocolException(\"\")|} }; packet.Complete();"),
        In("44", "missing arm", "_ = (Kind)buffer.Length switch { Kind.One => 1, Kind.Two => 2 }; packet.Complete();"),
        In("83", "finally throws before completion", "try { Log(); } finally { if (G()) {|VMB108:throw new ProtocolException(\"\");|} packet.Complete(); }"),
        In("82", "finally throws after completion", "try { Log(); } finally { packet.Complete(); if (G()) throw new ProtocolException(\"\"); }"),
        In("75", "finally completes what is thrown through it", "try { if (G()) throw new ProtocolException(\"\"); } finally { packet.Complete(); }"),
        In("94", "guards of the framework", "ArgumentNullException.ThrowIfNull(channel); CancellationToken.None.ThrowIfCancellationRequested(); packet.Complete();"),
        In("92", "helper that throws", "if (G()) Bad(); packet.Complete();", "private static void Bad() => throw new ProtocolException(\"\");"),
        In("LF", "local function that throws", "Check(); packet.Complete(); void Check() { if (G()) {|VMB108:throw new ProtocolException(\"\");|} }"),
        Members("D1", "helper without a contract", "private void Done(PacketCompletion packet) { if (G()) throw new ProtocolException(\"\"); packet.Complete(); }"),
        Members("D2", "helper with the duty", "private void Done([CompletesPacket] PacketCompletion packet) { if (G()) {|VMB108:throw new ProtocolException(\"\");|} packet.Complete(); }"),

        // Found by running random handlers along all their paths.
        In("F1", "lambda inside a try that has a try of its own", "using var s = new System.IO.MemoryStream(); var p = packet.Pend(); Later.Add(() => { while (G()) { Log(); } try { } catch { } if (G()) { p.Fail(); return; } p.Complete(); });", "private readonly List<Action> Later = [];"),
        In("F2", "lambda kept in a list", "var p = packet.Pend(); Later.Add(() => p.Complete());", "private readonly List<Action> Later = [];"),
        In("F3", "parameter captured by a lambda that is kept", "Keep(packet.Pend());", "private readonly List<Action> Later = []; private void Keep([CompletesPacket] PendingPacket p) => Later.Add(() => p.Complete());"),
        In("F4", "captured after completion", "var p = packet.Pend(); p.Complete(); Later.Add(() => {|VMB102:p.Fail()|});", "private readonly List<Action> Later = [];"),
        In("F5", "local function that calls itself", "Done(packet); static void Done(PacketCompletion p) { if (G()) { p.Complete(); return; } Done(p); }"),
        In("F6", "local function that calls itself and then completes", "Done(packet); static void Done(PacketCompletion p) { if (G()) { p.Complete(); return; } Done(p); {|VMB102:p.Complete()|}; }"),
        In("F7", "helper that does nothing about no packet", "Done(packet.Pend()); ", "private static void Done(PendingPacket? p) { if (p.HasValue) p.Value.Complete(); }"),
        In("F8", "ref parameter left as it is", "var p = packet.Pend(); Look(ref p); p.Complete();", "private static void Look(ref PendingPacket p) => Log(p.TransactionId.ToString());"),
        In("F9", "completed and then stored", "var p = packet.Pend(); p.Complete(); {|VMB102:_queue.Enqueue(p)|};"),
        In("F10", "what a handler inside lets through is not of its type", "try { var p = packet.Pend(); try { Log(); } catch (ProtocolException) { } p.Complete(); } catch (ProtocolException) { Log(); }"),
        In("F12", "captured through a local function", "var p = packet.Pend(); Later.Add(() => { Done(); void Done() => p.Complete(); });", "private readonly List<Action> Later = [];"),
    ];

    private static CompletionCase In(string row, string name, string body, string members = "", bool leaks = false)
        => new(row, name, With(leaks ? Leaks(body) : Completes(body), members));

    private static CompletionCase Leaking(string row, string name, string body) => new(row, name, Leaks(body));

    private static CompletionCase Members(string row, string name, string members) => new(row, name, Class(members));

    private static string With(string source, string members)
        => members.Length == 0 ? source : source[..source.LastIndexOf('}')] + members + "\n}";
}
