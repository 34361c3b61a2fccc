namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>Handlers as a driver's author writes them, right or with one mistake.</summary>
internal static class DriverCatalogue
{
    private const string Frame = """
        using System.Buffers;
        using System.Buffers.Binary;
        using System.Collections.Concurrent;
        using System.Diagnostics.CodeAnalysis;
        using System.Threading.Channels;

        internal enum Op : uint { Read = 1, Write = 2, Flush = 3, Trim = 4 }
        internal struct Request { public Op Op; public uint Length; public ulong Offset; }
        internal struct Reply { public NtStatus Status; public uint Done; }


        """;

    public static IEnumerable<CompletionCase> All =>
    [
        Case("a01", "table of requests", """
            internal sealed partial class Disk {
                private readonly Dictionary<ulong, PendingPacket> _requests = new();
                private readonly object _gate = new();
                private ulong _next;
                [ProcessPacket(1u)] private void OnRead(PacketCompletion packet, in Request request) {
                    if (request.Length == 0 || request.Length > 4096) { packet.Complete(new Reply { Status = NtStatus.InvalidParameter }); return; }
                    ulong id;
                    PendingPacket pending = packet.Pend();
                    lock (_gate) { id = ++_next; _requests.Add(id, pending); }
                    Start(id, request.Offset, request.Length);
                }
                private void Start(ulong id, ulong offset, uint length) => Task.Run(() => Done(id, NtStatus.Success));
                private void Done(ulong id, NtStatus status) {
                    PendingPacket pending;
                    lock (_gate) { if (!_requests.Remove(id, out pending)) return; }
                    pending.Complete(new Reply { Status = status });
                }
                private void Reset() {
                    List<PendingPacket> all;
                    lock (_gate) { all = _requests.Values.ToList(); _requests.Clear(); }
                    foreach (PendingPacket p in all) p.Fail();
                }
            }
            """),
        Case("a02", "table of requests, an error forgotten", """
            internal sealed partial class Disk {
                private readonly Dictionary<ulong, PendingPacket> _requests = new();
                private readonly object _gate = new();
                private void Done(ulong id, NtStatus status) {
                    PendingPacket pending;
                    lock (_gate) { if (!_requests.Remove(id, out {|VMB101:pending|})) return; }
                    if (status == NtStatus.Success) pending.Complete(new Reply { Status = status });
                }
            }
            """),
        Case("a03", "worker that a cancellation ends with a packet in hand", """
            internal sealed partial class Worker {
                private readonly Channel<PendingPacket> _work = Channel.CreateBounded<PendingPacket>(64);
                private readonly CancellationTokenSource _stop = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    PendingPacket p = packet.Pend();
                    if (!_work.Writer.TryWrite(p)) p.Complete(new Reply { Status = NtStatus.InsufficientResources });
                }
                private async Task RunAsync() {
                    try {
                        while (await _work.Reader.WaitToReadAsync(_stop.Token)) {
                            while (_work.Reader.TryRead(out PendingPacket {|VMB101:p|})) {
                                try { await HandleAsync(p.BufferMemory); p.Complete(); }
                                catch (IOException) { p.Complete(new Reply { Status = NtStatus.InvalidParameter }); }
                            }
                        }
                    } catch (OperationCanceledException) { }
                    while (_work.Reader.TryRead(out PendingPacket rest)) rest.Fail();
                }
                private static Task HandleAsync(ReadOnlyMemory<byte> m) => Task.CompletedTask;
            }
            """),
        Case("a04", "worker that only notes an error", """
            internal sealed partial class Worker {
                private readonly Channel<PendingPacket> _work = Channel.CreateBounded<PendingPacket>(64);
                private async Task RunAsync() {
                    while (await _work.Reader.WaitToReadAsync()) {
                        while (_work.Reader.TryRead(out PendingPacket {|VMB101:p|})) {
                            try { await HandleAsync(p.BufferMemory); p.Complete(); }
                            catch (IOException e) { Console.WriteLine(e); }
                        }
                    }
                }
                private static Task HandleAsync(ReadOnlyMemory<byte> m) => Task.CompletedTask;
            }
            """),
        Case("a05", "timer that completes", """
            internal sealed partial class Delayed {
                private readonly object _gate = new();
                private Timer? _timer;
                private PendingPacket _held;
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    lock (_gate) {
                        if (!_held.IsDefault) { packet.Complete(new Reply { Status = NtStatus.InsufficientResources }); return; }
                        _held = packet.Pend();
                        _timer ??= new Timer(static s => ((Delayed)s!).Fire(), this, 10, Timeout.Infinite);
                    }
                }
                private void Fire() {
                    PendingPacket p;
                    lock (_gate) { p = _held; _held = default; }
                    if (!p.IsDefault) p.Complete();
                }
            }
            """),
        Case("a06", "timer, the last packet overwritten", """
            internal sealed partial class Delayed {
                private readonly object _gate = new();
                private PendingPacket _held;
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    lock (_gate) {
                        if (!_held.IsDefault) { Console.WriteLine("busy"); }
                        {|VMB105:_held = packet.Pend()|};
                    }
                }
                private void Fire() {
                    PendingPacket p;
                    lock (_gate) { p = _held; _held = default; }
                    if (!p.IsDefault) p.Complete();
                }
            }
            """),
        Case("a07", "async with a flag", """
            internal sealed partial class A {
                private async Task ServeAsync([CompletesPacket] PendingPacket packet, CancellationToken token) {
                    bool done = false;
                    try {
                        token.ThrowIfCancellationRequested();
                        int n = await ReadAsync(packet.BufferMemory, token).ConfigureAwait(false);
                        packet.Complete(new Reply { Done = (uint)n });
                        done = true;
                    }
                    catch (OperationCanceledException) when (token.IsCancellationRequested) { }
                    finally { if (!done) packet.Fail(); }
                }
                private static async Task<int> ReadAsync(ReadOnlyMemory<byte> m, CancellationToken t) { await Task.Delay(1, t); return m.Length; }
            }
            """),
        Case("a08", "async, early return", """
            internal sealed partial class A {
                private async Task ServeAsync([CompletesPacket] PendingPacket {|VMB101:packet|}, CancellationToken token) {
                    try {
                        int n = await ReadAsync(packet.BufferMemory, token).ConfigureAwait(false);
                        if (n == 0) return;
                        packet.Complete(new Reply { Done = (uint)n });
                    }
                    catch (OperationCanceledException) when (token.IsCancellationRequested) { packet.Fail(); }
                }
                private static async Task<int> ReadAsync(ReadOnlyMemory<byte> m, CancellationToken t) { await Task.Delay(1, t); return m.Length; }
            }
            """),
        Case("a09", "status chosen by a switch expression", """
            internal sealed partial class S {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request request) {
                    NtStatus status = request switch {
                        { Length: 0 } => NtStatus.InvalidParameter,
                        { Op: Op.Read, Length: > 65536 } => NtStatus.BufferTooSmall,
                        { Op: Op.Read or Op.Write } => Transfer(request.Offset, request.Length),
                        { Op: Op.Flush } => NtStatus.Success,
                        _ => NtStatus.NotSupported,
                    };
                    if (status.IsSuccess()) packet.Complete(new Reply { Status = status, Done = request.Length });
                    else packet.Complete(new Reply { Status = status });
                }
                private static NtStatus Transfer(ulong o, uint l) => NtStatus.Success;
            }
            """),
        Case("a10", "switch without the rest", """
            internal sealed partial class S {
                [ProcessPacket(1u)] private void On(PacketCompletion {|VMB101:packet|}, in Request request) {
                    switch (request.Op) {
                        case Op.Read when request.Length > 0:
                            packet.Complete(new Reply { Done = request.Length });
                            break;
                        case Op.Write:
                            packet.Complete();
                            break;
                        case Op.Flush or Op.Trim:
                            packet.Fail();
                            return;
                    }
                }
            }
            """),
        Case("a11", "helper that parses and fails", """
            internal sealed partial class H {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, ReadOnlySpan<byte> buffer) {
                    if (!TryParse(packet, buffer, out Request request, out string? error)) { Console.WriteLine(error); return; }
                    packet.Complete(new Reply { Done = request.Length });
                }
                private static bool TryParse(PacketCompletion packet, ReadOnlySpan<byte> buffer, out Request request, [NotNullWhen(false)] out string? error) {
                    request = default; error = null;
                    if (buffer.Length < 16) { error = "short"; packet.Fail(); return false; }
                    request.Op = (Op)BinaryPrimitives.ReadUInt32LittleEndian(buffer);
                    if (!Enum.IsDefined(request.Op)) { error = "op"; packet.Complete(new Reply { Status = NtStatus.NotSupported }); return false; }
                    request.Length = BinaryPrimitives.ReadUInt32LittleEndian(buffer[4..]);
                    return true;
                }
            }
            """),
        Case("a12", "helper that parses and forgets", """
            internal sealed partial class H {
                [ProcessPacket(1u)] private void On(PacketCompletion {|VMB101:packet|}, ReadOnlySpan<byte> buffer) {
                    if (!TryParse(packet, buffer, out Request request)) return;
                    packet.Complete(new Reply { Done = request.Length });
                }
                private static bool TryParse(PacketCompletion packet, ReadOnlySpan<byte> buffer, out Request request) {
                    request = default;
                    if (buffer.Length < 16) { packet.Fail(); return false; }
                    request.Op = (Op)BinaryPrimitives.ReadUInt32LittleEndian(buffer);
                    if (!Enum.IsDefined(request.Op)) return false;
                    return true;
                }
            }
            """),
        Case("a13", "extension methods that reply", """
            internal static class PacketReplies {
                public static void Reply(this PacketCompletion packet, NtStatus status, uint done = 0) => packet.Complete(new Reply { Status = status, Done = done });
                public static void ReplyOrFail(this PendingPacket packet, bool ok) { if (ok) packet.Complete(); else packet.Fail(); }
            }
            internal sealed partial class E {
                private readonly ConcurrentQueue<PendingPacket> _q = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    if (r.Length == 0) { packet.Reply(NtStatus.InvalidParameter); return; }
                    if (r.Op == Op.Flush) { _q.Enqueue(packet.Pend()); return; }
                    packet.Reply(NtStatus.Success, done: r.Length);
                }
                private void Drain(bool ok) { while (_q.TryDequeue(out var p)) p.ReplyOrFail(ok); }
            }
            """),
        Case("a14", "retry list of records", """
            internal sealed record IoJob(PendingPacket Packet, ulong Offset, uint Length) { public int Attempts { get; set; } }
            internal sealed partial class R {
                private readonly LinkedList<IoJob> _retry = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    var job = new IoJob(packet.Pend(), r.Offset, r.Length);
                    if (!TryRun(job)) _retry.AddLast(job);
                }
                private static bool TryRun(IoJob job) { if (job.Length > 10) return false; job.Packet.Complete(); return true; }
                private void Tick() {
                    for (LinkedListNode<IoJob>? node = _retry.First; node is not null;) {
                        LinkedListNode<IoJob>? next = node.Next;
                        IoJob job = node.Value;
                        if (++job.Attempts > 3) { job.Packet.Fail(); _retry.Remove(node); }
                        else if (TryRun(job)) _retry.Remove(node);
                        node = next;
                    }
                }
            }
            """),
        Case("a15", "retry list that nobody completes", """
            internal sealed record IoJob(PendingPacket Packet, ulong Offset);
            internal sealed partial class R {
                private readonly LinkedList<IoJob> {|VMB106:_retry|} = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    _retry.AddLast(new IoJob(packet.Pend(), r.Offset));
                }
                private void Tick() { foreach (IoJob job in _retry) Console.WriteLine(job.Offset); }
            }
            """),
        Case("a16", "generic device over a rented array", """
            internal interface IDevice { NtStatus Execute(in Request request, Span<byte> data); }
            internal sealed partial class G<TDevice> where TDevice : IDevice {
                private readonly TDevice _device = default!;
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    byte[] data = ArrayPool<byte>.Shared.Rent((int)r.Length);
                    try {
                        NtStatus status = _device.Execute(r, data);
                        if (status != NtStatus.Success) { packet.Complete(new Reply { Status = status }); return; }
                        packet.Complete(data.AsSpan(0, (int)r.Length));
                    }
                    finally { ArrayPool<byte>.Shared.Return(data); }
                }
            }
            """),
        Case("a17", "rented array, early return", """
            internal sealed partial class G {
                [ProcessPacket(1u)] private void On(PacketCompletion {|VMB101:packet|}, in Request r) {
                    byte[] data = ArrayPool<byte>.Shared.Rent((int)r.Length);
                    try {
                        if (!Read(data)) return;
                        packet.Complete(data.AsSpan(0, 4));
                    }
                    finally { ArrayPool<byte>.Shared.Return(data); }
                }
                private static bool Read(byte[] d) => d.Length > 4;
            }
            """),
        Case("a18", "patterns of a nullable packet", """
            internal sealed partial class N {
                private readonly Dictionary<uint, PendingPacket> _map = new();
                private PendingPacket? Find(uint key) => _map.Remove(key, out var p) ? p : null;
                private void Answer(uint key, int code) {
                    switch (Find(key), code) {
                        case ({ } p, 0): p.Complete(); break;
                        case ({ } p, _): p.Fail(); break;
                        case (null, _): Console.WriteLine("unknown"); break;
                    }
                }
                private void Answer2(uint key, int code) {
                    if (Find(key) is not { } p) return;
                    if (code == 0) p.Complete(); else p.Fail();
                }
                private void Answer3(uint key) => Find(key)?.Complete();
                private void Answer4(uint key) { PendingPacket? p = Find(key); if (p.HasValue) { p.GetValueOrDefault().Complete(); } }
            }
            """),
        Case("a19", "nullable packet, one code forgotten", """
            internal sealed partial class N {
                private readonly Dictionary<uint, PendingPacket> _map = new();
                private PendingPacket? Find(uint key) => _map.Remove(key, out var p) ? p : null;
                private void Answer(uint key, int code) {
                    if ({|VMB101:Find(key)|} is not { } p) return;
                    if (code == 0) p.Complete();
                }
            }
            """),
        Case("a20", "using declarations", """
            internal sealed partial class U {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, ReadOnlySpan<byte> buffer) {
                    using var stream = new MemoryStream();
                    stream.Write(buffer);
                    using (var reader = new BinaryReader(stream)) {
                        if (reader.PeekChar() < 0) { packet.Fail(); return; }
                        packet.Complete(stream.ToArray());
                    }
                }
            }
            """),
        Case("a21", "deferred for a file", """
            internal sealed partial class D {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    if (r.Op == Op.Flush) {
                        if (KernelIrql.Current > Irql.Passive) { packet.DeferToPassive(); return; }
                        File.WriteAllText("x", "y");
                    }
                    packet.Complete();
                }
            }
            """),
        Case("a22", "deferred and completed", """
            internal sealed partial class D {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    if (KernelIrql.Current == Irql.Dispatch) packet.DeferToPassive();
                    {|VMB102:packet.Complete()|};
                }
            }
            """),
        Case("a23", "batch by hand", """
            internal sealed partial class B : IChannelCallbacks {
                private int _count;
                public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) {
                    _count++;
                    if (buffer.Length < 4) { packet.Fail(); return; }
                    packet.Complete();
                }
                public void ProcessBatch(ref PacketBatch batch) {
                    while (batch.MoveNext()) {
                        PacketCompletion packet = batch.Packet;
                        if (packet.Buffer.IsEmpty) { packet.Fail(); continue; }
                        ProcessPacket(packet.Channel, packet, packet.Buffer, ProcessPacketFlags.None);
                    }
                }
            }
            """),
        Case("a24", "batch by hand, failed and handed on", """
            internal sealed partial class B : IChannelCallbacks {
                public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Complete();
                public void ProcessBatch(ref PacketBatch batch) {
                    while (batch.MoveNext()) {
                        PacketCompletion packet = batch.Packet;
                        if (packet.Buffer.IsEmpty) { packet.Fail(); }
                        {|VMB102:ProcessPacket(null!, packet, default, ProcessPacketFlags.None)|};
                    }
                }
            }
            """),
        Case("a25", "nested lambdas", """
            internal sealed partial class L {
                private readonly SemaphoreSlim _slots = new(4);
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    PendingPacket p = packet.Pend();
                    Task.Run(async () => {
                        await _slots.WaitAsync();
                        try { await Task.Run(() => Console.WriteLine(p.TransactionId)); p.Complete(); }
                        catch (Exception e) { Console.WriteLine(e); p.Fail(); }
                        finally { _slots.Release(); }
                    });
                }
            }
            """),
        Case("a26", "static local functions", """
            internal sealed partial class L {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    switch (Check(in r)) {
                        case NtStatus.Success: Reply(packet, r.Length); break;
                        case var error: Refuse(packet, error); break;
                    }
                    static NtStatus Check(in Request r) => r.Length > 0 ? NtStatus.Success : NtStatus.InvalidParameter;
                    static void Reply(PacketCompletion p, uint done) => p.Complete(new Reply { Done = done });
                    static void Refuse(PacketCompletion p, NtStatus status) => p.Complete(new Reply { Status = status });
                }
            }
            """),
        Case("a27", "external data", """
            internal sealed partial class X {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
                    switch (status) {
                        case NtStatus.Pending: return;
                        case NtStatus.Success:
                            byte[] bytes = new byte[data.Length];
                            data.CopyTo(bytes);
                            packet.Complete(new Reply { Done = (uint)bytes.Length });
                            return;
                        default:
                            packet.Complete(new Reply { Status = status });
                            return;
                    }
                }
            }
            """),
        Case("a28", "refused store forgotten", """
            internal sealed partial class X {
                private readonly ConcurrentDictionary<ulong, PendingPacket> _all = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    PendingPacket {|VMB101:p|} = packet.Pend();
                    if (!_all.TryAdd(p.TransactionId, p)) { Console.WriteLine("twice"); return; }
                }
                private void Done(ulong id) { if (_all.TryRemove(id, out var p)) p.Complete(); }
            }
            """),
        Case("a29", "queues in a dictionary", """
            internal sealed partial class X {
                private readonly ConcurrentDictionary<ulong, ConcurrentQueue<PendingPacket>> _all = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) => _all.GetOrAdd(r.Offset, static _ => new()).Enqueue(packet.Pend());
                private void Done(ulong id) { if (_all.TryRemove(id, out var q)) while (q.TryDequeue(out var p)) p.Complete(); }
            }
            """),
        Case("a30", "slots of an array", """
            internal sealed partial class X {
                private readonly PendingPacket[] _slots = new PendingPacket[16];
                private readonly Stack<int> _free = new(Enumerable.Range(0, 16));
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    if (!_free.TryPop(out int slot)) { packet.Complete(new Reply { Status = NtStatus.InsufficientResources }); return; }
                    _slots[slot] = packet.Pend();
                }
                private void Done(int slot) {
                    PendingPacket p = _slots[slot];
                    _slots[slot] = default;
                    _free.Push(slot);
                    if (!p.IsDefault) p.Complete();
                }
            }
            """),
        Case("b01", "external data through a helper", """
            internal sealed partial class X {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    if (!TryGetData(packet, out ExternalData data)) return;
                    byte[] bytes = new byte[data.Length];
                    data.CopyTo(bytes);
                    packet.Complete(new Reply { Done = (uint)bytes.Length });
                }
                private static bool TryGetData(PacketCompletion packet, out ExternalData data) {
                    NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out data);
                    if (status == NtStatus.Pending) return false;
                    if (!status.IsSuccess()) { packet.Complete(new Reply { Status = status }); return false; }
                    return true;
                }
            }
            """),
        Case("b02", "validation that throws, and a flag", """
            internal sealed partial class X {
                private readonly Dictionary<uint, Action<PacketCompletion>> _x = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r, [Remainder] ReadOnlySpan<byte> rest) {
                    bool completed = false;
                    try {
                        Validate(r);
                        uint sum = 0;
                        foreach (byte b in rest) sum += b;
                        packet.Complete(new Reply { Done = sum });
                        completed = true;
                    }
                    catch (InvalidDataException e) { Console.WriteLine(e.Message); }
                    finally { if (!completed) packet.Fail(); }
                }
                private static void Validate(in Request r) { if (r.Length == 0) throw new InvalidDataException("length"); }
            }
            """),
        Case("b03", "outcome in an enum", """
            internal sealed partial class X {
                private enum Outcome { Done, Later, Bad }
                private readonly Queue<PendingPacket> _later = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    switch (Decide(r)) {
                        case Outcome.Done: packet.Complete(); break;
                        case Outcome.Later: _later.Enqueue(packet.Pend()); break;
                        case Outcome.Bad: default: packet.Fail(); break;
                    }
                }
                private static Outcome Decide(in Request r) => r.Length switch { 0 => Outcome.Bad, > 100 => Outcome.Later, _ => Outcome.Done };
                private void Tick() { while (_later.Count > 0) _later.Dequeue().Complete(); }
            }
            """),
        Case("b04", "completion source", """
            internal sealed partial class X {
                private readonly TaskCompletionSource<PendingPacket> _first = new();
                private int _seen;
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    if (Interlocked.Exchange(ref _seen, 1) == 0) { _first.SetResult(packet.Pend()); return; }
                    packet.Complete();
                }
                private async Task RunAsync() { PendingPacket p = await _first.Task; p.Complete(); }
            }
            """),
        Case("b05", "priority queue and sorted lists", """
            internal sealed partial class X {
                private readonly PriorityQueue<PendingPacket, ulong> _q = new();
                private readonly SortedDictionary<ulong, List<PendingPacket>> _by = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) => _q.Enqueue(packet.Pend(), r.Offset);
                [ProcessPacket(2u)] private void On2(PacketCompletion packet, in Request r) {
                    if (!_by.TryGetValue(r.Offset, out var list)) _by[r.Offset] = list = [];
                    list.Add(packet.Pend());
                }
                private void Next() { if (_q.TryDequeue(out PendingPacket p, out _)) p.Complete(); }
                private void Next2(ulong o) { if (_by.Remove(o, out var list)) list.ForEach(p => p.Complete()); }
            }
            """),
        Case("b06", "exchanged packet forgotten", """
            internal sealed partial class X {
                private PendingPacket[] _slot = new PendingPacket[1];
                private PendingPacket _current;
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    PendingPacket {|VMB101:old|} = Interlocked.Exchange(ref _current, packet.Pend());
                    Console.WriteLine(old.IsDefault);
                }
                private void Done() { PendingPacket p = Interlocked.Exchange(ref _current, default); if (!p.IsDefault) p.Complete(); }
            }
            """),
        Case("b07", "operation that owns a packet", """
            internal sealed class Operation(PendingPacket packet) : IDisposable {
                private PendingPacket _packet = packet;
                public void Finish(NtStatus status) { PendingPacket p = _packet; _packet = default; if (!p.IsDefault) p.Complete(new Reply { Status = status }); }
                public void Dispose() => Finish(NtStatus.Cancelled);
            }
            internal sealed partial class X {
                private readonly List<Operation> _running = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet) => _running.Add(new Operation(packet.Pend()));
                private void Stop() { foreach (var o in _running) o.Dispose(); _running.Clear(); }
            }
            """),
        Case("b08", "operation that never completes", """
            internal sealed class Operation(PendingPacket packet) {
                private readonly PendingPacket {|VMB106:_packet|} = packet;
                public ulong Id => _packet.TransactionId;
            }
            internal sealed partial class X {
                private readonly List<Operation> _running = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet) => _running.Add(new Operation(packet.Pend()));
            }
            """),
        Case("b09", "text read late", """
            internal sealed partial class X {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, ReadOnlySpan<byte> buffer) {
                    ReadOnlySpan<byte> name = buffer.Slice(4, 8);
                    packet.Complete();
                    Console.WriteLine(System.Text.Encoding.UTF8.GetString({|VMB301:name|}));
                }
            }
            """),
        Case("b10", "text read before", """
            internal sealed partial class X {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, ReadOnlySpan<byte> buffer) {
                    string name = System.Text.Encoding.UTF8.GetString(buffer.Slice(4, 8));
                    ulong id = packet.TransactionId;
                    packet.Complete();
                    Console.WriteLine(name + id);
                }
            }
            """),
        Case("b11", "id read late", """
            internal sealed partial class X {
                private readonly ConcurrentQueue<PendingPacket> _q = new();
                private void Pump() {
                    while (_q.TryDequeue(out PendingPacket p)) {
                        p.Complete();
                        Console.WriteLine($"done {{|VMB103:p.TransactionId|}}");
                    }
                }
            }
            """),
        Case("b12", "copy and equality", """
            internal sealed partial class X {
                private readonly ConcurrentQueue<PendingPacket> _q = new();
                private PendingPacket _last;
                private void Pump() {
                    PendingPacket p;
                    while (_q.TryDequeue(out p)) {
                        PendingPacket copy = p;
                        if (copy.Equals(_last)) Console.WriteLine("again");
                        copy.Complete();
                    }
                }
            }
            """),
        Case("b13", "async handler and a delayed close", """
            internal sealed partial class X {
                private readonly SemaphoreSlim _gate = new(1);
                private readonly Dictionary<ulong, PendingPacket> _open = new();
                [ProcessPacket(1u, Irql = Irql.Passive)] private async ValueTask<Reply> On(Request r, CancellationToken token) {
                    await _gate.WaitAsync(token);
                    try { return new Reply { Done = r.Length }; } finally { _gate.Release(); }
                }
                [ProcessPacket(2u)] private void Open(PacketCompletion packet, in Request r) => _open.Add(r.Offset, packet.Pend());
                private async Task CloseAsync(ulong id, TimeSpan delay, CancellationToken token) {
                    if (!_open.Remove(id, out PendingPacket p)) return;
                    try { await Task.Delay(delay, token); }
                    catch (OperationCanceledException) { p.Fail(); throw; }
                    p.Complete();
                }
            }
            """),
        Case("b14", "guard without a return", """
            internal sealed partial class X {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    if (r.Length > 4096) { packet.Fail(); }
                    if ({|VMB301:r.Op|} == Op.Trim) { {|VMB102:packet.Complete()|}; return; }
                    {|VMB102:packet.Complete(new Reply { Done = {|VMB301:r.Length|} })|};
                }
            }
            """),
        Case("b15", "throw in a lookup", """
            internal sealed partial class X {
                private readonly Dictionary<Op, int> _costs = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    int cost = _costs.TryGetValue(r.Op, out int c) ? c : {|VMB108:throw new InvalidOperationException("op")|};
                    packet.Complete(new Reply { Done = (uint)cost });
                }
            }
            """),
        Case("b16", "table of functions", """
            internal sealed partial class X {
                private readonly Dictionary<Op, Func<Request, uint>> _table = new() { [Op.Read] = static r => r.Length, [Op.Write] = static r => 0 };
                [ProcessPacket(1u)] private void On(PacketCompletion packet, Request r) {
                    if (!_table.TryGetValue(r.Op, out Func<Request, uint>? f)) { packet.Complete(new Reply { Status = NtStatus.NotSupported }); return; }
                    try { packet.Complete(new Reply { Done = f(r) }); }
                    catch (ArithmeticException) { packet.Complete(new Reply { Status = NtStatus.InvalidParameter }); }
                }
            }
            """),
        Case("b17", "table of delegates without a contract", """
            internal delegate void Handler(PacketCompletion packet, in Request r);
            internal sealed partial class X {
                private readonly Dictionary<Op, Handler> _table = new();
                [ProcessPacket(1u)] private void On(PacketCompletion {|VMB101:packet|}, Request r) {
                    if (_table.TryGetValue(r.Op, out Handler? f)) f(packet, r); else packet.Fail();
                }
            }
            """),
        Case("b18", "table of delegates with a contract", """
            internal delegate void Handler([CompletesPacket] PacketCompletion packet, in Request r);
            internal sealed partial class X {
                private readonly Dictionary<Op, Handler> _table = new();
                public X() => _table.Add(Op.Read, OnRead);
                [ProcessPacket(1u)] private void On(PacketCompletion packet, Request r) {
                    if (_table.TryGetValue(r.Op, out Handler? f)) f(packet, r); else packet.Fail();
                }
                private static void OnRead(PacketCompletion packet, in Request r) => packet.Complete();
            }
            """),
        Case("b19", "local functions with captured state", """
            internal sealed partial class X {
                private readonly Queue<PendingPacket> _q = new();
                private void Pump(int max) {
                    int n = 0;
                    while (n < max && TryNext(out PendingPacket p)) { Finish(p); n++; }
                    bool TryNext(out PendingPacket next) { lock (_q) return _q.TryDequeue(out next); }
                    void Finish(PendingPacket q) { if (n % 2 == 0) q.Complete(); else q.Fail(); }
                }
            }
            """),
        Case("b20", "parallel loops and queries", """
            internal sealed partial class X {
                private readonly ConcurrentBag<PendingPacket> _bag = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet) => _bag.Add(packet.Pend());
                private void All() { Parallel.ForEach(_bag.ToArray(), p => p.Complete()); _bag.Clear(); }
                private async Task AllAsync() { await Parallel.ForEachAsync(_bag, async (p, t) => { await Task.Yield(); p.Complete(); }); }
                private void Linq() { foreach (var p in from x in _bag where x.TransactionId > 3 select x) p.Complete(); }
            }
            """),
        Case("b21", "bounded retries", """
            internal sealed partial class X {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    for (int attempt = 0; attempt < 3; attempt++) {
                        NtStatus status = Try(r.Offset);
                        if (status == NtStatus.Success) { packet.Complete(); return; }
                        if (status != NtStatus.InsufficientResources) { packet.Complete(new Reply { Status = status }); return; }
                    }
                    packet.Fail();
                }
                private static NtStatus Try(ulong o) => NtStatus.Success;
            }
            """),
        Case("b22", "bounded retries, left early", """
            internal sealed partial class X {
                [ProcessPacket(1u)] private void On(PacketCompletion {|VMB101:packet|}, in Request r) {
                    for (int attempt = 0; attempt < 3; attempt++) {
                        NtStatus status = Try(r.Offset);
                        if (status == NtStatus.Success) { packet.Complete(); return; }
                        if (status != NtStatus.InsufficientResources) break;
                    }
                }
                private static NtStatus Try(ulong o) => NtStatus.Success;
            }
            """),
        Case("b23", "waiting list", """
            internal sealed partial class X {
                private readonly List<PendingPacket> _waiting = [];
                private bool _ready;
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    if (_ready) packet.Complete(); else _waiting.Add(packet.Pend());
                }
                [ChannelStarted] private void Ready(VmbusChannel channel) {
                    _ready = true;
                    for (int i = 0; i < _waiting.Count; i++) _waiting[i].Complete();
                    _waiting.Clear();
                }
            }
            """),
        Case("b24", "slots by reference", """
            internal struct Slot { public PendingPacket Packet; public bool Busy; }
            internal sealed partial class X {
                private readonly Slot[] _slots = new Slot[8];
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    foreach (ref Slot slot in _slots.AsSpan()) {
                        if (!slot.Busy) { slot.Busy = true; slot.Packet = packet.Pend(); return; }
                    }
                    packet.Complete(new Reply { Status = NtStatus.InsufficientResources });
                }
                private void Release(int i) { ref Slot slot = ref _slots[i]; if (slot.Busy) { slot.Busy = false; PendingPacket p = slot.Packet; slot.Packet = default; p.Complete(); } }
            }
            """),
        Case("b25", "monitor and finally", """
            internal sealed partial class X {
                private readonly object _gate = new(); private bool _closed;
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    Monitor.Enter(_gate);
                    try { if (_closed) { packet.Fail(); return; } Touch(); }
                    finally { Monitor.Exit(_gate); }
                    packet.Complete();
                }
                private void Touch() { } private void Close() => _closed = true;
            }
            """),
        Case("b26", "iterator that takes packets out", """
            internal sealed partial class X {
                private readonly Queue<PendingPacket> _q = new();
                private IEnumerable<ulong> Ids() { while (_q.TryDequeue(out PendingPacket {|VMB101:p|})) yield return p.TransactionId; }
            }
            """),
        Case("b27", "tuples in a dictionary", """
            internal sealed partial class X {
                private readonly Dictionary<ulong, (PendingPacket Packet, DateTime At)> _open = new();
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) => _open[r.Offset] = (packet.Pend(), DateTime.UtcNow);
                private void Expire() {
                    foreach (ulong key in _open.Where(e => e.Value.At < DateTime.UtcNow).Select(e => e.Key).ToList()) {
                        if (_open.Remove(key, out (PendingPacket Packet, DateTime At) entry)) entry.Packet.Fail();
                    }
                }
                private bool TryClose(ulong key, out PendingPacket packet) { bool found = _open.Remove(key, out var e); packet = e.Packet; return found; }
                private void Close(ulong key) { if (TryClose(key, out PendingPacket p)) p.Complete(); }
            }
            """),
        Case("b28", "delegate that collects", """
            internal sealed partial class X {
                private Action<NtStatus>? _whenDone;
                [ProcessPacket(1u)] private void On(PacketCompletion packet) {
                    PendingPacket p = packet.Pend();
                    _whenDone += status => { if (status == NtStatus.Success) p.Complete(); else p.Fail(); };
                }
                private void Done(NtStatus s) { _whenDone?.Invoke(s); _whenDone = null; }
            }
            """),
        Case("b29", "callbacks for success and failure", """
            internal sealed partial class X {
                [ProcessPacket(1u)] private void On(PacketCompletion packet, in Request r) {
                    PendingPacket p = packet.Pend();
                    Submit(r.Offset, onDone: n => p.Complete(new Reply { Done = n }), onError: () => p.Fail());
                }
                private void Submit(ulong o, Action<uint> onDone, Action onError) => ThreadPool.QueueUserWorkItem(_ => { if (o > 0) onDone(1); else onError(); });
            }
            """),
        Case("b30", "channel that may be closed", """
            internal sealed partial class X {
                private readonly Channel<PendingPacket> _c = Channel.CreateUnbounded<PendingPacket>();
                [ProcessPacket(1u)] private void On(PacketCompletion packet) { PendingPacket p = packet.Pend(); _ = SendAsync(p); }
                private async ValueTask SendAsync(PendingPacket p) {
                    try { await _c.Writer.WriteAsync(p); } catch (ChannelClosedException) { p.Fail(); }
                }
                private async Task ReadAll() { await foreach (PendingPacket p in _c.Reader.ReadAllAsync()) { if (p.BufferMemory.Length > 4) p.Complete(); else p.Fail(); } }
            }
            """),
    ];

    private static CompletionCase Case(string row, string name, string source) => new(row, name, Frame + source);
}
