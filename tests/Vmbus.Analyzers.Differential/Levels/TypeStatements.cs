using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Members of other types, reached by virtual calls, interfaces, generics, operators and the patterns of the language.</summary>
internal static class TypeStatements
{
    private const string Job = "private interface $q { void Run(); } ;; ";

    public static readonly ImmutableArray<StatementTemplate> All =
    [
        .. new[]
        {
            End("virtual", "$f $v = G() ? new $f() : new $g(); $v.Run();", "EE", "private class $f { public virtual void Run() { $d $0{p:Same|Type}^ } } ;; private sealed class $g : $f { public override void Run() { $d $1{p:Same|Type}^ } }").Weighing(5),
            End("virtual", "$f $v = new $g(); $v.Run();", "E", "private abstract class $f { public abstract void Run(); } ;; private sealed class $g : $f { public override void Run() { $d $0{p:Same|Type}^ } }").Weighing(4),
            End("virtual base-call", "new $g().Run();", "EK", "private class $f { public virtual void Run() { $d $0{p:Same|Type}^ } } ;; private sealed class $g : $f { public override void Run() { $d $1{p:Same|Type} base.Run(); } }").Weighing(3),
            End("interface", "$q $v = G() ? new $f() : new $g(); $v.Run();", "EE", Job + "private sealed class $f : $q { public void Run() { $d $0{p:Same|Type}^ } } ;; private sealed class $g : $q { void $q.Run() { $d $1{p:Same|Type}^ } }").Weighing(5),
            End("interface default-member", "$q $v = new $f(); $v.Run();", "E", "private interface $q { void Run() { $d $0{p:Same|Type} } } ;; private sealed class $f : $q { }").Weighing(9),
            End("interface property", "$q $v = new $f(); _ = $v.Size;", "E", "private interface $q { int Size { get; } } ;; private sealed class $f : $q { public int Size { get { $d $0{p:Same|Type} return 1; } } }").Weighing(3),
            End("generic-constraint", "$g<$f>();", "E", Job + "private struct $f : $q { public void Run() { $d $0{p:Same|Type}^ } } ;; private static void $g<T>() where T : struct, $q { default(T).Run(); }").Weighing(12),
            End("static-abstract", "$g<$f>();", "E", "private interface $q { static abstract void Run(); } ;; private struct $f : $q { public static void Run() { $d $0{p:Same|Type}^ } } ;; private static void $g<T>() where T : $q { T.Run(); }").Weighing(12),
            End("generic-class", "new $g<$f>().Do();", "E", Job + "private struct $f : $q { public void Run() { $d $0{p:Same|Type}^ } } ;; private sealed class $g<T> where T : struct, $q { private T _job; public void Do() { _job.Run(); } }").Weighing(9),
            End("operator", "_ = new $f() + new $f();", "E", "private sealed class $f { public static $f operator +($f left, $f right) { $d $0{p:Same|Type} return left; } }").Weighing(9),
            End("conversion", "int $v = new $f(); Look((ulong)$v);", "E", "private sealed class $f { public static implicit operator int($f value) { $d $0{p:Same|Type} return 1; } }").Weighing(9),
            End("constructor", "_ = new $f();", "E", "private sealed class $f { public $f() { $d $0{p:Same|Type} } }").Weighing(4),
            End("constructor base-call", "_ = new $g();", "E", "private class $f { protected $f() { $d $0{p:Same|Type} } } ;; private sealed class $g : $f { }").Weighing(3),
            End("constructor initializer", "_ = new $f();", "E", "private sealed class $f { private readonly int _size = Size(); private static int Size() { $d $0{p:Same|Type} return 1; } }").Weighing(9),
            End("indexer", "_ = new $f()[1];", "E", "private sealed class $f { public int this[int index] { get { $d $0{p:Same|Type} return index; } } }").Weighing(9),
            End("dispose", "using ($f $v = new()) { $0 }", "KE", "private sealed class $f : IDisposable { public void Dispose() { $d $1{p:Same|Type} } }").Weighing(4),
            End("enumerator loop", "foreach (int $v in new $f()) { $0 }", "KE", "private sealed class $f { private int _left = 2; public int Current => 1; public $f GetEnumerator() => this; public bool MoveNext() { $d $1{p:Same|Type} return --_left > 0; } }").Weighing(9),
            End("interpolation", "$f.Write($\"{Number()}\");", "E", "[System.Runtime.CompilerServices.InterpolatedStringHandler] private struct $f { public $f(int literals, int holes) { } public void AppendFormatted(int value) { $d $0{p:Same|Type} } public static void Write($f text) { } }").Weighing(9),
            End("deconstruct", "(int $v, int $w) = new $f(); Look((ulong)($v + $w));", "E", "private sealed class $f { public void Deconstruct(out int left, out int right) { $d $0{p:Same|Type} left = right = 1; } }").Weighing(6),
            End("event", "new $f().Changed += () => { };", "E", "private sealed class $f { public event Action Changed { add { $d $0{p:Same|Type} } remove { } } }").Weighing(6),
            End("collection-initializer", "_ = new $f { 1 };", "E", "private sealed class $f : System.Collections.IEnumerable { public void Add(int value) { $d $0{p:Same|Type} } public System.Collections.IEnumerator GetEnumerator() => Items().GetEnumerator(); }").Weighing(6),
            End("property pattern", "if (new $f() is { Size: 1 }) { $0 }", "EE", "private sealed class $f { public int Size { get { $d $1{p:Same|Type} return 1; } } }").Weighing(3),
        }.Select(static t => t.NotIn(ScopeKind.Type)),
    ];
}
