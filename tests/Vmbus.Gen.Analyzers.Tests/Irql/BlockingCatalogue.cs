using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>A pattern and the verdict on it, which stands in the source as markup: <c>[|...|]</c> is VMB201.</summary>
public sealed record IrqlCase(string Row, string Name, string Source)
{
    public override string ToString() => $"{Row} {Name}";
}

/// <summary>The catalogue of patterns for VMB201.</summary>
internal static class BlockingCatalogue
{
    public static IEnumerable<IrqlCase> All =>
    [
        // Straight line and branches
        In("1", "direct", "[|Thread.Sleep(1)|]; packet.Complete();"),
        In("6", "after completion", "packet.Complete(); [|Thread.Sleep(1)|];"),
        In("8", "nameof", "_ = nameof(Thread.Sleep); packet.Complete();"),
        In("9", "method group not invoked", "Action a = _event.Wait; GC.KeepAlive(a);"),
        In("10", "erased call", "Never();", "[Conditional(\"NEVER_DEFINED\")] private static void Never() => Thread.Sleep(1);"),
        In("11", "in an erased argument", "Debug.Assert(_event.Wait(5));"),
        In("12", "in one arm", "if (G()) [|Thread.Sleep(1)|];"),
        In("21", "in a ternary", "int x = G() ? [|_task.Result|] : 0;"),
        In("23", "right of and", "bool x = G() && [|_event.Wait(5)|];"),
        In("24", "right of coalescing", "object? o = null; o ??= [|_task.Result|];"),
        In("25", "conditional access", "Other?.Set(); Other?[|.Wait()|];", "private ManualResetEventSlim? Other;"),
        In("31", "constant false", "if (false) Thread.Sleep(1);"),
        In("200", "unreachable", "return; Thread.Sleep(1);"),
        In("46", "in a guard", "switch (buffer.Length) { case > 8 when [|_event.Wait(5)|]: break; }"),
        In("52", "in a loop, once", "for (int i = 0; i < 3; i++) { [|Thread.Sleep(1)|]; }"),
        In("53", "in foreach", "foreach (byte b in buffer) { [|Thread.Sleep(b)|]; }"),
        In("72", "in catch", "try { G(); } catch { [|Thread.Sleep(1)|]; }"),
        In("75", "in finally", "try { G(); } finally { [|Thread.Sleep(1)|]; }"),
        In("84", "in a filter", "try { G(); } catch (Exception) when ([|_event.Wait(5)|]) { }"),
        In("91", "after a call that does not return", "Environment.FailFast(\"\"); Thread.Sleep(1);"),
        In("95", "in an argument", "packet.Complete(new Header { Type = (uint)[|_task.Result|] });"),

        // What blocks
        In("181", "sleep of zero and yield", "Thread.Sleep(0); Thread.Yield(); Thread.SpinWait(20);"),
        In("181b", "sleep of a zero span", "Thread.Sleep(TimeSpan.Zero); Thread.Sleep(Zero); Thread.Sleep(default(TimeSpan)); [|Thread.Sleep(Second)|];"),
        In("182", "task", "[|_task.Wait()|]; int x = [|_task.Result|]; int y = [|_task.GetAwaiter().GetResult()|];"),
        In("182b", "task known to be complete", "if (_task.IsCompleted) { int x = _task.Result; } if (_task.IsCompletedSuccessfully) { int y = _task.GetAwaiter().GetResult(); }"),
        In("182c", "task not known to be complete", "if (!_task.IsCompleted) { int x = [|_task.Result|]; }"),
        In("182cb", "task that may be complete by now", "if (!_task.IsCompleted) { G(); if (_task.IsCompleted) { [|Thread.Sleep(2)|]; int x = _task.Result; } }"),
        In("182d", "another task is complete", "Task<int> other = Task.FromResult(1); if (other.IsCompleted) { int x = [|_task.Result|]; }"),
        In("182e", "task complete, inverted", "var t = _task; if (!t.IsCompleted) return; int x = t.Result;"),
        In("182g", "status of a complete task", "if (_task.Status == TaskStatus.RanToCompletion) { int x = _task.Result; } if (_task.Status is TaskStatus.Faulted or TaskStatus.Canceled) { int y = _task.GetAwaiter().GetResult(); } if (_task is { Status: TaskStatus.RanToCompletion }) { int z = _task.Result; }"),
        In("182h", "status of a task that may still run", "if (_task.Status != TaskStatus.RanToCompletion) { int x = [|_task.Result|]; } if (_task.Status >= TaskStatus.Running) { int y = [|_task.Result|]; } if (_task.Status == TaskStatus.Running) { int z = [|_task.Result|]; }"),
        In("182i", "status of a task that has become complete", "if (_task.Status == TaskStatus.Running) { Thread.SpinWait(1); if (_task.Status == TaskStatus.RanToCompletion) { int x = _task.Result; [|Thread.Sleep(1)|]; } }"),
        In("182f", "configured awaiter", "int x = [|_task.ConfigureAwait(false).GetAwaiter().GetResult()|];"),
        In("183", "event", "_event.Wait(0); [|_event.Wait()|]; [|_event.Wait(10)|]; _event.Wait(TimeSpan.Zero);"),
        In("184", "semaphore, mutex and the like", "[|_semaphore.Wait()|]; new Mutex().ReleaseMutex(); [|new Mutex().WaitOne()|]; new Mutex().WaitOne(0); [|new Barrier(2).SignalAndWait()|]; [|new CountdownEvent(1).Wait()|]; [|new ReaderWriterLockSlim().EnterReadLock()|]; new ReaderWriterLockSlim().TryEnterReadLock(0);"),
        In("185", "console, files, sockets, processes", "[|Console.WriteLine()|]; [|File.ReadAllText(\"x\")|]; [|_file.Flush()|]; [|Process.Start(\"x\")|]; [|new Socket(SocketType.Stream, ProtocolType.Tcp).Connect(\"x\", 1)|]; new Socket(SocketType.Stream, ProtocolType.Tcp).Poll(0, SelectMode.SelectRead);"),
        In("185b", "asynchronous forms", "_ = File.ReadAllTextAsync(\"x\"); _ = _file.FlushAsync(); _ = _semaphore.WaitAsync();"),
        In("185c", "memory is no device", "var memory = new MemoryStream(); memory.WriteByte(1); memory.Flush();"),
        In("185d", "a stream may be anything", "Stream s = _file; [|s.Flush()|];"),
        In("185e", "constructor", "using var f = [|new FileStream(\"x\", FileMode.Open)|];"),
        In("185f", "property", "long n = [|new FileInfo(\"x\").Length|];"),
        In("67", "spinning", "[|SpinWait.SpinUntil(() => G())|]; var s = new SpinWait(); [|s.SpinOnce()|]; s.SpinOnce(-1);"),
        In("GC", "collector and process", "[|GC.Collect()|]; [|GC.WaitForPendingFinalizers()|]; if (G()) [|Environment.Exit(1)|];"),
        In("BC", "blocking collection", "[|_bounded.Add(1)|]; _unbounded.Add(1); [|_unbounded.Take()|]; _unbounded.TryTake(out _); [|_unbounded.TryTake(out _, 10)|]; _unbounded.TryTake(out _, 0);"),
        In("CTR", "registration", "CancellationToken.None.Register(() => { }).Unregister(); [|CancellationToken.None.Register(() => { }).Dispose()|];"),
        In("101b", "locks are another rule", "lock (_gate) { G(); } Monitor.Enter(_gate); Monitor.Exit(_gate); Monitor.TryEnter(_gate, 10); [|Monitor.Wait(_gate)|];"),
        In("103", "spin lock", "var l = new SpinLock(); bool taken = false; l.Enter(ref taken); l.Exit();"),
        In("Par", "parallel", "[|Parallel.For(0, 3, i => { })|];"),
        In("Blk", "says that it blocks", "[|_store.Flush()|]; _store.Save(); [|Local()|];", "[Blocks] private static void Local() { }"),

        // Contracts
        In("189b", "callee with a contract: another rule", "_store.Commit(); Passive();", "[IrqlRequiresMax(Irql.Passive)] private static void Passive() => Thread.Sleep(1);"),
        Whole("C1", "method of at most DISPATCH_LEVEL", "[IrqlRequiresMax(Irql.Dispatch)] private void M() => [|Thread.Sleep(1)|];"),
        Whole("C2", "method at DISPATCH_LEVEL", "[IrqlRequires(Irql.Dispatch)] private void M() => [|Thread.Sleep(1)|];"),
        Whole("C2b", "method at least at DISPATCH_LEVEL", "[IrqlRequiresMin(Irql.Dispatch)] private void M() => [|Thread.Sleep(1)|];"),
        Whole("C3", "method at PASSIVE_LEVEL", "[IrqlRequiresMax(Irql.Passive)] private void M() => Thread.Sleep(1);"),
        Whole("C4", "method without a contract", "private void M() => Thread.Sleep(1);"),
        Whole("C5", "passive handler", "[ProcessPacket(1u, Irql = Irql.Passive)] private void On(PacketCompletion packet) { Thread.Sleep(1); packet.Complete(); }"),
        Whole("C6", "async handler", "[ProcessPacket(1u, Irql = Irql.Passive)] private async ValueTask<Header> On(CancellationToken token) { await Task.Delay(1, token); Thread.Sleep(1); return default; }"),
        Whole("C7", "batch callback", "[ProcessingComplete] private void Done(VmbusChannel channel, uint packetsProcessed) => [|Thread.Sleep(1)|];"),
        Whole("C8", "completion routine", "[PacketCompletionRoutine] private void Sent(NtStatus status, ReadOnlySpan<byte> buffer) => [|Thread.Sleep(1)|];"),
        Whole("C9", "state callback", "[ChannelStarted] private void Started(VmbusChannel channel) => Thread.Sleep(1);"),
        Whole("C10", "lambda with a contract", "private readonly Action _a = [IrqlRequires(Irql.Dispatch)] () => [|Thread.Sleep(1)|];"),
        Whole("C11", "local function with a contract", "private void M() { D(); [IrqlRequires(Irql.Dispatch)] static void D() => [|Thread.Sleep(1)|]; }"),
        Whole("C12", "accessor with a contract", "private int P { [IrqlRequiresMax(Irql.Dispatch)] get => [|_task.Result|]; }"),
        Raw("190", "class processed at passive", "[ChannelCallbacks(IncomingProcessingAtPassive = true)] public sealed partial class P { [ProcessPacket(1u)] private void On(PacketCompletion packet) { Thread.Sleep(1); packet.Complete(); } }"),
        Raw("I1", "hand-written callbacks", "public sealed class C : IChannelCallbacks { public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) { [|Thread.Sleep(1)|]; packet.Complete(); } public void ProcessingComplete(VmbusChannel channel, uint packetsProcessed) => [|Thread.Sleep(1)|]; public NtStatus Opened(VmbusChannel channel) { Thread.Sleep(1); return NtStatus.Success; } }"),
        Raw("I2", "override inherits its contract", "public abstract class B { [IrqlRequiresMax(Irql.Dispatch)] protected abstract void M(); } public sealed class D : B { protected override void M() => [|Thread.Sleep(1)|]; }"),

        // Tests of the level
        In("191", "if passive", "if (KernelIrql.Current == Irql.Passive) Thread.Sleep(1); else [|Thread.Sleep(2)|];"),
        In("191b", "early return", "if (KernelIrql.Current == Irql.Dispatch) { packet.DeferToPassive(); return; } Thread.Sleep(1); packet.Complete();"),
        In("191c", "through a local", "var level = KernelIrql.Current; if (level >= Irql.Dispatch) return; Thread.Sleep(1);"),
        In("191d", "through a flag", "bool passive = KernelIrql.Current < Irql.Dispatch; if (passive) Thread.Sleep(1); if (!passive) [|Thread.Sleep(1)|];"),
        In("191e", "pattern", "if (KernelIrql.Current is Irql.Passive or Irql.Apc) Thread.Sleep(1); if (KernelIrql.Current is not Irql.Dispatch) Thread.Sleep(1);"),
        In("191f", "switch", "switch (KernelIrql.Current) { case Irql.Passive: Thread.Sleep(1); break; case Irql.Dispatch: [|Thread.Sleep(1)|]; break; }"),
        In("191g", "switch expression", "int x = KernelIrql.Current switch { Irql.Dispatch => [|_task.Result|], _ => _task.Result };"),
        In("191h", "and", "bool x = KernelIrql.Current == Irql.Passive && _event.Wait(5);"),
        In("191i", "or", "bool x = KernelIrql.Current == Irql.Dispatch || _event.Wait(5);"),
        In("191j", "ternary", "int x = KernelIrql.Current > Irql.Passive ? 0 : _task.Result;"),
        In("191k", "while", "while (KernelIrql.Current == Irql.Passive) { Thread.Sleep(1); }"),
        In("191l", "apc is not enough", "if (KernelIrql.Current != Irql.Passive) [|Thread.Sleep(1)|];"),
        In("191m", "an assertion is no test", "Debug.Assert(KernelIrql.Current == Irql.Passive); [|Thread.Sleep(1)|];"),
        In("191n", "raised after the test", "if (KernelIrql.Current == Irql.Passive) { using (KernelIrql.Raise(Irql.Dispatch)) { [|Thread.Sleep(1)|]; } Thread.Sleep(2); }"),

        // Raises
        Whole("192", "raised region", "[IrqlRequiresMax(Irql.Passive)] private void M() { Thread.Sleep(1); using (KernelIrql.Raise(Irql.Dispatch)) { [|Thread.Sleep(2)|]; } Thread.Sleep(3); }"),
        Whole("192b", "raised in a method without a contract", "private void M() { Thread.Sleep(1); using (KernelIrql.Raise(Irql.Dispatch)) { [|Thread.Sleep(2)|]; } Thread.Sleep(3); }"),
        Whole("192c", "using declaration", "private void M() { Thread.Sleep(1); { using var scope = KernelIrql.Raise(Irql.Dispatch); [|Thread.Sleep(2)|]; } Thread.Sleep(3); }"),
        Whole("192d", "raised to apc", "private void M() { using (KernelIrql.Raise(Irql.Apc)) { Thread.Sleep(2); } }"),
        Whole("192e", "lowered by hand", "[IrqlRequiresMax(Irql.Passive)] private void M() { var scope = KernelIrql.Raise(Irql.Dispatch); [|Thread.Sleep(1)|]; KernelIrql.Lower(Irql.Passive); Thread.Sleep(2); }"),
        Whole("192f", "disposed by hand", "[IrqlRequiresMax(Irql.Passive)] private void M() { var scope = KernelIrql.Raise(Irql.Dispatch); [|Thread.Sleep(1)|]; scope.Dispose(); Thread.Sleep(2); }"),
        Whole("192g", "lowered to the level before", "[IrqlRequiresMax(Irql.Passive)] private void M() { var scope = KernelIrql.Raise(Irql.Dispatch); [|Thread.Sleep(1)|]; KernelIrql.Lower(scope.Previous); Thread.Sleep(2); }"),
        Whole("192h", "nested", "private void M() { using (KernelIrql.Raise(Irql.Apc)) { Thread.Sleep(1); using (KernelIrql.Raise(Irql.Dispatch)) { [|Thread.Sleep(2)|]; } Thread.Sleep(3); } }"),
        Whole("192i", "an exception leaves the region", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { using (KernelIrql.Raise(Irql.Dispatch)) { G(); } } catch { Thread.Sleep(1); } }"),

        // Functions and delegates
        In("117", "local function", "void Wait() => [|Thread.Sleep(1)|]; Wait(); Wait();"),
        In("118", "local function never called", "void Wait() => Thread.Sleep(1);"),
        In("121", "lambda called at once", "Action a = () => [|Thread.Sleep(1)|]; a();"),
        In("125", "handed to a task", "_ = Task.Run(() => Thread.Sleep(1)); ThreadPool.QueueUserWorkItem(_ => Thread.Sleep(1)); new Thread(() => Thread.Sleep(1)).Start();"),
        In("126", "called back before it returns", "_list.ForEach(x => [|Thread.Sleep(x)|]); bool any = _list.Any(x => [|_event.Wait(x)|]);"),
        In("126b", "method group called back", "[|_list.ForEach(Pause)|];", "private static void Pause(int x) => Thread.Sleep(x);"),
        In("127", "async local function", "_ = Later(); async Task Later() { [|Thread.Sleep(1)|]; await Task.Delay(1); Thread.Sleep(2); }"),
        In("127b", "async method", "_ = [|Early()|]; _ = Late();", "private async Task Early() { Thread.Sleep(1); await Task.Delay(1); } private async Task Late() { await Task.Delay(1); Thread.Sleep(1); }"),
        In("127c", "async method that awaits something complete", "_ = [|M()|];", "private async Task M() { await Task.CompletedTask; Thread.Sleep(1); }"),

        // Calls
        In("156", "helper", "[|Save()|];", "private void Save() => _file.Flush();"),
        In("156b", "helper of a helper", "[|Save()|];", "private void Save() => Flush(); private void Flush() => _file.Flush();"),
        In("156c", "helper asks for the level", "Save();", "private void Save() { if (KernelIrql.Current == Irql.Dispatch) return; _file.Flush(); }"),
        In("156d", "helper that hands it on", "Save();", "private void Save() => Task.Run(() => _file.Flush());"),
        In("159", "recursion", "[|Down(3)|];", "private void Down(int n) { if (n == 0) { Thread.Sleep(1); return; } Down(n - 1); }"),
        In("159b", "mutual recursion", "[|Ping(3)|];", "private void Ping(int n) { if (n > 0) Pong(n - 1); } private void Pong(int n) { if (n > 0) Ping(n - 1); else Thread.Sleep(1); }"),
        In("159c", "mutual recursion that does not block", "Ping(3);", "private void Ping(int n) { if (n > 0) Pong(n - 1); } private void Pong(int n) { if (n > 0) Ping(n - 1); }"),
        In("172c", "property and indexer", "int x = [|Slow|]; int y = [|this[1]|]; [|Slow|] = 3; Fast = 3; int z = Fast;", "private int Slow { get => _task.Result; set => Thread.Sleep(value); } private int this[int i] => _task.Result; private int Fast { get; set; }"),
        In("172d", "only the setter blocks", "int x = Half; [|Half|] = 3; [|Half|] += 1;", "private int Half { get => 1; set => Thread.Sleep(value); }"),
        In("172", "operator and conversion", "var a = [|new Slow() + new Slow()|]; int i = [|(int)new Slow()|];", "private struct Slow { public static Slow operator +(Slow l, Slow r) { Thread.Sleep(1); return l; } public static explicit operator int(Slow s) { Thread.Sleep(1); return 1; } }"),
        In("173", "constructor", "var w = [|new Waiter()|];", "private sealed class Waiter { public Waiter() { Thread.Sleep(1); } }"),
        In("173b", "dispose", "using (var [|w = new Waiter()|]) { G(); }", "private sealed class Waiter : IDisposable { public void Dispose() => Thread.Sleep(1); }"),
        In("170", "partial method without a body", "Extra();", "partial void Extra();"),
        In("197", "handler calls a handler", "Other(packet);", "[ProcessPacket(2u)] private void Other(PacketCompletion packet) { [|Thread.Sleep(1)|]; packet.Complete(); }"),
        In("199", "only in a catch of the callee", "[|Try()|];", "private void Try() { try { G(); } catch { Thread.Sleep(1); } }"),
        In("132", "iterator only created", "var all = Numbers();", "private static IEnumerable<int> Numbers() { Thread.Sleep(1); yield return 1; }"),
    ];

    private static IrqlCase In(string row, string name, string body, string members = "") => new(row, name, Handler(body, members));

    private static IrqlCase Whole(string row, string name, string members) => new(row, name, Class(members));

    private static IrqlCase Raw(string row, string name, string source) => new(row, name, source);
}
