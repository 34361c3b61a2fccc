using static Vmbus.Gen.Analyzers.Tests.Completion.CaseFactory;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>What random programs have shown, as small as it gets, and what stands near it.</summary>
internal static class RandomRunCatalogue
{
    private const string Deep = "private bool Deep(PendingPacket? p) { if (G()) return false; if (!Deep(p)) { if (p.HasValue) p.Value.Complete(); } return true; } ";
    private const string Next = "private PendingPacket? Next() => _queue.TryDequeue(out var p) ? p : null; ";

    /// <summary>Conditions and packets that keep states apart, and what they decide in the end; nothing in it changes a field.</summary>
    private const string Busy = "Kind kind = (Kind)Environment.TickCount; bool has = _queue.TryDequeue(out var first); if (has) first.Complete(); _queue.Enqueue(packet); bool more = _queue.TryDequeue(out var next); ";
    private const string Settled = " if (more) next.Complete(); ";
    private const string Working = "while (Environment.HasShutdownStarted) { if (kind is Kind.One) break; } q.Complete();";

    private static readonly string Fifteen = string.Concat(Enumerable.Range(0, 15).Select(static i => $"int a{i}, "));
    private static readonly string FifteenTimes = string.Concat(Enumerable.Repeat("0, ", 15));

    private const string TryEnd = "private bool End(PendingPacket q) { if (G()) return false; q.Fail(); return true; }";

    public static IEnumerable<CompletionCase> All =>
    [
        // A method's own packet, and an exception that its caller swallows
        Members("r0b", "helper that completes in its own handler", "private void Tick() { try { Flush(); } catch (Exception) { } } private void Flush() { if (_queue.TryDequeue(out var p)) { try { Log(); p.Complete(); } catch { p.Fail(); throw; } } }"),
        Members("r0c", "nobody swallows it", "private void Tick() => Flush(); private void Flush() { if (_queue.TryDequeue(out var p)) { Log(); p.Complete(); } }"),
        Members("r0f", "helper that is given another packet", "private void Tick([CompletesPacket] PendingPacket other) { try { {|VMB101:Flush(other)|}; } catch (Exception) { } other.Complete(); } private void Flush(PendingPacket other) { if (_queue.TryDequeue(out var p)) { Log(); p.Complete(); } }"),
        In("r0g", "helper that is given none, called by who has one", "try { {|VMB101:Flush()|}; } catch (Exception) { } packet.Complete();", "private void Flush() { if (_queue.TryDequeue(out var p)) { Log(); p.Complete(); } }"),
        Members("r0h", "nothing can throw while it is owed", "private void Tick() { try { Flush(); } catch (Exception) { } } private void Flush() { Log(); if (_queue.TryDequeue(out var p)) p.Complete(); }"),

        // Methods that call themselves
        Members("r1", "completes on the way back, and says whether", Next + Deep + "private void Tick() { PendingPacket? {|VMB101:p|} = Next(); if (!Deep(p)) Log(); }"),
        Members("r1b", "completes on the way back, and the caller does where it did not", Next + Deep + "private void Tick() { PendingPacket? p = Next(); if (!Deep(p)) p?.Fail(); }"),
        Members("r1c", "and the caller does in any case", Next + Deep + "private void Tick() { PendingPacket? p = Next(); if (Deep(p)) p?{|VMB102:.Fail()|}; else p?.Fail(); }"),
        In("r1d", "forty helpers deep", "A1(packet);", string.Concat(Enumerable.Range(1, 39).Select(static i => $"private static void A{i}(PacketCompletion p) => A{i + 1}(p); ")) + "private static void A40(PacketCompletion p) => p.Complete();"),
        Leaking("r1e", "forty helpers deep, and nothing there", "A1(packet);", string.Concat(Enumerable.Range(1, 39).Select(static i => $"private static void A{i}(PacketCompletion p) => A{i + 1}(p); ")) + "private static void A40(PacketCompletion p) => Log(p.TransactionId.ToString());"),

        // External data
        In("r2", "asked for by a helper, and completed while it may be on its way", "{|VMB107:Ask(packet)|}; packet.Complete();", "private static void Ask(PacketCompletion p) { if (p.GetExternalData(ExternalDataFlags.None, out _) == NtStatus.Pending) return; Log(); }"),
        In("r2b", "asked for once more, and what came first is used", "if (packet.GetExternalData(ExternalDataFlags.None, out var d) is var s && s != NtStatus.Success) { if (s != NtStatus.Pending) packet.Fail(); return; } var again = {|VMB107:packet.GetExternalData(ExternalDataFlags.None, out _)|}; d.CopyTo(new byte[1]); if (again == NtStatus.Pending) return; packet.Complete();"),

        // A field in a loop, where more states meet than are kept apart
        Members("r5", "overwritten on a later round, beside what does not matter", "private void Tick([CompletesPacket] PendingPacket packet) { " + Busy + "while (_queue.TryDequeue(out var p)) { var q = p; try { " + Working + " } catch (Exception) when (Environment.HasShutdownStarted) { {|VMB105:_held = q|}; } }" + Settled + "}"),
        Members("r5b", "filled only while it is empty", "private void Tick([CompletesPacket] PendingPacket packet) { " + Busy + "while (_queue.TryDequeue(out var p)) { var q = p; try { " + Working + " } catch (Exception) when (Environment.HasShutdownStarted) { if (_held.IsDefault) _held = q; else q.Fail(); } }" + Settled + "}"),
        Members("r5c", "taken out before it is filled again", "private void Tick() { while (_queue.TryDequeue(out var p)) { if (G()) { p.Complete(); continue; } var old = _held; _held = p; if (!old.IsDefault) old.Fail(); } }"),
        Members("r5d", "taken out before it is filled again, nothing of the driver between", "private void Tick() { while (_queue.TryDequeue(out var p)) { var old = _held; _held = p; if (!old.IsDefault) old.Fail(); } }"),
        Members("r5e", "taken out once and forgotten", "private void Tick() { var {|VMB101:old|} = _held; _held = _queue.TryDequeue(out var p) ? p : default; if (old.IsDefault) Log(); }"),

        // An async helper that loses its packet to an exception
        Members("r7", "awaited, and its exception swallowed", "private async Task Tick() { if (_queue.TryDequeue(out var {|VMB101:p|})) { try { await End(p); } catch (Exception) { } } } private async Task End(PendingPacket p) { Log(); p.Complete(); await Task.Yield(); }"),
        Members("r7b", "awaited, and failed by who catches", "private async Task Tick() { if (_queue.TryDequeue(out var p)) { try { await End(p).ConfigureAwait(false); } catch (Exception) { p.Fail(); } } } private async Task End(PendingPacket p) { await Task.Yield(); Log(); p.Complete(); }"),
        Members("r7c", "nothing catches", "private async Task Tick() { if (_queue.TryDequeue(out var p)) await End(p); } private async Task End(PendingPacket p) { Log(); p.Complete(); await Task.Yield(); }"),
        Members("r7e", "awaited as a task, and its exception swallowed", "private async Task Tick() { if (_queue.TryDequeue(out var {|VMB101:p|})) { try { await End(p).AsTask().ConfigureAwait(false); } catch (Exception) { } } } private async ValueTask End(PendingPacket p) { Log(); p.Complete(); await Task.Yield(); }"),
        Members("r7d", "its task kept, and nobody waits for it", "private void Tick() { if (_queue.TryDequeue(out var p)) { try { Task done = End(p); } catch (Exception) { } } } private async Task End(PendingPacket p) { Log(); p.Complete(); await Task.Yield(); }"),

        // In a store, and captured
        Members("r6", "stored, and captured in each round", "private void Tick([CompletesPacket] PendingPacket p) { _queue.Enqueue(p); while (G()) ThreadPool.QueueUserWorkItem(_ => {|VMB102:p.Complete()|}); }"),
        Members("r6b", "stored, and captured once", "private void Tick([CompletesPacket] PendingPacket p) { _queue.Enqueue(p); if (G()) ThreadPool.QueueUserWorkItem(_ => p.Complete()); }"),
        Members("r6c", "captured by a helper, twice", "private void Tick([CompletesPacket] PendingPacket p) { Later(p); {|VMB102:Later(p)|}; } private static void Later(PendingPacket p) => ThreadPool.QueueUserWorkItem(_ => p.Complete());"),
        Members("r6d", "captured by a helper in a loop, after it was stored", "private void Tick([CompletesPacket] PendingPacket p) { _queue.Enqueue(p); while (G()) {|VMB102:Later(p)|}; } private static void Later(PendingPacket p) => ThreadPool.QueueUserWorkItem(_ => p.Complete());"),
        Members("r6e", "captured by one of two helpers", "private void Tick([CompletesPacket] PendingPacket p) { if (G()) Later(p); else Later(p); } private static void Later(PendingPacket p) => ThreadPool.QueueUserWorkItem(_ => p.Complete());"),
        Members("r6f", "stored where a helper returns and completed where it throws, once more", "private void Tick([CompletesPacket] PendingPacket p) { for (int i = 0; i < 2; i++) {|VMB102:Put(p)|}; } private void Put(PendingPacket p) { try { if (G()) throw new InvalidOperationException(); } catch { p.Complete(); throw; } _queue.Enqueue(p); }"),
        Members("r6g", "stored where a helper returns and completed where it throws, once", "private void Tick([CompletesPacket] PendingPacket p) => Put(p); private void Put(PendingPacket p) { try { if (G()) throw new InvalidOperationException(); } catch { p.Complete(); throw; } _queue.Enqueue(p); }"),
        Members("r6h", "looked at by a function that is given away after the end", "private void Tick([CompletesPacket] PendingPacket p) { p.Complete(); ThreadPool.QueueUserWorkItem(_ => Log({|VMB103:p.TransactionId|}.ToString())); }"),
        Members("r6i", "looked at by a function that is given away before the end: in time or too late", "private void Tick([CompletesPacket] PendingPacket p) { ThreadPool.QueueUserWorkItem(_ => Log(p.TransactionId.ToString())); p.Complete(); }"),
        Members("r6j", "ended on one of two ways before that", "private void Tick([CompletesPacket] PendingPacket p) { if (G()) p.Complete(); else _queue.Enqueue(p); ThreadPool.QueueUserWorkItem(_ => Log({|VMB103:p.TransactionId|}.ToString())); }"),
        Members("r6k", "captured alone and in a tuple", "private void Tick([CompletesPacket] PendingPacket p) { var both = (1, p); ThreadPool.QueueUserWorkItem(_ => { p.Complete(); {|VMB102:_held = both.p|}; }); }"),
        Members("r6l", "captured alone and in a tuple, ended once", "private void Tick([CompletesPacket] PendingPacket p) { var both = (1, p); ThreadPool.QueueUserWorkItem(_ => { if (G()) p.Complete(); else both.p.Fail(); }); }"),
        Members("r6m", "captured under two names", "private void Tick([CompletesPacket] PendingPacket p) { var same = p; ThreadPool.QueueUserWorkItem(_ => { p.Complete(); {|VMB102:same.Fail()|}; }); }"),
        Members("r6n", "captured under two names that are one on one way only", "private void Tick([CompletesPacket] PendingPacket p, [CompletesPacket] PendingPacket o) { var same = p; if (G()) { same = o; p.Fail(); } else o.Fail(); ThreadPool.QueueUserWorkItem(_ => same.Complete()); }"),
        In("r6o", "memory of the callback's packet after a helper has ended what it was pended into, and what was stored", "var p = packet.Pend(); _queue.Enqueue(p); {|VMB102:End(p)|}; Log({|VMB103:packet.TransactionId|}.ToString());", "private static void End(PendingPacket p) { if (G()) p.Complete(); else p.Fail(); }"),
        Members("r6p", "second name of a parameter, put to another use", "private void Tick([CompletesPacket] PendingPacket p, [CompletesPacket] PendingPacket o) { var same = p; if (G()) { same = o; p.Fail(); } else o.Fail(); same.Complete(); }"),
        Members("r6q", "second name of a parameter, put to another use, and the first forgotten", "private void Tick([CompletesPacket] PendingPacket {|VMB101:p|}, [CompletesPacket] PendingPacket o) { var same = p; if (G()) same = o; else o.Fail(); same.Complete(); }"),
        Members("r6r", "parameter overwritten, and its second name ended", "private void Tick([CompletesPacket] PendingPacket p, [CompletesPacket] PendingPacket o) { var same = p; p = o; same.Fail(); p.Complete(); }"),
        Members("r6s", "parameter overwritten", "private void Tick([CompletesPacket] PendingPacket p, [CompletesPacket] PendingPacket o) { {|VMB105:p = o|}; p.Complete(); }"),
        Members("r6t", "stored, and captured by a function that ends it twice through a helper", "private void Tick([CompletesPacket] PendingPacket p) { _held = p; ThreadPool.QueueUserWorkItem(_ => { if (End(p)) {|VMB102:p.Complete()|}; else p.Fail(); }); } " + TryEnd),
        Members("r6u", "stored in a round before, and captured by a function that ends it twice through a helper", "private void Tick([CompletesPacket] PendingPacket p) { for (int i = 0; ; i++) { if (i == 1) { ThreadPool.QueueUserWorkItem(_ => { if (End(p)) {|VMB102:p.Complete()|}; }); break; } _held = p; } } " + TryEnd),
        Members("r6v", "stored, and captured by a function that ends it once", "private void Tick([CompletesPacket] PendingPacket p) { _held = p; ThreadPool.QueueUserWorkItem(_ => { if (!End(p)) p.Fail(); }); } " + TryEnd),
        Members("r6w", "stored, and captured by a function that may end it", "private void Tick([CompletesPacket] PendingPacket p) { _held = p; ThreadPool.QueueUserWorkItem(_ => { if (G()) End(p); }); } " + TryEnd),
        Members("r6x", "stored on one path only, and captured by a function that may end it", "private void Tick([CompletesPacket] PendingPacket {|VMB101:p|}) { if (G()) _held = p; ThreadPool.QueueUserWorkItem(_ => { if (G()) p.Complete(); }); }"),

        // Captured, and many parameters
        In("r3", "lambda that completes what a nullable variable holds", "PendingPacket? p = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => p!.Value.Complete());"),
        In("r3b", "lambda that only asks whether there is one", "PendingPacket? p = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => Log(p.HasValue.ToString())); p.Value.Complete();"),
        Members("r4", "sixteenth parameter, put out and forgotten", $"private void Tick() {{ if (Take({FifteenTimes}out var {{|VMB101:p|}})) Log(p.TransactionId.ToString()); }} private bool Take({Fifteen}out PendingPacket p) => _queue.TryDequeue(out p);"),
        Members("r4b", "sixteenth parameter, returned", $"private void Tick([CompletesPacket] PendingPacket p) {{ var q = Pick({FifteenTimes}p); q.Complete(); }} private PendingPacket Pick({Fifteen}PendingPacket p) => p;"),
        Members("r4c", "sixteenth parameter, completed and emptied", $"private void Tick([CompletesPacket] PendingPacket p) => End({FifteenTimes}ref p); private void End({Fifteen}ref PendingPacket p) {{ p.Complete(); p = default; }}"),
    ];
}
