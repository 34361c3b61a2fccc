using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB002.</summary>
public sealed class DuplicateHandlerTests
{
    [Theory]
    [InlineData("[ProcessPacket(1)] void {|#0:A|}(PacketCompletion p) => p.Complete(); [ProcessPacket(1)] void {|VMB002(0):B|}(PacketCompletion p) => p.Complete();")]
    [InlineData("[ProcessPacket(1, 2)] void {|#0:A|}(PacketCompletion p) => p.Complete(); [ProcessPacket(3, 2)] void {|VMB002(0):B|}(PacketCompletion p) => p.Complete();")]
    [InlineData("[ProcessPacket(Kind.A)] void {|#0:A|}(PacketCompletion p) => p.Complete(); [ProcessPacket(1)] void {|VMB002(0):B|}(PacketCompletion p) => p.Complete();")]
    [InlineData("[ProcessPacket(-1)] void {|#0:A|}(PacketCompletion p) => p.Complete(); [ProcessPacket(0xFFFF_FFFF)] void {|VMB002(0):B|}(PacketCompletion p) => p.Complete();")]
    [InlineData("[ProcessPacket] void {|#0:A|}(PacketCompletion p) => p.Complete(); [ProcessPacket] void {|VMB002(0):B|}(PacketCompletion p) => p.Complete();")]
    [InlineData("[ChannelOpened] void {|#0:A|}(VmbusChannel c) { } [ChannelOpened] void {|VMB002(0):B|}(VmbusChannel c) { }")]
    [InlineData("[ProcessingComplete] void {|#0:A|}(VmbusChannel c, uint n) { } [ProcessingComplete] void {|VMB002(0):B|}(VmbusChannel c, uint n) { }")]
    public Task Reported_at_the_second(string members) => ShapeVerifier.VerifyMembersAsync(members);

    [Theory]
    [InlineData("[ProcessPacket(1)] void A(PacketCompletion p) => p.Complete(); [ProcessPacket(2)] void B(PacketCompletion p) => p.Complete(); [ProcessPacket] void C(PacketCompletion p) => p.Complete();")]
    [InlineData("[ProcessPacket(1, 1)] void A(PacketCompletion p) => p.Complete();")]
    [InlineData("[ChannelOpened] void A(VmbusChannel c) { } [ChannelClosed] void B(VmbusChannel c) { }")]
    [InlineData("[ChannelStarted, ChannelPostStarted] void A(VmbusChannel c) { }")]
    public Task Not_reported(string members) => ShapeVerifier.VerifyMembersAsync(members);

    [Fact]
    public Task Across_parts() => ShapeVerifier.VerifyAsync(TestProject.Of(
        "public partial class C { [ProcessPacket(1)] void {|#0:A|}(PacketCompletion p) => p.Complete(); }",
        "public partial class C { [ProcessPacket(1)] void {|VMB002:B|}(PacketCompletion p) => p.Complete(); }"));

    [Fact]
    public Task A_derived_class_may_not_bind_what_its_base_binds() => ShapeVerifier.VerifyAsync("""
        public abstract partial class Root<T>
        {
            [ProcessPacket(1)] protected virtual void {|#0:A|}(PacketCompletion p) => p.Complete();
            [ProcessPacket] private void Default(PacketCompletion p) => p.Complete();
            [ChannelOpened] private void {|#1:Opened|}(VmbusChannel c) { }
        }

        public class Between : Root<int>
        {
            protected override void A(PacketCompletion p) => p.Fail();
        }

        public partial class C : Between
        {
            [ProcessPacket(1)] protected override void {|VMB002(0):A|}(PacketCompletion p) => p.Complete();
            [ProcessPacket(2)] private void Own(PacketCompletion p) => p.Complete();
            [ProcessPacket] private void OwnDefault(PacketCompletion p) => p.Complete();
            [ChannelOpened] private void {|VMB002(1):OwnOpened|}(VmbusChannel c) { }
        }
        """);

    /// <summary>Of the base class only the reference assembly is there, without its private handlers; so there is no first one to point to.</summary>
    [Fact]
    public Task Nor_what_a_base_of_another_assembly_binds() => ShapeVerifier.VerifyAsync(TestProject.Of("""
        public partial class C : Root<int>
        {
            [ProcessPacket(1)] private void {|VMB002:A|}(PacketCompletion p) => p.Complete();
            [ProcessPacket(3, 0x8000_0000)] private void {|VMB002:B|}(PacketCompletion p) => p.Complete();
            [ProcessPacket] private void OwnDefault(PacketCompletion p) => p.Complete();
            [ChannelOpened] private void {|VMB002:OwnOpened|}(VmbusChannel c) { }
            [ChannelClosed] private void OwnClosed(VmbusChannel c) { }
        }
        """).WithLibrary(CompiledLibrary.Of((TestProject.Of("""
        public abstract partial class Root<T>
        {
            [ProcessPacket(1, int.MinValue)] private void A(PacketCompletion p) => p.Complete();
            [ProcessPacket] private void Default(PacketCompletion p) => p.Complete();
            [ChannelOpened] private void Opened(VmbusChannel c) { }
        }
        """) with { AssemblyName = "Library" }).WithGenerators(new ChannelCallbacksGenerator()))));

    [Fact]
    public Task A_callback_that_is_implemented_by_hand_is_bound_already() => ShapeVerifier.VerifyAsync("""
        public partial class C : IChannelCallbacks
        {
            void IChannelCallbacks.{|#0:Closed|}(VmbusChannel channel) { }
            [ChannelClosed] private void {|VMB002(0):OnClosed|}(VmbusChannel c) { }
            public void {|#1:ProcessPacket|}(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Complete();
            [ProcessPacket(1)] private void {|VMB002(1):On|}(PacketCompletion p) => p.Complete();
        }
        """);

    [Fact]
    public Task Message() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket(0xAB)] void A(PacketCompletion p) => p.Complete(); [ProcessPacket(171)] void {|VMB002:B|}(PacketCompletion p) => p.Complete();",
        "VMB002",
        "'B' handles message type 0xAB, which 'A' handles already");
}
