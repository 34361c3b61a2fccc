using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>Members of extension blocks, in each way in which a packet may come to them: what holds for a method that says <c>this</c> holds for them.</summary>
internal static class ExtensionCatalogue
{
    public const string Row = "extension";

    private const string Done = "extension(PacketCompletion packet) { public void Done() => packet.Complete(); }";
    private const string Finish = "extension(PendingPacket p) { public void Finish() => p.Complete(); }";

    public static IEnumerable<CompletionCase> All =>
    [
        // Completion on all paths
        In("completes", "packet.Done();", Done),
        In("completes, in the static form", "Ends.Done(packet);", Done),
        In("completes on one way", "packet.Try();", "extension(PacketCompletion packet) { public void Try() { if (Environment.TickCount > 0) packet.Complete(); } }", leaks: true),
        In("completes on one way, in the static form", "Ends.Try(packet);", "extension(PacketCompletion packet) { public void Try() { if (Environment.TickCount > 0) packet.Complete(); } }", leaks: true),
        In("says whether it has completed", "if (!packet.Try()) packet.Fail();", "extension(PacketCompletion packet) { public bool Try() { if (Environment.TickCount > 0) { packet.Complete(); return true; } return false; } }"),
        In("says whether it has completed, not listened to", "if (packet.Try()) {|VMB102:packet.Fail()|};", "extension(PacketCompletion packet) { public bool Try() { if (Environment.TickCount > 0) { packet.Complete(); return true; } return false; } }", leaks: true),
        In("only looks", "_ = packet.Id(); packet.Complete();", "extension(PacketCompletion packet) { public ulong Id() => packet.TransactionId; }"),
        In("only looks, and nobody completes", "_ = packet.Id();", "extension(PacketCompletion packet) { public ulong Id() => packet.TransactionId; }", leaks: true),
        In("through another member of the block", "packet.Outer();", "extension(PacketCompletion packet) { public void Outer() => packet.Inner(); public void Inner() => packet.Complete(); }"),
        In("through the static form of another member", "packet.Outer();", "extension(PacketCompletion packet) { public void Outer() => Inner(packet); public void Inner() => packet.Complete(); }"),
        In("through another member that does not", "packet.Outer();", "extension(PacketCompletion packet) { public void Outer() => packet.Inner(); public void Inner() => _ = packet.TransactionId; }", leaks: true),
        In("completes and goes on without end", "packet.Done(3);", "extension(PacketCompletion packet) { public void Done(int times) { if (times == 0) packet.Complete(); else packet.Done(times - 1); } }"),
        In("in a local function of a member", "packet.Done();", "extension(PacketCompletion packet) { public void Done() { Inner(packet); static void Inner(PacketCompletion p) => p.Complete(); } }"),
        In("in a local function of a member, on one way", "packet.Done();", "extension(PacketCompletion packet) { public void Done() { Inner(packet); static void Inner(PacketCompletion p) { if (Environment.TickCount > 0) p.Complete(); } } }", leaks: true),
        In("conditional", "packet.Done();", "extension(PacketCompletion packet) { [System.Diagnostics.Conditional(\"NEVER_DEFINED\")] public void Done() => packet.Complete(); }", leaks: true),
        In("never comes back", "if (packet.TransactionId == 0) packet.Stop(); packet.Complete();", "extension(PacketCompletion packet) { public void Stop() => throw new InvalidOperationException(); }"),

        // Which argument is which
        In("parameters behind the receiver", "packet.Both(packet.Pend());", "extension(PacketCompletion packet) { public void Both(PendingPacket p) => p.Complete(); }"),
        In("parameters behind the receiver, forgotten", "packet.Both({|VMB101:packet.Pend()|});", "extension(PacketCompletion packet) { public void Both(PendingPacket p) => _ = p.TransactionId; }"),
        In("by name, in another order", "packet.Done(second: 2, first: 1);", "extension(PacketCompletion packet) { public void Done(int first, int second) { if (first < second) packet.Complete(); else packet.Fail(); } }"),
        In("of two packets the argument", "var p = packet.Pend(); var q = _held; _held = default; q.Second(p); q.Complete();", "extension(PendingPacket first) { public void Second(PendingPacket second) => second.Complete(); }"),
        In("of two packets the receiver", "var p = packet.Pend(); var q = _held; p.First(q);", "extension(PendingPacket first) { public void First(PendingPacket second) { first.Complete(); _ = second.TransactionId; } }"),
        In("of two packets the receiver, and the other one is ended, too", "var p = packet.Pend(); p.First(_held); {|VMB102:p.Fail()|};", "extension(PendingPacket first) { public void First(PendingPacket second) { first.Complete(); second.Complete(); } }"),
        In("out of the receiver", "packet.Later(out var p); p.Complete();", "extension(PacketCompletion packet) { public void Later(out PendingPacket pended) => pended = packet.Pend(); }"),
        In("out of the receiver, forgotten", "packet.Later(out var {|VMB101:p|});", "extension(PacketCompletion packet) { public void Later(out PendingPacket pended) => pended = packet.Pend(); }"),

        // Twice, and afterwards
        In("twice", "packet.Done(); {|VMB102:packet.Done()|};", Done),
        In("twice, once in the static form", "packet.Done(); {|VMB102:Ends.Done(packet)|};", Done),
        In("and once more", "packet.Done(); {|VMB102:packet.Complete()|};", Done),
        In("either or", "if (G()) packet.Done(); else packet.Complete();", Done),
        In("used afterwards", "packet.Done(); Log({|VMB103:packet.TransactionId|}.ToString());", Done),
        In("used before", "Log(packet.TransactionId.ToString()); packet.Done();", Done),
        In("reads what is completed", "packet.Complete(); _ = {|VMB103:packet.Id()|};", "extension(PacketCompletion packet) { public ulong Id() => packet.TransactionId; }"),
        In("completes and reads", "{|VMB103:packet.Done()|};", "extension(PacketCompletion packet) { public void Done() { packet.Complete(); _ = packet.TransactionId; } }"),
        In("reads and completes", "packet.Done();", "extension(PacketCompletion packet) { public void Done() { _ = packet.TransactionId; packet.Complete(); } }"),

        // Contracts of the receiver
        Block("with the duty", "extension([CompletesPacket] PacketCompletion packet) { public void Done() => packet.Complete(); }"),
        Block("with the duty, and forgets", "extension([CompletesPacket] PacketCompletion {|VMB101:packet|}) { public void Done() { if (Environment.TickCount > 0) packet.Complete(); } }"),
        Block("with the duty, twice", "extension([CompletesPacket] PendingPacket p) { public void Done() { p.Complete(); {|VMB102:p.Fail()|}; } }"),
        Block("borrowed", "extension([BorrowsPacket] PacketCompletion packet) { public ulong Id() => packet.TransactionId; }"),
        Block("borrowed, and completed", "extension([BorrowsPacket] PacketCompletion packet) { public void Done() => {|VMB102:packet.Complete()|}; }"),
        Block("throws with the duty", "extension([CompletesPacket] PendingPacket p) { public void Done(int x) { if (x == 0) {|VMB108:throw new InvalidOperationException();|} p.Complete(); } }"),
        In("taken over by contract", "packet.Take();", "extension([CompletesPacket] PacketCompletion packet) { public void Take() => packet.Complete(); }"),
        In("taken over by contract, and once more", "packet.Take(); {|VMB102:packet.Complete()|};", "extension([CompletesPacket] PacketCompletion packet) { public void Take() => packet.Complete(); }"),
        In("taken over by contract, in the static form", "Ends.Take(packet); {|VMB102:Ends.Take(packet)|};", "extension([CompletesPacket] PacketCompletion packet) { public void Take() => packet.Complete(); }"),
        In("lent by contract", "packet.Look(); packet.Complete();", "extension([BorrowsPacket] PacketCompletion packet) { public void Look() => _ = packet.TransactionId; }"),
        In("lent by contract, and nobody completes", "packet.Look(); Ends.Look(packet);", "extension([BorrowsPacket] PacketCompletion packet) { public void Look() => _ = packet.TransactionId; }", leaks: true),
        In("contract of a parameter", "_sink.Give(packet);", "extension(ISink sink) { public void Give([CompletesPacket] PacketCompletion packet) => sink.Take(packet); }"),
        In("contract of a parameter, and once more", "_sink.Give(packet); {|VMB102:packet.Fail()|};", "extension(ISink sink) { public void Give([CompletesPacket] PacketCompletion packet) => sink.Take(packet); }"),

        // Kinds of receiver
        In("pended", "packet.Pend().Finish();", Finish),
        In("pended, twice", "var p = packet.Pend(); p.Finish(); {|VMB102:p.Finish()|};", Finish),
        In("pended, forgotten", "var {|VMB101:p|} = packet.Pend(); p.Look();", "extension(PendingPacket p) { public void Look() => _ = p.TransactionId; }"),
        In("nullable", "PendingPacket? p = packet.Pend(); p.Finish();", "extension(PendingPacket? p) { public void Finish() => p?.Complete(); }"),
        In("nullable, twice", "PendingPacket? p = packet.Pend(); p.Finish(); {|VMB102:p.Finish()|};", "extension(PendingPacket? p) { public void Finish() => p?.Complete(); }"),
        In("nullable, by conditional access", "PendingPacket? p = G() ? packet.Pend() : null; p?.Finish(); if (p is null) packet.Fail();", Finish),
        In("by reference", "var p = packet.Pend(); p.Finish();", "extension(ref PendingPacket p) { public void Finish() { p.Complete(); p = default; } }"),
        In("by reference, forgotten", "var {|VMB101:p|} = packet.Pend(); p.Look();", "extension(ref PendingPacket p) { public void Look() => _ = p.TransactionId; }"),
        In("by reference, lost", "var p = packet.Pend(); {|VMB105:p.Drop()|};", "extension(ref PendingPacket p) { public void Drop() => p = default; }"),
        In("by reference, replaced and ended", "var p = packet.Pend(); p.Swap(_held); p.Complete();", "extension(ref PendingPacket p) { public void Swap(PendingPacket other) { p.Complete(); p = other; } }"),
        In("by read-only reference", "packet.Done();", "extension(in PacketCompletion packet) { public void Done() => packet.Complete(); }"),
        In("by read-only reference, twice", "packet.Done(); {|VMB102:packet.Done()|};", "extension(in PacketCompletion packet) { public void Done() => packet.Complete(); }"),
        In("generic block", "_byId.Done(1ul, packet.Pend());", "extension<T>(Dictionary<T, PendingPacket> all) where T : notnull { public void Done(T key, PendingPacket p) => p.Complete(); }"),
        In("generic block, in the static form", "var p = packet.Pend(); Ends.Done(_byId, 1ul, p); {|VMB102:p.Complete()|};", "extension<T>(Dictionary<T, PendingPacket> all) where T : notnull { public void Done(T key, PendingPacket p) => p.Complete(); }"),
        In("generic block that allows references to the stack", "packet.Forget();", "extension<T>(T item) where T : allows ref struct { public void Forget() { } }", leaks: true),
        In("generic block with the duty", "packet.Give();", "extension<T>([CompletesPacket] T item) where T : allows ref struct { public void Give() { } }"),
        In("generic member", "packet.Done<int>(1);", "extension(PacketCompletion packet) { public void Done<T>(T value) where T : unmanaged => packet.Complete(); }"),
        In("generic member, in the static form", "Ends.Done<int>(packet, 1); {|VMB102:Ends.Done(packet, 2u)|};", "extension(PacketCompletion packet) { public void Done<T>(T value) where T : unmanaged => packet.Complete(); }"),

        // Properties
        In("property that completes", "_ = packet.Ended;", "extension(PacketCompletion packet) { public bool Ended { get { packet.Complete(); return true; } } }"),
        In("property that completes, twice", "_ = packet.Ended; _ = {|VMB102:packet.Ended|};", "extension(PacketCompletion packet) { public bool Ended { get { packet.Complete(); return true; } } }"),
        In("property that looks", "if (packet.Even) packet.Complete(); else packet.Fail();", "extension(PacketCompletion packet) { public bool Even => packet.TransactionId % 2 == 0; }"),
        In("property that looks, too late", "packet.Complete(); _ = {|VMB103:packet.Even|};", "extension(PacketCompletion packet) { public bool Even => packet.TransactionId % 2 == 0; }"),
        In("property that is set", "packet.Status = NtStatus.Success;", "extension(PacketCompletion packet) { public NtStatus Status { set => packet.Fail(); } }"),
        In("property that is set, twice", "packet.Status = NtStatus.Success; {|VMB102:packet.Status = NtStatus.Success|};", "extension(PacketCompletion packet) { public NtStatus Status { set => packet.Fail(); } }"),
        In("property that is set, and takes no notice", "packet.Status = NtStatus.Success;", "extension(PacketCompletion packet) { public NtStatus Status { set { } } }", leaks: true),
        In("property of another object that a packet is put into", "_queue.Next = packet.Pend();", "extension(ConcurrentQueue<PendingPacket> queue) { public PendingPacket Next { set => queue.Enqueue(value); } }"),
        In("property of another object that a packet is put into, and is ended here", "var p = packet.Pend(); _queue.Next = p; {|VMB102:p.Complete()|};", "extension(ConcurrentQueue<PendingPacket> queue) { public PendingPacket Next { set => queue.Enqueue(value); } }"),
        In("property of another object that takes no notice of a packet", "var {|VMB101:p|} = packet.Pend(); _queue.Next = p;", "extension(ConcurrentQueue<PendingPacket> queue) { public PendingPacket Next { set { } } }"),
        In("property in the static form", "_ = Ends.get_Ended(packet); {|VMB102:packet.Complete()|};", "extension(PacketCompletion packet) { public bool Ended { get { packet.Complete(); return true; } } }"),

        // Operators
        In("operator", "_ = packet.Pend() + NtStatus.Success;", "extension(PendingPacket) { public static bool operator +(PendingPacket p, NtStatus status) { p.Fail(); return true; } }"),
        In("operator, twice", "var p = packet.Pend(); _ = p + NtStatus.Success; {|VMB102:p.Complete()|};", "extension(PendingPacket) { public static bool operator +(PendingPacket p, NtStatus status) { p.Fail(); return true; } }"),
        In("unary operator", "_ = ~packet.Pend();", "extension(PendingPacket) { public static bool operator ~(PendingPacket p) { p.Complete(); return true; } }"),
        In("unary operator that looks", "var {|VMB101:p|} = packet.Pend(); _ = ~p;", "extension(PendingPacket) { public static ulong operator ~(PendingPacket p) => p.TransactionId; }"),
        In("operator that changes the packet", "var p = packet.Pend(); p -= NtStatus.Success;", "extension(ref PendingPacket p) { public void operator -=(NtStatus status) => p.Fail(); }"),
        In("operator that changes the packet, and once more", "var p = packet.Pend(); p -= NtStatus.Success; {|VMB102:p.Complete()|};", "extension(ref PendingPacket p) { public void operator -=(NtStatus status) => p.Fail(); }"),
        In("operator of another object", "var queue = _queue; queue += packet.Pend();", "extension(ConcurrentQueue<PendingPacket> queue) { public void operator +=(PendingPacket p) => queue.Enqueue(p); }"),
        In("operator of another object with the duty", "var sink = _sink; sink += packet; {|VMB102:packet.Complete()|};", "extension(ISink sink) { public void operator +=([CompletesPacket] PacketCompletion p) => sink.Take(p); }"),
        In("operator of another object that only looks", "var sink = _sink; var {|VMB101:p|} = packet.Pend(); sink += p;", "extension(ISink sink) { public void operator +=(PendingPacket p) => _ = p.TransactionId; }"),

        // Static members
        In("static member", "PacketCompletion.End(packet);", "extension(PacketCompletion) { public static void End(PacketCompletion p) => p.Complete(); }"),
        In("static member, twice", "PacketCompletion.End(packet); {|VMB102:Ends.End(packet)|};", "extension(PacketCompletion) { public static void End(PacketCompletion p) => p.Complete(); }"),
        In("static member that looks", "PacketCompletion.Look(packet);", "extension(PacketCompletion) { public static void Look(PacketCompletion p) => _ = p.TransactionId; }", leaks: true),
        In("static member of a block with a receiver", "Host.End(1, packet);", "extension(Host host) { public static void End(int x, PacketCompletion p) => p.Complete(); public void Other() { } }"),

        // Views
        In("view given by a method", "var s = packet.Body(); _ = s[0]; packet.Complete(); _ = {|VMB301:s[0]|};", "extension(PacketCompletion packet) { public ReadOnlySpan<byte> Body() => packet.Buffer; }"),
        In("view given by a property", "var s = packet.Body; _ = s[0]; packet.Complete(); _ = {|VMB301:s[0]|};", "extension(PacketCompletion packet) { public ReadOnlySpan<byte> Body => packet.Buffer; }"),
        In("view cut by a method", "var s = buffer.Tail(); _ = s[0]; packet.Complete(); _ = {|VMB301:s[0]|};", "extension(ReadOnlySpan<byte> s) { public ReadOnlySpan<byte> Tail() => s[1..]; }"),
        In("view cut by a property", "var s = buffer.Tail; _ = s[0]; packet.Complete(); _ = {|VMB301:s[0]|};", "extension(ReadOnlySpan<byte> s) { public ReadOnlySpan<byte> Tail => s[1..]; }"),
        In("view read by a method", "packet.Complete(); _ = {|VMB301:buffer.First()|};", "extension(ReadOnlySpan<byte> s) { public byte First() => s[0]; }"),
        In("view read by a property", "packet.Complete(); _ = {|VMB301:buffer.First|};", "extension(ReadOnlySpan<byte> s) { public byte First => s[0]; }"),
        In("view not read", "packet.Complete(); _ = buffer.Size;", "extension(ReadOnlySpan<byte> s) { public int Size => s.Length; }"),
        In("view put out", "packet.Cut(out var s); _ = s[0]; packet.Complete(); _ = {|VMB301:s[0]|};", "extension(PacketCompletion packet) { public void Cut(out ReadOnlySpan<byte> s) => s = packet.Buffer; }"),

        // Stores, and what comes back
        In("stores", "packet.Pend().Keep(_queue);", "extension(PendingPacket p) { public void Keep(ConcurrentQueue<PendingPacket> queue) => queue.Enqueue(p); }"),
        In("stores, and is ended here", "var p = packet.Pend(); p.Keep(_queue); {|VMB102:p.Complete()|};", "extension(PendingPacket p) { public void Keep(ConcurrentQueue<PendingPacket> queue) => queue.Enqueue(p); }"),
        In("stored by the receiver", "_queue.Add(packet.Pend());", "extension(ConcurrentQueue<PendingPacket> queue) { public void Add(PendingPacket p) => queue.Enqueue(p); }"),
        In("comes back pended", "var p = packet.Later(); p.Complete();", "extension(PacketCompletion packet) { public PendingPacket Later() => packet.Pend(); }"),
        In("comes back pended, forgotten", "var {|VMB101:p|} = packet.Later(); Log(p.TransactionId.ToString());", "extension(PacketCompletion packet) { public PendingPacket Later() => packet.Pend(); }"),
        In("comes back pended, thrown away", "{|VMB105:packet.Later()|};", "extension(PacketCompletion packet) { public PendingPacket Later() => packet.Pend(); }"),
        In("comes back out of a property", "var p = packet.Later; p.Complete();", "extension(PacketCompletion packet) { public PendingPacket Later => packet.Pend(); }"),
        In("comes back out of a property, forgotten", "var {|VMB101:p|} = packet.Later; Log(p.TransactionId.ToString());", "extension(PacketCompletion packet) { public PendingPacket Later => packet.Pend(); }"),
        In("comes back itself", "var p = packet.Pend().Self(); p.Complete();", "extension(PendingPacket p) { public PendingPacket Self() => p; }"),
        In("comes back itself, and is ended twice", "var p = packet.Pend(); var q = p.Self(); q.Complete(); {|VMB102:p.Complete()|};", "extension(PendingPacket p) { public PendingPacket Self() => p; }"),
        In("taken out of a store", "packet.Complete(); if (_queue.Take(out var p)) p.Complete();", "extension(ConcurrentQueue<PendingPacket> queue) { public bool Take(out PendingPacket p) => queue.TryDequeue(out p); }"),
        In("taken out of a store, forgotten", "packet.Complete(); if (_queue.Take(out var {|VMB101:p|})) Log(p.TransactionId.ToString());", "extension(ConcurrentQueue<PendingPacket> queue) { public bool Take(out PendingPacket p) => queue.TryDequeue(out p); }"),

        // Functions
        In("delegate of a member: the packet is a value", "var p = packet.Pend(); Action a = {|CS1113:p.Finish|}; p.Complete();", Finish),
        In("lambda that calls a member", "var p = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => p.Finish());", Finish),
        In("lambda that calls a member, and it is ended here", "var p = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => p.Finish()); {|VMB102:p.Complete()|};", Finish),
        In("lambda that reads a property that completes", "var p = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => Log(p.Ended.ToString()));", "extension(PendingPacket p) { public bool Ended { get { p.Complete(); return true; } } }"),
        In("lambda that reads a property", "var {|VMB101:p|} = packet.Pend(); ThreadPool.QueueUserWorkItem(_ => Log(p.Even.ToString()));", "extension(PendingPacket p) { public bool Even => p.TransactionId % 2 == 0; }"),
        In("asynchronous", "_ = packet.Pend().Later();", "extension(PendingPacket p) { public async Task Later() { await Task.Yield(); p.Complete(); } }"),
        In("asynchronous, on one way", "var {|VMB101:p|} = packet.Pend(); _ = p.Later();", "extension(PendingPacket p) { public async Task Later() { await Task.Yield(); if (Environment.TickCount > 0) p.Complete(); } }"),
        Block("own packets of a member", "extension(Queue<PendingPacket> queue) { public void Next() { var {|VMB101:p|} = queue.Dequeue(); _ = p.TransactionId; } public void Drop() { while (queue.Count > 0) queue.Dequeue().Fail(); } }"),
    ];

    /// <summary>A handler of this body, and the blocks that it uses.</summary>
    private static CompletionCase In(string name, string body, string blocks, bool leaks = false)
        => new(Row, name, (leaks ? Leaks(body) : Completes(body)) + Host(blocks));

    private static CompletionCase Block(string name, string blocks) => new(Row, name, Class("") + Host(blocks));

    private static string Host(string blocks) => "\ninternal static class Ends\n{\n" + blocks + "\n}\n";
}
