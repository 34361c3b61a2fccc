using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.TestKit.CodeFixes;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

public sealed class ParameterModifierFixTests
{
    [Theory]
    [InlineData("void On(PacketCompletion packet, ref int {|VMB003:n|}) { packet.Complete(n); }", "void On(PacketCompletion packet, in int n) { packet.Complete(n); }")]
    [InlineData("void On(in PacketCompletion {|VMB003:packet|}) => packet.Complete();", "void On(PacketCompletion packet) => packet.Complete();")]
    [InlineData("void On(ref VmbusChannel {|VMB003:channel|}, PacketCompletion packet) => packet.Complete();", "void On(VmbusChannel channel, PacketCompletion packet) => packet.Complete();")]
    [InlineData("void On(PacketCompletion packet, ref readonly ProcessPacketFlags {|VMB003:flags|}) => packet.Complete();", "void On(PacketCompletion packet, ProcessPacketFlags flags) => packet.Complete();")]
    [InlineData("void On(\n        PacketCompletion packet,\n        in ReadOnlySpan<byte> {|VMB003:buffer|})\n        => packet.Complete(buffer);", "void On(\n        PacketCompletion packet,\n        ReadOnlySpan<byte> buffer)\n        => packet.Complete(buffer);")]
    public Task A_modifier_that_does_not_fit_goes(string before, string after)
        => CodeFixVerifier<HandlerShapeAnalyzer, ParameterModifierFix>.VerifyAsync(Class(before), Class(after));

    [Theory]
    [InlineData("void On(PacketCompletion packet, ref int {|VMB003:n|}) { n = 1; packet.Complete(); }")]
    [InlineData("void On(PacketCompletion packet, out int {|VMB003:n|}) { n = 1; packet.Complete(); }")]
    [InlineData("void On(PacketCompletion packet, in int n, ref long {|VMB003:m|}) => packet.Complete();")]
    [InlineData("void On(PacketCompletion packet, string {|VMB003:text|}) => packet.Complete();")]
    [InlineData("void On(PacketCompletion packet, PacketCompletion {|VMB003:again|}) => packet.Complete();")]
    public Task Where_the_right_edit_is_not_certain_none_is_offered(string handler)
        => CodeFixVerifier<HandlerShapeAnalyzer, ParameterModifierFix>.VerifyNotOfferedAsync(Class(handler));

    private static string Class(string handler) => $"partial class C\n{{\n    [ProcessPacket]\n    private {handler}\n}}\n";
}
