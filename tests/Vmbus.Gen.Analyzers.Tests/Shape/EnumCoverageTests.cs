using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB011.</summary>
public sealed class EnumCoverageTests
{
    private const string Message = """

        public enum M : ushort { A = 1, B = 2, C = 3, AgainC = 3, TooLarge = 0x100 }
        """;

    [Theory]
    [InlineData("public partial class {|VMB011:K|} { [ProcessPacket(M.A)] void A(PacketCompletion p) => p.Complete(); }")]
    [InlineData("public static partial class {|VMB011:K|} { [ProcessPacket(M.A, M.B)] static void A(PacketCompletion p) => p.Complete(); }")]
    [InlineData("[ChannelCallbacks(MessageTypeSize = 1)] public partial class {|VMB011:K|} { [ProcessPacket(M.A)] uint A() => 0; [ProcessPacket(M.C)] uint C() => 0; }")]
    [InlineData("public partial class {|VMB011:K|} { [ProcessPacket(M.A)] uint A() => 0; [ChannelOpened] void O(VmbusChannel c) { } }")]
    public Task Reported(string source) => ShapeVerifier.VerifyAsync(source + Message);

    [Theory]
    [InlineData("[ChannelCallbacks(MessageTypeSize = 1)] public partial class K { [ProcessPacket(M.A, M.B, M.C)] uint A() => 0; }")]
    [InlineData("public partial class K { [ProcessPacket(M.A)] uint A() => 0; [ProcessPacket] uint Other() => 0; }")]
    [InlineData("public partial class K { [ProcessPacket(M.A)] uint A() => 0; [ProcessPacket(2)] uint B() => 0; }")]
    [InlineData("public partial class K { [ProcessPacket(M.A)] uint A() => 0; [ProcessPacket((ushort)M.B)] uint B() => 0; }")]
    [InlineData("public partial class K { [ProcessPacket(M.A)] uint A() => 0; [ProcessPacket(Other.Two)] uint B() => 0; } public enum Other { Two = 2 }")]
    [InlineData("public partial class K { [ProcessPacket(1)] uint A() => 0; }")]
    [InlineData("public partial class K { [ChannelOpened] void O(VmbusChannel c) { } }")]
    [InlineData("public partial class K : Root { [ProcessPacket(M.A)] uint A() => 0; } public partial class Root { [ProcessPacket] uint Other() => 0; }")]
    [InlineData("[ChannelCallbacks(MessageTypeSize = 1)] public partial class K : Root { [ProcessPacket(M.A)] uint A() => 0; } [ChannelCallbacks(MessageTypeSize = 1)] public partial class Root { [ProcessPacket(2, 3)] uint Other() => 0; }")]
    public Task Not_reported(string source) => ShapeVerifier.VerifyAsync(source + Message);

    [Fact]
    public Task What_a_base_of_another_assembly_handles_is_handled() => ShapeVerifier.VerifyAsync(TestProject.Of(
        "[ChannelCallbacks(MessageTypeSize = 1)] public partial class K : Root { [ProcessPacket(M.A)] uint A() => 0; }" + Message)
        .WithLibrary(CompiledLibrary.Of((TestProject.Of(
            "[ChannelCallbacks(MessageTypeSize = 1)] public partial class Root { [ProcessPacket(2, 3)] uint Other() => 0; }") with
        { AssemblyName = "Library" })
            .WithGenerators(new ChannelCallbacksGenerator()))));

    [Fact]
    public Task Text() => ShapeVerifier.VerifyMessageAsync(
        "public partial class {|VMB011:K|} { [ProcessPacket(E.A)] uint A() => 0; } public enum E { A, B, C, D, F, G }",
        "VMB011",
        "'K' has no handler for E.B, E.C, E.D and 2 more");
}
