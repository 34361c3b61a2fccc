namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB003.</summary>
public sealed class UnknownParameterTests
{
    [Theory]
    [InlineData("string {|VMB003:text|}")]
    [InlineData("object {|VMB003:value|}")]
    [InlineData("byte[] {|VMB003:bytes|}")]
    [InlineData("Span<byte> {|VMB003:bytes|}")]
    [InlineData("ReadOnlySpan<char> {|VMB003:chars|}")]
    [InlineData("Memory<byte> {|VMB005:bytes|}")]
    [InlineData("void* {|VMB003:pointer|}")]
    [InlineData("byte* {|VMB003:pointer|}")]
    [InlineData("delegate*<void> {|VMB003:pointer|}")]
    [InlineData("Action {|VMB003:action|}")]
    [InlineData("dynamic {|VMB003:value|}")]
    [InlineData("IDisposable {|VMB003:value|}")]
    [InlineData("VmbusPacket {|VMB003:outgoing|}")]
    [InlineData("PendingPacket {|VMB003:pending|}")]
    [InlineData("PacketBatch {|VMB003:batch|}")]
    [InlineData("ref Pair {|VMB003:pair|}")]
    [InlineData("in VmbusChannel {|VMB003:channel|}")]
    [InlineData("in ReadOnlySpan<byte> {|VMB003:buffer|}")]
    [InlineData("in ProcessPacketFlags {|VMB003:flags|}")]
    [InlineData("ref ExternalData {|VMB003:data|}")]
    [InlineData("Pair first, Pair {|VMB003:second|}")]
    [InlineData("Pair first, in uint {|VMB003:second|}")]
    [InlineData("VmbusChannel first, VmbusChannel {|VMB003:second|}")]
    [InlineData("ReadOnlySpan<byte> first, ReadOnlySpan<byte> {|VMB003:second|}")]
    [InlineData("PacketCompletion {|VMB003:second|}")]
    [InlineData("[Remainder] ReadOnlySpan<byte> {|VMB003:rest|}")]
    [InlineData("in Pair pair, [Remainder] Span<byte> {|VMB003:rest|}")]
    [InlineData("[Remainder] in Pair {|VMB003:pair|}")]
    [InlineData("[Remainder] VmbusChannel {|VMB003:channel|}")]
    [InlineData("in Pair pair, [Remainder] ReadOnlySpan<byte> first, [Remainder] ReadOnlySpan<byte> {|VMB003:second|}")]
    [InlineData("ReadOnlyMemory<byte> {|VMB003:buffer|}")]
    [InlineData("CancellationToken {|VMB003:token|}")]
    [InlineData("VmbusChannel channel, void* {|VMB003:buffer|}, uint length, uint {|VMB003:flags|}")]
    public Task Reported_at_the_name(string parameter)
        => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket(1)] private void On(PacketCompletion packet, {Fix(parameter)}) {{ }}");

    [Theory]
    [InlineData("PacketCompletion packet")]
    [InlineData("scoped PacketCompletion packet")]
    [InlineData("VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags")]
    [InlineData("ProcessPacketFlags flags, scoped ReadOnlySpan<byte> buffer, PacketCompletion packet, VmbusChannel channel")]
    [InlineData("PacketCompletion packet, in Pair pair")]
    [InlineData("PacketCompletion packet, ref readonly Pair pair")]
    [InlineData("PacketCompletion packet, Pair pair")]
    [InlineData("PacketCompletion packet, uint value")]
    [InlineData("PacketCompletion packet, Kind kind")]
    [InlineData("PacketCompletion packet, Guid id, [Remainder] ReadOnlySpan<byte> rest, ReadOnlySpan<byte> whole")]
    [InlineData("PacketCompletion packet, ExternalData data")]
    [InlineData("VmbusChannel channel, PacketCompletion packet, void* buffer, uint bufferLength, uint flags")]
    public Task Not_reported(string parameters) => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket(1)] private void On({parameters}) {{ }}");

    [Theory]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private ValueTask On(VmbusChannel channel, ReadOnlyMemory<byte> buffer, CancellationToken token) => default;")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private async Task<uint> On(Pair pair) { await Task.Yield(); return pair.Value; }")]
    public Task Memory_and_token_go_with_asynchronous_handlers(string member) => ShapeVerifier.VerifyMembersAsync(member);

    [Theory]
    [InlineData("[ChannelOpened] void On(VmbusChannel channel, int {|VMB003:more|}) { }")]
    [InlineData("[ChannelClosed] void On(PacketCompletion {|VMB003:packet|}) { }")]
    [InlineData("[ChannelSuspend] void On(in VmbusChannel {|VMB003:channel|}) { }")]
    [InlineData("[ChannelStarted] void {|VMB003:On|}() { }")]
    [InlineData("[ChannelPostStarted] void On(string {|VMB003:name|}) { }")]
    [InlineData("[ProcessingComplete] void On(VmbusChannel channel, int {|VMB003:count|}) { }")]
    [InlineData("[ProcessingComplete] void {|VMB003:On|}(VmbusChannel channel) { }")]
    [InlineData("[SavePacket] NtStatus On(VmbusChannel channel, VmbusPacket packet, ReadOnlySpan<byte> {|VMB003:buffer|}, out int bytesNeeded) { bytesNeeded = 0; return default; }")]
    [InlineData("[SavePacket] NtStatus On(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, ref int {|VMB003:bytesNeeded|}) => default;")]
    [InlineData("[RestorePacket] NtStatus On(VmbusChannel channel, ReadOnlySpan<byte> libraryState, Span<byte> {|VMB003:savedState|}) => default;")]
    [InlineData("[PnpFailure] void On(VmbusChannel channel, int {|VMB003:status|}) { }")]
    [InlineData("[PacketCompletionRoutine] void On(VmbusPacket packet, NtStatus status, byte[] {|VMB003:buffer|}) { }")]
    public Task Other_callbacks(string member) => ShapeVerifier.VerifyMembersAsync(member);

    [Theory]
    [InlineData("[ChannelOpened] NtStatus On(VmbusChannel channel) => default;")]
    [InlineData("[ChannelOpened] void On(VmbusChannel channel) { }")]
    [InlineData("[ChannelClosed, ChannelSuspend, ChannelStarted, ChannelPostStarted] static void On(VmbusChannel channel) { }")]
    [InlineData("[ProcessingComplete] void On(VmbusChannel channel, uint packetsProcessed) { }")]
    [InlineData("[SavePacket] NtStatus On(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded) { bytesNeeded = 0; return default; }")]
    [InlineData("[RestorePacket] NtStatus On(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState) => default;")]
    [InlineData("[PnpFailure] void On(VmbusChannel channel, NtStatus status) { }")]
    [InlineData("[PacketCompletionRoutine] void On(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer) { }")]
    public Task Other_callbacks_not_reported(string member) => ShapeVerifier.VerifyMembersAsync(member);

    [Fact]
    public Task Message() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket(1)] void On(PacketCompletion packet, string {|VMB003:text|}) { }", "VMB003", "'On' cannot take parameter 'text': 'string' is nothing that a packet has");

    /// <summary>A structure with references has bytes, but not on the wire: that is VMB005, at the type.</summary>
    private static string Fix(string parameter) => parameter.Replace("Memory<byte> {|VMB005:bytes|}", "{|VMB005:Memory<byte>|} bytes", StringComparison.Ordinal);
}
