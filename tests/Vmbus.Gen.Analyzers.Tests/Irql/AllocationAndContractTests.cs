using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.TestKit.Analyzers;
using static Vmbus.Gen.Analyzers.Tests.Irql.IrqlSource;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>The rules that inform: what is allocated at DISPATCH_LEVEL, and contracts that bodies imply.</summary>
public sealed class AllocationAndContractTests
{
    /// <summary>What is allocated, and why: a name, the body of a handler, and further members.</summary>
    public static TheoryData<string, string, string> Reasons => new()
    {
        { "class", "var e = [|new Header2()|]; var h = new Header();", "private sealed class Header2;" },
        { "boxing", "object o = [|buffer.Length|]; IComparable c = [|1|]; object s = \"x\";", "" },
        { "closure", "int n = buffer.Length; Action a = [|() => GC.KeepAlive(n)|]; Action b = () => { }; Action c = static () => { };", "" },
        { "delegate", "Action a = [|Wait|]; Action b = G2; Func<bool> c = G;", "private void Wait() { } private static void G2() { }" },
        { "lambda that captures this", "Action a = [|() => _gate.ToString()|];", "" },
        { "params and arrays", "[|P(1, 2)|]; P(); Q(1, 2); int[] a = [|new int[3]|]; ReadOnlySpan<byte> b = new byte[] { 1, 2 }; Span<int> c = stackalloc int[2];", "private static void P(params int[] x) { } private static void Q(params ReadOnlySpan<int> x) { }" },
        { "collection expressions", "int[] a = [|[1, 2]|]; int[] none = []; ReadOnlySpan<int> s = [1, 2]; List<int> l = [|[1]|];", "" },
        { "strings", "int n = buffer.Length; string s = [|\"x\" + n|]; string t = [|$\"{n}\"|]; string u = \"a\" + \"b\"; [|s += \"x\"|]; string v = $\"constant\";", "" },
        { "linq", "int n = [|_list.Where(static x => x > 1).Count()|]; bool b = [|_list.Any(static x => x > 1)|];", "" },
        { "query", "int n = [|(from x in _list where x > 1 let y = x + 1 select y).Count()|]; var q = from x in _list [|select x + 1|];", "" },
        { "params collections", "[|L(1, 2)|]; [|L()|]; [|E(1)|]; E(); S(1, 2);", "private static void L(params List<int> x) { } private static void E(params IEnumerable<int> x) { } private static void S(params Span<int> x) { }" },
        { "ranges of arrays", "int[] a = [|_array[1..]|]; Range r = ..2; int[] b = [|_array[r]|]; int c = _array[^1]; Span<int> d = _array.AsSpan()[1..]; ReadOnlySpan<byte> e = buffer[1..];", "private readonly int[] _array = null!;" },
        { "slices of arrays", "if ([|_array is [1, .. var rest]|]) { } if ([|_array is [1, .. [2, ..]]|]) { } if (_array is [1, ..]) { } if (buffer is [1, .. var most]) { }", "private readonly int[] _array = null!;" },
        { "iterator", "var s = [|Count()|];", "private static IEnumerable<int> Count() { yield return 1; }" },
        { "async", "_ = [|Later()|];", "private static async Task Later() => await Task.Yield();" },
        { "with", "var r = [|_r with { X = 2 }|]; var v = _v with { X = 2 };", "private sealed record R(int X); private readonly record struct V(int X); private readonly R _r = null!; private readonly V _v;" },
        { "only on the way to a throw", "if (G()) throw new InvalidOperationException($\"{buffer.Length}\"); object o = _gate ?? throw new InvalidOperationException(); Throw(1);", "private static void Throw(int n) => throw new InvalidOperationException(\"x\" + n);" },
        { "framework calls are theirs", "string s = buffer.Length.ToString(); _list.ToArray(); var b = new List<int>.Enumerator();", "" },
        { "through a helper", "[|Make()|]; Guarded();", "private static object Make() => new object(); private static void Guarded() { if (KernelIrql.Current == Irql.Passive) GC.KeepAlive(new object()); }" },
        { "at passive", "if (KernelIrql.Current == Irql.Passive) { var o = new object(); }", "" },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public Task Allocation(string name, string body, string members)
    {
        Assert.NotEmpty(name);
        return AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync("VMB401", Handler(body, members));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public Task NothingIsSaidOfAllocationsAtPassive(string name, string body, string members)
    {
        Assert.NotEmpty(name);
        string quiet = body.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        return AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync("VMB401", Handler("if (KernelIrql.Current != Irql.Passive) { packet.DeferToPassive(); return; }\n" + quiet, members));
    }

    [Fact]
    public Task AnAllocationSaysWhyAndTheWay()
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(
            Handler("{|VMB401(0):Make(1)|};", "private static string Make(int n) => {|#0:$\"{n}\"|};"),
            "VMB401",
            "'$\"{n}\"' allocates at DISPATCH_LEVEL (string interpolation): OnPacket \u2192 Make \u2192 $\"{n}\"");

    [Theory]
    [InlineData("{|VMB401:P(1)|};", "private static void P(params List<int> x) { }", "'P(1)' allocates at DISPATCH_LEVEL (params collection): OnPacket \u2192 P(1)")]
    [InlineData("var r = {|VMB401:_r with { X = 2 }|};", "private sealed record R(int X); private readonly R _r = null!;", "'_r with { X = 2 }' allocates at DISPATCH_LEVEL ('with' of a record class): OnPacket \u2192 _r with { X = 2 }")]
    [InlineData("var a = {|VMB401:_a[1..]|};", "private readonly int[] _a = null!;", "'_a[1..]' allocates at DISPATCH_LEVEL (array): OnPacket \u2192 _a[1..]")]
    public Task AnAllocationIsNamedAsItIsWritten(string body, string members, string message)
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(Handler(body, members), "VMB401", message);

    [Theory]
    [InlineData("public void [|M|]() => Thread.Sleep(1);")]
    [InlineData("public void [|M|]() => N(); private void N() { lock (this) { } }")]
    [InlineData("public void [|M|](VmbusChannel c) => c.Pause();")]
    [InlineData("public void M(VmbusChannel c) => c.Send([]);")]
    [InlineData("public void M() { if (KernelIrql.Current == Irql.Dispatch) return; Thread.Sleep(1); }")]
    [InlineData("public void [|M|]() => D(); [IrqlRequires(Irql.Dispatch)] private void D() { }")]
    [InlineData("[IrqlRequiresMax(Irql.Passive)] public void M() => Thread.Sleep(1);")]
    [InlineData("[Blocks] public void M() => Thread.Sleep(1);")]
    [InlineData("internal void M() => Thread.Sleep(1); private class N { public void M() => Thread.Sleep(1); }")]
    [InlineData("public async Task M() { await Task.Yield(); Thread.Sleep(1); }")]
    [InlineData("public void M() => Task.Run(() => Thread.Sleep(1));")]
    [InlineData("public virtual void [|M|]() => Thread.Sleep(1); public abstract class D : C { public override void M() { } }")]
    public Task MissingContract(string members) => AnalyzerVerifier<IrqlAnalyzer>.VerifyRuleAsync("VMB207", $"public class C {{ {members} }}");

    [Fact]
    public Task MissingContractSaysWhich()
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(
            "public class C { public void {|VMB207(0,1):M|}() => {|#0:N()|}; internal void N() => {|#1:Thread.Sleep(1)|}; }",
            "VMB207",
            "'M' lacks [IrqlRequiresMax(Irql.Apc)]: it calls 'Thread.Sleep'");

    [Fact]
    public Task LowerSaysWhatIsRequired()
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(
            Handler("{|VMB202:channel.Pause()|};"), "VMB202", "'VmbusChannel.Pause' requires at most PASSIVE_LEVEL, but may be reached at DISPATCH_LEVEL: OnPacket \u2192 VmbusChannel.Pause");

    [Fact]
    public Task HigherSaysWhatIsRequired()
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(
            Handler("{|VMB203(0):M()|};", "private void M() => {|#0:D()|}; [IrqlRequires(Irql.Dispatch)] private void D() { }"),
            "VMB203",
            "'D' requires at least DISPATCH_LEVEL, but may be reached at PASSIVE_LEVEL: OnPacket \u2192 M \u2192 D");

    [Fact]
    public Task RaiseSaysThePath()
        => AnalyzerVerifier<IrqlAnalyzer>.VerifyMessageAsync(
            Class("private void M(bool skip) { var s = {|VMB204(0):KernelIrql.Raise(Irql.Dispatch)|}; if ({|#0:skip|}) return; s.Dispose(); }"),
            "VMB204",
            "The IRQL is raised here and not restored when 'skip' is true and the method returns");
}
