using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>What may throw, at which level, and at which level a handler is reached then.</summary>
internal static class ExceptionCatalogue
{
    private const string High = " [IrqlRequires(Irql.Dispatch)] private static void High() { }";
    private const string Raises = "var s = KernelIrql.Raise(Irql.Dispatch);";
    private const string Leaves = "var s = {|VMB204:KernelIrql.Raise(Irql.Dispatch)|};";

    public static IEnumerable<IrqlCase> All =>
    [
        // What cannot throw
        Quiet("a function without code", "Nothing();", "private static void Nothing() { }"),
        Quiet("a function that calculates", "Set(2);", "private int _sum; private void Set(int n) { for (int i = 0; i < n; i++) { _sum += i; } }"),
        Quiet("a function that calls such a one", "Outer();", "private static void Outer() => Inner(); private static void Inner() { }"),
        Quiet("functions that call one another", "A(3);", "private static void A(int n) { if (n > 0) B(n - 1); } private static void B(int n) { if (n > 0) A(n - 1); }"),
        Quiet("constructors", "_ = new C(); _ = new D();", "private class C { private int _x = 1; public int X => _x; } private sealed class D : C { public D() { } }"),
        Quiet("an overridden method of types that nobody else can derive from", "Base b = Make; b.M();", "private Base Make => new Derived(); private class Base { public virtual void M() { } } private sealed class Derived : Base { public override void M() { } }"),
        Quiet("implementations of a private interface", "IThing t = new A(); t.M();", "private interface IThing { void M(); } private sealed class A : IThing { public void M() { } }"),
        Quiet("a struct behind a constraint", "Do<A>();", "private static void Do<T>() where T : struct, IThing => default(T).M(); private interface IThing { void M(); } private struct A : IThing { public void M() { } }"),
        Quiet("an operator, a conversion, an indexer and an event", "_ = new A() + new A(); int n = new A(); _ = new A()[n]; new A().E += () => { };", "private sealed class A { public static A operator +(A l, A r) => l; public static implicit operator int(A a) => 1; public int this[int i] => i; public event Action E { add { } remove { } } }"),
        Quiet("an iterator that is only made", "_ = Numbers();", "private IEnumerable<int> Numbers() { G(); yield return 1; }"),
        Quiet("an async function, whose exception goes into its task", "_ = LaterAsync();", "private static async Task LaterAsync() { G(); await Task.CompletedTask; }"),
        Quiet("patterns and deconstruction", "(int a, int b) = new A(); if (new A() is { X: 1 } or (2, _)) a = b; if (\"x\" is { Length: 1 }) a = 3;", "private sealed class A { public int X => 1; public void Deconstruct(out int a, out int b) { a = b = 1; } }"),
        Quiet("a record", "var p = new P(1, 2); (int a, int b) = p with { A = 3 };", "private sealed record P(int A, int B);"),
        Quiet("a text made of numbers", "Text(1);", "private string _text = \"\"; private void Text(int n) { _text = $\"{n} {_text}\" + n + 'x'; }"),

        // What may
        Throws("a call of the framework", "Deep();", "private static void Deep() => Deeper(); private static void Deeper() { if (G()) return; }"),
        Throws("an explicit throw", "Check(1);", "private static void Check(int n) { if (n > 1) throw new ArgumentException(); }"),
        Throws("division", "Odd(1);", "private static int Odd(int n) => 10 / n;"),
        Throws("checked arithmetic", "Odd(1);", "private static int Odd(int n) => checked(n + 1);"),
        Throws("an element of an array", "Odd([1]);", "private static int Odd(int[] n) => n[1];"),
        Throws("a text made of whatever is given", "Text(1);", "private string _text = \"\"; private void Text(object o) { _text = $\"{o}\"; }"),
        Throws("a text added up", "Text(1);", "private string _text = \"\"; private void Text(object o) { _text += o; }"),
        Throws("a text joined", "Text(1);", "private string _text = \"\"; private void Text(object o) { _text = \"a\" + o; }"),
        Throws("unboxing", "Unbox(1);", "private static int Unbox(object o) => (int)o;"),
        Throws("a property of a pattern", "_ = _a is { X: 1 };", "private A _a = null!; private sealed class A { public int X { get { G(); return 1; } } }"),
        Throws("Deconstruct", "(int a, int b) = _a;", "private A _a = null!; private sealed class A { public void Deconstruct(out int a, out int b) { G(); a = b = 1; } }"),
        Throws("a sequence that is spread", "Spread([]);", "private int[] _all = []; private void Spread(IEnumerable<int> s) { _all = [.. s]; }"),
        Throws("the copy constructor of a record", "Copy(_p);", "private P _p = null!; private P Copy(P p) => p with { A = 2 }; private sealed record P(int A) { private P(P other) { A = 1; G(); } }"),
        Throws("an override of a type that others may derive from", "_b.M();", "private Base _b = null!; public class Base { public virtual void M() { } }"),
        Throws("an interface that others may implement", "_t.M();", "private IThing _t = null!; public interface IThing { void M(); } private sealed class A : IThing { public void M() { } }"),
        Throws("an interface without implementations", "_t.M();", "private IThing _t = null!; private interface IThing { void M(); }"),
        Throws("a constructor of a class that derives from another assembly's", "_ = new C();", "private sealed class C : MemoryStream { }"),
        Throws("the first use of a type", "_ = Odd();", "private static int Odd() => Config.Value; private static class Config { public static readonly int Value = Environment.TickCount; static Config() { G(); } }"),
        Throws("a lambda that is given", "Call(() => { G(); });", "private static void Call(Action a) => a();"),
        Throws("an iterator that is enumerated", "foreach (int n in Numbers()) { }", "private static IEnumerable<int> Numbers() { yield return 1; }"),
        Throws("recursion", "A(3);", "private static void A(int n) { if (n > 0) B(n - 1); } private static void B(int n) { if (n > 0) A(n - 1); G(); }"),
        Throws("one of several implementations", "IThing t = new A(); t = _t; t.M();", "private IThing _t = null!; private interface IThing { void M(); } private sealed class A : IThing { public void M() { } } private sealed class B : IThing { public void M() => G(); }"),

        // At some levels only
        In("a helper that throws at PASSIVE_LEVEL only", "try { Save(); } catch { {|VMB203:High()|}; }", "private static void Save() { if (KernelIrql.Current == Irql.Passive) G(); }" + High),
        In("a helper that throws at PASSIVE_LEVEL only does not reach a handler at DISPATCH_LEVEL", "try { Save(); } catch { Thread.Sleep(1); }", "private static void Save() { if (KernelIrql.Current == Irql.Passive) G(); }"),
        In("through another helper", "try { Outer(); } catch { Thread.Sleep(1); }", "private static void Outer() => Save(); private static void Save() { if (KernelIrql.Current == Irql.Passive) G(); }"),
        In("a helper that throws at DISPATCH_LEVEL only", "try { Save(); } catch { {|VMB201:Thread.Sleep(1)|}; }", "private static void Save() { if (KernelIrql.Current == Irql.Dispatch) throw new InvalidOperationException(); }"),
        In("a helper that catches what it calls", "try { Save(); } catch { Thread.Sleep(1); }", "private int _failed; private void Save() { try { G(); } catch { _failed++; } }"),
        In("a helper that catches some of it", "try { Save(); } catch { {|VMB201:Thread.Sleep(1)|}; }", "private int _failed; private void Save() { try { G(); } catch (IOException) { _failed++; } }"),
        Whole("a raise only where it is needed leaves nothing at DISPATCH_LEVEL", "[IrqlRequires(Irql.Dispatch)] private void M() { try { Up(); } catch { } } [IrqlRequiresMax(Irql.Apc)] private void N() { try { {|VMB204:Up()|}; } catch { } } private static void Up() { Irql old = KernelIrql.Current; if (old < Irql.Dispatch) KernelIrql.Raise(Irql.Dispatch); G(); KernelIrql.Lower(old); }"),
        Whole("a raise to the level that it is at is one, too", "[IrqlRequires(Irql.Dispatch)] private void M() { try { {|VMB204:Up()|}; } catch { } } private static void Up() { var s = KernelIrql.Raise(Irql.Dispatch); G(); s.Dispose(); }"),

        // Exceptions of other threads
        Whole("an exception on another thread does not come here", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { _ = Task.Run(Up); new Thread(Up).Start(); Hand(Up); _ = AfterAsync(Up); } catch { Thread.Sleep(1); } } private static void Up() { var s = KernelIrql.Raise(Irql.Dispatch); G(); s.Dispose(); } private static void Hand(Action a) => Task.Run(a); private static async Task AfterAsync(Action a) { await Task.Yield(); a(); }"),
        Whole("an exception of a delegate that is called here does", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { {|VMB204:Call(Up)|}; } catch { {|VMB201:Thread.Sleep(1)|}; } } private static void Up() { var s = KernelIrql.Raise(Irql.Dispatch); G(); s.Dispose(); } private static void Call(Action a) => a();"),
        Whole("a function with a contract on another thread", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { _ = Task.Run(Up); } catch { Thread.Sleep(1); } try { {|VMB204:Up()|}; } catch { } } [IrqlRequiresMax(Irql.Dispatch)] private static void Up() { var s = KernelIrql.Raise(Irql.Dispatch); G(); s.Dispose(); }"),

        // Filters run before what was called lowers again
        Filter("a filter sees a callee's level", "when (KernelIrql.Current == Irql.Dispatch) { {|VMB203:High()|}; }"),
        Filter("a filter asks a helper for a callee's level", "when (IsHigh()) { {|VMB203:High()|}; }"),
        Filter("what a filter rejects goes to the next handler, at the level of its own function", "when (KernelIrql.Current != Irql.Dispatch) { {|VMB203:High()|}; } catch { {|VMB203:High()|}; Thread.Sleep(1); }"),
        Whole("a filter sees the level of its own function's raise", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { using (KernelIrql.Raise(Irql.Dispatch)) { G(); } } catch when (KernelIrql.Current == Irql.Passive) { High(); } }" + High),
        Whole("a filter asks a helper for the level of its own function's raise", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { using (KernelIrql.Raise(Irql.Dispatch)) { G(); } } catch when (IsLow()) { High(); } } private static bool IsLow() => KernelIrql.Current == Irql.Passive;" + High),
        Whole("a filter of an exception that is thrown here knows its level", "[IrqlRequiresMax(Irql.Passive)] private void M() { try { throw new InvalidOperationException(); } catch when (KernelIrql.Current == Irql.Dispatch) { High(); } }" + High),
    ];

    private static IrqlCase Quiet(string name, string call, string members)
        => Whole("no exception: " + name, "[IrqlRequiresMax(Irql.Passive)] private void M() { try { " + Raises + " " + call + " s.Dispose(); } catch { Thread.Sleep(1); } } " + members);

    private static IrqlCase Throws(string name, string call, string members)
        => Whole("exception: " + name, "[IrqlRequiresMax(Irql.Passive)] private void M() { try { " + Leaves + " " + call + " s.Dispose(); } catch { {|VMB201:Thread.Sleep(1)|}; } } " + members);

    private static IrqlCase Filter(string name, string handler)
        => Whole(name, "[IrqlRequiresMax(Irql.Passive)] private void M() { try { Up(); } catch " + handler + " } private static bool IsHigh() => KernelIrql.Current == Irql.Dispatch; private static void Up() { using (KernelIrql.Raise(Irql.Dispatch)) { G(); } }" + High);

    private static IrqlCase In(string name, string body, string members = "") => new("call", name, Handler(body, members));

    private static IrqlCase Whole(string name, string members) => new("call", name, Class(members));
}
