using Microsoft.CodeAnalysis.CodeFixes;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

/// <summary>VMB002, VMB004, VMB005, VMB006, VMB009: what can be right without knowing the protocol.</summary>
public sealed class BindingFixTests
{
    [Theory]
    [InlineData(
        "partial class C { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); [ProcessPacket(1, 2)] void {|VMB002:B|}(PacketCompletion p) => p.Fail(); }",
        "partial class C { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); [ProcessPacket(2)] void B(PacketCompletion p) => p.Fail(); }",
        "Leave 1 to the other handler")]
    [InlineData(
        "partial class C { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); [ProcessPacket(2, 1, Irql = Irql.Passive)] void {|VMB002:B|}(PacketCompletion p) => p.Fail(); }",
        "partial class C { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); [ProcessPacket(2, Irql = Irql.Passive)] void B(PacketCompletion p) => p.Fail(); }",
        "Leave 1 to the other handler")]
    [InlineData(
        "partial class C { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); [Obsolete, ProcessPacket(1)] void {|VMB002:B|}(PacketCompletion p) => p.Fail(); }",
        "partial class C { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); [Obsolete] void B(PacketCompletion p) => p.Fail(); }",
        "Remove [ProcessPacket] from 'B'")]
    [InlineData(
        "partial class C { [ProcessPacket] void A(PacketCompletion p) => p.Fail(); [ProcessPacket] void {|VMB002:B|}(PacketCompletion p) => p.Fail(); }",
        "partial class C { [ProcessPacket] void A(PacketCompletion p) => p.Fail(); void B(PacketCompletion p) => p.Fail(); }",
        "Remove [ProcessPacket] from 'B'")]
    [InlineData(
        "partial class C { [ChannelClosed] void A(VmbusChannel c) { } [ChannelClosed] void {|VMB002:B|}(VmbusChannel c) { } }",
        "partial class C { [ChannelClosed] void A(VmbusChannel c) { } void B(VmbusChannel c) { } }",
        "Remove [ChannelClosed] from 'B'")]
    [InlineData(
        "partial class C : D { [ProcessPacket(1)] void {|VMB002:B|}(PacketCompletion p) => p.Fail(); } partial class D { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); }",
        "partial class C : D { void B(PacketCompletion p) => p.Fail(); } partial class D { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); }",
        "Remove [ProcessPacket] from 'B'")]
    public Task The_second_binding_goes(string before, string after, string title) => VerifyAsync<RemoveDuplicateBindingFix>(before, after, title);

    [Theory]
    [InlineData("[ProcessPacket] {|VMB004:byte[]|} On() => new byte[4];", "[ProcessPacket] void On(PacketCompletion packet) => packet.Complete(new byte[4]);")]
    [InlineData("[ProcessPacket] {|VMB004:ReadOnlySpan<byte>|} On(VmbusChannel c) => \"disk\"u8;", "[ProcessPacket] void On(VmbusChannel c, PacketCompletion packet) => packet.Complete(\"disk\"u8);")]
    [InlineData(
        "[ProcessPacket] {|VMB004:byte[]|} On(in int n)\n    {\n        if (n > 4)\n        {\n            return [];\n        }\n\n        return new byte[n];\n    }",
        "[ProcessPacket] void On(PacketCompletion packet, in int n)\n    {\n        if (n > 4)\n        {\n            packet.Complete([]);\n            return;\n        }\n\n        packet.Complete(new byte[n]);\n    }")]
    public Task Bytes_complete_the_packet(string before, string after)
        => VerifyAsync<CompleteWithBytesFix>($"partial class C\n{{\n    {before}\n}}\n", $"partial class C\n{{\n    {after}\n}}\n", "Take the packet and complete it with the bytes");

    [Theory]
    [InlineData("partial class C { [ProcessPacket] {|VMB004:string|} On() => \"disk\"; }")]
    [InlineData("partial class C { [ProcessPacket(Reply = PacketReply.InBand)] {|VMB004:byte[]|} On() => []; }")]
    [InlineData("partial class C { [ProcessPacket] public {|VMB004:byte[]|} On() => []; byte[] M() => On(); }")]
    [InlineData("partial class C { [ChannelClosed] {|VMB004:byte[]|} On(VmbusChannel c) => []; }")]
    public Task What_bytes_a_value_has_is_for_the_author(string source) => VerifyNotOfferedAsync<CompleteWithBytesFix>(source);

    private const string Layout = "using System.Runtime.InteropServices; ";

    [Theory]
    [InlineData(
        Layout + "[StructLayout(LayoutKind.Auto)] struct S { public byte A; public long B; } partial class C { [ProcessPacket(1)] void A(PacketCompletion p, in {|VMB005:S|} s) => p.Fail(); [ProcessPacket(2)] {|VMB005:S|} B() => default; }",
        Layout + "[StructLayout(LayoutKind.Sequential)] struct S { public byte A; public long B; } partial class C { [ProcessPacket(1)] void A(PacketCompletion p, in S s) => p.Fail(); [ProcessPacket(2)] S B() => default; }")]
    [InlineData(
        Layout + "[StructLayout(LayoutKind.Auto, Pack = 1)] struct S { public byte A; } struct T { public S S; } partial class C { [ProcessPacket(1)] void A(PacketCompletion p, in {|VMB005:T|} s) => p.Fail(); }",
        Layout + "[StructLayout(LayoutKind.Sequential, Pack = 1)] struct S { public byte A; } struct T { public S S; } partial class C { [ProcessPacket(1)] void A(PacketCompletion p, in T s) => p.Fail(); }")]
    public Task An_automatic_layout_becomes_that_of_the_source(string before, string after) => VerifyAsync<SequentialLayoutFix>(before, after, "Make the layout of 'S' sequential");

    [Theory]
    [InlineData("struct S { public string A; } partial class C { [ProcessPacket] void A(PacketCompletion p, in {|VMB005:S|} s) => p.Fail(); }")]
    [InlineData("partial class C { [ProcessPacket] void A(PacketCompletion p, in {|VMB005:(int, int)|} s) => p.Fail(); }")]
    public Task A_reference_in_a_payload_is_for_the_author(string source) => VerifyNotOfferedAsync<SequentialLayoutFix>(source);

    [Theory]
    [InlineData(
        "[ChannelCallbacks(MessageTypeSize = 1)] partial class C { [ProcessPacket({|VMB006:0x100|})] void A(PacketCompletion p) => p.Fail(); }",
        "[ChannelCallbacks(MessageTypeSize = 2)] partial class C { [ProcessPacket(0x100)] void A(PacketCompletion p) => p.Fail(); }",
        "Read message types of 2 bytes: MessageTypeSize = 2")]
    [InlineData(
        "[ChannelCallbacks(MessageTypeOffset = 4, MessageTypeSize = 1)] partial class C { [ProcessPacket(1, {|VMB006:0x1_0000|})] void A(PacketCompletion p) => p.Fail(); }",
        "[ChannelCallbacks(MessageTypeOffset = 4, MessageTypeSize = 4)] partial class C { [ProcessPacket(1, 0x1_0000)] void A(PacketCompletion p) => p.Fail(); }",
        "Read message types of 4 bytes: MessageTypeSize = 4")]
    [InlineData(
        "/// <summary>C.</summary>\npartial class C { [ProcessPacket({|VMB006:0x1_0000_0000|})] void A(PacketCompletion p) => p.Fail(); }",
        "/// <summary>C.</summary>\n[ChannelCallbacks(MessageTypeSize = 8)]\npartial class C { [ProcessPacket(0x1_0000_0000)] void A(PacketCompletion p) => p.Fail(); }",
        "Read message types of 8 bytes: MessageTypeSize = 8")]
    [InlineData(
        "partial class C { [ProcessPacket({|VMB006:'r'|})] void A(PacketCompletion p) => p.Fail(); }",
        "partial class C { [ProcessPacket((int)'r')] void A(PacketCompletion p) => p.Fail(); }",
        "Write 'r' as a number")]
    [InlineData(
        "partial class C { [ProcessPacket({|VMB006:null|})] void A(PacketCompletion p) => p.Fail(); }",
        "partial class C { [ProcessPacket] void A(PacketCompletion p) => p.Fail(); }",
        "Take every packet that no other handler takes")]
    [InlineData(
        "partial class C { [ProcessPacket(1, Irql = {|VMB006:Irql.Apc|})] void A(PacketCompletion p) => p.Fail(); }",
        "partial class C { [ProcessPacket(1, Irql = Irql.Passive)] void A(PacketCompletion p) => p.Fail(); }",
        "Run the handler at PASSIVE_LEVEL: Irql = Irql.Passive")]
    [InlineData(
        "[ChannelCallbacks(MessageTypeSize = 2)] partial class B { } [ChannelCallbacks(MessageTypeSize = {|VMB006:4|}, Unhandled = UnhandledPacket.CompleteEmpty)] partial class C : B { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); }",
        "[ChannelCallbacks(MessageTypeSize = 2)] partial class B { } [ChannelCallbacks(Unhandled = UnhandledPacket.CompleteEmpty)] partial class C : B { [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); }",
        "Leave MessageTypeSize to the base class")]
    public Task The_message_type_fits(string before, string after, string title) => VerifyAsync<MessageTypeFix>(before, after, title);

    [Theory]
    [InlineData("partial class C { [ProcessPacket({|VMB006:\"read\"|})] void A(PacketCompletion p) => p.Fail(); }")]
    [InlineData("partial class C { [ProcessPacket({|VMB006:1.5|})] void A(PacketCompletion p) => p.Fail(); }")]
    [InlineData("[ChannelCallbacks(MessageTypeSize = 1)] partial class B { } partial class C : B { [ProcessPacket({|VMB006:0x100|})] void A(PacketCompletion p) => p.Fail(); }")]
    public Task What_number_a_text_stands_for_is_for_the_author(string source) => VerifyNotOfferedAsync<MessageTypeFix>(source);

    [Theory]
    [InlineData(
        "public readonly partial struct {|VMB009:C|} { [ProcessPacket(1)] private void A(PacketCompletion p) => p.Fail(); }",
        "public partial class C { [ProcessPacket(1)] private void A(PacketCompletion p) => p.Fail(); }",
        "Make 'C' a class")]
    [InlineData(
        "public partial record struct {|VMB009:C|}(int N) { [ProcessPacket(1)] private int A() => N; }",
        "public partial record class C(int N) { [ProcessPacket(1)] private int A() => N; }",
        "Make 'C' a class")]
    [InlineData(
        "file partial class {|VMB009:C|} { [ProcessPacket(1)] private void A(PacketCompletion p) => p.Fail(); }",
        "internal partial class C { [ProcessPacket(1)] private void A(PacketCompletion p) => p.Fail(); }",
        "Make 'C' internal")]
    public Task The_type_can_be_bound(string before, string after, string title) => VerifyAsync<BindableTypeFix>(before, after, title);

    [Theory]
    [InlineData("partial class C { [ProcessPacket(1)] void {|VMB009:A|}<T>(PacketCompletion p) => p.Fail(); }")]
    [InlineData("public ref partial struct {|VMB009:C|} { public Span<byte> S; [ProcessPacket(1)] void A(PacketCompletion p) => p.Fail(); }")]
    public Task What_generic_code_is_called_with_is_for_the_author(string source) => VerifyNotOfferedAsync<BindableTypeFix>(source);

    private static Task VerifyAsync<TFix>(string before, string after, string title)
        where TFix : CodeFixProvider, new()
        => new CodeFixTest(TestProject.Of(before), TestProject.Of(after), new TFix(), new HandlerShapeAnalyzer()) { Title = title, EnabledIds = [.. new TFix().FixableDiagnosticIds] }.RunAsync();

    private static Task VerifyNotOfferedAsync<TFix>(string source)
        where TFix : CodeFixProvider, new()
        => CodeFixVerifier<HandlerShapeAnalyzer, TFix>.VerifyNotOfferedAsync(source);
}
