using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Patterns of control flow around calls that block, all rules of the family on.</summary>
internal static class PatternCatalogue
{
    public static IEnumerable<IrqlCase> All =>
    [
        In("7", "expression body", "=> {|VMB201:Thread.Sleep(1)|};"),
        In("13", "one arm", "if (G()) {|VMB201:Thread.Sleep(1)|}; packet.Complete();"),
        In("14", "before a guard that returns", "{|VMB201:Thread.Sleep(1)|}; if (buffer.Length < 8) { packet.Fail(); return; } packet.Complete();"),
        In("27", "a condition that repeats is no excuse", "bool b = G(); if (b) packet.Complete(); if (b) {|VMB201:Thread.Sleep(1)|}; if (!b) packet.Fail();"),
        In("32", "flag changed by reference", "bool b = false; Change(ref b); if (b) {|VMB201:Thread.Sleep(1)|};", "private static void Change(ref bool b) => b = true;"),
        In("33", "flag in a field", "if (_on) {|VMB201:Thread.Sleep(1)|};", "private bool _on; private void Set() => _on = true;"),
        In("36", "helper that answers", "if (!{|VMB201:TryRead(out int x)|}) packet.Fail(); else packet.Complete();", "private bool TryRead(out int x) { x = _task.Result; return x > 0; }"),
        In("38", "helper that answers with a status", "if ({|VMB201:Save()|} != NtStatus.Success) packet.Fail(); else packet.Complete();", "private NtStatus Save() { _file.Flush(); return NtStatus.Success; }"),
        In("39", "section of a switch", "switch (buffer.Length) { case 8: {|VMB201:Thread.Sleep(1)|}; break; default: packet.Complete(); break; }"),
        In("43", "arm of a switch expression", "int x = buffer.Length switch { 8 => {|VMB201:_task.Result|}, _ => 0 };"),
        In("48", "pattern over a property that blocks", "if ({|VMB201:this is { Slow: > 1 }|}) packet.Complete();", "private int Slow => _task.Result;"),
        In("60", "a wait a round", "while (G()) { {|VMB201:_event.Wait()|}; }"),
        In("68", "spins for a number of turns", "Thread.SpinWait(20); packet.Complete();"),
        In("79", "outer finally", "try { try { G(); } finally { packet.Complete(); } } finally { {|VMB201:Thread.Sleep(1)|}; }"),
        In("96", "guard whose disposal blocks", "using var {|VMB201:g = new Guard()|};", "private readonly ref struct Guard { public Guard() { } public void Dispose() => Thread.Sleep(1); }"),
        In("101", "lock", "lock ({|VMB206:_gate|}) { packet.Complete(); }"),
        In("102", "lock tried for", "if (Monitor.TryEnter(_gate)) Monitor.Exit(_gate); packet.Complete();"),
        In("106", "memory of the stack", "Span<byte> answer = stackalloc byte[8]; packet.Complete(answer);"),
        In("111", "helper that reads", "{|VMB201:Read(packet)|}; packet.Complete();", "private static void Read(PacketCompletion packet) { Thread.Sleep(1); }"),
        In("119", "local function called twice", "W(); W(); static void W() => {|VMB201:Thread.Sleep(1)|};"),
        In("122", "delegate of unknown origin", "Unknown(); packet.Complete();", "private readonly Action Unknown = null!;"),
        In("123", "delegate whose contract is PASSIVE_LEVEL", "{|VMB202:_save()|}; packet.Complete();", "[IrqlRequiresMax(Irql.Passive)] private delegate void Saver(); private readonly Saver _save = null!;"),
        In("133", "behind an await", "_ = Later(); packet.Complete();", "private async Task Later() { await Task.Delay(1); Thread.Sleep(1); }"),
        Whole("140", "handler at PASSIVE_LEVEL", "[ProcessPacket(2u, Irql = Irql.Passive)] private void On(PacketCompletion packet) { Thread.Sleep(1); packet.Complete(); }"),
        In("142", "work item", "ThreadPool.UnsafeQueueUserWorkItem(static p => { Thread.Sleep(1); p.Complete(); }, packet.Pend(), preferLocal: false);"),
        In("157", "helper that answers and waits on one path", "if (!{|VMB201:TryDone(packet)|}) packet.Fail();", "private bool TryDone(PacketCompletion packet) { if (G()) { packet.Complete(); return true; } _event.Wait(); return false; }"),
        In("158", "nine helpers deep", "{|VMB201:A1()|};", string.Concat(Enumerable.Range(1, 9).Select(static i => $"private static void A{i}() => A{i + 1}(); ")) + "private static void A10() => Thread.Sleep(1);"),
        In("164", "static abstract member", "{|VMB201:Do<Slow>()|};", "private interface IStep { static abstract void Run(); } private struct Slow : IStep { public static void Run() => Thread.Sleep(1); } private static void Do<T>() where T : IStep => T.Run();"),
        In("165", "sealed receiver", "new Quick().Run(); packet.Complete();", "private class Slow { public virtual void Run() => Thread.Sleep(1); } private sealed class Quick : Slow { public override void Run() { } }"),
        Whole("166", "override that demands more than its base", "private class First { [IrqlRequiresMax(Irql.Dispatch)] public virtual void Run() { } } private sealed class Last : First { [IrqlRequiresMax(Irql.Passive)] public override void {|VMB205:Run|}() { } }"),
        In("167", "interface without a contract", "{|VMB201:_step.Run()|};", "private readonly IStep _step = new Slow(); private interface IStep { void Run(); } private sealed class Slow : IStep { public void Run() => Thread.Sleep(1); }"),
        In("168", "base blocks", "{|VMB201:new Last().Run()|};", "private class First { public virtual void Run() => Thread.Sleep(1); } private sealed class Last : First { public override void Run() => base.Run(); }"),
        In("176", "dynamic", "dynamic d = _gate; d.Sleep(1); packet.Complete();"),
        In("177", "function pointer", "unsafe { delegate*<void> f = &Quick; f(); } packet.Complete();", "private static void Quick() { }"),
        In("178", "native function", "Native(); packet.Complete();", "[System.Runtime.InteropServices.DllImport(\"native\")] private static extern void Native();"),
        In("186", "lazy value", "int x = {|VMB201:_slow.Value|};", "private readonly Lazy<int> _slow = new(() => { Thread.Sleep(1); return 1; });"),
        In("187", "static constructor", "int x = {|VMB201:Config.Value|};", "private static class Config { public static int Value; static Config() => Thread.Sleep(1); }"),
        In("188", "lock that nobody else takes", "object own = new(); lock ({|VMB206:own|}) { packet.Complete(); }"),
        In("189", "callee whose contract is PASSIVE_LEVEL", "{|VMB202:Save()|};", "[IrqlRequiresMax(Irql.Passive)] private static void Save() { }"),
        Whole("193", "level not restored on one path", "private void M() { var s = {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; if (G()) return; s.Dispose(); }"),
        In("194", "lowered to another level than before", "var s = KernelIrql.Raise(Irql.Dispatch); {|VMB204:KernelIrql.Lower(Irql.Passive)|}; packet.Complete();"),
        Whole("195", "raised to a computed level", "private void M(Irql level) { using (KernelIrql.Raise(level)) { Thread.Sleep(1); } }"),
        In("196", "callee that needs DISPATCH_LEVEL", "{|VMB203:Finish()|};", "[IrqlRequires(Irql.Dispatch)] private static void Finish() { }"),
        In("198", "interface member with a contract", "_step.Run(); packet.Complete();", "private readonly IStep _step = null!; private interface IStep { [IrqlRequiresMax(Irql.Dispatch)] void Run(); }"),
    ];

    private static IrqlCase In(string row, string name, string body, string members = "")
        => new(row, name, body.StartsWith("=>", StringComparison.Ordinal) ? Class("[ProcessPacket(1u)] private void OnPacket(PacketCompletion packet) " + body + members) : Handler(body, members));

    private static IrqlCase Whole(string row, string name, string members) => new(row, name, Class(members));
}
