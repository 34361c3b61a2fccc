using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>The catalogue of control-flow patterns for VMB101.</summary>
internal static class CompletionCatalogue
{
    public static IEnumerable<CompletionCase> All =>
    [
        // Straight line
        Ok("1", "completes last", "packet.Complete();"),
        Bad("2", "empty body", ""),
        Ok("6", "goes on after", "packet.Complete(); Log();"),
        Ok("7", "expression body", "=> packet.Complete();"),
        Ok("7b", "expression body fails", "=> packet.Fail();"),
        Ok("7c", "defers", "if (KernelIrql.Current == Irql.Dispatch) { packet.DeferToPassive(); return; } packet.Complete();"),
        Ok("7d", "payload", "packet.Complete(buffer);"),
        Ok("7e", "typed payload", "packet.Complete(new Header { Length = 8 });"),
        Bad("8", "only nameof", "Log(nameof(packet.Complete));"),
        Bad("9", "reads only", "Log(packet.TransactionId.ToString());"),
        Bad("10", "completed in a call that is erased", "Never(packet);", "[Conditional(\"NEVER_DEFINED\")] private static void Never(PacketCompletion packet) => packet.Complete();"),
        Ok("10b", "completed in a conditional call that stays", "#define HERE", "Always(packet);", "[Conditional(\"HERE\")] private static void Always(PacketCompletion packet) => packet.Complete();"),
        Bad("11", "completed in an assertion's argument", "Debug.Assert(Done(packet));", "private static bool Done(PacketCompletion packet) { packet.Complete(); return true; }"),
        Bad("11b", "completed in one half of an assertion's argument", "Debug.Assert(G() && Done(packet));", "private static bool Done(PacketCompletion packet) { packet.Complete(); return true; }"),

        // Branches
        Ok("12", "both arms", "if (G()) packet.Complete(); else packet.Fail();"),
        Bad("13", "one arm", "if (G()) packet.Complete();"),
        Bad("14", "early return", "if (buffer.Length < 8) return; packet.Complete();"),
        Ok("15", "guards that all fail", "if (buffer.Length < 8) { packet.Fail(); return; } if (G()) { packet.Fail(); return; } if (flags != 0) { packet.Fail(); return; } packet.Complete();"),
        Bad("16", "one guard forgets", "if (buffer.Length < 8) { packet.Fail(); return; } if (G()) { Log(); return; } if (flags != 0) { packet.Fail(); return; } packet.Complete();"),
        Ok("19", "nested ifs", "if (G()) { if (_flag) packet.Complete(); else packet.Fail(); } else if (s_flag) packet.Fail(); else packet.Complete();"),
        Bad("20", "else if without else", "if (G()) packet.Complete(); else if (_flag) packet.Fail();"),
        Ok("21", "ternary", "_ = G() ? Done(packet, 1) : Done(packet, 2);", "private static int Done(PacketCompletion packet, int x) { packet.Complete(); return x; }"),
        Bad("22", "ternary, one arm", "_ = G() ? Done(packet, 1) : 0;", "private static int Done(PacketCompletion packet, int x) { packet.Complete(); return x; }"),
        Bad("23", "and", "_ = G() && Done(packet);", "private static bool Done(PacketCompletion packet) { packet.Complete(); return true; }"),
        Bad("24", "coalescing", "object? o = Find(); _ = o ?? Done(packet);", "private static object? Find() => null; private static object Done(PacketCompletion packet) { packet.Complete(); return 1; }"),
        Bad("25", "conditional access", "Other?.Done(packet);", "private Host? Other; private void Done(PacketCompletion packet) => packet.Complete();"),
        Ok("26", "not null by a test", "if (Other == null) { packet.Fail(); return; } Other?.Done(packet);", "private readonly Host? Other; private void Done(PacketCompletion packet) => packet.Complete();"),
        Ok("27", "correlated condition", "bool b = G(); if (b) packet.Complete(); Log(); if (!b) packet.Fail();"),
        Ok("27b", "correlated comparison of a parameter", "if (buffer.Length < 8) packet.Fail(); Log(); if (buffer.Length >= 8) packet.Complete();"),
        Ok("27c", "condition kept in a local", "bool isShort = buffer.Length < 8; if (isShort) { Log(); } if (isShort) packet.Fail(); else packet.Complete();"),
        Ok("27d", "implied comparison", "int n = Compute(); if (n < 8) { packet.Fail(); } if (n < 4) return; if (n >= 8) packet.Complete();"),
        Bad("28", "reassigned between", "bool b = G(); if (b) packet.Complete(); b = G(); if (!b) packet.Fail();"),
        Ok("29", "flag", "bool done = false; if (G()) { packet.Complete(); done = true; } if (!done) packet.Fail();"),
        Bad("30", "flag the wrong way round", "bool done = false; if (G()) { packet.Complete(); done = true; } if (done) packet.Fail();"),
        Ok("29b", "flag combined with or", "bool done = false; if (G()) { packet.Complete(); done |= true; } if (!done) packet.Fail();"),
        Ok("29c", "state in an enum", "var kind = Kind.One; if (G()) { packet.Complete(); kind = Kind.Two; } switch (kind) { case Kind.One: packet.Fail(); break; }"),
        Ok("29d", "state in an integer", "int state = 0; if (G()) { packet.Complete(); state = 1; } else if (_flag) { packet.Fail(); state = 2; } if (state == 0) packet.Fail();"),
        Ok("29e", "state in a reference", "string? error = null; if (G()) error = \"bad\"; else packet.Complete(); if (error is not null) packet.Fail();"),
        Bad("31", "constant false", "if (false) packet.Complete();"),
        Bad("31b", "constant", "const bool On = false; if (On) packet.Complete();"),
        Ok("31c", "constant true", "const bool On = true; if (On) packet.Complete();"),
        Bad("32", "flag changed by reference", "bool done = false; if (G()) { packet.Complete(); done = true; } Change(ref done); if (!done) packet.Fail();", "private static void Change(ref bool b) => b = !b;"),
        Bad("32b", "flag changed by out", "bool done = false; if (G()) { packet.Complete(); done = true; } Change(out done); if (!done) packet.Fail();", "private static void Change(out bool b) => b = G();"),
        Bad("33", "field changed by a call between", "if (_flag) packet.Complete(); Touch(); if (!_flag) packet.Fail();", "private void Touch() => _flag = !_flag;"),
        Ok("33b", "field not changed between", "if (_flag) packet.Complete(); if (!_flag) packet.Fail();"),
        Ok("36", "helper fails exactly when false", "if (!TryParse(packet, out int x)) return; Log(x.ToString()); packet.Complete();",
            "private static bool TryParse(PacketCompletion packet, out int x) { x = Compute(); if (x < 8) { packet.Fail(); return false; } return true; }"),
        Bad("36b", "helper fails in another case", "if (!TryParse(packet, out int x)) return; packet.Complete();",
            "private static bool TryParse(PacketCompletion packet, out int x) { x = Compute(); if (x < 8) { return false; } return true; }"),
        Ok("38", "status of a helper", "if (Handle(packet) != NtStatus.Success) packet.Fail();",
            "private static NtStatus Handle(PacketCompletion packet) { if (G()) { packet.Complete(); return NtStatus.Success; } return NtStatus.InvalidParameter; }"),
        Bad("38b", "status of a helper, only logged", "if (Handle(packet) != NtStatus.Success) Log();",
            "private static NtStatus Handle(PacketCompletion packet) { if (G()) { packet.Complete(); return NtStatus.Success; } return NtStatus.InvalidParameter; }"),

        // Switch and patterns
        Ok("39", "switch with default", "switch (buffer.Length) { case 8: packet.Complete(); break; case 16: packet.Fail(); break; default: packet.Fail(); break; }"),
        Bad("40", "switch without default", "switch (buffer.Length) { case 8: packet.Complete(); break; case 16: packet.Fail(); break; }"),
        Bad("41", "switch over all of an enum", "switch ((Kind)buffer.Length) { case Kind.One: packet.Complete(); break; case Kind.Two: packet.Fail(); break; case Kind.Three: packet.Fail(); break; }"),
        Ok("42", "goto case", "switch (buffer.Length) { case 8: goto case 16; case 16: packet.Complete(); break; default: packet.Fail(); break; }"),
        Ok("43", "switch expression", "_ = buffer.Length switch { 8 => Done(packet), _ => Done(packet) };", "private static int Done(PacketCompletion packet) { packet.Complete(); return 1; }"),
        Ok("44", "switch expression without a default arm: no throw that is written", "_ = (Kind)buffer.Length switch { Kind.One => Done(packet), Kind.Two => Done(packet) };", "private static int Done(PacketCompletion packet) { packet.Complete(); return 1; }"),
        Bad("43b", "switch expression, one arm", "_ = buffer.Length switch { 8 => Done(packet), _ => 0 };", "private static int Done(PacketCompletion packet) { packet.Complete(); return 1; }"),
        Ok("46", "when guards", "switch (buffer.Length) { case > 8 when G(): packet.Complete(); break; case > 8: packet.Fail(); break; case <= 8: packet.Fail(); break; }"),
        Bad("46b", "when guard without the rest", "switch (buffer.Length) { case > 8 when G(): packet.Complete(); break; case <= 8: packet.Fail(); break; }"),
        Ok("47", "type pattern", "object o = Find(); if (o is string s) { Log(s); packet.Complete(); } else if (o is not string) packet.Fail();", "private static object Find() => 1;"),
        Ok("47b", "property pattern", "var h = new Header { Length = (uint)Compute() }; if (h is { Length: > 8 }) packet.Complete(); if (h is not { Length: > 8 }) packet.Fail();"),
        Ok("47c", "or pattern", "int n = Compute(); if (n is 1 or 2 or 3) packet.Complete(); if (n is < 1 or > 3) packet.Fail();"),
        Ok("47d", "and pattern", "int n = Compute(); if (n is >= 1 and <= 3) packet.Complete(); else packet.Fail();"),
        Bad("50", "is not and return", "object o = Find(); if (o is not string s) return; Log(s); packet.Complete();", "private static object Find() => 1;"),
        Bad("51b", "copied and forgotten", "var q = packet; _ = q.TransactionId;"),

        // Loops and jumps
        Ok("52", "after a loop", "for (int i = 0; i < 10; i++) { Log(); } packet.Complete();"),
        Bad("53", "in a foreach body", "foreach (var x in new[] { 1, 2 }) { packet.Complete(); break; }"),
        Ok("54", "endless loop that returns", "for (;;) { if (G()) { packet.Complete(); return; } }"),
        Ok("55", "endless loop", "while (true) { Log(); }"),
        Bad("56", "in a loop body", "while (G()) { packet.Complete(); return; }"),
        Ok("57", "in a do body", "do { packet.Complete(); } while (false);"),
        Bad("58", "break before the end", "while (true) { if (G()) break; if (_flag) { packet.Complete(); return; } }"),
        Ok("60", "batch of pended packets", "packet.Complete(); while (_queue.TryDequeue(out var next)) { next.Complete(); }"),
        Member("61", "break with a packet taken out", "private void Drain() { while (_queue.TryDequeue(out var {|VMB101:next|})) { if (G()) break; next.Complete(); } }"),
        Member("61b", "continue with a packet taken out", "private void Drain() { while (_queue.TryDequeue(out var {|VMB101:next|})) { if (G()) continue; next.Complete(); } }"),
        Member("62", "each element of a list", "private void Drain(List<PendingPacket> held) { foreach (var next in held) { next.Complete(); } held.Clear(); }"),
        Member("62b", "each value of a dictionary", "private void Drain(Dictionary<int, PendingPacket> held) { foreach (PendingPacket next in held.Values) { next.Fail(); } }"),
        Member("62c", "each pair of a dictionary", "private void Drain(Dictionary<int, PendingPacket> held) { foreach (var pair in held) { pair.Value.Fail(); } }"),
        Member("62e", "each element through the enumerator", "private void Drain(List<PendingPacket> held) { List<PendingPacket>.Enumerator e = held.GetEnumerator(); while (e.MoveNext()) { e.Current.Complete(); } }"),
        Ok("63", "goto the end", "if (G()) goto done; Log(); done: packet.Complete();"),
        Ok("65", "goto out of loops", "for (int i = 0; i < 3; i++) { for (int j = 0; j < 3; j++) { if (G()) goto found; } } Log(); found: packet.Complete();"),
        Ok("65b", "flag in a loop", "bool done = false; foreach (byte b in buffer) { if (b == 0) { packet.Complete(); done = true; break; } } if (!done) packet.Fail();"),
        Bad("65c", "flag never set in a loop", "bool done = false; foreach (byte b in buffer) { if (b == 0) { done = true; break; } } if (!done) packet.Fail();"),
        Ok("65d", "counter", "int n = 0; foreach (byte b in buffer) { n++; } if (n > 3) packet.Complete(); else packet.Fail();"),

        // Exceptions
        Ok("70", "a call may throw", "Log(); packet.Complete();"),
        Ok("71", "try complete, catch fail", "try { Log(); packet.Complete(); } catch { packet.Fail(); }"),
        Ok("72", "catch fails and returns", "try { Log(); } catch { packet.Fail(); return; } packet.Complete();"),
        Bad("73", "swallowed", "try { Log(); packet.Complete(); } catch (Exception) { }"),
        Ok("75", "finally completes", "try { Log(); if (G()) return; } finally { packet.Complete(); }"),
        Ok("77", "finally by a flag", "bool done = false; try { Log(); packet.Complete(); done = true; } finally { if (!done) packet.Fail(); }"),
        Bad("78", "flag set too early", "bool done = false; try { done = true; if (G()) return; packet.Complete(); } finally { if (!done) packet.Fail(); }"),
        Ok("79", "nested finally", "try { try { Log(); } finally { packet.Complete(); } } finally { Log(); }"),
        Ok("81", "return inside try", "try { if (G()) { Log(); return; } Log(); } finally { packet.Complete(); }"),
        Bad("81b", "finally that only logs", "try { if (G()) { return; } packet.Complete(); } finally { Log(); }"),
        Ok("84", "filter", "try { Log(); packet.Complete(); } catch (Exception) when (G()) { packet.Fail(); }"),
        Bad("84b", "filter, swallowed", "try { Log(); packet.Complete(); } catch (Exception) when (G()) { }"),
        Bad("86", "two catches, one completes", "try { Log(); packet.Complete(); } catch (InvalidOperationException) { packet.Fail(); } catch (ArgumentException) { Log(); }"),
        Ok("86b", "two catches, both complete", "try { Log(); packet.Complete(); } catch (InvalidOperationException) { packet.Fail(); } catch (ArgumentException) { packet.Fail(); }"),
        Ok("88", "catch completes and rethrows", "try { Log(); packet.Complete(); } catch { packet.Fail(); throw; }"),
        Ok("91", "does not return by attribute", "if (G()) { Bad(); } packet.Complete();", "[DoesNotReturn] private static void Bad() => throw new ProtocolException(\"\");"),
        Ok("91b", "fails fast", "if (G()) { Environment.FailFast(\"\"); } else packet.Complete();"),
        Ok("92", "helper that always throws", "if (G()) Bad(\"x\"); else packet.Complete();", "private static void Bad(string text) { Log(text); throw new ProtocolException(text); }"),
        Bad("92b", "helper that may throw", "if (G()) Bad(\"x\"); else packet.Complete();", "private static void Bad(string text) { if (G()) throw new ProtocolException(text); }"),
        Ok("93", "may overflow", "int n = checked(Compute() + buffer[0]); Log(n.ToString()); packet.Complete();"),
        Ok("95", "argument may throw", "packet.Complete(new Header { Type = (uint)Compute() });"),
        Ok("87b", "caught where it is thrown", "try { if (G()) throw new ProtocolException(\"\"); packet.Complete(); } catch (ProtocolException) { packet.Fail(); }"),
        Bad("87c", "caught where it is thrown and swallowed", "try { if (G()) throw new ProtocolException(\"\"); packet.Complete(); } catch (ProtocolException) { }"),
        Ok("69", "throws with the duty: another rule", "if (G()) throw new ProtocolException(\"\"); packet.Complete();"),
        Ok("89", "rethrows with the duty: another rule", "try { Log(); } catch { throw; } packet.Complete();"),

        // Scopes
        Ok("101", "in a lock", "lock (_gate) { packet.Complete(); }"),
        Bad("101b", "returns inside a lock", "lock (_gate) { if (G()) return; } packet.Complete();"),
        Ok("96", "using around", "using var file = new MemoryStream(); Log(); packet.Complete();"),
        Bad("96b", "returns inside using", "using (var file = new MemoryStream()) { if (G()) return; } packet.Complete();"),

        // Aliases
        Ok("107", "copy completed", "var q = packet; q.Complete();"),
        Bad("109", "conditional alias", "var q = G() ? packet : default; if (!G()) q.Complete();"),
        Bad("109b", "inline packet overwritten", "packet = default;"),
        Bad("111", "borrowed only", "_sink.Look(packet);"),
        Ok("111b", "borrowed, then completed", "_sink.Look(packet); packet.Complete();"),
        Ok("123", "completed by contract", "_sink.Take(packet);"),
        Bad("122", "callee without body and attribute", "_sink.Unknown(packet);"),
        Bad("122b", "delegate without contract", "Forward f = _sink.Unknown; Other = f; Other(packet);", "private Forward Other = null!;"),
        Ok("123b", "delegate with contract", "_finish(packet);", "private Finish _finish = null!;"),
        Ok("123c", "decorator forwards", "_inner.ProcessPacket(channel, packet, buffer, flags);", "private IChannelCallbacks _inner = null!;"),

        // Functions
        Ok("117", "local function completes", "Done(packet); static void Done(PacketCompletion p) => p.Complete();"),
        Bad("118", "local function never called", "void Done(PacketCompletion p) => p.Complete();"),
        Bad("117b", "local function completes sometimes", "Done(packet); static void Done(PacketCompletion p) { if (G()) p.Complete(); }"),
        Ok("117c", "local function sets the flag", "bool done = false; if (G()) { packet.Complete(); Mark(); } if (!done) packet.Fail(); void Mark() => done = true;"),
        Ok("117d", "local function answers", "if (!Try(packet)) packet.Fail(); static bool Try(PacketCompletion p) { if (G()) { p.Complete(); return true; } return false; }"),
        Ok("121", "lambda called at once", "Forward f = q => q.Complete(); f(packet);"),
        Bad("121b", "lambda only created", "Forward f = q => q.Complete(); GC.KeepAlive(f);"),
        Ok("156", "helper completes", "Done(packet);", "private void Done(PacketCompletion packet) { Log(); packet.Complete(); }"),
        Bad("157", "helper completes sometimes", "Done(packet);", "private void Done(PacketCompletion packet) { if (G()) packet.Complete(); }"),
        Ok("159", "recursion", "Done(packet, 3);", "private void Done(PacketCompletion packet, int n) { if (n == 0) { packet.Complete(); return; } Done(packet, n - 1); }"),
        Ok("160", "recursion that never ends", "Never(packet);", "private void Never(PacketCompletion packet) { Never(packet); }"),
        Bad("160b", "mutual recursion that forgets", "Ping(packet, 3);",
            "private void Ping(PacketCompletion packet, int n) { if (n > 0) Pong(packet, n - 1); } private void Pong(PacketCompletion packet, int n) { if (n > 0) Ping(packet, n - 1); else packet.Complete(); }"),
        Ok("160c", "mutual recursion that completes", "Ping(packet, 3);",
            "private void Ping(PacketCompletion packet, int n) { if (n > 0) Pong(packet, n - 1); else packet.Fail(); } private void Pong(PacketCompletion packet, int n) { if (n > 0) Ping(packet, n - 1); else packet.Complete(); }"),
        Ok("161", "extension method", "packet.Reply(1);", "", "public static class PacketExtensions { public static void Reply(this PacketCompletion packet, int x) => packet.Complete(); }"),
        Bad("170", "partial method without a body", "Extra(packet);", "partial void Extra(PacketCompletion packet);"),
        Ok("171", "partial method with a body", "Extra(packet);", "partial void Extra(PacketCompletion packet); partial void Extra(PacketCompletion packet) => packet.Complete();"),
        Ok("168", "helper through a helper", "First(packet);", "private void First(PacketCompletion packet) => Second(packet); private void Second(PacketCompletion packet) { if (G()) packet.Complete(); else packet.Fail(); }"),
        Ok("162", "helper that throws on its bad path", "Checked(packet); ", "private void Checked(PacketCompletion packet) { if (G()) throw new ProtocolException(\"\"); packet.Complete(); }"),
        Ok("162b", "helper in try", "try { Checked(packet); } catch { packet.Fail(); }", "private void Checked(PacketCompletion packet) { if (G()) throw new ProtocolException(\"\"); packet.Complete(); }"),
        Bad("162c", "helper in try, swallowed", "try { Checked(packet); } catch { }", "private void Checked(PacketCompletion packet) { if (G()) throw new ProtocolException(\"\"); packet.Complete(); }"),

        // External data
        Ok("GED", "pending returns", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; packet.Complete();"),
        Ok("GED2", "pending and errors", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; if (status != NtStatus.Success) { packet.Fail(); return; } packet.Complete();"),
        Bad("GED3", "returns on every error", "if (packet.GetExternalData(ExternalDataFlags.None, out var data) != NtStatus.Success) return; packet.Complete();"),
        Ok("GED4", "switch over the status", "switch (packet.GetExternalData(ExternalDataFlags.None, out var data)) { case NtStatus.Pending: return; case NtStatus.Success: packet.Complete(); break; default: packet.Fail(); break; }"),
        Bad("GED5", "returns where the status is no success", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (!status.IsSuccess()) return; if (status == NtStatus.Pending) return; packet.Complete();"),

        // Pended packets
        Ok("128", "queued", "_queue.Enqueue(packet.Pend());"),
        Ok("130", "stored in a field", "_held = packet.Pend();"),
        Ok("130b", "stored in an array", "_slots[0] = packet.Pend();"),
        Ok("130c", "stored by key", "_byId[packet.TransactionId] = packet.Pend();"),
        Ok("130d", "added by key", "var pended = packet.Pend(); _byId.Add(pended.TransactionId, pended);"),
        Pended("P1", "pended and forgotten", "var {|VMB101:pended|} = packet.Pend(); Log();"),
        Ok("P2", "pended and completed", "var pended = packet.Pend(); pended.Complete();"),
        Pended("P3", "pended and completed sometimes", "var {|VMB101:pended|} = packet.Pend(); if (G()) pended.Complete();"),
        Ok("P4", "a store that may refuse", "var pended = packet.Pend(); if (!_byId.TryAdd(pended.TransactionId, pended)) pended.Fail();"),
        Pended("P5", "a store that may refuse, not asked", "var {|VMB101:pended|} = packet.Pend(); _byId.TryAdd(1, pended);"),
        Ok("P6", "captured by a lambda that escapes", "var pended = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => pended.Complete());"),
        Pended("P6b", "a tuple captured by a lambda that forgets", "var pair = ({|VMB101:packet.Pend()|}, 1); ThreadPool.QueueUserWorkItem(_ => { if (G()) pair.Item1.Complete(); });"),
        Ok("P6c", "completed by a local function in a try", "try { if (_queue.TryDequeue(out var next)) Done(next); void Done(PendingPacket p) => p.Complete(); } catch (InvalidOperationException) { } packet.Complete();"),
        Pended("P7", "captured by a lambda that forgets", "var {|VMB101:pended|} = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => { if (G()) pended.Complete(); });"),
        Pended("P8", "captured by a lambda that is only created", "var {|VMB101:pended|} = packet.Pend(); Action later = () => pended.Complete(); GC.KeepAlive(this);"),
        Ok("P9", "captured by a lambda that is called in place", "var pended = packet.Pend(); Action now = () => pended.Complete(); now();"),
        Pended("P10", "given to a sink without contract", "var {|VMB101:pended|} = packet.Pend(); _sink.Put(pended);"),
        Ok("P11", "given to a helper that keeps it", "Keep(packet.Pend());", "private void Keep(PendingPacket p) => _held = p;"),
        Pended("P12", "given to a helper that looks", "var {|VMB101:pended|} = packet.Pend(); Look(pended);", "private void Look(PendingPacket p) => Log(p.TransactionId.ToString());"),
        Ok("P13", "tuple in a queue", "_pairs.Enqueue((packet.Pend(), 1));", "private readonly Queue<(PendingPacket, int)> _pairs = new();"),
        Ok("P14", "record in a queue", "_jobs.Enqueue(new Job(packet.Pend(), 1));", "private sealed record Job(PendingPacket Packet, int Size); private readonly Queue<Job> _jobs = new();"),
        Ok("P15", "as state of a work item", "ThreadPool.QueueUserWorkItem(static p => p.Complete(), packet.Pend(), false);"),
        Ok("P16", "channel writer", "var pended = packet.Pend(); if (!_writer.TryWrite(pended)) pended.Fail();", "private ChannelWriter<PendingPacket> _writer = null!;"),
        Member("P17", "returned", "private PendingPacket Later(PacketCompletion packet) => packet.Pend();"),
        Ok("P18", "helper pends and returns it", "_queue.Enqueue(Later(packet));", "private PendingPacket Later(PacketCompletion packet) => packet.Pend();"),
        Pended("P19", "helper pends and returns it, forgotten", "var {|VMB101:p|} = Later(packet); Log();", "private PendingPacket Later(PacketCompletion packet) => packet.Pend();"),
        Member("P20", "dequeued and forgotten", "private void Next() { if (_queue.TryDequeue(out var {|VMB101:next|})) Log(); }"),
        Member("P21", "dequeued and completed", "private void Next() { if (_queue.TryDequeue(out var next)) next.Complete(); }"),
        Member("P21b", "dequeued, inverted", "private void Next() { if (!_queue.TryDequeue(out var next)) { Log(); return; } next.Complete(); }"),
        Member("P22", "peeked", "private void Next() { if (_queue.TryPeek(out var next)) Log(next.TransactionId.ToString()); }"),
        Member("P23", "looked up", "private void Next() { if (_byId.TryGetValue(1, out var next)) Log(next.TransactionId.ToString()); }"),
        Member("P24", "removed and forgotten", "private void Next() { if (_byId.Remove(1, out var {|VMB101:next|})) Log(next.TransactionId.ToString()); }"),
        Member("P25", "field copied and reset, forgotten", "private void Next() { var {|VMB101:next|} = _held; _held = default; Log(next.TransactionId.ToString()); }"),
        Member("P26", "field copied and reset, completed", "private void Next() { var next = _held; _held = default; if (!next.IsDefault) next.Complete(); }"),
        Member("P27", "field read", "private void Next() { var next = _held; Log(next.TransactionId.ToString()); }"),
        Member("P28", "default test", "private void Next() { var next = Take(); if (next.IsDefault) return; next.Complete(); } private PendingPacket Take() { _queue.TryDequeue(out var p); return p; }"),
        Member("P29", "comparison with default", "private void Next() { var next = Get(); if (next == default) return; next.Complete(); } private PendingPacket Get() { _queue.TryDequeue(out var p); return p; }"),
        Member("180", "nullable", "private void Next() { PendingPacket? next = Get(); if (next is { } p) p.Complete(); } private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null;"),
        Member("180b", "nullable, HasValue", "private void Next() { PendingPacket? next = Get(); if (next.HasValue) next.Value.Complete(); } private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null;"),
        Member("180c", "nullable, forgotten", "private void Next() { PendingPacket? {|VMB101:next|} = Get(); if (next == null) return; } private PendingPacket? Get() => _queue.TryDequeue(out var p) ? p : null;"),
        Member("133", "async finally", "private async Task Later(PendingPacket p) { try { await Task.Delay(1); } finally { p.Complete(); } }"),
        Member("134", "async, early return", "private async Task Worker() { if (_queue.TryDequeue(out var {|VMB101:p|})) { await Task.Delay(1); if (G()) return; p.Complete(); } }"),
        Member("134b", "channel reader", "private async Task Worker(ChannelReader<PendingPacket> reader) { while (G()) { var p = await reader.ReadAsync(); p.Complete(); } }"),
        Member("134c", "channel reader, forgotten", "private async Task Worker(ChannelReader<PendingPacket> reader) { while (G()) { var {|VMB101:p|} = await reader.ReadAsync(); if (G()) p.Complete(); } }"),
        Member("134d", "exchange", "private void Swap(PendingPacket[] a) { var old = Get(); if (!old.IsDefault) old.Complete(); } private PendingPacket Get() => _queue.TryDequeue(out var p) ? p : default;"),

        // Where a duty begins
        Member("D1", "helper without attribute owes nothing", "private void Look(PacketCompletion packet) { if (G()) packet.Complete(); }"),
        Member("D2", "attribute", "private void Finish([CompletesPacket] PacketCompletion {|VMB101:packet|}) { if (G()) packet.Complete(); }"),
        Member("D3", "attribute on a pended packet", "private void Finish([CompletesPacket] PendingPacket {|VMB101:packet|}) { if (G()) packet.Complete(); }"),
        Member("D4", "handler that returns its answer", "[ProcessPacket(2u)] private Header OnHeader(PacketCompletion packet, in Header header) => header;"),
        Member("D5", "two duties", "private void Both([CompletesPacket] PacketCompletion {|VMB101:first|}, [CompletesPacket] PacketCompletion {|VMB101:second|}) { if (G()) { first.Complete(); } else { second.Complete(); } }"),
        Member("D6", "lambda with the duty", "private static readonly Finish F = ([CompletesPacket] PacketCompletion {|VMB101:p|}) => { if (G()) p.Complete(); };"),
        Member("D7", "local function with the duty", "private void M() { Finish f = Done; GC.KeepAlive(f); void Done([CompletesPacket] PacketCompletion {|VMB101:p|}) { if (G()) p.Complete(); } }"),
        Whole("D8", "hand-written callbacks", "public sealed class Callbacks : IChannelCallbacks { public void ProcessPacket(VmbusChannel channel, PacketCompletion {|VMB101:packet|}, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) { if (buffer.Length > 8) packet.Complete(); } }"),
        Whole("D9", "explicit implementation", "public sealed class Callbacks : IChannelCallbacks { void IChannelCallbacks.ProcessPacket(VmbusChannel channel, PacketCompletion {|VMB101:packet|}, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) { } }"),
        Whole("D10", "override of a handler", "public abstract partial class Base { [ProcessPacket(1u)] protected virtual void On(PacketCompletion packet) => packet.Complete(); } public sealed partial class Derived : Base { protected override void On(PacketCompletion {|VMB101:packet|}) { } }"),
        Whole("D11", "ref struct keeps the inline packet", "public ref struct Guard(PacketCompletion packet) { private readonly PacketCompletion _packet = packet; public void Dispose() => _packet.Complete(); } public sealed partial class Other { [ProcessPacket(1u)] private void On(PacketCompletion packet) { using var guard = new Guard(packet); } }"),
    ];

    private static CompletionCase Ok(string row, string name, string body) => new(row, name, Completes(body));

    private static CompletionCase Ok(string row, string name, string body, string members) => new(row, name, With(Completes(body), members));

    private static CompletionCase Ok(string row, string name, string body, string members, string types)
        => body.StartsWith('#') ? new(row, name, body + "\n" + With(Completes(members), types)) : new(row, name, With(Completes(body), members) + types);

    private static CompletionCase Bad(string row, string name, string body) => new(row, name, Leaks(body));

    private static CompletionCase Bad(string row, string name, string body, string members) => new(row, name, With(Leaks(body), members));

    /// <summary>The inline packet is fine; what is pended is marked in the body.</summary>
    private static CompletionCase Pended(string row, string name, string body, string members = "") => new(row, name, With(Completes(body), members));

    private static CompletionCase Member(string row, string name, string members) => new(row, name, Class(members));

    private static CompletionCase Whole(string row, string name, string source) => new(row, name, source);

    private static string With(string source, string members)
        => members.Length == 0 ? source : source[..source.LastIndexOf('}')] + members + "\n}";
}
