using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Shape;

/// <summary>VMB004 and VMB005.</summary>
public sealed class ReturnAndPayloadTests
{
    [Theory]
    [InlineData("{|VMB004:string|}")]
    [InlineData("{|VMB004:object|}")]
    [InlineData("{|VMB004:byte[]|}")]
    [InlineData("{|VMB004:int*|}")]
    [InlineData("{|VMB004:ReadOnlySpan<byte>|}")]
    [InlineData("{|VMB004:IAsyncEnumerable<int>|}")]
    [InlineData("{|VMB004:dynamic|}")]
    [InlineData("{|VMB004:ref Pair|}")]
    [InlineData("{|VMB004:ref readonly Pair|}")]
    [InlineData("{|VMB004:PendingPacket|}")]
    [InlineData("{|VMB004:ExternalData|}")]
    [InlineData("{|VMB005:WithReference|}")]
    [InlineData("{|VMB005:Automatic|}")]
    [InlineData("{|VMB005:DateTime|}")]
    [InlineData("{|VMB005:uint?|}")]
    [InlineData("{|VMB005:(int A, int B)|}")]
    public Task Return_types_that_are_reported(string type)
        => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket(1)] private {type} On(PacketCompletion packet) => throw new NotSupportedException();");

    [Theory]
    [InlineData("{|VMB004:Task<string>|}")]
    [InlineData("{|VMB004:ValueTask<Task>|}")]
    [InlineData("Task<{|VMB005:WithReference|}>")]
    [InlineData("System.Threading.Tasks.ValueTask<{|VMB005:HoldsAutomatic|}>")]
    public Task Results_of_tasks_that_are_reported(string type)
        => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket(1, Irql = Irql.Passive)] private {type} On() => throw new NotSupportedException();");

    [Theory]
    [InlineData("NtStatus")]
    [InlineData("Pair")]
    [InlineData("uint")]
    [InlineData("bool")]
    [InlineData("Kind")]
    [InlineData("Guid")]
    [InlineData("nint")]
    public Task Return_types_that_are_not_reported(string type)
        => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket(1)] private {type} On(PacketCompletion packet) => default; [ProcessPacket(2)] private {type} On() => default;");

    [Theory]
    [InlineData("{|VMB004:int|}", "ChannelClosed")]
    [InlineData("{|VMB004:NtStatus|}", "ChannelStarted")]
    [InlineData("{|VMB004:Task|}", "ChannelOpened")]
    [InlineData("{|VMB004:uint|}", "ChannelOpened")]
    [InlineData("{|VMB004:ref NtStatus|}", "ChannelOpened")]
    public Task Return_types_of_other_callbacks(string type, string attribute)
        => ShapeVerifier.VerifyMembersAsync($"[{attribute}] private {type} On(VmbusChannel channel) => throw new NotSupportedException();");

    [Fact]
    public Task Saving_answers_a_status()
        => ShapeVerifier.VerifyMembersAsync("[SavePacket] private {|VMB004:void|} On(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded) => bytesNeeded = 0;");

    [Theory]
    [InlineData("in {|VMB005:WithReference|} payload")]
    [InlineData("ref readonly {|VMB005:WithReference|} payload")]
    [InlineData("{|VMB005:Automatic|} payload")]
    [InlineData("{|VMB005:HoldsAutomatic|} payload")]
    [InlineData("{|VMB005:DateTime|} payload")]
    [InlineData("{|VMB005:DateTimeOffset|} payload")]
    [InlineData("{|VMB005:(uint A, uint B)|} payload")]
    [InlineData("{|VMB005:uint?|} payload")]
    [InlineData("{|VMB005:ValueTask|} payload")]
    [InlineData("{|VMB005:KeyValuePair<int, string>|} payload")]
    public Task Payloads_that_are_reported_at_the_type(string parameter)
        => ShapeVerifier.VerifyMembersAsync($"[ProcessPacket(1)] private void On(PacketCompletion packet, {parameter}) {{ }}");

    [Fact]
    public Task Type_parameters() => ShapeVerifier.VerifyAsync("""
        public partial class C<TUnmanaged, TStruct, TAny>
            where TUnmanaged : unmanaged
            where TStruct : struct
        {
            [ProcessPacket(1)] private void A(PacketCompletion packet, in TUnmanaged payload) { }
            [ProcessPacket(2)] private void B(PacketCompletion packet, in {|VMB005:TStruct|} payload) { }
            [ProcessPacket(3)] private void D(PacketCompletion packet, in TAny {|VMB003:payload|}) { }
            [ProcessPacket(4)] private void E(PacketCompletion packet, KeyValuePair<TUnmanaged, int> payload) { }
        }
        """);

    /// <summary>In metadata automatic layout is a flag and no attribute.</summary>
    [Fact]
    public Task Structures_of_other_assemblies()
    {
        CSharpCompilation library = (TestProject.Of("""
            using System.Runtime.InteropServices;

            [StructLayout(LayoutKind.Auto)] public struct AutomaticThere { public int Value; }
            public struct SequentialThere { public int Value; public OfEnum Kind; }
            public enum OfEnum { A }
            public struct HoldsThere { public AutomaticThere Value; }
            """) with { AssemblyName = "Library" }).CreateCompilation();
        using MemoryStream image = new();
        Assert.True(library.Emit(image).Success);

        TestProject project = TestProject.Of("""
            public partial class C
            {
                [ProcessPacket(1)] private void A(PacketCompletion packet, {|VMB005:AutomaticThere|} payload) { }
                [ProcessPacket(2)] private void B(PacketCompletion packet, SequentialThere payload) { }
                [ProcessPacket(3)] private void D(PacketCompletion packet, {|VMB005:HoldsThere|} payload) { }
            }
            """);
        return ShapeVerifier.VerifyAsync(project with { References = project.References.Add(MetadataReference.CreateFromImage(image.ToArray())) });
    }

    [Fact]
    public Task Message_of_VMB004() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket(1)] {|VMB004:string|} On() => \"\";",
        "VMB004",
        "'On' cannot return 'string': a handler returns void, an unmanaged structure to send back, or, at PASSIVE_LEVEL, a task of either");

    [Fact]
    public Task Message_of_VMB005() => ShapeVerifier.VerifyMessageAsync(
        "[ProcessPacket(1)] void On(PacketCompletion packet, in {|VMB005:HoldsAutomatic|} payload) { }",
        "VMB005",
        "'HoldsAutomatic' cannot be a payload: the layout of 'Automatic' in it is automatic");
}
