using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.Analyzers.Tests.Language;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB009.</summary>
public sealed class UnsupportedKindTests
{
    private const string Handler = "[ProcessPacket(1)] private static void On(PacketCompletion packet) => packet.Complete();";

    [Theory]
    [InlineData($"public partial struct {{|VMB009:C|}} {{ {Handler} }}")]
    [InlineData($"public struct {{|VMB009:C|}} {{ {Handler} }}")]
    [InlineData($"public readonly partial record struct {{|VMB009:C|}} {{ {Handler} }}")]
    [InlineData($"public partial interface {{|VMB009:C|}} {{ {Handler} }}")]
    [InlineData($"file partial class {{|VMB009:C|}} {{ {Handler} }}")]
    [InlineData($"file partial class Outer {{ public partial class {{|VMB009:C|}} {{ {Handler} }} }}")]
    [InlineData($"file class {{|VMB009:C|}} {{ {Handler} }}")]
    [InlineData($"public static partial class {{|VMB009:C|}} {{ public static int Callbacks; {Handler} }}")]
    [InlineData($"[ChannelCallbacks(NativeEntryPoints = true)] public partial class {{|VMB009:C|}}<T> {{ {Handler} }}")]
    [InlineData($"public partial class Outer<T> {{ [ChannelCallbacks(NativeEntryPoints = true)] public partial class {{|VMB009:C|}} {{ {Handler} }} }}")]
    public Task Types_that_are_reported(string markup) => ShapeVerifier.VerifyAsync(markup);

    [Theory]
    [InlineData("private void {|VMB009:On|}<T>(PacketCompletion packet) { }")]
    [InlineData("protected abstract void {|VMB009:On|}(PacketCompletion packet);")]
    [InlineData("partial void {|VMB009:On|}(PacketCompletion packet);")]
    [InlineData("[System.Diagnostics.Conditional(\"DEBUG\")] private void {|VMB009:On|}(PacketCompletion packet) { }")]
    [InlineData("[Obsolete(\"gone\", true)] private void {|VMB009:On|}(PacketCompletion packet) { }")]
    [InlineData("[System.Runtime.InteropServices.UnmanagedCallersOnly] private static uint {|VMB009:On|}() => 1;")]
    [InlineData("public static bool operator {|VMB009:!|}(Handlers packet) => true;")]
    public Task Methods_that_are_reported(string member) => ShapeVerifier.VerifyMembersAsync("[ProcessPacket(1)] " + member);

    [Theory]
    [InlineData("[ChannelClosed] private void {|VMB009:On|}<T>(VmbusChannel channel) { }")]
    [InlineData("[ProcessingComplete] protected abstract void {|VMB009:On|}(VmbusChannel channel, uint count);")]
    [InlineData("private int Property { [ProcessPacket(1)] {|VMB009:get|} => 1; }")]
    public Task Other_members_that_are_reported(string member) => ShapeVerifier.VerifyMembersAsync(member);

    [Fact]
    public Task An_explicit_implementation_of_an_interface() => ShapeVerifier.VerifyAsync("""
        public interface IHandler { void On(PacketCompletion packet); }

        public partial class C : IHandler
        {
            [ProcessPacket(1)] void IHandler.{|VMB009:On|}(PacketCompletion packet) => packet.Complete();
        }
        """);

    [Fact]
    public async Task Members_of_extension_blocks()
    {
        foreach (string member in CSharp14.Only(["public static void On(PacketCompletion p) => p.Complete();", "public void On() => packet.Complete();"]))
        {
            await AnalyzerVerifier<HandlerShapeAnalyzer>.VerifyMessageAsync(
                "public static class Ends { {|VMB009:extension|}(PacketCompletion packet) { [ProcessPacket(1)] " + member + " } }",
                "VMB009",
                "'Ends' cannot be bound: a member of an extension block belongs to what it extends; put the handlers into a class");
        }
    }

    [Fact]
    public Task Local_functions_and_lambdas() => ShapeVerifier.VerifyAsync("""
        public class C
        {
            public void M()
            {
                Local(default);
                Action<int> lambda = [ProcessPacket(2)] (int value) {|VMB009:=>|} { };
                Action<int> plain = [Obsolete] (int value) => { };

                [ProcessPacket(1)] void {|VMB009:Local|}(PacketCompletion packet) => packet.Complete();
                [Obsolete] void Other() { }
            }
        }
        """);

    [Fact]
    public Task A_local_function_of_the_program() => ShapeVerifier.VerifyAsync(TestProject.Of("""
        Local(default);

        [ProcessPacket(1)] static void {|VMB009:Local|}(PacketCompletion packet) => packet.Complete();
        """) with { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    [Theory]
    [InlineData($"public partial class C<T> {{ {Handler} }}")]
    [InlineData($"public abstract partial class C {{ {Handler} }}")]
    [InlineData($"public sealed partial record C {{ {Handler} }}")]
    [InlineData($"public static partial class C {{ {Handler} }}")]
    [InlineData($"public partial interface IOuter {{ public partial class C {{ {Handler} }} }}")]
    [InlineData("public partial class C { [ProcessPacket(1)] protected virtual void On(PacketCompletion packet) => packet.Complete(); }")]
    [InlineData("public partial class C { [ProcessPacket(1)] private partial void On(PacketCompletion packet); private partial void On(PacketCompletion packet) => packet.Complete(); }")]
    public Task Not_reported(string markup) => ShapeVerifier.VerifyAsync(markup);

    [Theory]
    [InlineData($"[ChannelCallbacks(NativeEntryPoints = true)] public partial class C {{ {Handler} }}", true)]
    [InlineData($"[ChannelCallbacks(NativeEntryPoints = true)] public partial class {{|VMB009:C|}} {{ {Handler} }}", false)]
    [InlineData($"[ChannelCallbacks(NativeEntryPoints = true)] public partial class {{|VMB009:C|}} {{ private int NativeCallbacks() => 1; {Handler} }}", true)]
    [InlineData($"[ChannelCallbacks(NativeEntryPoints = true)] public partial class C {{ {Handler} }} public partial class D<T> : C {{ [ProcessPacket(2)] private void On2(PacketCompletion packet) => packet.Complete(); }}", true)]
    [InlineData($"[ChannelCallbacks(NativeEntryPoints = false)] public partial class C<T> {{ public int NativeCallbacks; {Handler} }}", false)]
    public Task Native_entry_points(string markup, bool allowUnsafe) => ShapeVerifier.VerifyAsync(TestProject.Of(markup) with { AllowUnsafe = allowUnsafe });

    [Fact]
    public Task Message_about_unsafe_code() => ShapeVerifier.VerifyMessageAsync(
        "[ChannelCallbacks(NativeEntryPoints = true)] public partial class {|VMB009:C|} { [ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete(); }",
        "VMB009",
        "'C' cannot be bound: native entry points take pointers, so NativeEntryPoints needs <AllowUnsafeBlocks>true</AllowUnsafeBlocks> in the project");

    [Fact]
    public Task Message() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket(1)] void {|VMB009:On|}<T>(PacketCompletion packet) { }", "VMB009", "'On' cannot be bound: it is generic, and nothing in a packet says with which types to call it");
}
