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
    [InlineData("if (s.A) { }", "if (s.A != 0) { }")]
    [InlineData("if (!s.A && s.A == true) { }", "if (s.A == 0 && (s.A != 0) == true) { }")]
    [InlineData("bool a = s.A; char b = s.B; string c = s.B.ToString();", "bool a = s.A != 0; char b = (char)s.B; string c = ((char)s.B).ToString();")]
    [InlineData("s.A = true; s.A = !s.A; s.B = 'x'; s.B = C;", "s.A = 1; s.A = (byte)((s.A == 0) ? 1 : 0); s.B = 'x'; s.B = (ushort)C;")]
    [InlineData("var t = new S { A = s.A || C > 'a', B = C }; t = s with { A = false };", "var t = new S { A = (byte)((s.A != 0 || C > 'a') ? 1 : 0), B = (ushort)C }; t = s with { A = 0 };")]
    [InlineData("_ = nameof(S.A); int n = s.A ? 1 : 2;", "_ = nameof(S.A); int n = s.A != 0 ? 1 : 2;")]
    public Task Uses_in_the_file_follow(string before, string after)
    {
        return CodeFixVerifier<HandlerShapeAnalyzer, ExplicitLayoutFix>.VerifyAsync(
            Using("public struct {|VMB010:S|} { public bool A; public char B; }", before), Using(Layout + "\npublic struct S { public byte A; public ushort B; }", after));

        static string Using(string structure, string uses) => With(structure) + $"class D {{ private char C = 'c'; void M(S s) {{ {uses} }} }}\n";
    }

    [Fact]
    public Task Arguments_of_records_follow()
        => CodeFixVerifier<HandlerShapeAnalyzer, ExplicitLayoutFix>.VerifyAsync(
            With("public record struct {|VMB010:S|}(bool A, int N);") + "class D { S M(bool b) => new(b, new S(N: 1, A: true).A ? 1 : 0); }\n",
            With(Layout + "\npublic record struct S(byte A, int N);") + "class D { S M(bool b) => new((byte)(b ? 1 : 0), new S(N: 1, A: 1).A != 0 ? 1 : 0); }\n");

    [Theory]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct {|VMB010:S|} { [FieldOffset(0)] public byte A; [FieldOffset(4)] public uint B; }")]
    [InlineData("public struct {|VMB010:S|}() { public bool A = true; }")]
    public Task What_only_the_author_knows_is_left_alone(string structure) => CodeFixVerifier<HandlerShapeAnalyzer, ExplicitLayoutFix>.VerifyNotOfferedAsync(With(structure));

    private static string With(string structure)
        => $"using System.Runtime.InteropServices;\n\n{structure}\n\npublic partial class C {{ [ProcessPacket] void On(PacketCompletion packet, in S s) => packet.Complete(); }}\n";
}
