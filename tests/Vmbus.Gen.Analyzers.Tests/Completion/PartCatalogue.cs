using static Vmbus.Gen.Analyzers.Tests.Completion.CaseFactory;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>Packets that come out of a store as parts of a value: elements of a tuple, members of a structure.</summary>
internal static class PartCatalogue
{
    private const string Row = "parts";

    private const string Stores =
        "private readonly Queue<(PendingPacket Packet, Header Header)> _pairs = new(); private readonly ConcurrentQueue<Entry> _entries = new(); private readonly Dictionary<ulong, Entry> _entriesById = new();"
        + " private readonly Channel<(PendingPacket Packet, Header Header)> _work = Channel.CreateUnbounded<(PendingPacket, Header)>(); private readonly List<Entry> _kept = []; private Entry _last;"
        + " private record struct Entry(PendingPacket Packet, Header Header) { public int Tries; public ulong Id => Packet.TransactionId; public void Finish() => Packet.Complete(); }"
        + " private readonly record struct Fixed(Header Header, PendingPacket Packet); private readonly Stack<Fixed> _fixed = new();"
        + " private record struct Outer(Entry Inner, int Number); private readonly Queue<Outer> _outers = new();"
        + " private struct Plain { public PendingPacket Packet; public uint Length; } private readonly Queue<Plain> _plain = new();"
        + " private struct Taking { public PendingPacket Packet { get; init; } public void Deconstruct(out PendingPacket packet, out int number) { packet = Packet; number = 1; } } private readonly Queue<Taking> _taking = new();"
        + " private readonly Queue<(PendingPacket? Packet, int Number)> _perhaps = new(); private sealed record Job(PendingPacket Packet, Header Header); private readonly ConcurrentQueue<Job> _jobs = new(); ";

    public static IEnumerable<CompletionCase> All =>
    [
        // Tuples
        Of("a tuple, completed", "var item = _pairs.Dequeue(); if (item.Header.Length > 8) item.Packet.Fail(); else item.Packet.Complete();"),
        Of("a tuple, forgotten on a path", "var {|VMB101:item|} = _pairs.Dequeue(); if (item.Header.Length > 8) return; item.Packet.Complete();"),
        Of("a tuple, completed twice", "var item = _pairs.Dequeue(); item.Packet.Complete(); if (item.Header.Length > 8) {|VMB102:item.Packet.Fail()|};"),
        Of("a tuple, used afterwards", "var item = _pairs.Dequeue(); item.Packet.Complete(); if ({|VMB103:item.Packet.TransactionId|} > 8) Log();"),
        Of("a tuple, thrown out of", "var item = _pairs.Dequeue(); if (item.Header.Length > 8) {|VMB108:throw new InvalidOperationException();|} item.Packet.Complete();"),
        Of("a tuple, thrown away", "{|VMB105:_pairs.Dequeue()|};"),
        Of("a tuple, discarded", "{|VMB105:_ = _pairs.Dequeue()|};"),
        Of("a tuple that is taken apart", "var (p, h) = _pairs.Dequeue(); if (h.Length > 8) p.Fail(); else p.Complete();"),
        Of("a tuple that is taken apart, forgotten", "var ({|VMB101:p|}, h) = _pairs.Dequeue(); if (h.Length > 8) return; p.Complete();"),
        Of("a tuple that is taken apart into typed variables, forgotten", "(PendingPacket {|VMB101:p|}, Header h) = _pairs.Dequeue(); if (h.Length > 8) return; p.Complete();"),
        Of("a tuple of which the packet is discarded", "{|VMB105:var (_, h) = _pairs.Dequeue()|};"),
        Of("a tuple of which the packet is in another variable", "var item = _pairs.Dequeue(); var p = item.Packet; if (item.Header.Length > 8) p.Fail(); else p.Complete();"),
        Of("a tuple by its elements' numbers", "var {|VMB101:item|} = _pairs.Dequeue(); if (item.Item2.Length > 8) return; item.Item1.Complete();"),
        Of("a tuple out of a loop", "while (_pairs.TryDequeue(out var item)) { if (item.Header.Length > 8) item.Packet.Fail(); else item.Packet.Complete(); }"),
        Of("a tuple out of a loop, forgotten", "while (_pairs.TryDequeue(out var {|VMB101:item|})) { if (item.Header.Length > 8) continue; item.Packet.Complete(); }"),
        Of("a tuple out of an endless loop, forgotten", "while (true) { var {|VMB101:item|} = _pairs.Dequeue(); if (item.Header.Length > 8) continue; item.Packet.Complete(); }"),
        Of("a tuple out of a channel, forgotten", "while (_work.Reader.TryRead(out var {|VMB101:item|})) { if (item.Header.Length > 8) continue; item.Packet.Complete(); }"),
        Whole("a tuple that is waited for, forgotten", "private async Task PumpAsync() { var {|VMB101:item|} = await _work.Reader.ReadAsync(); if (item.Header.Length > 8) return; item.Packet.Complete(); }"),
        Whole("a tuple that is waited for, taken apart", "private async Task PumpAsync() { var (p, h) = await _work.Reader.ReadAsync().ConfigureAwait(false); await Task.Yield(); if (h.Length > 8) { p.Fail(); return; } p.Complete(); }"),
        Of("a tuple tested by a pattern", "if (_pairs.TryDequeue(out var {|VMB101:item|}) && item is { Header.Length: > 8, Packet: var p }) p.Complete();"),
        Of("a tuple matched by a pattern", "if (_pairs.TryDequeue(out var item)) { if (item is (var p, { Length: > 8 })) p.Complete(); else item.Packet.Fail(); }"),
        Of("a tuple that is put back", "var item = _pairs.Dequeue(); if (item.Header.Length > 8) _pairs.Enqueue(item); else item.Packet.Complete();"),
        Of("a tuple that is put back and ended", "var item = _pairs.Dequeue(); _pairs.Enqueue(item); {|VMB102:item.Packet.Complete()|};"),
        Of("a tuple whose packet is put elsewhere", "var item = _pairs.Dequeue(); _queue.Enqueue(item.Packet);"),
        Of("a tuple whose number changes", "var item = _pairs.Dequeue(); item.Header.Length++; item.Header = default; item.Packet.Complete();"),
        Of("a tuple whose number changes, forgotten", "var {|VMB101:item|} = _pairs.Dequeue(); item.Header = default; if (G()) item.Packet.Complete();"),
        Of("a tuple with perhaps a packet", "var item = _perhaps.Dequeue(); if (item.Packet is { } p) p.Complete();"),
        Of("a tuple with perhaps a packet, by its value", "var item = _perhaps.Dequeue(); if (item.Packet.HasValue) item.Packet.Value.Complete();"),
        Of("a tuple with perhaps a packet, forgotten", "var {|VMB101:item|} = _perhaps.Dequeue(); if (item.Packet is { } p && item.Number > 0) p.Complete();"),
        Of("one of two stores", "var item = G() ? _pairs.Dequeue() : _work.Reader.TryRead(out var read) ? read : default; if (!item.Packet.IsDefault) item.Packet.Complete();"),
        Of("one of two stores, forgotten", "var {|VMB101:item|} = G() ? _pairs.Dequeue() : _pairs.Dequeue(); if (item.Header.Length > 8) item.Packet.Complete();"),
        Of("the tuple of the round before", "(PendingPacket P, Header H)? last = null; while (_pairs.TryDequeue(out var item)) { last?.P.Complete(); last = item; } last?.P.Complete();"),
        Of("a tuple that is overwritten", "var item = _pairs.Dequeue(); {|VMB105:item = _pairs.Dequeue()|}; item.Packet.Complete();"),
        Of("a tuple that is completed in a finally", "var item = _pairs.Dequeue(); try { if (item.Header.Length > 8) return; Log(); } finally { item.Packet.Complete(); }"),

        // Structures
        Of("a record, completed", "while (_entries.TryDequeue(out var item)) { switch (item.Header.Length) { case 0: item.Packet.Fail(); break; default: item.Packet.Complete(); break; } }"),
        Of("a record, forgotten", "while (_entries.TryDequeue(out var {|VMB101:item|})) { switch (item.Header.Length) { case 0: break; default: item.Packet.Complete(); break; } }"),
        Of("a record that is found by its key, forgotten", "if (_entriesById.Remove(1, out Entry {|VMB101:item|})) { if (item.Header.Length > 8) return; item.Packet.Complete(); }"),
        Of("a record that is taken apart", "while (_entries.TryDequeue(out var item)) { var (p, h) = item; if (h.Length > 8) p.Fail(); else p.Complete(); }"),
        Of("a record that is taken apart in another order, forgotten", "var (h, {|VMB101:p|}) = _fixed.Pop(); if (h.Length > 8) p.Fail();"),
        Of("a record matched by its position", "if (_fixed.TryPop(out var {|VMB101:item|}) && item is ({ Length: > 8 }, var p)) p.Complete();"),
        Of("a record with other contents", "var item = _fixed.Pop() with { Header = default }; item.Packet.Complete();"),
        Of("a record in a record", "var item = _outers.Dequeue(); if (item.Number > 8) item.Inner.Packet.Fail(); else item.Inner.Packet.Complete();"),
        Of("a record in a record, forgotten", "var {|VMB101:item|} = _outers.Dequeue(); if (item.Number > 8) return; item.Inner.Packet.Complete();"),
        Of("a record in a record, taken out of it", "var item = _outers.Dequeue(); var inner = item.Inner; if (inner.Header.Length > 8) inner.Packet.Fail(); else inner.Packet.Complete();"),
        Of("a structure with fields", "var {|VMB101:item|} = _plain.Dequeue(); if (item.Length > 8) return; item.Packet.Complete();"),
        Of("a structure that takes itself apart", "var (p, n) = _taking.Dequeue(); if (n > 8) p.Fail(); else p.Complete();"),
        Of("a structure that is asked to take itself apart", "var item = _taking.Dequeue(); item.Deconstruct(out var p, out int n); p.Complete();"),
        Of("a structure whose counter changes", "if (_entries.TryDequeue(out var item)) { item.Tries++; if (item.Tries > 3) item.Packet.Fail(); else _entries.Enqueue(item); }"),
        Of("a structure whose counter changes, forgotten", "if (_entries.TryDequeue(out var {|VMB101:item|})) { item.Tries++; if (item.Tries > 3) item.Packet.Fail(); else if (item.Tries > 2) _entries.Enqueue(item); }"),
        Of("a structure with a method of its own", "if (_entries.TryDequeue(out var item)) item.Finish();"),
        Of("a structure with a property of its own, forgotten", "if (_entries.TryDequeue(out var {|VMB101:item|}) && item.Id > 8) item.Packet.Complete();"),
        Of("a structure as text, forgotten", "if (_entries.TryDequeue(out var {|VMB101:item|})) Log(item.ToString());"),

        // Handed on
        Of("into a list", "if (_entries.TryDequeue(out var item)) _kept.Add(item);"),
        Of("into a field", "if (_entries.TryDequeue(out var item)) _last = item;"),
        Of("into a dictionary", "if (_entries.TryDequeue(out var item)) _entriesById[item.Id] = item;"),
        Of("into another tuple", "var item = _pairs.Dequeue(); _pairs.Enqueue((item.Packet, default));"),
        Of("into another tuple that may be refused", "var {|VMB101:item|} = _pairs.Dequeue(); _work.Writer.TryWrite((item.Packet, default));"),
        Of("to a helper", "if (_entries.TryDequeue(out var item)) Handle(item);", "private void Handle(Entry item) => item.Packet.Complete();"),
        Of("to a helper by reference", "if (_entries.TryDequeue(out var item)) Handle(in item);", "private void Handle(in Entry item) => item.Packet.Complete();"),
        Of("to a lambda that is given away", "if (_entries.TryDequeue(out var item)) Task.Run(() => item.Packet.Complete());"),
        Of("to a lambda that is given away and forgets", "if (_entries.TryDequeue(out var {|VMB101:item|})) Task.Run(() => { if (item.Header.Length > 8) item.Packet.Complete(); });"),
        Of("a tuple to a lambda that is given away and forgets", "if (_pairs.TryDequeue(out var {|VMB101:item|})) Task.Run(() => { if (item.Header.Length > 8) item.Packet.Complete(); });"),
        Of("to a lambda that only looks", "if (_entries.TryDequeue(out var {|VMB101:item|})) Task.Run(() => Log(item.Header.ToString()));"),
        Of("to the thread pool", "if (_entries.TryDequeue(out var item)) ThreadPool.QueueUserWorkItem(static e => e.Packet.Complete(), item, false);"),
        Of("to a function that is called here", "if (_entries.TryDequeue(out var item)) { Finish(); void Finish() => item.Packet.Complete(); }"),
        Whole("returned", "private (PendingPacket Packet, Header Header) Next() => _pairs.Dequeue();"),
        Whole("returned after a look", "private bool Next(out Entry item) { if (_entries.TryDequeue(out item)) { Log(); return true; } return false; }"),
        Whole("one after the other", "private IEnumerable<Entry> Next() { while (_entries.TryDequeue(out var item)) yield return item; }"),

        // However deep
        Of("a structure that is half written, and contains itself", "var {|VMB101:item|} = _nodes.Dequeue(); if (G()) item.Packet.Complete();", "private struct Node { public PendingPacket Packet; public Node {|CS0523:Next|}; } private readonly Queue<Node> _nodes = new();"),
        Of("a structure that is half written, and contains ever larger ones of its kind", "var item = _nodes.Dequeue(); _nodes.Enqueue(item);", "private struct Node<T> { public PendingPacket Packet; public Node<Node<T>> {|CS0523:Next|}; } private readonly Queue<Node<int>> _nodes = new();"),
        Of("a tuple to a function that is given away behind another one", "if (_outers.TryDequeue(out var item)) { Action later = Finish; if (G()) Task.Run(later); else item.Inner.Packet.Fail(); void Finish() => item.Inner.Packet.Complete(); }"),

        // No values of their own
        Of("an object is somebody's still", "if (_jobs.TryDequeue(out var job) && job.Header.Length > 8) job.Packet.Complete();"),
        Of("looked at", "foreach (var item in _pairs) Log(item.Header.ToString()); if (_pairs.TryPeek(out var first)) Log(first.Header.ToString());"),
    ];

    private static CompletionCase Of(string name, string body, string members = "") => In(Row, name, "packet.Complete(); " + body, Stores + members);

    private static CompletionCase Whole(string name, string members) => CaseFactory.Members(Row, name, Stores + members);
}
