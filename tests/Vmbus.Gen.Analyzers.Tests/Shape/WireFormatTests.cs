using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB010.</summary>
public sealed class WireFormatTests
{
    [Theory]
    [InlineData("public struct {|VMB010:S|} { public byte A; public uint B; }")]
    [InlineData("public struct {|VMB010:S|} { public uint A; public byte B; }")]
    [InlineData("public struct {|VMB010:S|} { public ulong A; public uint B; }")]
    [InlineData("public record struct {|VMB010:S|}(byte A, ushort B);")]
    [InlineData("public struct {|VMB010:S|} { public uint A { get; set; } public byte B { get; init; } }")]
    [InlineData("public struct {|VMB010:S|} { public uint A; public bool B; public byte C; public ushort D; }")]
    [InlineData("public struct {|VMB010:S|} { public char A; public ushort B; }")]
    [InlineData("public unsafe struct {|VMB010:S|} { public fixed bool A[4]; }")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 1)] public struct {|VMB010:S|} { public bool A; }")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 2)] public struct {|VMB010:S|} { public byte A; public uint B; }")]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct {|VMB010:S|} { [FieldOffset(0)] public byte A; [FieldOffset(4)] public uint B; }")]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct {|VMB010:S|} { [FieldOffset(0)] public uint A; [FieldOffset(4)] public byte B; }")]
    [InlineData("public struct {|VMB010:S|} { public byte A; public Guid B; }")]
    [InlineData("public struct {|VMB010:S|} { public byte A; public Kind B; }")]
    [InlineData("public struct {|VMB010:S|} { public Pair A; public byte B; }")]
    [InlineData("public struct {|VMB010:S|} { public byte A; public nint B; }")]
    [InlineData("public struct {|VMB010:S|} { public decimal A; public ushort B; }")]
    public Task Reported(string structure) => VerifyAsync(structure);

    [Theory]
    [InlineData("public struct S { public byte A, B; public ushort C; public uint D; public ulong E; }")]
    [InlineData("public struct S { public byte A; public static bool B; public const char C = 'c'; }")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Pack = 1)] public struct S { public byte A; public ulong B; public Guid C; }")]
    [InlineData("[StructLayout(LayoutKind.Explicit)] public struct S { [FieldOffset(0)] public uint A; [FieldOffset(4)] public uint B; [FieldOffset(0)] public ulong C; }")]
    [InlineData("[StructLayout(LayoutKind.Sequential, Size = 64)] public struct S { public uint A; public byte B, C, D, E; }")]
    [InlineData("public unsafe struct S { public uint A; public fixed byte B[4]; }")]
    [InlineData("[System.Runtime.CompilerServices.InlineArray(3)] public struct S { private ushort _first; }")]
    [InlineData("public struct S { public Guid A; public Kind B; }")]
    [InlineData("public struct S;")]
    [InlineData("public struct S { public System.Numerics.Vector3 A; public byte B; }")]
    public Task Not_reported(string structure) => VerifyAsync(structure);

    [Fact]
    public Task Once_for_all_handlers_and_classes_at_its_own_declaration() => ShapeVerifier.VerifyAsync(TestProject.Of(
        """
        public partial class C
        {
            [ProcessPacket(1)] private void A(PacketCompletion p, in Loose loose) => p.Complete();
            [ProcessPacket(2)] private Loose B(in Outer outer) => default;
            [ProcessPacket(3, Irql = Irql.Passive)] private ValueTask<Answer> Slow() => default;
        }

        public partial class D { [ProcessPacket(1)] private void A(PacketCompletion p, Loose loose) => p.Complete(); }
        """,
        """
        public struct {|VMB010:Loose|} { public byte A; public uint B; }
        public struct {|VMB010:Inner|} { public bool Flag; }
        public struct Outer { public Inner First, Second; }
        public struct {|VMB010:Answer|} { public ulong A; public byte B; }
        public struct Unused { public byte A; public uint B; }
        """));

    [Fact]
    public Task Not_where_it_is_compiled_elsewhere() => ShapeVerifier.VerifyAsync(TestProject.Of(
        "public partial class C { [ProcessPacket(1)] private void A(PacketCompletion p, in Loose loose) => p.Complete(); }")
        .WithLibrary(CompiledLibrary.Of("public struct Loose { public byte A; public uint B; }")));

    /// <summary>The fields of a structure in another assembly count in one that is written here.</summary>
    [Fact]
    public Task Around_structures_of_other_assemblies() => ShapeVerifier.VerifyAsync(TestProject.Of("""
        public partial class C { [ProcessPacket(1)] private void A(PacketCompletion p, in Here here, Here2 other) => p.Complete(); }
        public struct {|VMB010:Here|} { public byte A; public Other B; }
        public struct Here2 { public Other A; public uint B; }
        """.Replace(", Here2 other", "", StringComparison.Ordinal)).WithLibrary(CompiledLibrary.Of("public struct Other { private uint _a; private int _b; }")));

    [Fact]
    public Task Message_of_padding() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket] void On(PacketCompletion packet, in S s) => packet.Complete(); public struct {|VMB010:S|} { public byte A; public uint B; public byte C; }",
        "VMB010",
        "'S' has 6 bytes of padding, the first after 'A': its layout will not match a wire format");

    [Fact]
    public Task Message_of_a_loose_type() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket] void On(PacketCompletion packet, in S s) => packet.Complete(); public record struct {|VMB010:S|}(uint A, bool Flag);",
        "VMB010",
        "'S' holds the bool 'Flag': its layout will not match a wire format");

    private static Task VerifyAsync(string structure) => ShapeVerifier.VerifyAsync((TestProject.Of(
        "public partial class C { [ProcessPacket(1)] private void A(PacketCompletion p, in S s) => p.Complete(); }",
        "using System.Runtime.InteropServices;\n" + structure) with
    { AllowUnsafe = true }).WithGenerators(new ChannelCallbacksGenerator()));
}
