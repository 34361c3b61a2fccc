namespace Vmbus.Gen.Analyzers.Tests.Flow;

/// <summary>What the engine adds to the compiler's graph, seen through a domain that only collects marks.</summary>
public sealed class FlowEngineTests
{
    [Theory]
    [InlineData("Mark(\"a\"); Mark(\"b\");", "return a b")]
    [InlineData("if (Ask()) Mark(\"a\"); else Mark(\"b\"); Mark(\"c\");", "return a c", "return b c")]
    [InlineData("if (true) Mark(\"a\"); else Mark(\"b\");", "return a")]
    [InlineData("while (Ask()) Mark(\"a\"); Mark(\"b\");", "return a b", "return b")]
    [InlineData("while (true) Mark(\"a\");")]
    [InlineData("_ = Ask() ? Marked(\"a\") : Marked(\"b\");", "return a", "return b")]
    [InlineData("_ = Ask() && Marked(\"a\");", "return", "return a")]
    [InlineData("_ = o ?? (object)Marked(\"a\");", "return", "return a")]
    [InlineData("goto end; end: Mark(\"a\");", "return a")]
    public void ControlFlow(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));

    [Theory]
    // A call in a try reaches the handler with what held before it.
    [InlineData("try { Mark(\"a\"); Ask(); Mark(\"b\"); } catch { Mark(\"c\"); }", "return a b", "return a c")]
    [InlineData("try { Ask(); Mark(\"a\"); Ask(); } catch { Mark(\"c\"); }", "return a", "return a c", "return c")]
    // Nothing throws: the handler is not reached.
    [InlineData("try { Mark(\"a\"); n = n + 1; } catch { Mark(\"c\"); }", "return a")]
    [InlineData("try { Mark(\"a\"); n = n / 2; } catch { Mark(\"c\"); }", "return a", "return a c")]
    [InlineData("try { Mark(\"a\"); n = checked(n + 1); } catch { Mark(\"c\"); }", "return a", "return a c")]
    [InlineData("try { Mark(\"a\"); s = (string)o; } catch { Mark(\"c\"); }", "return a", "return a c")]
    // What is thrown is caught by its type.
    [InlineData("try { throw new Special(); } catch (Special) { Mark(\"s\"); } catch { Mark(\"c\"); }", "return s")]
    [InlineData("try { throw new InvalidOperationException(); } catch (Special) { Mark(\"s\"); } catch { Mark(\"c\"); }", "return c")]
    [InlineData("try { if (Ask()) throw new Special(); } catch (ArgumentException) { Mark(\"a\"); }", "return", "return a", "throw")]
    [InlineData("Mark(\"a\"); throw new Special();", "throw a")]
    [InlineData("try { Ask(); } catch { Mark(\"c\"); throw; }", "return", "throw c")]
    [InlineData("var x = o ?? throw new Special(); Mark(\"a\");", "return a", "throw")]
    // A switch expression's missing arm is no throw that is written.
    [InlineData("_ = n switch { 1 => Marked(\"a\") };", "return a")]
    public void Exceptions(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));

    [Theory]
    [InlineData("Mark(\"a\"); Ask(); Mark(\"b\");", "implicit a", "return a b")]
    [InlineData("try { Mark(\"a\"); Ask(); } finally { Mark(\"f\"); }", "implicit a f", "return a f")]
    [InlineData("try { Mark(\"a\"); Ask(); } catch (Special) { Mark(\"c\"); }", "implicit a", "return a", "return a c")]
    [InlineData("try { Mark(\"a\"); Ask(); } catch { Mark(\"c\"); }", "return a", "return a c")]
    public void ImplicitExceptionsThatLeave(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body, implicitThrows: true));

    [Theory]
    [InlineData("try { Mark(\"a\"); } finally { Mark(\"f\"); } Mark(\"b\");", "return a f b")]
    // Each branch through a finally goes on where it was going.
    [InlineData("try { if (Ask()) return; Mark(\"a\"); } finally { Mark(\"f\"); } Mark(\"b\");", "return a f b", "return f")]
    [InlineData("while (true) { try { if (Ask()) break; Mark(\"a\"); } finally { Mark(\"f\"); } return; } Mark(\"b\");", "return a f", "return f b")]
    [InlineData("while (true) { try { if (Ask()) continue; Mark(\"a\"); break; } finally { Mark(\"f\"); } } Mark(\"b\");", "return a f b", "return f a f b")]
    [InlineData("try { try { Mark(\"a\"); if (Ask()) return; } finally { Mark(\"f\"); } Mark(\"b\"); } finally { Mark(\"g\"); }", "return a f b g", "return a f g")]
    // An exception under way runs the finally regions on its way and is not lost in them.
    [InlineData("try { Mark(\"a\"); throw new Special(); } finally { Mark(\"f\"); }", "throw a f")]
    [InlineData("try { try { throw new Special(); } finally { Mark(\"f\"); } } catch (Special) { Mark(\"c\"); }", "return f c")]
    [InlineData("try { Mark(\"a\"); } finally { Mark(\"f\"); if (n > 3) throw new Special(); Mark(\"g\"); }", "return a f g", "throw a f")]
    // The finally region's own exception replaces the one under way.
    [InlineData("try { try { throw new Special(); } finally { Mark(\"f\"); throw new ArgumentException(); } } catch (Special) { Mark(\"s\"); } catch (ArgumentException) { Mark(\"c\"); }", "return f c")]
    [InlineData("try { Ask(); } catch { Mark(\"c\"); return; } finally { Mark(\"f\"); } Mark(\"b\");", "return c f", "return f b")]
    [InlineData("try { Mark(\"a\"); } finally { try { Mark(\"b\"); if (n > 1) throw new Special(); } catch (Special) { Mark(\"c\"); } Mark(\"d\"); }", "return a b c d", "return a b d")]
    public void FinallyRegions(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));

    [Theory]
    [InlineData("try { throw new Special(); } catch (Special) when (Marked(\"w\")) { Mark(\"c\"); }", "return w c", "throw w")]
    // A filter runs before the finally regions inside.
    [InlineData("try { try { throw new Special(); } finally { Mark(\"f\"); } } catch (Special) when (Marked(\"w\")) { Mark(\"c\"); }", "return w f c", "throw w f")]
    [InlineData("try { throw new Special(); } catch (Special) when (false) { Mark(\"c\"); } catch { Mark(\"d\"); }", "return d")]
    [InlineData("try { throw new Special(); } catch (Special) when (n > 3) { Mark(\"c\"); } catch (Special) { Mark(\"d\"); }", "return c", "return d")]
    public void Filters(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));

    [Theory]
    [InlineData("Erased(Marked(\"a\")); Mark(\"b\");", "return b")]
    [InlineData("Erased(Ask() && Marked(\"a\")); Mark(\"b\");", "return b")]
    [InlineData("Erased(Ask() ? Marked(\"a\") : Marked(\"c\")); Mark(\"b\");", "return b")]
    [InlineData("Kept(Marked(\"a\")); Mark(\"b\");", "return a b")]
    [InlineData("Partial(Marked(\"a\")); Mark(\"b\");", "return b")]
    public void ErasedCalls(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));

    [Theory]
    [InlineData("if (Ask()) { Mark(\"a\"); Declared(); } Mark(\"b\");", "return b")]
    [InlineData("if (Ask()) { Mark(\"a\"); Throws(); } Mark(\"b\");", "return b")]
    [InlineData("if (Ask()) { Mark(\"a\"); ThrowsInBlock(true); } Mark(\"b\");", "return b")]
    [InlineData("if (Ask()) { Mark(\"a\"); Spins(); } Mark(\"b\");", "return b")]
    [InlineData("if (Ask()) { Mark(\"a\"); MayReturn(true); } Mark(\"b\");", "return a b", "return b")]
    [InlineData("if (Ask()) { Mark(\"a\"); Environment.FailFast(\"\"); } Mark(\"b\");", "return b")]
    [InlineData("if (Ask()) { Mark(\"a\"); Environment.Exit(1); } Mark(\"b\");", "return b")]
    // It does not return, but it may throw.
    [InlineData("try { Mark(\"a\"); Throws(); } catch { Mark(\"c\"); }", "return a c")]
    public void CallsThatDoNotReturn(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));

    [Theory]
    [InlineData("bool b = Ask(); if (b) Mark(\"a\"); if (!b) Mark(\"b\");", "return a", "return b")]
    [InlineData("if (n < 8) Mark(\"a\"); if (n >= 8) Mark(\"b\");", "return a", "return b")]
    [InlineData("if (n < 8) Mark(\"a\"); if (n < 4) Mark(\"b\");", "return", "return a", "return a b")]
    [InlineData("if (n == 1) Mark(\"a\"); n = Count(); if (n == 1) Mark(\"b\");", "return", "return a", "return a b", "return b")]
    [InlineData("if (o == null) Mark(\"a\"); if (o is not null) Mark(\"b\");", "return a", "return b")]
    [InlineData("if (o is string) Mark(\"a\"); if (o is string t) Mark(\"b\");", "return", "return a b")]
    [InlineData("if (o is string) Mark(\"a\"); if (o == null) Mark(\"b\");", "return", "return a", "return b")]
    [InlineData("if (s == \"x\") Mark(\"a\"); if (s != \"x\") Mark(\"b\");", "return a", "return b")]
    [InlineData("bool ok = TryGet(out var x); if (ok) Mark(\"a\"); if (!ok) Mark(\"b\");", "return a", "return b")]
    [InlineData("int x = 0; if (_field) x = 1; Math.Abs(n); if (!_field) x = 2; if (x == 1) Mark(\"a\"); else if (x == 2) Mark(\"b\"); else Mark(\"c\");", "return a", "return b")]
    [InlineData("if (_other) Mark(\"a\"); Ask(); if (!_other) Mark(\"b\");", "return a", "return b")]
    [InlineData("if (_field) Mark(\"a\"); Ask(); if (!_field) Mark(\"b\");", "return", "return a", "return a b", "return b")]
    [InlineData("if (s.Length > 3) Mark(\"a\"); if (s.Length <= 3) Mark(\"b\");", "return a", "return b")]
    [InlineData("bool both = Ask() && Count() > 3; if (both) Mark(\"a\"); if (!both) Mark(\"b\");", "return a", "return b")]
    [InlineData("int x = Ask() ? 1 : 2; if (x == 1) Mark(\"a\"); if (x == 2) Mark(\"b\");", "return a", "return b")]
    [InlineData("var t = (Ask(), 1); if (t.Item1) Mark(\"a\"); if (!t.Item1) Mark(\"b\");", "return a", "return b")]
    [InlineData("var (x, y) = (Ask(), Ask()); if (x) Mark(\"a\"); if (!x) Mark(\"b\");", "return a", "return b")]
    [InlineData("bool first = true; while (Ask()) { if (first) Mark(\"a\"); else Mark(\"b\"); first = false; }", "return", "return a", "return a b")]
    [InlineData("bool x = false; for (int i = 0; i < n; i++) { x = Ask(); if (x) break; } if (x) Mark(\"a\");", "return", "return a")]
    [InlineData("if ((n & 1) != 0) Mark(\"a\"); if ((n & 1) == 0) Mark(\"b\");", "return a", "return b")]
    [InlineData("switch (n) { case 1: Mark(\"a\"); break; case 2: Mark(\"b\"); break; } if (n == 1) Mark(\"c\");", "return", "return a c", "return b")]
    [InlineData("if (n is > 3 and < 8) Mark(\"a\"); if (n == 5) Mark(\"b\");", "return", "return a", "return a b")]
    public void CorrelatedConditions(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));

    [Theory]
    [InlineData("void F() => Mark(\"a\"); F(); Mark(\"b\");", "return a b")]
    [InlineData("void F() => Mark(\"a\"); Mark(\"b\");", "return b")]
    [InlineData("bool done = false; F(); if (done) Mark(\"a\"); void F() => done = true;", "return a")]
    [InlineData("Action f = () => Mark(\"a\"); f(); Mark(\"b\");", "return a b")]
    [InlineData("Action f = () => Mark(\"a\"); Mark(\"b\");", "return b")]
    [InlineData("F(); void F() { if (Ask()) throw new Special(); Mark(\"a\"); }", "return a", "throw")]
    [InlineData("try { F(); } catch (Special) { Mark(\"c\"); } void F() { if (n > 3) throw new Special(); Mark(\"a\"); }", "return a", "return c")]
    [InlineData("if (F()) Mark(\"a\"); else Mark(\"b\"); bool F() { if (Ask()) { Mark(\"x\"); return true; } return false; }", "return b", "return x a")]
    [InlineData("int x = 1; F(ref x); if (x == 1) Mark(\"a\"); else Mark(\"b\"); void F(ref int y) => y = 2;", "return b")]
    [InlineData("bool done = false; Action f = () => done = true; Task.Run(f); Ask(); if (done) Mark(\"a\"); else Mark(\"b\");", "return a", "return b")]
    public void FunctionsInside(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));

    [Theory]
    [InlineData("using (new Resource()) { Mark(\"a\"); } Mark(\"b\");", "return a dispose b")]
    [InlineData("using (var r = new Resource()) { if (Ask()) return; Mark(\"a\"); } Mark(\"b\");", "return a dispose b", "return dispose")]
    [InlineData("using var r = new Resource(); Mark(\"a\"); if (Ask()) throw new Special();", "return a dispose", "throw a dispose")]
    [InlineData("lock (_gate) { Mark(\"a\"); if (Ask()) return; } Mark(\"b\");", "return a", "return a b")]
    [InlineData("foreach (int x in stackalloc int[2]) { Mark(\"a\"); if (x == 1) break; } Mark(\"c\");", "return a c", "return c")]
    public void LoweredStatements(string body, params string[] traces) => Assert.Equal(traces, FlowTrace.Of(body));
}
