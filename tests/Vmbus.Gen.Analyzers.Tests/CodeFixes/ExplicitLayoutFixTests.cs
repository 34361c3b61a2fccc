using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.TestKit.CodeFixes;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

public sealed class ExplicitLayoutFixTests
{
    private const string Layout = "[StructLayout(LayoutKind.Sequential, Pack = 1)]";

    [Theory]
    [InlineData("public struct {|VMB010:S|}\n{\n    public byte A;\n    public uint B;\n}", Layout + "\npublic struct S\n{\n    public byte A;\n    public uint B;\n}")]
    [InlineData("/// <summary>Doc.</summary>\n[Serializable]\npublic struct {|VMB010:S|}\n{\n    public uint A; // a\n    public bool B; // b\n}", "/// <summary>Doc.</summary>\n" + Layout + "\n[Serializable]\npublic struct S\n{\n    public uint A; // a\n    public byte B; // b\n}")]
    [InlineData("public record struct {|VMB010:S|}(bool A, char B);", Layout + "\npublic record struct S(byte A, ushort B);")]
    [InlineData("public struct {|VMB010:S|} { public bool A { get; set; } public char B, C; }", Layout + "\npublic struct S { public byte A { get; set; } public ushort B, C; }")]
    [InlineData("[StructLayout(LayoutKind.Sequential)] public struct {|VMB010:S|} { public byte A; public uint B; }", Layout + " public struct S { public byte A; public uint B; }")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 4)] public struct {|VMB010:S|} { public byte A; public uint B; }", Layout + " public struct S { public byte A; public uint B; }")]
    [InlineData(
        "[StructLayout(LayoutKind.Explicit)] public struct {|VMB010:S|} { [FieldOffset(0)] public bool A; [FieldOffset(0)] public byte B; }",
        "[StructLayout(LayoutKind.Explicit)] public struct S { [FieldOffset(0)] public byte A; [FieldOffset(0)] public byte B; }")]
    public Task The_layout_is_written_down(string before, string after) => CodeFixVerifier<HandlerShapeAnalyzer, ExplicitLayoutFix>.VerifyAsync(With(before), With(after));

    [Fact]
    public Task Several_are_fixed_nested_ones_too() => CodeFixVerifier<HandlerShapeAnalyzer, ExplicitLayoutFix>.VerifyAsync(
        With("public struct {|VMB010:S|}\n{\n    public byte A;\n    public Inner B;\n\n    public struct {|VMB010:Inner|}\n    {\n        public uint C;\n        public bool D;\n    }\n}"),
        With(Layout + "\npublic struct S\n{\n    public byte A;\n    public Inner B;\n\n    " + Layout + "\n    public struct Inner\n    {\n        public uint C;\n        public byte D;\n    }\n}"));

    [Theory]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct {|VMB010:S|} { [FieldOffset(0)] public byte A; [FieldOffset(4)] public uint B; }")]
    [InlineData("public struct {|VMB010:S|}() { public bool A = true; }")]
    public Task What_only_the_author_knows_is_left_alone(string structure) => CodeFixVerifier<HandlerShapeAnalyzer, ExplicitLayoutFix>.VerifyNotOfferedAsync(With(structure));

    private static string With(string structure)
        => $"using System.Runtime.InteropServices;\n\n{structure}\n\npublic partial class C {{ [ProcessPacket] void On(PacketCompletion packet, in S s) => packet.Complete(); }}\n";
}
