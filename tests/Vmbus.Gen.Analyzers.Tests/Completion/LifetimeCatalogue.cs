using static Vmbus.Gen.Analyzers.Tests.Completion.CaseFactory;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>The catalogue of what is used or kept too long: VMB103, VMB301, VMB302 and VMB304, all rules on.</summary>
internal static class LifetimeCatalogue
{
    public static IEnumerable<CompletionCase> All =>
    [
        // VMB103
        In("143", "member after completion", "packet.Complete(); Log({|VMB103:packet.TransactionId|}.ToString());"),
        In("143b", "every member", "packet.Fail(); _ = {|VMB103:packet.Channel|}; _ = {|VMB103:packet.IsCompletionRequested|}; _ = {|VMB103:packet.Buffer|};"),
        In("143c", "external data asked for too late", "packet.Complete(); _ = {|VMB103:packet.GetExternalData(ExternalDataFlags.None, out var data)|};"),
        In("144", "copied before", "var id = packet.TransactionId; packet.Complete(); Log(id.ToString());"),
        In("144b", "only its name", "packet.Complete(); Log(nameof(packet.TransactionId));"),
        In("152", "completed by a helper", "Done(packet); Log({|VMB103:packet.TransactionId|}.ToString());", "private static void Done(PacketCompletion packet) => packet.Complete();"),
        In("152b", "taken over by contract", "_sink.Take(packet); Log({|VMB103:packet.TransactionId|}.ToString());"),
        In("153", "used after it may be completed", "if (G()) packet.Complete(); Log({|VMB103:packet.TransactionId|}.ToString()); ", leaks: true),
        In("153b", "used where it is not completed", "if (G()) { packet.Complete(); return; } Log(packet.TransactionId.ToString()); packet.Fail();"),
        In("153c", "correlated", "bool done = G(); if (done) packet.Complete(); if (!done) { Log(packet.TransactionId.ToString()); packet.Fail(); }"),
        In("103a", "through a helper that reads", "packet.Complete(); {|VMB103:Read(packet)|};", "private static void Read(PacketCompletion packet) => Log(packet.TransactionId.ToString());"),
        In("103b", "through two helpers", "packet.Complete(); {|VMB103:Outer(packet)|};", "private static void Outer(PacketCompletion packet) => Read(packet); private static void Read(PacketCompletion packet) => Log(packet.TransactionId.ToString());"),
        In("103c", "helper completes and reads", "{|VMB103:Done(packet)|};", "private static void Done(PacketCompletion packet) { packet.Complete(); Log(packet.TransactionId.ToString()); }"),
        In("103d", "helper reads and completes", "Done(packet);", "private static void Done(PacketCompletion packet) { Log(packet.TransactionId.ToString()); packet.Complete(); }"),
        Members("103e", "helper with the duty", "private void Done([CompletesPacket] PacketCompletion packet) { packet.Complete(); Log({|VMB103:packet.TransactionId|}.ToString()); }"),
        Members("103f", "helper that nobody calls", "private void Done(PacketCompletion packet) { packet.Complete(); Log(packet.TransactionId.ToString()); }"),
        In("103g", "pended: the inline one may be read", "var pended = packet.Pend(); Log(packet.TransactionId.ToString()); pended.Complete();"),
        In("103h", "pended and completed: neither may be read", "var pended = packet.Pend(); pended.Complete(); Log({|VMB103:packet.TransactionId|}.ToString()); Log({|VMB103:pended.TransactionId|}.ToString());"),
        In("103i", "pended and kept: unknown when it is completed", "_queue.Enqueue(packet.Pend()); Log(packet.TransactionId.ToString());"),
        In("103j", "equality and IsDefault ask for nothing of the packet", "var pended = packet.Pend(); pended.Complete(); if (pended.IsDefault || pended == default || pended.Equals(_held)) Log();"),
        Members("103k", "taken out", "private void Next() { if (_queue.TryDequeue(out var next)) { next.Complete(); Log({|VMB103:next.TransactionId|}.ToString()); } }"),
        Members("103l", "each its own", "private void Drain() { while (_queue.TryDequeue(out var next)) { Log(next.TransactionId.ToString()); next.Complete(); } }"),
        In("103m", "in a local function", "Done(); void Done() { } packet.Complete(); Read(packet); static void Read(PacketCompletion p) => Log({|VMB103:p.TransactionId|}.ToString());"),
        In("103n", "deferred", "if (KernelIrql.Current == Irql.Dispatch) { packet.DeferToPassive(); Log({|VMB103:packet.TransactionId|}.ToString()); return; } packet.Complete();"),
        In("103o", "in a catch", "try { packet.Complete(); Log(); } catch { Log({|VMB103:packet.TransactionId|}.ToString()); }"),
        In("103p", "in a finally", "try { packet.Complete(); } finally { Log({|VMB103:packet.TransactionId|}.ToString()); }"),

        // VMB301
        In("145", "span taken before", "var s = packet.Buffer; packet.Complete(); _ = {|VMB301:s[0]|};"),
        In("145b", "the handler's buffer", "packet.Complete(); _ = {|VMB301:buffer[0]|};"),
        In("145c", "used before", "_ = buffer[0]; packet.Complete();"),
        In("145e", "length and emptiness are no use", "var s = packet.Buffer; packet.Complete(); Log((buffer.Length + s.Length).ToString()); if (buffer.IsEmpty) Log();"),
        In("145f", "the packet's own buffer is another rule", "packet.Complete(); _ = {|VMB103:packet.Buffer|}[0];"),
        In("146", "copied", "var copy = buffer.ToArray(); packet.Complete(); _ = copy[0];"),
        In("146b", "copied too late", "packet.Complete(); var copy = {|VMB301:buffer.ToArray()|};"),
        In("147", "sliced", "var s = buffer.Slice(4); packet.Complete(); _ = {|VMB301:s[0]|};"),
        In("147b", "range", "var s = buffer[4..]; packet.Complete(); _ = {|VMB301:s[0]|};"),
        In("147c", "from the end", "packet.Complete(); _ = {|VMB301:buffer[^1]|};"),
        In("147d", "cast", "var s = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(buffer); packet.Complete(); _ = {|VMB301:s[0]|};"),
        In("147e", "one or the other", "ReadOnlySpan<byte> s = G() ? buffer : packet.Buffer; packet.Complete(); _ = {|VMB301:s[0]|};"),
        In("147f", "replaced by something else", "ReadOnlySpan<byte> s = buffer; s = new byte[4]; packet.Complete(); _ = s[0];"),
        In("148k", "framework method", "packet.Complete(); _ = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian({|VMB301:buffer|});"),
        In("148b", "helper that returns the span", "var s = Body(packet); packet.Complete(); _ = {|VMB301:s[0]|};", "private static ReadOnlySpan<byte> Body(PacketCompletion packet) => packet.Buffer[4..];"),
        In("148l", "helper that slices", "var s = Tail(buffer); packet.Complete(); _ = {|VMB301:s[0]|};", "private static ReadOnlySpan<byte> Tail(ReadOnlySpan<byte> s) => s[4..];"),
        In("148d", "helper that fills a span", "if (!TryBody(packet, out var s)) Log(); packet.Complete(); _ = {|VMB301:s[0]|};", "private static bool TryBody(PacketCompletion packet, out ReadOnlySpan<byte> s) { s = packet.Buffer; return s.Length > 4; }"),
        In("148e", "helper that reads", "packet.Complete(); {|VMB301:Read(buffer)|};", "private static void Read(ReadOnlySpan<byte> s) => Log(s[0].ToString());"),
        In("148f", "helper that measures", "packet.Complete(); Read(buffer);", "private static void Read(ReadOnlySpan<byte> s) => Log(s.Length.ToString());"),
        In("148g", "helper that completes and reads", "{|VMB301:Read(packet, buffer)|};", "private static void Read(PacketCompletion packet, ReadOnlySpan<byte> s) { packet.Complete(); Log(s[0].ToString()); }"),
        In("148h", "helper that completes and reads something else", "Read(packet, new byte[4]);", "private static void Read(PacketCompletion packet, ReadOnlySpan<byte> s) { packet.Complete(); Log(s[0].ToString()); }"),
        In("148i", "foreach", "packet.Complete(); foreach (byte b in {|VMB301:buffer|}) Log(b.ToString());"),
        In("148j", "pattern", "packet.Complete(); if ({|VMB301:buffer is [1, ..]|}) Log();"),
        Members("in", "in parameter", "[ProcessPacket(2u)] private void OnHeader(PacketCompletion packet, in Header header) { Log(header.Type.ToString()); packet.Complete(); Log({|VMB301:header.Type|}.ToString()); }"),
        Members("in2", "in parameter copied", "[ProcessPacket(2u)] private void OnHeader(PacketCompletion packet, in Header header) { Header copy = header; packet.Complete(); Log(copy.Type.ToString()); }"),
        Members("in3", "by value", "[ProcessPacket(2u)] private void OnHeader(PacketCompletion packet, Header header) { packet.Complete(); Log(header.Type.ToString()); }"),
        Members("in4", "in parameter to a helper", "[ProcessPacket(2u)] private void OnHeader(PacketCompletion packet, in Header header) { packet.Complete(); {|VMB301:Read(header)|}; } private static void Read(in Header header) => Log(header.Type.ToString());"),
        Members("in5", "copied too late", "[ProcessPacket(2u)] private void OnHeader(PacketCompletion packet, in Header header) { packet.Complete(); Header copy = {|VMB301:header|}; Log(copy.Type.ToString()); }"),
        Members("in6", "remainder", "[ProcessPacket(2u)] private void OnHeader(PacketCompletion packet, in Header header, [Remainder] ReadOnlySpan<byte> rest) { packet.Complete(); _ = {|VMB301:rest[0]|}; }"),
        In("151", "reference", "ref readonly byte b = ref buffer[0]; packet.Complete(); Log({|VMB301:b|}.ToString());"),
        In("151b", "reference read before", "ref readonly byte b = ref buffer[0]; Log(b.ToString()); packet.Complete();"),
        In("151c", "pointer", "unsafe { fixed (byte* p = buffer) { packet.Complete(); byte q = {|VMB301:*p|}; Log(q.ToString()); } }"),
        In("151d", "pointer element", "unsafe { fixed (byte* p = buffer) { var q = p + 4; packet.Complete(); Log({|VMB301:q[1]|}.ToString()); } }"),
        Members("native", "native shape", "[ProcessPacket(2u)] private unsafe void OnRaw(VmbusChannel channel, PacketCompletion packet, void* data, uint length, uint flags) { packet.Complete(); byte b = {|VMB301:*(byte*)data|}; Log(b.ToString()); }"),
        In("pended", "buffer of a pended packet", "var pended = packet.Pend(); var s = pended.BufferMemory; pended.Complete(); _ = {|VMB301:s.Span|}[0];"),
        In("pended2", "the handler's buffer lives until the pended packet is completed", "var pended = packet.Pend(); _ = buffer[0]; pended.Complete(); _ = {|VMB301:buffer[0]|};"),
        Whole("hand", "hand-written callbacks", "public sealed class Callbacks : IChannelCallbacks { public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) { packet.Complete(); _ = {|VMB301:buffer[0]|}; } }"),
        In("loop", "in a loop", "var s = buffer; while (s.Length > 4) { _ = s[0]; s = s[4..]; } packet.Complete(); _ = s.Length;"),
        In("loop2", "after a loop", "var s = buffer; while (s.Length > 4) { _ = s[0]; s = s[4..]; } packet.Complete(); _ = {|VMB301:s[0]|};"),
        In("holder", "structure that holds the span", "var reader = new Reader(buffer); packet.Complete(); _ = {|VMB301:reader.Next()|};", "private ref struct Reader(ReadOnlySpan<byte> span) { private readonly ReadOnlySpan<byte> _span = span; public byte Next() => _span[0]; }"),

        // VMB302
        In("149", "pointer in a field", "unsafe { fixed (byte* p = buffer) {|VMB302:_pointer = p|}; } packet.Complete();", "private unsafe byte* _pointer;"),
        In("149b", "pointer reset", "unsafe { fixed (byte* p = buffer) { _pointer = p; Log(); _pointer = null; } } packet.Complete();", "private unsafe byte* _pointer;"),
        In("149c", "pointer reset on one way", "unsafe { fixed (byte* p = buffer) { {|VMB302:_pointer = p|}; if (G()) _pointer = null; } } packet.Complete();", "private unsafe byte* _pointer;"),
        In("149d", "pointer reset in a finally", "unsafe { fixed (byte* p = buffer) { _pointer = p; try { Log(); if (G()) { packet.Fail(); return; } } finally { _pointer = null; } } } packet.Complete();", "private unsafe byte* _pointer;"),
        In("149e", "pointer as a number", "unsafe { fixed (byte* p = buffer) {|VMB302:s_address = (nint)p|}; } packet.Complete();", "private static nint s_address;"),
        In("149f", "pointer in a collection", "unsafe { fixed (byte* p = buffer) {|VMB302:_addresses.Add((nint)p)|}; } packet.Complete();", "private readonly List<nint> _addresses = new();"),
        In("149g", "pointer in an array", "unsafe { fixed (byte* p = buffer) {|VMB302:_addresses[0] = (nint)p|}; } packet.Complete();", "private readonly nint[] _addresses = new nint[4];"),
        In("149h", "captured", "unsafe { fixed (byte* p = buffer) { byte* q = p; ThreadPool.QueueUserWorkItem({|VMB302:_ => Log((*q).ToString())|}); } } packet.Complete();"),
        Members("149z", "copy of a payload captured", "[ProcessPacket(2u)] private void OnNumber(PacketCompletion packet, in int n) { int copy = n; ThreadPool.QueueUserWorkItem(_ => Log(copy.ToString())); packet.Complete(); }"),
        In("149i", "number of another origin", "unsafe { byte* p = null; _pointer = p; } packet.Complete();", "private unsafe byte* _pointer;"),
        In("149j", "unsafe address", "unsafe { {|VMB302:_pointer = System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(buffer))|}; } packet.Complete();", "private unsafe void* _pointer;"),
        Members("149k", "native shape", "private unsafe void* _pointer; [ProcessPacket(2u)] private unsafe void OnRaw(VmbusChannel channel, PacketCompletion packet, void* data, uint length, uint flags) { {|VMB302:_pointer = data|}; packet.Complete(); }"),
        Members("149l", "handler that returns its answer", "private unsafe void* _pointer; [ProcessPacket(2u)] private unsafe NtStatus OnRaw(in Header header) { fixed (Header* p = &header) {|VMB302:_pointer = p|}; return NtStatus.Success; }"),
        In("150", "helper that keeps it", "{|VMB302:Keep(buffer)|}; packet.Complete();", "private unsafe byte* _pointer; private unsafe void Keep(ReadOnlySpan<byte> s) { fixed (byte* p = s) _pointer = p; }"),
        In("150b", "helper that gives it back", "Use(buffer); packet.Complete();", "private unsafe byte* _pointer; private unsafe void Use(ReadOnlySpan<byte> s) { fixed (byte* p = s) { _pointer = p; Log(); _pointer = null; } }"),
        In("150c", "holder on the stack", "var h = new Holder(); h.Span = buffer; packet.Complete(); _ = {|VMB301:h.Span[0]|};", "private ref struct Holder { public ReadOnlySpan<byte> Span; }"),

        // VMB304
        Late("154", "external data after completion", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; packet.Complete(); data.CopyTo(new byte[4]);", "data.CopyTo(new byte[4])"),
        Late("154b", "its span", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; var s = data.Span; packet.Complete(); _ = s[0];", "s[0]"),
        In("154c", "before completion", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; data.CopyTo(new byte[4]); packet.Complete();"),
        Late("154d", "span asked for too late", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; packet.Complete(); _ = data.Span[0];", "data.Span"),
        Members("154e", "parameter", "[ProcessPacket(2u)] private void OnData(PacketCompletion packet, ExternalData data) { data.CopyTo(new byte[4]); packet.Complete(); {|VMB304:data.CopyTo(new byte[4])|}; }"),
        Late("154f", "helper", "var status = packet.GetExternalData(ExternalDataFlags.None, out var data); if (status == NtStatus.Pending) return; packet.Complete(); Fill(data);", "Fill(data)", "private static void Fill(ExternalData data) => data.CopyFrom(new byte[4]);"),
        Late("154g", "of a pended packet", "var pended = packet.Pend(); _ = pended.GetExternalData(ExternalDataFlags.None, out var data); pended.Complete(); data.CopyFrom(new byte[4]);", "data.CopyFrom(new byte[4])"),
    ];

    /// <summary>A handler of this body, in which the last <paramref name="use"/> is VMB304.</summary>
    private static CompletionCase Late(string row, string name, string body, string use, string members = "")
    {
        int at = body.LastIndexOf(use, StringComparison.Ordinal);
        return In(row, name, body[..at] + "{|VMB304:" + use + "|}" + body[(at + use.Length)..], members);
    }
}
