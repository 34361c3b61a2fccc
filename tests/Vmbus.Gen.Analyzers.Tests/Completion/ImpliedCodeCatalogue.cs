using static Vmbus.Gen.Analyzers.Tests.Completion.CaseFactory;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>Code that runs though no call is written, and that may throw into a handler which forgets the packet; beside each what cannot throw.</summary>
internal static class ImpliedCodeCatalogue
{
    private const string Pair = "private sealed class Pair { public int Left => Compute(); public int Right { get; init; } public void Deconstruct(out int a, out int b) { Log(); a = 1; b = 2; } } private Pair _pair = new(); ";
    private const string Point = "private sealed record Point(int X, int Y) { public int Sum => Compute(); } private Point _point = new(1, 2); ";
    private const string Things = "private object _thing = new(); private IEnumerable<int> _all = []; private int[] _some = [1]; private TimeSpan _time; ";

    public static IEnumerable<CompletionCase> All =>
    [
        Lost("ic1", "text of an object", "string text = $\"{_thing}\"; s_flag = text.Length > 1;", Things),
        Kept("ic1b", "text of numbers, enumerations and times", "string text = $\"{buffer.Length} {Kind.One} {_time} {packet.TransactionId}\"; s_flag = text.Length > 1;", Things),
        Lost("ic1c", "text joined with an object", "string text = \"\" + _thing; s_flag = text.Length > 1;", Things),
        Kept("ic1d", "text joined with a number", "string text = \"\" + buffer.Length; s_flag = text.Length > 1;"),
        Lost("ic1e", "object appended to a text", "string text = \"\"; text += _thing; s_flag = text.Length > 1;", Things),
        Kept("ic1f", "text appended to a text", "string text = \"\"; text += \"x\"; s_flag = text.Length > 1;"),

        Lost("ic2", "value taken out of an object", "int number = (int)_thing; s_flag = number > 1;", Things),
        Kept("ic2b", "value asked for", "s_flag = _thing is int number && number > 1;", Things),
        Kept("ic2c", "value put into an object", "object boxed = buffer.Length; s_flag = boxed is int;"),

        Lost("ic3", "taken apart by a method", "var (a, b) = _pair; s_flag = a > b;", Pair),
        Kept("ic3b", "taken apart by a record", "var (a, b) = _point; s_flag = a > b;", Point),
        Kept("ic3c", "tuple taken apart", "var (a, b) = (1, buffer.Length); s_flag = a > b;"),
        Kept("ic3d", "pair of a dictionary taken apart", "var (id, count) = default(KeyValuePair<ulong, int>); s_flag = id > 1 && count > 1;"),
        Lost("ic3e", "method inside a tuple", "var (a, (b, c)) = (1, _pair); s_flag = a > b + c;", Pair),

        Lost("ic4", "pattern that takes apart by a method", "s_flag = _pair is (1, _);", Pair),
        Kept("ic4b", "pattern over a record", "s_flag = _point is (1, _);", Point),
        Lost("ic4c", "pattern that reads a property with code", "s_flag = _pair is { Left: > 1 };", Pair),
        Kept("ic4d", "pattern that reads an automatic property", "s_flag = _pair is { Right: > 1 };", Pair),
        Lost("ic4e", "property with code, inside another", "s_flag = (object)_point is Point { Sum: > 1 } or string;", Point),
        Lost("ic4f", "switch expression that takes apart", "s_flag = _pair switch { (1, _) => true, _ => false };", Pair),
        Kept("ic4g", "pattern over elements", "s_flag = _some is [1, .. var rest] && rest.Length > 1;", Things),
        Kept("ic4h", "pattern over the packet", "s_flag = packet is { TransactionId: > 1 };"),

        Lost("ic5", "sequence spread", "int[] copy = [.. _all]; s_flag = copy.Length > 1;", Things),
        Kept("ic5b", "array spread", "int[] copy = [.. _some]; s_flag = copy.Length > 1;", Things),
        Kept("ic5c", "elements alone", "int[] copy = [1, 2]; s_flag = copy.Length > 1;"),
    ];

    private static CompletionCase Lost(string row, string name, string work, string members = "") => Leaking(row, name, Around(work), members);

    private static CompletionCase Kept(string row, string name, string work, string members = "") => In(row, name, Around(work), members);

    private static string Around(string work) => $"try {{ {work} packet.Complete(); }} catch (Exception) {{ s_flag = true; }}";
}
