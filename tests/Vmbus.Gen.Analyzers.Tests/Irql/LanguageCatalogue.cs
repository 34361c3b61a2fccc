using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Each way to call, each test of the level and each kind of contract twice: once where it is reported, once where it must not be.</summary>
internal static class LanguageCatalogue
{
    private const string Sleeps = "Thread.Sleep(1);";

    public static IEnumerable<IrqlCase> All =>
    [
        // Calls
        In("direct", "{|VMB201:Slow()|}; Quick();", "private static void Slow() => Thread.Sleep(1); private static void Quick() { }"),
        In("all overrides", "{|VMB201:_slow.M()|}; _quick.M();", Fields + "private abstract class Slow { public abstract void M(); } private sealed class S1 : Slow { public override void M() { } } private sealed class S2 : Slow { public override void M() => Thread.Sleep(1); } private abstract class Quick { public abstract void M(); } private sealed class Q1 : Quick { public override void M() { } } private sealed class Q2 : Quick { public override void M() => G(); }"),
        In("all implementations", "{|VMB201:_slow.M()|}; _quick.M();", Fields + "private interface Slow { void M(); } private sealed class S1 : Slow { public void M() { } } private sealed class S2 : Slow { void Slow.M() => Thread.Sleep(1); } private interface Quick { void M(); } private sealed class Q1 : Quick { public void M() { } } private sealed class Q2 : Quick { void Quick.M() => G(); }"),
        In("delegate", "Action slow = Slow; {|VMB201:slow()|}; Action quick = Quick; quick(); Action kept = Slow; GC.KeepAlive(kept);", "private static void Slow() => Thread.Sleep(1); private static void Quick() { }"),
        In("lambda", "Action slow = () => {|VMB201:Thread.Sleep(1)|}; slow(); Action kept = () => Thread.Sleep(1); GC.KeepAlive(kept);"),
        In("local function", "Slow(); Quick(); void Slow() => {|VMB201:Thread.Sleep(1)|}; void Quick() => G(); _ = Task.Run(Later); void Later() => Thread.Sleep(1);"),
        In("property", "int x = {|VMB201:Slow|}; int y = Quick;", "private int Slow => _task.Result; private int Quick => 1;"),
        In("indexer", "int x = {|VMB201:this[1]|}; int y = this[\"a\"]; {|VMB201:this[2]|} = 1; this[\"b\"] = 1;", "private int this[int i] { get => _task.Result; set => Thread.Sleep(i); } private int this[string s] { get => s.Length; set => G(); }"),
        In("operator", "_ = {|VMB201:new Slow() + new Slow()|}; _ = new Quick() + new Quick(); _ = {|VMB201:-new Slow()|}; _ = -new Quick(); if ({|VMB201:new Slow() == new Slow()|} || new Quick() == new Quick()) { }", Struct("Slow", Sleeps) + Struct("Quick", "G();")),
        In("conversion", "int a = {|VMB201:new Slow()|}; int b = new Quick(); long c = {|VMB201:(long)new Slow()|}; long d = (long)new Quick();", Struct("Slow", Sleeps) + Struct("Quick", "G();")),
        In("constructor", "var a = {|VMB201:new Slow()|}; var b = new Quick();", "private sealed class Slow { public Slow() => Thread.Sleep(1); } private sealed class Quick { public Quick() => G(); }"),
        In("static constructor", "{|VMB201:Slow.M()|}; Quick.M();", "private static class Slow { static Slow() => Thread.Sleep(1); public static void M() { } } private static class Quick { static Quick() => G(); public static void M() { } }"),
        In("static initializer", "int a = {|VMB201:Slow.Size|}; int b = Quick.Size;", "private static class Slow { public static readonly int Size = File.ReadAllText(\"x\").Length; } private static class Quick { public static readonly int Size = Environment.ProcessorCount; }"),
        In("foreach", "foreach (int i in {|VMB201:new Slow()|}) { } foreach (int i in new Quick()) { }", Enumerable("Slow", Sleeps) + Enumerable("Quick", "G();")),
        In("using", "using (var {|VMB201:a = new Slow()|}) { } using (var b = new Quick()) { }", "private sealed class Slow : IDisposable { public void Dispose() => Thread.Sleep(1); } private sealed class Quick : IDisposable { public void Dispose() => G(); }"),
        In("await", "_ = A(); _ = B(); async Task A() { {|VMB201:await new Slow()|}; } async Task B() { await new Quick(); }", Awaitable("Slow", Sleeps) + Awaitable("Quick", "G();")),
        In("interpolated string handler", "Slowly($\"{|VMB201:{buffer.Length}|}\"); Quickly($\"{buffer.Length}\");", "private static void Slowly(Slow text) { } private static void Quickly(Quick text) { } " + Interpolated("Slow", Sleeps) + Interpolated("Quick", "G();")),
        In("iterator", "foreach (int i in {|VMB201:Slow()|}) { } foreach (int i in Quick()) { }", "private static IEnumerable<int> Slow() { Thread.Sleep(1); yield return 1; } private static IEnumerable<int> Quick() { yield return 1; }"),
        In("constraint", "{|VMB201:Do<Slow>()|}; Do<Quick>();", "private static void Do<T>() where T : struct, IThing => default(T).M(); private interface IThing { void M(); } private struct Slow : IThing { public void M() => Thread.Sleep(1); } private struct Quick : IThing { public void M() => G(); }"),
        In("static abstract property", "_ = {|VMB201:Size<Slow>()|}; _ = Size<Quick>();", "private static int Size<T>() where T : IThing => T.Size; private interface IThing { static abstract int Size { get; } } private struct Slow : IThing { public static int Size { get { Thread.Sleep(1); return 1; } } } private struct Quick : IThing { public static int Size => 1; }"),
        In("recursion", "{|VMB201:Slow(3)|}; Quick(3);", "private static void Slow(int n) { if (n > 0) Slow(n - 1); else Thread.Sleep(1); } private static void Quick(int n) { if (n > 0) Quick(n - 1); else G(); }"),

        // What is handed on runs at PASSIVE_LEVEL
        In("timer", "_ = new Timer(_ => Thread.Sleep(1)); _ = new Timer(_ => {|VMB203:High()|}, null, 0, 1);", High),
        In("task", "_ = Task.Run(() => Thread.Sleep(1)); _ = Task.Run(() => {|VMB203:High()|}); _ = new Task(() => Thread.Sleep(1));", High),
        In("thread pool", "ThreadPool.QueueUserWorkItem(_ => Thread.Sleep(1)); ThreadPool.UnsafeQueueUserWorkItem(_ => {|VMB203:High()|}, null);", High),
        In("thread", "new Thread(() => Thread.Sleep(1)).Start(); new Thread(() => {|VMB203:High()|}).Start();", High),
        In("work item", "ThreadPool.UnsafeQueueUserWorkItem(new Work(), preferLocal: false); {|VMB201:new Work().Execute()|};", "private sealed class Work : IThreadPoolWorkItem { public void Execute() => Thread.Sleep(1); }"),

        // Tests of the level
        In("else", "if (KernelIrql.Current == Irql.Dispatch) {|VMB201:Thread.Sleep(1)|}; else Thread.Sleep(2);"),
        In("early return", "if (KernelIrql.Current != Irql.Dispatch) { Thread.Sleep(1); return; } {|VMB201:Thread.Sleep(2)|};"),
        In("and", "bool x = KernelIrql.Current == Irql.Dispatch && {|VMB201:_event.Wait(5)|}; bool y = KernelIrql.Current != Irql.Dispatch && _event.Wait(5);"),
        In("or", "bool x = KernelIrql.Current == Irql.Passive || {|VMB201:_event.Wait(5)|}; bool y = KernelIrql.Current == Irql.Dispatch || _event.Wait(5);"),
        In("ternary", "int x = KernelIrql.Current == Irql.Dispatch ? {|VMB201:_task.Result|} : _task.Result;"),
        In("while", "while (KernelIrql.Current == Irql.Dispatch) { {|VMB201:Thread.Sleep(1)|}; } Thread.Sleep(2);"),
        In("do", "do { {|VMB201:Thread.Sleep(1)|}; } while (KernelIrql.Current == Irql.Dispatch); Thread.Sleep(2);"),
        In("for", "for (; KernelIrql.Current == Irql.Passive;) { Thread.Sleep(1); } {|VMB201:Thread.Sleep(2)|};"),
        In("switch", "switch (KernelIrql.Current) { case < Irql.Dispatch: Thread.Sleep(1); break; default: {|VMB201:Thread.Sleep(2)|}; break; }"),
        In("deferred", "if (KernelIrql.Current == Irql.Dispatch) { packet.DeferToPassive(); return; } Thread.Sleep(1); packet.Complete();"),
        In("deferred, and goes on", "if (KernelIrql.Current == Irql.Dispatch) { packet.DeferToPassive(); {|VMB201:Thread.Sleep(1)|}; return; } packet.Complete();"),

        // Raises
        Whole("previous level in a local", "[IrqlRequiresMax(Irql.Passive)] private void M() { var s = KernelIrql.Raise(Irql.Dispatch); Irql old = s.Previous; {|VMB201:Thread.Sleep(1)|}; KernelIrql.Lower(old); Thread.Sleep(2); }"),
        Whole("a scope that a lower ended still knows its level", "[IrqlRequiresMax(Irql.Passive)] private void M() { var s = KernelIrql.Raise(Irql.Dispatch); KernelIrql.Lower(Irql.Passive); KernelIrql.Raise(Irql.Dispatch); {|VMB201:Thread.Sleep(1)|}; KernelIrql.Lower(s.Previous); Thread.Sleep(2); }"),
        Whole("a scope in whose place another raise is disposed", "[IrqlRequiresMax(Irql.Passive)] private void M() { var s = KernelIrql.Raise(Irql.Dispatch); KernelIrql.Lower(s.Previous); using (KernelIrql.Raise(Irql.Apc)) { s.Dispose(); Thread.Sleep(2); using var t = KernelIrql.Raise(Irql.Dispatch); {|VMB201:Thread.Sleep(1)|}; } }"),
        Whole("a scope that a lower to the same level ended, disposed in place of another", "[IrqlRequires(Irql.Dispatch)] private void M() { var s = KernelIrql.Raise(Irql.Dispatch); KernelIrql.Lower(Irql.Dispatch); _ = KernelIrql.Raise(Irql.Dispatch); s.Dispose(); {|VMB201:Thread.Sleep(1)|}; KernelIrql.Lower(Irql.Dispatch); }"),
        Whole("a scope that a lower to the same level ended, below a raise", "[IrqlRequiresMax(Irql.Dispatch)] private void M() { using (KernelIrql.Raise(Irql.Dispatch)) { var s = KernelIrql.Raise(Irql.Dispatch); KernelIrql.Lower(Irql.Dispatch); if (s.Previous == Irql.Dispatch) {|VMB201:Thread.Sleep(1)|}; } }"),

        // Contracts, held by callers
        In("method", "{|VMB202:Low()|}; {|VMB203:High()|}; if (KernelIrql.Current == Irql.Passive) Low(); else High();", "[IrqlRequiresMax(Irql.Passive)] private static void Low() { } " + High),
        In("delegate with a contract", "{|VMB202:_low()|}; {|VMB203:_high()|}; if (KernelIrql.Current == Irql.Passive) _low(); else _high();", "[IrqlRequiresMax(Irql.Passive)] private delegate void LowAction(); [IrqlRequires(Irql.Dispatch)] private delegate void HighAction(); private readonly LowAction _low = null!; private readonly HighAction _high = null!;"),
        In("interface member with a contract", "{|VMB202:_thing.Low()|}; {|VMB203:_thing.High()|}; if (KernelIrql.Current == Irql.Passive) _thing.Low(); else _thing.High();", "private readonly IThing _thing = null!; private interface IThing { [IrqlRequiresMax(Irql.Passive)] void Low(); [IrqlRequires(Irql.Dispatch)] void High(); }"),

        // Contracts, held by those who implement
        Whole("override with a contract", "private abstract class B { [IrqlRequiresMax(Irql.Dispatch)] public abstract void M(); } private sealed class D : B { [IrqlRequiresMax(Irql.Passive)] public override void {|VMB205:M|}() { } } private sealed class E : B { [IrqlRequiresMax(Irql.Dispatch)] public override void M() { } }"),
        Whole("implementation with a contract", "private interface I { [IrqlRequiresMax(Irql.Dispatch)] void M(); } private sealed class D : I { [IrqlRequiresMax(Irql.Passive)] public void {|VMB205:M|}() { } } private sealed class E : I { [IrqlRequiresMax(Irql.Dispatch)] public void M() { } }"),
        Whole("delegate that a method becomes", "[IrqlRequiresMax(Irql.Dispatch)] private delegate void Tick(); private void M() { Tick t = {|VMB205:Low|}; t = Quick; } [IrqlRequiresMax(Irql.Passive)] private static void Low() { } [IrqlRequiresMax(Irql.Dispatch)] private static void Quick() { }"),
    ];

    private const string Fields = "private readonly Slow _slow = null!; private readonly Quick _quick = null!; ";

    private const string High = "[IrqlRequires(Irql.Dispatch)] private static void High() { }";

    private static string Struct(string name, string body)
        => $"private struct {name} {{ public static {name} operator +({name} l, {name} r) {{ {body} return l; }} public static {name} operator -({name} s) {{ {body} return s; }} "
            + $"public static bool operator ==({name} l, {name} r) {{ {body} return true; }} public static bool operator !=({name} l, {name} r) => false; public override bool Equals(object? o) => false; public override int GetHashCode() => 0; "
            + $"public static implicit operator int({name} s) {{ {body} return 1; }} public static explicit operator long({name} s) {{ {body} return 1; }} }} ";

    private static string Enumerable(string name, string body)
        => $"private struct {name} {{ public {name} GetEnumerator() => this; public int Current => 1; public bool MoveNext() {{ {body} return false; }} }} ";

    private static string Awaitable(string name, string body)
        => $"private struct {name} {{ public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() {{ {body} return Task.CompletedTask.GetAwaiter(); }} }} ";

    private static string Interpolated(string name, string body)
        => $"[System.Runtime.CompilerServices.InterpolatedStringHandler] private struct {name} {{ public {name}(int literals, int holes) {{ }} public void AppendFormatted(int value) {{ {body} }} }} ";

    private static IrqlCase In(string name, string body, string members = "") => new("language", name, Handler(body, members));

    private static IrqlCase Whole(string name, string members) => new("language", name, Class(members));
}
