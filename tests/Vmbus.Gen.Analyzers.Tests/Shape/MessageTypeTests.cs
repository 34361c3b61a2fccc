using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB006.</summary>
public sealed class MessageTypeTests
{
    [Theory]
    [InlineData(1, "{|VMB006:256|}")]
    [InlineData(1, "{|VMB006:-129|}")]
    [InlineData(2, "1, {|VMB006:0x10000|}, 2")]
    [InlineData(2, "{|VMB006:-32769|}")]
    [InlineData(4, "{|VMB006:0x1_0000_0000|}")]
    [InlineData(4, "{|VMB006:int.MinValue - 1L|}")]
    [InlineData(4, "{|VMB006:Wide.Large|}, Wide.Negative")]
    [InlineData(4, "{|VMB006:'a'|}")]
    [InlineData(4, "{|VMB006:\"1\"|}, 2")]
    [InlineData(4, "{|VMB006:true|}")]
    [InlineData(4, "{|VMB006:1.0|}")]
    [InlineData(4, "{|VMB006:typeof(int)|}")]
    [InlineData(4, "{|VMB006:null|}")]
    [InlineData(4, "1, {|VMB006:null|}")]
    [InlineData(1, "new object[] { 1, {|VMB006:300|} }")]
    [InlineData(1, "messageTypes: new object[] { {|VMB006:300|} }")]
    [InlineData(1, "{|VMB006:300|}, {|VMB006:301|}, Irql = Irql.Dispatch")]
    public Task Message_types_that_are_reported(int size, string arguments)
        => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket({arguments})] private void On(PacketCompletion packet) => packet.Complete();", $"[ChannelCallbacks(MessageTypeSize = {size})]");

    [Theory]
    [InlineData(1, "255, -128, (byte)3")]
    [InlineData(2, "ushort.MaxValue, short.MinValue")]
    [InlineData(4, "uint.MaxValue, int.MinValue, 4L, Kind.A, Wide.Negative - 1")]
    [InlineData(8, "ulong.MaxValue, long.MinValue, Wide.Large")]
    [InlineData(4, "")]
    [InlineData(4, "new object[0]")]
    public Task Message_types_that_are_not_reported(int size, string arguments)
        => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket({arguments})] private void On(PacketCompletion packet) => packet.Complete();", $"[ChannelCallbacks(MessageTypeSize = {size})]");

    [Theory]
    [InlineData("MessageTypeSize = {|VMB006:3|}")]
    [InlineData("MessageTypeSize = {|VMB006:0|}, MessageTypeOffset = 4")]
    [InlineData("MessageTypeOffset = {|VMB006:-1|}")]
    [InlineData("MessageTypeSize = {|VMB006:16|}, MessageTypeOffset = {|VMB006:-8|}")]
    public Task Settings_that_are_reported(string settings)
        => ShapeVerifier.VerifyMembersAsync("[ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete();", $"[ChannelCallbacks({settings})]");

    [Theory]
    [InlineData("Irql = {|VMB006:Irql.Apc|}")]
    [InlineData("Irql = {|VMB006:(Irql)7|}")]
    public Task Levels_that_are_reported(string level)
        => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket(1, {level})] private void On(PacketCompletion packet) => packet.Complete();");

    [Fact]
    public Task Nor_can_one_whose_base_is_in_another_assembly() => ShapeVerifier.VerifyAsync(TestProject.Of("""
        [ChannelCallbacks(MessageTypeSize = {|VMB006:2|}, MessageTypeOffset = {|VMB006:0|})]
        public partial class C : Root { [ProcessPacket({|VMB006:256|}, 2)] private void A(PacketCompletion p) => p.Complete(); }

        [ChannelCallbacks(MessageTypeSize = {|VMB006:8|})]
        public partial class D : Defaults { [ProcessPacket(0xFFFF_FFFF)] private void A(PacketCompletion p) => p.Complete(); }
        """).WithLibrary(CompiledLibrary.Of((TestProject.Of("""
        [ChannelCallbacks(MessageTypeSize = 1, MessageTypeOffset = 4)]
        public partial class Root { [ProcessPacket(1)] private void A(PacketCompletion p) => p.Complete(); }
        public partial class Defaults { [ProcessPacket(1)] private void A(PacketCompletion p) => p.Complete(); }
        """) with { AssemblyName = "Library" }).WithGenerators(new ChannelCallbacksGenerator()))));

    [Fact]
    public Task A_derived_class_cannot_change_where_the_message_type_lies() => ShapeVerifier.VerifyAsync("""
        [ChannelCallbacks(MessageTypeSize = 2, MessageTypeOffset = 4)]
        public partial class Root { [ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete(); }

        [ChannelCallbacks(MessageTypeSize = {|VMB006:4|}, MessageTypeOffset = {|VMB006:0|})]
        public partial class Changed : Root { [ProcessPacket(2)] private void On(PacketCompletion packet) => packet.Complete(); }

        [ChannelCallbacks(MessageTypeSize = 2, MessageTypeOffset = 4, Unhandled = UnhandledPacket.CompleteEmpty)]
        public partial class Repeated : Root { [ProcessPacket(3)] private void On(PacketCompletion packet) => packet.Complete(); }

        public partial class Inherited : Root { [ProcessPacket({|VMB006:0x10000|})] private void On(PacketCompletion packet) => packet.Complete(); }
        """);

    [Fact]
    public Task Message() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket({|VMB006:0x1_0000_0000|})] void On(PacketCompletion packet) => packet.Complete();",
        "VMB006",
        "Message type 4294967296 does not fit in 4 bytes; set MessageTypeSize of [ChannelCallbacks]");
}
