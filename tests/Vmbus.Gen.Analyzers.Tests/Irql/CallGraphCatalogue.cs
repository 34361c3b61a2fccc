using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>The ways in which a call may reach code of the compilation, and the tests of the level that helpers make for it.</summary>
internal static class CallGraphCatalogue
{
    public static IEnumerable<IrqlCase> All =>
    [
        // Virtual calls and interfaces
        In("virtual", "Base b = Make(); {|VMB201:b.M()|}; b.N();", "private static Base Make() => new Derived(); private class Base { public virtual void M() { } public virtual void N() { } } private sealed class Derived : Base { public override void M() => Thread.Sleep(1); }"),
        In("abstract", "{|VMB201:_b.M()|};", "private readonly Base _b = null!; private abstract class Base { public abstract void M(); } private class Middle : Base { public override void M() { } } private sealed class Deep : Middle { public override void M() => Thread.Sleep(1); }"),
        In("sealed receiver", "new Quick().M();", "private class Base { public virtual void M() => Thread.Sleep(1); } private sealed class Quick : Base { public override void M() { } }"),
        In("base call", "M();", "private class Base { protected virtual void M() => Thread.Sleep(1); } private sealed class D : Base { protected override void M() => base.M(); } private void M() { }"),
        In("interface", "{|VMB201:_thing.M()|}; _thing.N();", "private readonly IThing _thing = null!; private interface IThing { void M(); void N(); } private sealed class A : IThing { public void M() { } public void N() { } } private sealed class B : IThing { void IThing.M() => Thread.Sleep(1); public void N() { } }"),
        In("default member of an interface", "{|VMB201:_thing.M()|};", "private readonly IThing _thing = null!; private interface IThing { void M() => Thread.Sleep(1); }"),
        In("implementation with a contract", "{|VMB202:_thing.M()|};", "private readonly IThing _thing = null!; private interface IThing { void M(); } private sealed class A : IThing { [IrqlRequiresMax(Irql.Passive)] public void M() { } }"),
        In("interface through an alias of its base", "{|VMB201:_thing.M()|};", "private readonly IThing _thing = null!; private interface IThing { void M(); } private interface IMore : IThing { } private sealed class A : IMore { public void M() => Thread.Sleep(1); }"),
        In("generic interface", "{|VMB201:_thing.M(1)|};", "private readonly IThing<int> _thing = null!; private interface IThing<T> { void M(T t); } private sealed class A : IThing<int> { public void M(int t) => Thread.Sleep(1); }"),
        In("an interface of the framework is not guessed", "IDisposable d = Make(); d.Dispose();", "private static IDisposable Make() => new A(); private sealed class A : IDisposable { public void Dispose() => Thread.Sleep(1); }"),

        // Generics
        In("constraint", "Do(new Quick()); {|VMB201:Do(new Slow())|};", "private static void Do<T>(T t) where T : IThing => t.M(); private interface IThing { void M(); } private struct Quick : IThing { public void M() { } } private struct Slow : IThing { public void M() => Thread.Sleep(1); }"),
        In("constraint through another generic", "Outer<Quick>(default); {|VMB201:Outer<Slow>(default)|};", "private static void Outer<T>(T t) where T : struct, IThing => Do(t); private static void Do<T>(T t) where T : struct, IThing => t.M(); private interface IThing { void M(); } private struct Quick : IThing { public void M() { } } private struct Slow : IThing { public void M() => Thread.Sleep(1); }"),
        In("generic class", "new Box<Quick>().M(); {|VMB201:new Box<Slow>().M()|};", "private sealed class Box<T> where T : struct, IThing { private T _t; public void M() => _t.M(); } private interface IThing { void M(); } private struct Quick : IThing { public void M() { } } private struct Slow : IThing { public void M() => Thread.Sleep(1); }"),
        In("static abstract", "Do<Quick>(); {|VMB201:Do<Slow>()|};", "private static void Do<T>() where T : IThing => T.M(); private interface IThing { static abstract void M(); } private struct Quick : IThing { public static void M() { } } private struct Slow : IThing { public static void M() => Thread.Sleep(1); }"),
        In("static abstract operator", "Add(new Quick()); {|VMB201:Add(new Slow())|};", "private static T Add<T>(T t) where T : IAdd<T> => t + t; private interface IAdd<T> where T : IAdd<T> { static abstract T operator +(T l, T r); } private struct Quick : IAdd<Quick> { public static Quick operator +(Quick l, Quick r) => l; } private struct Slow : IAdd<Slow> { public static Slow operator +(Slow l, Slow r) { Thread.Sleep(1); return l; } }"),

        // Delegates
        In("delegate parameter", "Call(() => {|VMB201:Thread.Sleep(1)|}); {|VMB201:Call(Pause)|}; Keep(() => Thread.Sleep(1));", "private static void Call(Action a) => a(); private static void Keep(Action a) => GC.KeepAlive(a); private static void Pause() => Thread.Sleep(1);"),
        In("delegate parameter handed on", "Outer(() => {|VMB201:Thread.Sleep(1)|});", "private static void Outer(Action a) => Call(a); private static void Call(Action a) => a?.Invoke();"),
        In("delegate called at passive only", "Call(() => Thread.Sleep(1));", "private static void Call(Action a) { if (KernelIrql.Current == Irql.Passive) a(); }"),
        Whole("delegate called in a raised region", "private void M() { Raised(() => {|VMB201:Thread.Sleep(1)|}); {|VMB201:Raised(Pause)|}; } private static void Raised(Action a) { using (KernelIrql.Raise(Irql.Dispatch)) { a(); } } private static void Pause() => Thread.Sleep(1);"),
        In("delegate in a field", "{|VMB201:_a()|}; {|VMB201:_b?.Invoke()|}; _c();".Replace("{|VMB201:_b?.Invoke()|}", "_b?{|VMB201:.Invoke()|}", StringComparison.Ordinal), "private readonly Action _a = () => Thread.Sleep(1); private Action? _b; private readonly Action _c = static () => { }; private void Set() => _b = Pause; private static void Pause() => Thread.Sleep(1);"),
        In("what a collection of delegates is asked with is not in it", "foreach (Action a in _actions) a(); foreach (Action a in _slow) {|VMB201:a()|};", "private readonly List<Action> _actions = []; private readonly List<Action> _slow = []; private readonly Action<Action> _run = static a => { }; private void Add() { _actions.RemoveAll(static a => { Thread.Sleep(1); return true; }); _run.Invoke(() => Thread.Sleep(1)); _slow.Add(() => Thread.Sleep(1)); }"),
        In("another type of the name of Lazy", "int x = _slow.Value;", "private readonly Lazy<int> _slow = new(() => { Thread.Sleep(1); return 1; }); private sealed class Lazy<T>(Func<T> make) { public T Value => default!; public Func<T> Make => make; }"),
        In("event", "Changed?{|VMB201:.Invoke()|};", "private event Action? Changed; private void Set() => Changed += () => Thread.Sleep(1);"),
        In("handed to timers and tasks", "_ = new Timer(_ => Thread.Sleep(1)); _ = Task.Factory.StartNew(() => Thread.Sleep(1)); ThreadPool.UnsafeQueueUserWorkItem(_ => Thread.Sleep(1), null); _ = _task.ContinueWith(_ => Thread.Sleep(1));"),
        In("called back in place by the framework", "Array.ForEach(new[] { 1 }, x => {|VMB201:Thread.Sleep(x)|}); _ = _dictionary.GetOrAdd(1, _ => {|VMB201:_task.Result|}); {|VMB201:_list.ForEach(Thread.Sleep)|};", "private readonly ConcurrentDictionary<int, int> _dictionary = new();"),
        In("lazy", "int x = {|VMB201:_slow.Value|}; int y = _quick.Value; var l = new Lazy<int>(() => _task.Result); int z = {|VMB201:l.Value|};", "private readonly Lazy<int> _slow = new(() => { Thread.Sleep(1); return 1; }); private readonly Lazy<int> _quick = new(() => 1);"),
        In("local function in a local function", "A(); void A() { B(); void B() { C(); void C() => {|VMB201:Thread.Sleep(1)|}; } }"),
        In("captured in a closure", "int n = 1; Action a = () => { if (n > 0) {|VMB201:Thread.Sleep(n)|}; }; a();"),
        In("local function as a delegate", "Call(Local); void Local() => {|VMB201:Thread.Sleep(1)|};", "private static void Call(Action a) => a();"),
        In("recursion of a local function", "A(3); void A(int n) { if (n > 0) A(n - 1); else {|VMB201:Thread.Sleep(1)|}; }"),

        // What the language implies
        In("static constructor", "int x = {|VMB201:Config.Value|}; {|VMB201:Config.M()|};", "private static class Config { public static int Value; static Config() => Thread.Sleep(1); public static void M() { } }"),
        In("static initializer", "string s = {|VMB201:Texts.All|}; int n = Numbers.One;", "private static class Texts { public static readonly string All = File.ReadAllText(\"x\"); } private static class Numbers { public static readonly int One = 1; }"),
        In("instance initializer and implicit base", "var a = {|VMB201:new A()|}; var b = {|VMB201:new B()|}; var c = new C();", "private class A { private readonly int _x = Slow(); private static int Slow() { Thread.Sleep(1); return 1; } } private sealed class B : A { public B() { } } private sealed class C { private readonly int _x = 1; }"),
        In("constructor chain", "var a = {|VMB201:new A()|};", "private class A { public A() : this(1) { } private A(int x) => Thread.Sleep(x); }"),
        In("enumerator pattern", "foreach (int i in {|VMB201:new Numbers()|}) { }", "private struct Numbers { public Numbers GetEnumerator() => this; public int Current => 1; public bool MoveNext() { Thread.Sleep(1); return false; } }"),
        In("iterator", "foreach (int i in {|VMB201:Count()|}) { } var later = Count(); foreach (int i in {|VMB201:later|}) { } var list = {|VMB201:Count().ToList()|}; _ = Count().Where(x => x > 1);", "private static IEnumerable<int> Count() { Thread.Sleep(1); yield return 1; }"),
        In("deferred operators", "foreach (int i in _list.Select(x => {|VMB201:_task.Result|} + x)) { } _ = _list.Select(x => _task.Result); int n = _list.Where(x => {|VMB201:_event.Wait(x)|}).Count();"),
        In("using declaration of a struct", "using var {|VMB201:s = new S()|};", "private struct S : IDisposable { public void Dispose() => Thread.Sleep(1); }"),
        In("await pattern", "_ = A(); async Task A() { {|VMB201:await new W()|}; }", "private struct W { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() { Thread.Sleep(1); return Task.CompletedTask.GetAwaiter(); } }"),
        In("interpolated string handler", "Log($\"{|VMB201:{buffer.Length}|}\");", "private static void Log(Handler h) { } [System.Runtime.CompilerServices.InterpolatedStringHandler] private ref struct Handler { public Handler(int a, int b) { } public void AppendFormatted(int x) => Thread.Sleep(x); }"),
        In("deconstruction", "{|VMB201:(int a, int b) = new P()|}; if ({|VMB201:new P() is (1, 2)|}) { }", "private struct P { public void Deconstruct(out int a, out int b) { Thread.Sleep(1); a = b = 1; } }"),
        In("property pattern", "if ({|VMB201:new P() is { Value: 1 }|}) { }", "private struct P { public int Value { get { Thread.Sleep(1); return 1; } } }"),
        In("increment and compound", "var p = new P(); {|VMB201:p++|}; {|VMB201:p.Value|}++; {|VMB201:p += p|};", "private struct P { public int Value { get => 1; set => Thread.Sleep(value); } public static P operator ++(P p) { Thread.Sleep(1); return p; } public static P operator +(P l, P r) { Thread.Sleep(1); return l; } }"),
        In("implicit conversion", "Use({|VMB201:new P()|});", "private static void Use(int x) { } private struct P { public static implicit operator int(P p) { Thread.Sleep(1); return 1; } }"),
        In("collection initializer", "var l = new L { {|VMB201:1|} };", "private sealed class L : System.Collections.IEnumerable { public void Add(int x) => Thread.Sleep(x); public System.Collections.IEnumerator GetEnumerator() => null!; }"),
        In("event accessors", "{|VMB201:Changed += () => { }|}; Changed -= null;", "private event Action Changed { add { Thread.Sleep(1); } remove { } }"),
        In("property in a deconstruction", "({|VMB201:Slow|}, _) = (1, 2);", "private int Slow { get => 1; set => Thread.Sleep(value); }"),
        In("extension method", "{|VMB201:this.Pause()|};".Replace("this.Pause()", "_gate.Pause()", StringComparison.Ordinal), "} internal static class Extensions { public static void Pause(this object o) => Thread.Sleep(1);"),

        // Helpers that ask for the level
        In("predicate method", "if (IsPassive()) Thread.Sleep(1); else {|VMB201:Thread.Sleep(1)|};", "private static bool IsPassive() => KernelIrql.Current == Irql.Passive;"),
        In("predicate property", "if (AtDispatch) return; Thread.Sleep(1);", "private static bool AtDispatch => KernelIrql.Current == Irql.Dispatch;"),
        In("guard that throws", "RequirePassive(); Thread.Sleep(1);", "private static void RequirePassive() { if (KernelIrql.Current != Irql.Passive) throw new InvalidOperationException(); }"),
        In("predicate with more to it", "if (Maybe()) Thread.Sleep(1); else {|VMB201:Thread.Sleep(1)|};", "private static bool Maybe() { if (KernelIrql.Current == Irql.Dispatch) return false; return G(); }"),
        In("nested tests", "var level = KernelIrql.Current; bool low = level != Irql.Dispatch && G(); if (low) Thread.Sleep(1); if (level is >= Irql.Dispatch) return; Thread.Sleep(2);"),
        In("raise ends a test", "if (KernelIrql.Current == Irql.Passive) { var s = KernelIrql.Raise(Irql.Dispatch); if (KernelIrql.Current == Irql.Passive) Thread.Sleep(1); {|VMB201:Thread.Sleep(2)|}; s.Dispose(); Thread.Sleep(3); }"),
        In("lowered in a handler", "if (KernelIrql.Current == Irql.Passive) { KernelIrql.Raise(Irql.Dispatch); {|VMB201:Thread.Sleep(1)|}; KernelIrql.Lower(Irql.Passive); Thread.Sleep(1); }"),
        In("method that answers with the level", "if (Level() == Irql.Passive) Thread.Sleep(1); else {|VMB201:Thread.Sleep(1)|}; if (Now < Irql.Dispatch) Thread.Sleep(2);", "private static Irql Level() => KernelIrql.Current; private Irql Now => Level();"),
        In("method that is given the level", "if (IsLow(KernelIrql.Current)) Thread.Sleep(1); else {|VMB201:Thread.Sleep(1)|};", "private static bool IsLow(Irql level) => level < Irql.Dispatch;"),
        Whole("method that raises to the level it is given", "[IrqlRequiresMax(Irql.Passive)] private void M() { {|VMB201:At(Irql.Dispatch)|}; At(Irql.Apc); lock (_gate) { } } private static void At(Irql level) { using (KernelIrql.Raise(level)) { Thread.Sleep(1); } }"),
        Whole("nothing but a call that hands a level on", "private void M() { {|VMB201:At(Irql.Dispatch)|}; } private void N() { {|VMB201:Both(Irql.Apc, Irql.Dispatch)|}; Both(Irql.Passive, Irql.Apc); } private static void Both(Irql first, Irql then) { At(first); At(then); } private static void At(Irql level) { using (KernelIrql.Raise(level)) { Thread.Sleep(1); } }"),
        Whole("a level that an exception leaves, through a function with a contract", "private void M() { try { {|VMB204:Up()|}; } catch (InvalidOperationException) { throw; } } [IrqlRequiresMax(Irql.Dispatch)] private static void Up() { var s = KernelIrql.Raise(Irql.Dispatch); G(); s.Dispose(); }"),
        Whole("a level that an exception leaves, through a task", "private void M() { _ = {|VMB204:UpAsync()|}; } private static async Task UpAsync() { Irql old = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); G(); KernelIrql.Lower(old); await Task.Yield(); }"),
        In("a level that an exception leaves, through a local function's task", "_ = UpAsync(); async Task UpAsync() { {|VMB204:Up()|}; await Task.Yield(); }", "private static void Up() { Irql old = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); G(); KernelIrql.Lower(old); }"),
        In("a level that is raised when a task awaits", "_ = UpAsync(); async Task UpAsync() { try { {|VMB204:Up()|}; } catch { } await Task.Yield(); }", "private static void Up() { Irql old = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); G(); KernelIrql.Lower(old); }"),
        In("an async function that only throws", "_ = FailAsync(); {|VMB201:Thread.Sleep(1)|}; async Task FailAsync() { await Task.CompletedTask; throw new InvalidOperationException(); }"),
        Whole("a level that is given and compared is still unknown", "private static void At(Irql level) { using (KernelIrql.Raise(level)) { if (KernelIrql.Current == Irql.Passive) G(); High(); } } [IrqlRequires(Irql.Dispatch)] private static void High() { }"),
        Whole("predicates in a raised region", "private void M() { using (KernelIrql.Raise(Irql.Dispatch)) { if (IsPassive()) Thread.Sleep(1); RequirePassive(); Thread.Sleep(2); } } private static bool IsPassive() => KernelIrql.Current == Irql.Passive; private static void RequirePassive() { if (KernelIrql.Current != Irql.Passive) throw new InvalidOperationException(); }"),
        In("tuple of level and condition", "int x = (KernelIrql.Current, G()) switch { (Irql.Passive, true) => 1, (Irql.Dispatch, true) => 2, _ => 3 }; if (x == 1) Thread.Sleep(1); if (x == 2) {|VMB201:Thread.Sleep(2)|};"),

        // Where delegates go
        In("other threads are at PASSIVE_LEVEL", "_ = Task.Run(() => {|VMB203:High()|}); _ = {|VMB203:Task.Run(High)|}; new Thread(() => {|VMB203:High()|}).Start(); ThreadPool.QueueUserWorkItem(_ => { {|VMB203:High()|}; Low(); }); _ = Task.Factory.StartNew(() => { KernelIrql.Raise(Irql.Dispatch); High(); KernelIrql.Lower(Irql.Passive); });", "[IrqlRequires(Irql.Dispatch)] private static void High() { } [IrqlRequiresMax(Irql.Passive)] private static void Low() { }"),
        In("combined delegates", "Action a = () => G(); a += () => {|VMB201:Thread.Sleep(1)|}; a(); Action b = a + (() => {|VMB201:Thread.Sleep(2)|}); b();"),
        In("delegates in an array", "Action[] all = [() => G(), () => Thread.Sleep(1)]; {|VMB201:all[1]()|}; foreach (Action a in all) {|VMB201:a()|};"),
        In("delegates in a queue", "while (_work.TryDequeue(out Action? work)) {|VMB201:work()|}; foreach (Action a in _quick) a();", "private readonly ConcurrentQueue<Action> _work = new(); private readonly List<Action> _quick = []; private void Add() { _work.Enqueue(() => Thread.Sleep(1)); _quick.Add(static () => { }); }"),
        In("delegates by name", "{|VMB201:_byType[1](2)|}; if (_byType.TryGetValue(3, out var found)) {|VMB201:found(1)|};", "private readonly Dictionary<int, Action<int>> _byType = new() { [1] = static x => Thread.Sleep(x) };"),
        In("delegate that is returned", "{|VMB201:Make()()|}; Quick()();", "private static Action Make() { if (G()) return () => Thread.Sleep(1); return static () => { }; } private static Action Quick() => static () => { };"),
        In("lambda of a contract in one that runs in place", "Call(() => { High h = () => {|VMB201:Thread.Sleep(1)|}; using (KernelIrql.Raise(Irql.Dispatch)) h(); });", "[IrqlRequires(Irql.Dispatch)] private delegate void High(); private static void Call(Action a) => a();"),

        // Exceptions and the level
        Whole("an exception leaves a helper raised", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { {|VMB204:Up()|}; } catch { {|VMB201:Thread.Sleep(1)|}; } } private static void Up() { var s = KernelIrql.Raise(Irql.Dispatch); G(); s.Dispose(); }"),
        Whole("an exception leaves a helper restored", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { Up(); } catch { Thread.Sleep(1); } } private static void Up() { using (KernelIrql.Raise(Irql.Dispatch)) { G(); } }"),
        Whole("a filter runs before the scope ends", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { using (KernelIrql.Raise(Irql.Dispatch)) { G(); } } catch (InvalidOperationException) when (G()) { Thread.Sleep(1); } }"),
        Whole("what reads the level before does not throw", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { using (KernelIrql.Raise(Irql.Dispatch)) { var s = KernelIrql.Raise(Irql.Dispatch); KernelIrql.Lower(s.Previous); if (G()) throw new InvalidOperationException(); } } catch (InvalidOperationException) { } }"),
        Whole("a delegate that another function invokes leaves the level raised", "private void M() { Call(() => { {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; }); Call(() => { using (KernelIrql.Raise(Irql.Dispatch)) { G(); } }); } private static void Call(Action a) => a();"),
        In("a delegate leaves another thread raised", "_ = Task.Run(() => { {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; }); ThreadPool.QueueUserWorkItem(_ => { var s = {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; if (G()) s.Dispose(); }); new Thread(() => { {|VMB204:KernelIrql.Raise(Irql.Dispatch)|}; Call(); }).Start();", "private static void Call() { }"),
        In("a delegate restores the level of another thread", "_ = Task.Run(() => { var s = KernelIrql.Raise(Irql.Dispatch); s.Dispose(); }); _ = Task.Run(() => { using (KernelIrql.Raise(Irql.Dispatch)) { if (G()) return; } }); _ = Task.Run(() => { Irql old = KernelIrql.Current; KernelIrql.Raise(Irql.Dispatch); KernelIrql.Lower(old); }); ThreadPool.QueueUserWorkItem(_ => { KernelIrql.Raise(Irql.Dispatch); try { G(); } finally { KernelIrql.Lower(Irql.Passive); } });"),
        In("one of several implementations lowers below the level at entry", "IJob job = G() ? new Down() : new Same(); {|VMB204:job.Run()|}; packet.Complete();", "private interface IJob { void Run(); } private sealed class Down : IJob { public void Run() => KernelIrql.Lower(Irql.Passive); } private sealed class Same : IJob { public void Run() { using (KernelIrql.Raise(Irql.Dispatch)) { G(); } } }"),
        Whole("nothing but work for other threads", "private void M() { _ = Task.Run(() => { {|VMB203:High()|}; }); } private void N() { new Thread(() => {|VMB203:High()|}).Start(); } [IrqlRequiresMax(Irql.Passive)] private void O() { ThreadPool.QueueUserWorkItem(_ => {|VMB203:High()|}); } [IrqlRequires(Irql.Dispatch)] private static void High() { }"),
        In("a helper lowers below the level at entry", "{|VMB204:Down()|};", "private static void Down() => KernelIrql.Lower(Irql.Passive);"),
    ];

    private static IrqlCase In(string name, string body, string members = "") => new("call", name, Handler(body, members));

    private static IrqlCase Whole(string name, string members) => new("call", name, Class(members));
}
