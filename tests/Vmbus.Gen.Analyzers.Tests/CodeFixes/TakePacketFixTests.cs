using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.TestKit.CodeFixes;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

public sealed class TakePacketFixTests
{
    [Theory]
    [InlineData("void {|VMB007:On|}() { }", "void On(PacketCompletion packet) { }")]
    [InlineData("void {|VMB007:On|}(in int report) => _n = report;", "void On(PacketCompletion packet, in int report) => _n = report;")]
    [InlineData("void {|VMB007:On|}(VmbusChannel channel) { }", "void On(VmbusChannel channel, PacketCompletion packet) { }")]
    [InlineData("void {|VMB007:On|}(VmbusChannel channel, in int report) { }", "void On(VmbusChannel channel, PacketCompletion packet, in int report) { }")]
    [InlineData("void {|VMB007:On|}(in int packet) { int packet1 = packet; _n = packet1; }", "void On(PacketCompletion packet2, in int packet) { int packet1 = packet; _n = packet1; }")]
    public Task The_packet_becomes_a_parameter(string before, string after) => VerifyAsync(before, after);

    [Theory]
    [InlineData(
        "void {|VMB007:On|}(\n        in int report,\n        ProcessPacketFlags flags)\n    {\n    }",
        "void On(\n        PacketCompletion packet,\n        in int report,\n        ProcessPacketFlags flags)\n    {\n    }")]
    [InlineData(
        "void {|VMB007:On|}(\n        VmbusChannel channel,\n        in int report)\n    {\n    }",
        "void On(\n        VmbusChannel channel,\n        PacketCompletion packet,\n        in int report)\n    {\n    }")]
    [InlineData(
        "void {|VMB007:On|}(\n        VmbusChannel channel)\n    {\n    }",
        "void On(\n        VmbusChannel channel,\n        PacketCompletion packet)\n    {\n    }")]
    public Task Parameters_on_lines_of_their_own_stay_so(string before, string after) => VerifyAsync(before, after);

    [Fact]
    public Task The_type_is_written_in_full_where_nothing_imports_it()
        => new CodeFixTest(
            Imports("[Vmbus.ProcessPacket] void {|VMB007:On|}() { }"),
            Imports("[Vmbus.ProcessPacket] void On(Vmbus.PacketCompletion packet) { }"),
            new TakePacketFix(),
            new HandlerShapeAnalyzer())
        {
            Title = "Take the packet as 'PacketCompletion packet'",
        }.RunAsync();

    [Fact]
    public Task Several_handlers_are_fixed()
        => CodeFixVerifier<HandlerShapeAnalyzer, TakePacketFix>.VerifyAsync(
            "partial class C { [ProcessPacket(1)] void {|VMB007:OnA|}() { } [ProcessPacket(2)] void {|VMB007:OnB|}(in int n) { } }",
            "partial class C { [ProcessPacket(1)] void OnA(PacketCompletion packet) { } [ProcessPacket(2)] void OnB(PacketCompletion packet, in int n) { } }");

    [Theory]
    [InlineData("partial class C : B { [ProcessPacket] protected override void {|VMB007:On|}() { } } class B { protected virtual void On() { } }")]
    [InlineData("partial class C : I { [ProcessPacket] public void {|VMB007:On|}() { } } interface I { void On(); }")]
    public Task Parameters_that_others_prescribe_are_left_alone(string markup)
        => CodeFixVerifier<HandlerShapeAnalyzer, TakePacketFix>.VerifyNotOfferedAsync(markup);

    private static Vmbus.Gen.TestKit.Projects.TestProject Imports(string handler)
        => Vmbus.Gen.TestKit.Projects.TestProject.Of($"partial class C {{ {handler} }}") with { GlobalUsings = [] };

    private static Task VerifyAsync(string before, string after)
    {
        return CodeFixVerifier<HandlerShapeAnalyzer, TakePacketFix>.VerifyAsync(Class(before), Class(after));

        static string Class(string handler) => $"partial class C\n{{\n    private int _n;\n\n    [ProcessPacket]\n    private {handler}\n}}\n";
    }
}
