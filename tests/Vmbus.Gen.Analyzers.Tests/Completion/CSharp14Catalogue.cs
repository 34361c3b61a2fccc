using static Vmbus.Gen.Analyzers.Tests.Completion.CaseFactory;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>What else C# 14 lets packets come through, each with its opposite.</summary>
internal static class CSharp14Catalogue
{
    private const string Row = "C# 14";

    private const string Other = "private Host? Other => null; private PendingPacket Slot { get; set; } ";

    public static IEnumerable<CompletionCase> All =>
    [
        // Assignments that are made only where there is an object
        In(Row, "stored where there is an object", "if (Other is { } other) other.Slot = packet.Pend(); else packet.Fail();", Other),
        Leaking(Row, "stored only if there is an object", "Other?.Slot = packet.Pend();", Other),
        In(Row, "pended, and stored only if there is an object", "var {|VMB101:p|} = packet.Pend(); Other?.Slot = p;", Other),
        In(Row, "pended, and stored if there is an object, or failed", "var p = packet.Pend(); var other = Other; other?.Slot = p; if (other is null) p.Fail();", Other),
        In(Row, "stored if there is an object, and ended in any case", "var p = packet.Pend(); Other?.Slot = p; {|VMB102:p.Fail()|};", Other),
        In(Row, "stored into an element, if there is an array", "var p = packet.Pend(); var slots = Slots; slots?[0] = p; if (slots is null) p.Fail();", "private PendingPacket[]? Slots => null;"),
        In(Row, "stored into an element, if there is an array, or forgotten", "var {|VMB101:p|} = packet.Pend(); Slots?[0] = p;", "private PendingPacket[]? Slots => null;"),

        // The field of a property
        In(Row, "stored by a setter", "Next = packet.Pend();", "private PendingPacket Next { get; set => field = value; }"),
        In(Row, "stored by a setter, and ended here", "var p = packet.Pend(); Next = p; {|VMB102:p.Complete()|};", "private PendingPacket Next { get; set => field = value; }"),
        In(Row, "setter that may fail, with a packet", "var p = packet.Pend(); try { Size = 1; p.Complete(); } catch (ArgumentException) { p.Fail(); }", "private int Size { get; set { if (value == 0) throw new ArgumentException(); field = value; } }"),
        In(Row, "getter that may fail, with a packet", "var {|VMB101:p|} = packet.Pend(); try { _ = Size; p.Complete(); } catch (InvalidOperationException) { }", "private int Size { get => field > 0 ? field : throw new InvalidOperationException(); set; }"),
        In(Row, "getter that cannot fail, with a packet", "var p = packet.Pend(); try { _ = Size; p.Complete(); } catch (InvalidOperationException) { }", "private int Size { get; set => field = value; }"),
        In(Row, "getter that answers another value each time", "if (Flag) packet.Complete(); if (!Flag) {|VMB102:packet.Fail()|};", "private bool Flag { get => field = !field; set; }", leaks: true),
        In(Row, "getter that answers the same value", "if (Flag) packet.Complete(); if (!Flag) packet.Fail();", "private bool Flag { get; }"),

        // Operators that change their object
        In(Row, "operator that takes a packet", "var bag = new Bag(); bag += packet.Pend();", "private sealed class Bag { private readonly Queue<PendingPacket> _queue = new(); public void operator +=(PendingPacket p) => _queue.Enqueue(p); }"),
        In(Row, "operator that takes a packet, and it is ended here", "var bag = new Bag(); var p = packet.Pend(); bag += p; {|VMB102:p.Complete()|};", "private sealed class Bag { private readonly Queue<PendingPacket> _queue = new(); public void operator +=(PendingPacket p) => _queue.Enqueue(p); }"),
        In(Row, "operator that completes", "var bag = new Bag(); bag += packet;", "private sealed class Bag { public void operator +=(PacketCompletion p) => p.Complete(); }"),
        In(Row, "operator that looks", "var bag = new Bag(); bag += packet;", "private sealed class Bag { public void operator +=(PacketCompletion p) => _ = p.TransactionId; }", leaks: true),
        In(Row, "operator with the duty", "var bag = new Bag(); bag += packet;", "private sealed class Bag { public void operator +=([CompletesPacket] PacketCompletion p) => p.Complete(); }"),
        In(Row, "operator that borrows", "var bag = new Bag(); bag += packet; packet.Complete();", "private sealed class Bag { public void operator +=([BorrowsPacket] PacketCompletion p) => _ = p.TransactionId; }"),
        In(Row, "object of an operator is the same afterwards", "Bag? bag = G() ? new Bag() : null; if (bag is not null) { packet.Complete(); bag += 1; } if (bag is null) packet.Fail();", "private sealed class Bag { public void operator +=(int x) { } }"),
        In(Row, "counted", "var bag = new Bag(); bag++; packet.Complete();", "private sealed class Bag { public void operator ++() { } }"),

        // Parts
        In(Row, "constructor in two parts", "_ = new Holder(packet.Pend());", "private sealed partial class Holder { private readonly PendingPacket _p; public partial Holder(PendingPacket p); public partial Holder(PendingPacket p) { _p = p; } }"),
        In(Row, "constructor in two parts that completes", "_ = new Holder(packet.Pend());", "private sealed partial class Holder { public partial Holder(PendingPacket p); public partial Holder(PendingPacket p) => p.Complete(); }"),
        In(Row, "constructor in two parts that forgets", "var {|VMB101:p|} = packet.Pend(); _ = new Holder(p);", "private sealed partial class Holder { public partial Holder(PendingPacket p); public partial Holder(PendingPacket p) => _ = p.TransactionId; }"),
        In(Row, "event in two parts", "var p = packet.Pend(); Arrived += () => p.Complete();", "private partial event Action Arrived; private partial event Action Arrived { add { } remove { } }"),

        // Functions that do not name the types of their parameters
        In(Row, "by reference, without its type", "Change f = (ref p) => p.Complete(); var p = packet.Pend(); f(ref p);", "private delegate void Change(ref PendingPacket p);"),
        In(Row, "by reference, without its type, forgotten", "Change f = (ref p) => Log(); var {|VMB101:p|} = packet.Pend(); f(ref p);", "private delegate void Change(ref PendingPacket p);"),
        In(Row, "put out, without its type", "Take f = (out p) => _queue.TryDequeue(out p); packet.Complete(); if (f(out var q)) q.Complete();", "private delegate bool Take(out PendingPacket p);"),
        In(Row, "put out, without its type, forgotten", "Take f = (out p) => _queue.TryDequeue(out p); packet.Complete(); if (f(out var {|VMB101:q|})) Log(q.TransactionId.ToString());", "private delegate bool Take(out PendingPacket p);"),
        In(Row, "scoped, without its type, run twice", "Look f = (scoped s) => _ = {|VMB301:s[0]|}; f(buffer); packet.Complete(); f(buffer);", "private delegate void Look(ReadOnlySpan<byte> s);"),

        // Names and conversions
        In(Row, "nameof of an open type", "Log(nameof(Dictionary<,>)); packet.Complete();"),
        Members(Row, "span of external data, converted", "[ProcessPacket(2u)] private void OnData(PacketCompletion packet, ExternalData data) { Span<byte> s = data.Span; ReadOnlySpan<byte> r = s; _ = r[0]; packet.Complete(); _ = {|VMB304:r[0]|}; }"),
        Members(Row, "span of external data, converted by a call", "[ProcessPacket(2u)] private void OnData(PacketCompletion packet, ExternalData data) { Span<byte> s = data.Span; First(s); packet.Complete(); {|VMB304:First(s)|}; } private static byte First(ReadOnlySpan<byte> s) => s[0];"),
        In(Row, "array, converted", "byte[] copy = buffer.ToArray(); ReadOnlySpan<byte> s = copy; packet.Complete(); _ = s[0]; _ = First(copy);", "private static byte First(ReadOnlySpan<byte> s) => s[0];"),
    ];
}
