namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB007 and VMB008.</summary>
public sealed class CompletionShapeTests
{
    [Theory]
    [InlineData("[ProcessPacket(1)] private void {|VMB007:On|}() { }")]
    [InlineData("[ProcessPacket] private void {|VMB007:On|}(VmbusChannel channel, ReadOnlySpan<byte> buffer) { }")]
    [InlineData("[ProcessPacket(1)] private void {|VMB007:On|}(in Pair pair) { }")]
    [InlineData("[ProcessPacket(1)] private void {|VMB007:On|}(string {|VMB003:text|}) { }")]
    public Task Without_anything_to_complete_with(string member) => ShapeVerifier.VerifyMembersAsync(member);

    [Theory]
    [InlineData("[ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete();")]
    [InlineData("[ProcessPacket(1)] private NtStatus On() => default;")]
    [InlineData("[ProcessPacket(1)] private void On(in PacketCompletion {|VMB003:packet|}) { }")]
    [InlineData("[ProcessPacket(1)] private void On(PendingPacket {|VMB003:packet|}) { }")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private ValueTask On() => default;")]
    public Task With_something_to_complete_with(string member) => ShapeVerifier.VerifyMembersAsync(member);

    [Theory]
    [InlineData("[ProcessPacket(1)] private ValueTask {|VMB008:On|}() => default;")]
    [InlineData("[ProcessPacket(1)] private Task<int> {|VMB008:On|}(Pair pair) => Task.FromResult(1);")]
    [InlineData("[ProcessPacket(1)] private async ValueTask<int> {|VMB008:On|}() { await Task.Yield(); return 1; }")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Dispatch)] private async Task {|VMB008:On|}() => await Task.Yield();")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private async void {|VMB008:On|}() => await Task.Yield();")]
    [InlineData("[ProcessPacket(1)] private async void {|VMB008:On|}(string text) => await Task.Yield();")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private ValueTask {|VMB008:On|}(ReadOnlySpan<byte> buffer) => default;")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private ValueTask {|VMB008:On|}(Pair pair, [Remainder] ReadOnlySpan<byte> buffer) => default;")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private Task {|VMB008:On|}(in Pair pair) => Task.CompletedTask;")]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private Task {|VMB008:On|}(ref readonly Pair pair) => Task.CompletedTask;")]
    [InlineData("[ProcessPacket(1)] private Task {|VMB008:On|}(in Pair pair) => Task.CompletedTask;")]
    [InlineData("[ChannelStarted] private async void {|VMB008:On|}(VmbusChannel channel) => await Task.Yield();")]
    public Task Asynchronous_shapes_that_are_reported(string member) => ShapeVerifier.VerifyMembersAsync(member);

    [Theory]
    [InlineData("[ProcessPacket(1, Irql = Irql.Passive)] private async ValueTask On(Pair pair, CancellationToken token) => await Task.Delay(1, token);", "")]
    [InlineData("[ProcessPacket(1)] private async ValueTask On() => await Task.Yield();", "[ChannelCallbacks(IncomingProcessingAtPassive = true)]")]
    [InlineData("[ProcessPacket(1)] private Task<NtStatus> On(ReadOnlyMemory<byte> buffer) => Task.FromResult(NtStatus.Success);", "[ChannelCallbacks(IncomingProcessingAtPassive = true)]")]
    public Task Asynchronous_shapes_that_are_not_reported(string member, string settings) => ShapeVerifier.VerifyMembersAsync(member, settings);

    [Fact]
    public Task Message_of_VMB007() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket(1)] void {|VMB007:On|}() { }", "VMB007", "'On' neither takes a PacketCompletion nor returns what to complete its packet with");

    [Fact]
    public Task Message_of_VMB008() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket(1)] ValueTask {|VMB008:On|}() => default;",
        "VMB008",
        "'On' is asynchronous and may wait, so it must run at PASSIVE_LEVEL: [ProcessPacket(..., Irql = Irql.Passive)]");
}
