using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Handlers as services have them, judged by hand, all rules of the family on.</summary>
internal static class HandlerCatalogue
{
    private const string Logger = """
        internal interface ILogger { void Log(string text); bool IsEnabled(int level); }
        internal sealed class ConsoleLogger : ILogger { public bool IsEnabled(int level) => level > 1; public void Log(string text) => Console.WriteLine(text); }
        internal sealed class RingLogger : ILogger { private readonly ConcurrentQueue<string> _lines = new(); public bool IsEnabled(int level) => true; public void Log(string text) => _lines.Enqueue(text); }
        """;

    public static IEnumerable<IrqlCase> All =>
    [
        // Logging
        In("a logger of which one implementation writes to the console", "{|VMB201:_log.Log(\"heartbeat\")|}; packet.Complete();", "private readonly ILogger _log = null!; } " + Logger + " internal static class More {"),
        In("a logger that is known to keep lines in memory", "_log.Log(\"heartbeat\"); packet.Complete();", "private readonly RingLogger _log = new(); } " + Logger + " internal static class More {"),
        In("a logger behind a test of its own, which is no excuse", "if (_log.IsEnabled(2)) {|VMB201:_log.Log(\"x\")|}; packet.Complete();", "private readonly ILogger _log = null!; } " + Logger + " internal static class More {"),
        In("a logger at PASSIVE_LEVEL only", "if (KernelIrql.Current == Irql.Passive) _log.Log(\"x\"); packet.Complete();", "private readonly ILogger _log = null!; } " + Logger + " internal static class More {"),
        In("a logger in another assembly is not guessed", "_trace.TraceEvent(null, \"\", TraceEventType.Information, 1); packet.Complete();", "private readonly TraceListener _trace = null!;"),
        In("log lines handed to the pool", "ThreadPool.UnsafeQueueUserWorkItem(static s => Console.WriteLine(s), \"x\", preferLocal: false); packet.Complete();"),
        In("the last resort of a catch", "try { G(); packet.Complete(); } catch (InvalidOperationException e) { {|VMB201:Console.Error|}.WriteLine(e.Message); packet.Fail(); }"),

        // Deferral
        In("defer, then read the disk", "if (KernelIrql.Current >= Irql.Dispatch) { packet.DeferToPassive(); return; } _file.Flush(); packet.Complete();"),
        In("defer through a helper that answers whether it did", "if (Deferred(packet)) return; _file.Flush(); packet.Complete();", "private static bool Deferred([BorrowsPacket] PacketCompletion packet) { if (KernelIrql.Current == Irql.Passive) return false; packet.DeferToPassive(); return true; }"),
        In("defer the wrong way round", "if (KernelIrql.Current == Irql.Passive) { packet.Complete(); return; } {|VMB201:_file.Flush()|}; packet.Complete();"),
        In("defer large packets only", "if (buffer.Length > 512 && KernelIrql.Current != Irql.Passive) { packet.DeferToPassive(); return; } if (buffer.Length > 512) _file.Write(buffer); packet.Complete();"),
        In("defer, but the small ones are written too", "if (buffer.Length > 512 && KernelIrql.Current != Irql.Passive) { packet.DeferToPassive(); return; } {|VMB201:_file.Write(buffer)|}; packet.Complete();"),
        In("the level is asked before the loop", "bool slow = KernelIrql.Current == Irql.Passive; for (int i = 0; i < 3; i++) { if (slow) _file.WriteByte(1); } packet.Complete();"),

        // Locks
        In("a lock around a dictionary", "lock ({|VMB206:_gate|}) { _list.Add(buffer.Length); } packet.Complete();"),
        In("a lock that is tried", "if (Monitor.TryEnter(_gate)) { try { _list.Add(1); } finally { Monitor.Exit(_gate); } } packet.Complete();"),
        In("a spin lock", "bool taken = false; try { _spin.Enter(ref taken); _list.Add(1); } finally { if (taken) _spin.Exit(); } packet.Complete();", "private SpinLock _spin = new(false);"),
        In("a semaphore as a gate", "if (!_semaphore.Wait(0)) { packet.Fail(); return; } try { _list.Add(1); } finally { _semaphore.Release(); } packet.Complete();"),
        In("a semaphore that is waited for", "{|VMB201:_semaphore.Wait()|}; try { _list.Add(1); } finally { _semaphore.Release(); } packet.Complete();"),
        In("a lock in a property that a handler reads", "if ({|VMB206:Count|} > 3) packet.Fail(); else packet.Complete();", "private int Count { get { lock (_gate) { return _list.Count; } } }"),
        In("reader locks", "{|VMB201:_rw.EnterReadLock()|}; try { G(); } finally { _rw.ExitReadLock(); } packet.Complete();", "private readonly ReaderWriterLockSlim _rw = new();"),

        // Queues and workers
        In("work queued for a thread of its own", "_bounded.TryAdd(buffer.Length); packet.Complete();"),
        In("work queued where there may be no room", "{|VMB201:_bounded.Add(buffer.Length)|}; packet.Complete();"),
        In("a channel of the framework", "_ = _channel.Writer.TryWrite(packet.Pend());", "private readonly System.Threading.Channels.Channel<PendingPacket> _channel = System.Threading.Channels.Channel.CreateBounded<PendingPacket>(8);"),
        In("the worker itself waits, and may", "_queue.Enqueue(packet.Pend());", "private readonly ConcurrentQueue<PendingPacket> _queue = new(); private void Work() { while (true) { _event.Wait(); while (_queue.TryDequeue(out PendingPacket p)) { _file.Flush(); p.Complete(); } } }"),
        In("a cancelled registration", "_registration.Unregister(); {|VMB201:_registration.Dispose()|}; packet.Complete();", "private CancellationTokenRegistration _registration;"),
        In("a timer that is changed", "_timer.Change(0, 100); packet.Complete();", "private readonly Timer _timer = new(static s => ((FileStream)s!).Flush());"),

        // Tasks
        In("an answer that is ready", "if (_task.IsCompletedSuccessfully) packet.Complete(new Header { Type = (uint)_task.Result }); else _ = AnswerAsync(packet.Pend());", "private async Task AnswerAsync(PendingPacket p) { uint type = (uint)await _task; _file.Flush(); p.Complete(new Header { Type = type }); }"),
        In("an answer that is waited for", "packet.Complete(new Header { Type = (uint){|VMB201:_task.Result|} });"),
        In("a helper that is asynchronous in name only", "_ = {|VMB201:SaveAsync()|}; packet.Complete();", "private Task SaveAsync() { _file.Flush(); return Task.CompletedTask; }"),
        Whole("a passive handler waits", "[ProcessPacket(1u, Irql = Irql.Passive)] private async ValueTask<Header> On(CancellationToken token) { await Task.Delay(1, token); lock (_gate) { _file.Flush(); } return default; }"),
        Whole("a batch is flushed at its end", "[ProcessingComplete] private void Done(VmbusChannel channel, uint packetsProcessed) { if (packetsProcessed > 0) {|VMB201:_file.Flush()|}; }"),
        Whole("a completion routine releases who waits", "[PacketCompletionRoutine] private void Sent(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer) { _event.Set(); _semaphore.Release(); }"),

        // State callbacks and channels
        Whole("opened: files may be read", "[ChannelOpened] private NtStatus Opened(VmbusChannel channel) { File.ReadAllText(\"x\"); return NtStatus.Success; }"),
        Whole("suspend drains and must not pause", "[ChannelSuspend] private void Suspend(VmbusChannel channel) { _event.Wait(); {|VMB208:channel.Pause()|}; }"),
        In("sending is allowed, requests are not", "channel.Send(buffer); channel.TrySend(buffer); {|VMB202:channel.SendSynchronousRequest(buffer, [], out _, Second)|}; packet.Complete();"),

        // Raised regions outside of handlers
        Whole("a timer's tick raises around the shared state", "private void Tick() { _event.Wait(); using (KernelIrql.Raise(Irql.Dispatch)) { Update(); } _file.Flush(); } private void Update() => _list.Clear();"),
        Whole("a timer's tick writes while raised", "private void Tick() { using (KernelIrql.Raise(Irql.Dispatch)) { {|VMB201:Save()|}; } } private void Save() => _file.Flush();"),
        Whole("early return out of a raised region by hand", "private bool Update() { var s = {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; if (_list.Count == 0) return false; _list.Clear(); s.Dispose(); return true; }"),
        Whole("a helper for handlers says what it needs", "[IrqlRequiresMax(Irql.Apc)] private void Save() => _file.Flush(); [ProcessPacket(1u)] private void On(PacketCompletion packet) { if (KernelIrql.Current < Irql.Dispatch) Save(); else {|VMB202:Save()|}; packet.Complete(); }"),
        Whole("two handlers share a helper, one of them passive", "private void Save() => _file.Flush(); [ProcessPacket(1u)] private void Fast(PacketCompletion packet) { {|VMB201:Save()|}; packet.Complete(); } [ProcessPacket(2u, Irql = Irql.Passive)] private void Slow(PacketCompletion packet) { Save(); packet.Complete(); }"),
    ];

    private static IrqlCase In(string name, string body, string members = "") => new("handler", name, Handler(body, members));

    private static IrqlCase Whole(string name, string members) => new("handler", name, Class(members));
}
