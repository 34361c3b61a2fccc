using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>Calls that no name in the source stands for, each where it blocks and where it does not.</summary>
internal static class ImpliedCallCatalogue
{
    private const string Sleeps = "Thread.Sleep(1);";

    public static IEnumerable<IrqlCase> All =>
    [
        In("length of a list pattern", "if ({|VMB201:_slow is [1, 2]|}) { } if (_quick is [1, 2]) { }", Twice(static (name, body) => List(name, length: body))),
        In("length of a list pattern in a switch", "int x = _slow switch { {|VMB201:[1, ..] => 1|}, _ => 2 }; int y = _quick switch { [1, ..] => 1, _ => 2 };", Twice(static (name, body) => List(name, length: body))),
        In("element of a list pattern", "if ({|VMB201:_slow is [1, 2]|}) { } if (_quick is [1, 2]) { } if (_slow is []) { } if (_slow is [_, ..]) { }", Twice(static (name, body) => List(name, element: body))),
        In("slice of a list pattern", "if ({|VMB201:_slow is [1, .. var rest]|}) { } if (_quick is [1, .. var most]) { } if (_slow is [1, ..]) { }", Twice(static (name, body) => List(name, slice: body))),
        In("list pattern inside another", "if ({|VMB201:(_slow, 1) is ([1, 2], 1)|}) { } if ((_quick, 1) is ([1, 2], 1)) { }", Twice(static (name, body) => List(name, length: body))),
        In("length of an index from the end", "int a = {|VMB201:_slow[^1]|}; int b = _quick[^1]; int c = _slow[1];", Twice(static (name, body) => List(name, length: body))),
        In("element of an index from the end", "int a = {|VMB201:_slow[^1]|}; int b = _quick[^1];", Twice(static (name, body) => List(name, element: body))),
        In("element set by an index from the end", "{|VMB201:_slow[^1]|} = 2; _quick[^1] = 2;", Twice(static (name, body) => List(name, set: body))),
        In("length of a range", "var a = {|VMB201:_slow[1..^1]|}; var b = _quick[1..^1];", Twice(static (name, body) => List(name, length: body))),
        In("slice of a range", "var a = {|VMB201:_slow[1..]|}; var b = _quick[1..];", Twice(static (name, body) => List(name, slice: body))),
        In("elements of a collection expression", "Slow a = {|VMB201:[1, 2]|}; Quick b = [1, 2]; Slow c = [];", Bag("Slow", Sleeps) + Bag("Quick", "G();")),
        In("constructor of a collection expression", "Slow a = {|VMB201:[]|}; Quick b = [];", Bag("Slow", "G();", Sleeps) + Bag("Quick", "G();")),
        In("what a collection expression spreads", "int[] a = {|VMB201:[.. _slow]|}; int[] b = [.. _quick];", Twice(Enumerable)),
        In("pinned reference", "unsafe { fixed (int* {|VMB201:p = _slow|}) { } fixed (int* p = _quick) { } }", Twice(Pinned)),
        In("text of an object in a string", "string a = {|VMB201:$\"{_slow}\"|}; string b = $\"{_quick}\"; string c = {|VMB201:\"\" + _slow|}; string d = \"\" + _quick; {|VMB201:d += _slow|}; d += _quick;", Twice(Text)),
        In("truth of an operand", "if ({|VMB201:_slow|}) { } if (_quick) { } if ({|VMB201:{|VMB201:_slow|} && _slow|}) { } if (_quick && _quick) { }", Twice(Truth)),
        In("equality of records", "bool a = {|VMB201:_slow == _slow|}; bool b = _quick == _quick;", "private readonly Slow _slow = null!; private readonly Quick _quick = null!; private sealed record Slow(Part Part) { public bool Equals(Slow? other) { Thread.Sleep(1); return true; } public override int GetHashCode() => 1; } private sealed record Quick(Part Part); private sealed class Part;"),
        In("copy of a record", "var a = {|VMB201:_slow with { X = 1 }|}; var b = _quick with { X = 1 };", "private readonly Slow _slow = null!; private readonly Quick _quick = null!; private sealed record Slow { public int X { get; init; } private Slow(Slow from) => Thread.Sleep(1); } private sealed record Quick { public int X { get; init; } }"),
        In("member set by a copy of a record", "var a = _slow with { {|VMB201:X|} = 1 }; var b = _quick with { X = 1 };", "private readonly Slow _slow = null!; private readonly Quick _quick = null!; private sealed record Slow { public int X { get => 1; init => Thread.Sleep(value); } } private sealed record Quick { public int X { get; init; } }"),
        In("member set by an object initializer", "var a = new Slow { {|VMB201:X|} = 1 }; var b = new Slow { {|VMB201:[1]|} = 2 }; var c = new Quick { X = 1, [1] = 2 };", "private sealed class Slow { public int X { set => Thread.Sleep(value); } public int this[int i] { set => Thread.Sleep(value); } } private sealed class Quick { public int X { set { } } public int this[int i] { set { } } }"),
        In("clauses of a query", "_ = from x in _slow {|VMB201:select x|}; _ = from x in _quick select x; _ = from x in _slow where x > 1 {|VMB201:select x + 1|};", Twice(Query)),
        In("current element and end of a foreach", "foreach (int i in {|VMB201:_slow|}) { } foreach (int i in _quick) { }", Twice(static (name, body) => $"private struct {name} : IDisposable {{ public {name} GetEnumerator() => this; public int Current {{ get {{ {body} return 1; }} }} public bool MoveNext() => G(); public void Dispose() {{ }} }} ")),
        In("end of a foreach", "foreach (int i in {|VMB201:_slow|}) { } foreach (int i in _quick) { }", Twice(static (name, body) => $"private struct {name} : IDisposable {{ public {name} GetEnumerator() => this; public int Current => 1; public bool MoveNext() => G(); public void Dispose() {{ {body} }} }} ")),
        In("property assigned if it is null", "_slow.{|VMB201:X|} ??= \"\"; _quick.X ??= \"\";".Replace("_slow.{|VMB201:X|}", "{|VMB201:_slow.X|}", StringComparison.Ordinal), Twice(static (name, body) => $"private struct {name} {{ public string? X {{ get {{ {body} return null; }} set {{ }} }} }} ")),
        In("text that a value formats", "string a = {|VMB201:$\"{_slow}\"|}; string b = $\"{_quick}\"; string c = \"\" + _slow;", Twice(static (name, body) => $"private struct {name} : IFormattable {{ public string ToString(string? format, IFormatProvider? provider) {{ {body} return \"\"; }} public override string ToString() => \"\"; }} ")),
        In("text that a value formats into memory", "string a = {|VMB201:$\"{_slow}\"|}; string b = $\"{_quick}\";", Twice(static (name, body) => $"private struct {name} : ISpanFormattable {{ public bool TryFormat(Span<char> to, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) {{ {body} written = 0; return true; }} public string ToString(string? format, IFormatProvider? provider) => \"\"; }} ")),
        In("text of a value that may be null", "string a = {|VMB201:$\"{_maybe}\"|};", "private Slow? _maybe = default; " + Text("Slow", Sleeps)),
        In("text of what derives", "string a = {|VMB201:$\"{_slow}\"|};", "private readonly Slow _slow = null!; private abstract class Slow { public abstract override string ToString(); } private sealed class Slower : Slow { public override string ToString() { Thread.Sleep(1); return \"\"; } }"),
        In("text of a record", "string a = {|VMB201:$\"{_slow}\"|}; string b = $\"{_quick}\";", "private readonly Slow _slow = null!; private readonly Quick _quick = null!; private sealed record Slow(int X) { public int Y { get { Thread.Sleep(1); return 1; } } } private sealed record Quick(int X);"),
        In("parts of a record", "(int a, int b) = {|VMB201:_slow|}; (int c, int d) = _quick;".Replace("(int a, int b) = {|VMB201:_slow|}", "{|VMB201:(int a, int b) = _slow|}", StringComparison.Ordinal), "private readonly Slow _slow = null!; private readonly Quick _quick = null!; private sealed record Slow(int X, int Y) { public int Y { get { Thread.Sleep(1); return 1; } } } private sealed record Quick(int X, int Y);"),
        In("class whose enumerator is an iterator", "foreach (int i in {|VMB201:_slow|}) { } foreach (int i in _quick) { } int[] a = {|VMB201:[.. _slow]|}; int n = {|VMB201:_slow.Count()|} + _quick.Count(); var later = _slow.Select(static x => x);", Twice(static (name, body) => $"private sealed class {name} : IEnumerable<int> {{ public IEnumerator<int> GetEnumerator() {{ {body} yield return 1; }} System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }} ")),
        In("iterator that is spread", "int[] a = {|VMB201:[.. Slow()]|}; int[] b = [.. Quick()]; List<int> c = {|VMB201:[1, .. Slow(), 2]|};", "private static IEnumerable<int> Slow() { Thread.Sleep(1); yield return 1; } private static IEnumerable<int> Quick() { yield return 1; }"),
        In("iterator that is stepped", "IEnumerator<int> a = {|VMB201:Slow().GetEnumerator()|}; a.MoveNext(); IEnumerator<int> b = Quick().GetEnumerator(); b.MoveNext();", "private static IEnumerable<int> Slow() { Thread.Sleep(1); yield return 1; } private static IEnumerable<int> Quick() { yield return 1; }"),
        In("async iterator", "_ = A(); async Task A() { await foreach (int i in {|VMB201:Slow()|}) { } } _ = B(); async Task B() { await foreach (int i in Quick()) { } }", "private static async IAsyncEnumerable<int> Slow() { Thread.Sleep(1); yield return 1; await Task.Yield(); } private static async IAsyncEnumerable<int> Quick() { yield return 1; await Task.Yield(); Thread.Sleep(1); }"),
        In("base constructor of a primary constructor", "var a = {|VMB201:new Slow(1)|}; var b = new Quick(1);", "private class Slower(int x) { private readonly int _x = Wait(x); private static int Wait(int x) { Thread.Sleep(x); return x; } } private sealed class Slow(int x) : Slower(x); private class Quicker(int x) { private readonly int _x = x; } private sealed class Quick(int x) : Quicker(x);"),
        In("argument of a primary constructor's base", "var a = {|VMB201:new Slow(1)|}; var b = new Quick(1);", "private class Any(int x) { private readonly int _x = x; } private sealed class Slow(int x) : Any(Wait(x)) { private static int Wait(int x) { Thread.Sleep(x); return x; } } private sealed class Quick(int x) : Any(x + 1);"),
        In("collection that params makes", "Slowly({|VMB201:1|}, 2); Quickly(1, 2);".Replace("Slowly({|VMB201:1|}, 2)", "{|VMB201:Slowly(1, 2)|}", StringComparison.Ordinal), Bag("Slow", Sleeps) + Bag("Quick", "G();") + "private static void Slowly(params Slow all) { } private static void Quickly(params Quick all) { }"),
    ];

    private static string Twice(Func<string, string, string> type)
        => "private Slow _slow = default!; private Quick _quick = default!; " + type("Slow", Sleeps) + type("Quick", "G();");

    private static string List(string name, string length = "", string element = "", string slice = "", string set = "")
        => $"private sealed class {name} {{ public int Length {{ get {{ {length} return 2; }} }} public int this[int i] {{ get {{ {element} return i; }} set {{ {set} }} }} public {name} Slice(int from, int count) {{ {slice} return this; }} }} ";

    private static string Bag(string name, string add, string make = "")
        => $"private sealed class {name} : IEnumerable<int> {{ public {name}() {{ {make} }} public void Add(int x) {{ {add} }} public IEnumerator<int> GetEnumerator() => null!; System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!; }} ";

    private static string Enumerable(string name, string body)
        => $"private struct {name} {{ public {name} GetEnumerator() => this; public int Current => 1; public bool MoveNext() {{ {body} return false; }} }} ";

    private static string Pinned(string name, string body)
        => $"private sealed class {name} {{ private int _x; public ref int GetPinnableReference() {{ {body} return ref _x; }} }} ";

    private static string Text(string name, string body)
        => $"private struct {name} {{ public override string ToString() {{ {body} return \"\"; }} }} ";

    private static string Truth(string name, string body)
        => $"private struct {name} {{ public static bool operator true({name} x) {{ {body} return true; }} public static bool operator false({name} x) {{ {body} return false; }} public static {name} operator &({name} l, {name} r) => l; }} ";

    private static string Query(string name, string body)
        => $"private sealed class {name} {{ public {name} Select(Func<int, int> f) {{ {body} return this; }} public {name} Where(Func<int, bool> f) => this; }} ";

    private static IrqlCase In(string name, string body, string members) => new("implied", name, Handler(body, members));
}
