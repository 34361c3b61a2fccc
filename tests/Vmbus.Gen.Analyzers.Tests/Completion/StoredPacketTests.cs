using Vmbus.Gen.Analyzers.Completion.Stored;
using Vmbus.Gen.TestKit.Analyzers;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>VMB106: fields into which packets go, and out of which none comes to be completed.</summary>
public sealed class StoredPacketTests
{
    private const string Store = "[ProcessPacket(1u)] private void OnPacket(PacketCompletion packet)";

    [Theory]
    // Nothing takes them out.
    [InlineData("private readonly ConcurrentQueue<PendingPacket> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue(packet.Pend());")]
    [InlineData("private PendingPacket {|VMB106:_p|}; " + Store + " => _p = packet.Pend();")]
    [InlineData("private PendingPacket? {|VMB106:_p|}; " + Store + " => _p = packet.Pend();")]
    [InlineData("private readonly PendingPacket[] {|VMB106:_a|} = new PendingPacket[4]; " + Store + " => _a[0] = packet.Pend();")]
    [InlineData("private readonly Dictionary<ulong, PendingPacket> {|VMB106:_d|} = new(); " + Store + " => _d[packet.TransactionId] = packet.Pend();")]
    [InlineData("private readonly Dictionary<ulong, PendingPacket> {|VMB106:_d|} = new(); " + Store + " { var p = packet.Pend(); if (!_d.TryAdd(1, p)) p.Complete(); }")]
    [InlineData("private readonly Channel<PendingPacket> {|VMB106:_c|} = Channel.CreateUnbounded<PendingPacket>(); " + Store + " { var p = packet.Pend(); if (!_c.Writer.TryWrite(p)) p.Fail(); }")]
    [InlineData("internal readonly List<PendingPacket> {|VMB106:_l|} = []; " + Store + " => _l.Add(packet.Pend());")]
    [InlineData("private List<PendingPacket> {|VMB106:Q|} { get; } = new(); " + Store + " => Q.Add(packet.Pend());")]
    [InlineData("private static readonly ConcurrentBag<PendingPacket> {|VMB106:s_b|} = new(); " + Store + " => s_b.Add(packet.Pend());")]
    // Taken out, looked at, dropped, cleared: none of it completes.
    [InlineData("private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Next() { var p = _q.Dequeue(); _ = p.TransactionId; }")]
    [InlineData("private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Drop() => _q.Clear();")]
    [InlineData("private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Look() { foreach (var p in _q) Log(p.TransactionId.ToString()); }")]
    [InlineData("private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue(packet.Pend()); private int Count() => _q.Count;")]
    [InlineData("private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Next() => Look(_q.Dequeue()); private static void Look(PendingPacket p) => Log(p.TransactionId.ToString());")]
    [InlineData("private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Next() => Look(_q.Dequeue()); private static void Look([BorrowsPacket] PendingPacket p) { }")]
    [InlineData("private PendingPacket {|VMB106:_p|}; " + Store + " => _p = packet.Pend(); private void Reset() => _p = default;")]
    // A field whose packets only move into a field without an exit.
    [InlineData("private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); private readonly List<PendingPacket> {|VMB106:_l|} = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Move() => _l.Add(_q.Dequeue());")]
    [InlineData("private readonly Queue<PendingPacket> {|VMB106:_q|} = new(); private PendingPacket {|VMB106:_p|}; " + Store + " => _q.Enqueue(packet.Pend()); private void Move() { _p = _q.Dequeue(); _q.Enqueue(_p); }")]
    // Held by a record or a tuple.
    [InlineData("private sealed record Item(PendingPacket Packet, int Number); private readonly Queue<Item> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue(new Item(packet.Pend(), 1)); private void Next() { var i = _q.Dequeue(); Log(i.Number.ToString()); }")]
    [InlineData("private readonly Queue<(PendingPacket Packet, int Number)> {|VMB106:_q|} = new(); " + Store + " => _q.Enqueue((packet.Pend(), 1));")]
    public Task Reported(string members) => AnalyzerVerifier<StoredPacketAnalyzer>.VerifyAsync(Class(members));

    [Theory]
    [InlineData("private readonly ConcurrentQueue<PendingPacket> _q = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Next() { if (_q.TryDequeue(out var p)) p.Complete(); }")]
    [InlineData("private readonly Queue<PendingPacket> _q = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Next() => _q.Dequeue().Fail();")]
    [InlineData("private PendingPacket _p; " + Store + " => _p = packet.Pend(); private void Next() { var p = _p; _p = default; p.Complete(); }")]
    [InlineData("private PendingPacket? _p; " + Store + " => _p = packet.Pend(); private void Next() => _p?.Complete();")]
    [InlineData("private PendingPacket? _p; " + Store + " => _p = packet.Pend(); private void Next() { if (_p is { } p) p.Complete(); }")]
    [InlineData("private PendingPacket _p; " + Store + " => _p = packet.Pend(); private void Next() => _p.Complete();")]
    [InlineData("private PendingPacket[] _a = new PendingPacket[4]; " + Store + " => _a[0] = packet.Pend(); private void Next() { foreach (var p in _a) p.Complete(); }")]
    [InlineData("private readonly Dictionary<ulong, PendingPacket> _d = new(); " + Store + " => _d[1] = packet.Pend(); private void Next() { if (_d.Remove(1, out var p)) p.Complete(); }")]
    [InlineData("private readonly Dictionary<ulong, PendingPacket> _d = new(); " + Store + " => _d[1] = packet.Pend(); private void Next() { foreach (var (id, p) in _d) p.Complete(); }")]
    [InlineData("private readonly Dictionary<ulong, PendingPacket> _d = new(); " + Store + " => _d[1] = packet.Pend(); private void Next() { foreach (var pair in _d) pair.Value.Complete(); }")]
    [InlineData("private readonly Dictionary<ulong, PendingPacket> _d = new(); " + Store + " => _d[1] = packet.Pend(); private void Next() { foreach (var p in _d.Values) p.Complete(); }")]
    [InlineData("private readonly Channel<PendingPacket> _c = Channel.CreateUnbounded<PendingPacket>(); " + Store + " { var p = packet.Pend(); if (!_c.Writer.TryWrite(p)) p.Fail(); } private async Task Run() { await foreach (var p in _c.Reader.ReadAllAsync()) p.Complete(); }")]
    [InlineData("private readonly Channel<PendingPacket> _c = Channel.CreateUnbounded<PendingPacket>(); " + Store + " { var p = packet.Pend(); if (!_c.Writer.TryWrite(p)) p.Fail(); } private async Task Run() { while (G()) { var p = await _c.Reader.ReadAsync(); p.Complete(); } }")]
    [InlineData("private readonly List<PendingPacket> _l = new(); " + Store + " => _l.Add(packet.Pend()); private void Next() => _l.ForEach(p => p.Complete());")]
    [InlineData("private readonly List<PendingPacket> _l = new(); " + Store + " => _l.Add(packet.Pend()); private void Next() => _l.ForEach(Finish); private static void Finish(PendingPacket p) => p.Complete();")]
    [InlineData("private readonly List<PendingPacket> _l = new(); " + Store + " => _l.Add(packet.Pend()); private void Next() { foreach (var p in _l.Where(p => p.TransactionId > 3)) p.Complete(); }")]
    [InlineData("private readonly Queue<PendingPacket> _q = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Next() => Finish(_q.Dequeue()); private static void Finish(PendingPacket p) { if (G()) p.Complete(); }")]
    [InlineData("private readonly Queue<PendingPacket> _q = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Next() => _sink.Put(_q.Dequeue());")]
    [InlineData("private PendingPacket _p; " + Store + " => _p = packet.Pend(); private void Next() { var p = _p; ThreadPool.QueueUserWorkItem(_ => p.Complete()); }")]
    // Moved into a field with an exit.
    [InlineData("private readonly Queue<PendingPacket> _q = new(); private readonly List<PendingPacket> _l = new(); " + Store + " => _q.Enqueue(packet.Pend()); private void Move() => _l.Add(_q.Dequeue()); private void Next() => _l[0].Complete();")]
    // Handed out: the collection, its reader, its elements.
    [InlineData("private readonly Queue<PendingPacket> _q = new(); " + Store + " => _q.Enqueue(packet.Pend()); public Queue<PendingPacket> Packets => _q;")]
    [InlineData("private readonly Queue<PendingPacket> _q = new(); " + Store + " => _q.Enqueue(packet.Pend()); public PendingPacket Next() => _q.Dequeue();")]
    [InlineData("private readonly Channel<PendingPacket> _c = Channel.CreateUnbounded<PendingPacket>(); " + Store + " { var p = packet.Pend(); if (!_c.Writer.TryWrite(p)) p.Fail(); } public ChannelReader<PendingPacket> Packets => _c.Reader;")]
    [InlineData("private readonly Queue<PendingPacket> _q = new(); " + Store + " => _q.Enqueue(packet.Pend()); public bool TryNext(out PendingPacket p) => _q.TryDequeue(out p);")]
    [InlineData("private readonly Queue<PendingPacket> _q; private Other(Queue<PendingPacket> q) : this((ISink)null!) => _q = q; " + "public void Put(PendingPacket p) => _q.Enqueue(p);")]
    // Others reach it.
    [InlineData("public readonly Queue<PendingPacket> Q = new(); " + Store + " => Q.Enqueue(packet.Pend());")]
    [InlineData("protected readonly Queue<PendingPacket> Q = new(); " + Store + " => Q.Enqueue(packet.Pend());")]
    // Nothing goes in.
    [InlineData("private readonly Queue<PendingPacket> _q = new(); private int Count() => _q.Count;")]
    [InlineData("private PendingPacket _p; private bool Has() => !_p.IsDefault;")]
    // Held by a record or a tuple.
    [InlineData("private sealed record Item(PendingPacket Packet, int Number); private readonly Queue<Item> _q = new(); " + Store + " => _q.Enqueue(new Item(packet.Pend(), 1)); private void Next() { var i = _q.Dequeue(); i.Packet.Complete(); }")]
    [InlineData("private sealed record Item(PendingPacket Packet, int Number); private readonly Queue<Item> _q = new(); " + Store + " => _q.Enqueue(new Item(packet.Pend(), 1)); private void Next() => Finish(_q.Dequeue()); private static void Finish(Item i) => i.Packet.Complete();")]
    [InlineData("private readonly Queue<(PendingPacket Packet, int Number)> _q = new(); " + Store + " => _q.Enqueue((packet.Pend(), 1)); private void Next() { var (p, n) = _q.Dequeue(); p.Complete(); }")]
    [InlineData("private readonly Queue<(PendingPacket Packet, int Number)> _q = new(); " + Store + " => _q.Enqueue((packet.Pend(), 1)); private void Next() => _q.Dequeue().Packet.Complete();")]
    public Task Silent(string members) => AnalyzerVerifier<StoredPacketAnalyzer>.VerifyAsync(Class(members));

    [Fact]
    public Task AnotherFileCompletes() => AnalyzerVerifier<StoredPacketAnalyzer>.VerifyAsync(TestKit.Projects.TestProject.Of(
        Class("internal readonly List<PendingPacket> _l = []; " + Store + " => _l.Add(packet.Pend());"),
        "internal static class Elsewhere { internal static void Drain(Other other) { foreach (var p in other._l) p.Complete(); } }"));

    private static string Class(string members) => CompletionSource.Class("").Replace("private readonly ConcurrentQueue<PendingPacket> _queue = new();", "", StringComparison.Ordinal)
        + "internal partial class Other(ISink sink) { private readonly ISink _sink = sink; private static bool G() => Environment.TickCount > 0; private static void Log(string text) { } " + members + " }";
}
