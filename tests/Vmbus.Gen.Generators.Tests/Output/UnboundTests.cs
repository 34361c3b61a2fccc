using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Output;

/// <summary>What cannot be bound costs its part of the generated file, or the file, and never breaks the user's compilation.</summary>
public sealed class UnboundTests
{
    private const string Handler = "[ProcessPacket(1)] private static void On(PacketCompletion packet) => packet.Complete();";

    [Theory]
    [InlineData($"public class C {{ {Handler} }}")]
    [InlineData($"public class Outer {{ public partial class C {{ {Handler} }} }}")]
    [InlineData($"public partial class Outer {{ public class C {{ {Handler} }} }}")]
    [InlineData($"public partial struct C {{ {Handler} }}")]
    [InlineData($"public partial record struct C {{ {Handler} }}")]
    [InlineData($"public partial interface C {{ {Handler} }}")]
    [InlineData($"file partial class C {{ {Handler} }}")]
    [InlineData($"file partial class Outer {{ public partial class C {{ {Handler} }} }}")]
    [InlineData($"public static partial class C {{ public static int Callbacks => 1; {Handler} }}")]
    [InlineData($"public static partial class C {{ public static class Callbacks {{ }} {Handler} }}")]
    public void Nothing_is_generated(string source) => Assert.Empty(GeneratedErrors.Verify(source).Sources);

    [Theory]
    [InlineData("private void Bad(PacketCompletion packet, string text) { }")]
    [InlineData("private void Bad(in PacketCompletion packet) { }")]
    [InlineData("private string Bad(PacketCompletion packet) => \"\";")]
    [InlineData("private void Bad(PacketCompletion packet, DateTime time) { }")]
    [InlineData("private void Bad() { }")]
    [InlineData("private async void Bad(PendingPacket packet) => await Task.Yield();")]
    [InlineData("private void Bad<T>(PacketCompletion packet) { }")]
    [InlineData("protected abstract void Bad(PacketCompletion packet);")]
    [InlineData("[System.Diagnostics.Conditional(\"NEVER\")] private void Bad(PacketCompletion packet) { }")]
    [InlineData("partial void Bad(PacketCompletion packet);")]
    [InlineData("private ref int Bad(PacketCompletion packet) => throw new InvalidOperationException();")]
    public void The_other_handlers_are_bound(string bad)
    {
        string text = GeneratedErrors.Verify($"public abstract partial class C {{ {Handler} [ProcessPacket(2)] {bad} }}").TextOf();
        Assert.Contains("C.On(packet)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bad", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_types_that_do_not_fit_are_left_out_and_the_others_bound()
    {
        string text = GeneratedErrors.Verify("""
            [ChannelCallbacks(MessageTypeSize = 1, MessageTypeOffset = -1)]
            public sealed partial class C
            {
                [ProcessPacket(1, 256, "2", 'c', null, 3.0, typeof(int), -129, 4)] private void On(PacketCompletion packet) => packet.Complete();
                [ProcessPacket(4)] private void Second(PacketCompletion packet) => packet.Complete();
                [ProcessPacket(null)] private void OnNull(PacketCompletion packet) => packet.Complete();
            }
            """).TextOf();
        Assert.Equal(["0x1", "0x4"], Labels(text));
        Assert.DoesNotContain("Second", text, StringComparison.Ordinal);
        Assert.DoesNotContain("OnNull", text, StringComparison.Ordinal);
        Assert.Contains("switch (buffer[0])", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_handlers_for_one_thing_the_first_is_bound()
    {
        string text = GeneratedErrors.Verify("""
            public sealed partial class C
            {
                [ProcessPacket(1, 2)] private void First(PacketCompletion packet) => packet.Complete();
                [ProcessPacket(2, 3)] private void Second(PacketCompletion packet) => packet.Complete();
                [ProcessPacket] private void Default(PacketCompletion packet) => packet.Complete();
                [ProcessPacket] private void SecondDefault(PacketCompletion packet) => packet.Complete();
                [ChannelClosed] private void Closed1(VmbusChannel channel) { }
                [ChannelClosed] private void Closed2(VmbusChannel channel) { }
            }
            """).TextOf();
        Assert.Equal(["0x1", "0x2", "0x3"], Labels(text));
        Assert.DoesNotContain("SecondDefault", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Closed2", text, StringComparison.Ordinal);
    }

    /// <summary>Without unsafe code the handler does not compile in the first place; generated code adds nothing to that.</summary>
    [Fact]
    public void The_shape_of_the_specification_without_unsafe_code()
    {
        string text = GeneratedErrors.Verify(
            """
            public sealed partial class C
            {
                [ProcessPacket(1)] private unsafe void On(VmbusChannel channel, PacketCompletion packet, void* buffer, uint bufferLength, uint flags) => packet.Complete();
            }
            """,
            "CS0227").TextOf();
        Assert.DoesNotContain("unsafe", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_are_implemented_by_hand_stay()
    {
        using LoadedAssembly assembly = GeneratedErrors.Verify("""
            public sealed partial class C : IChannelCallbacks
            {
                [ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete();
                NtStatus IChannelCallbacks.Opened(VmbusChannel channel) => NtStatus.InvalidParameter;
                public void Closed(VmbusChannel channel) => throw new NotSupportedException("by hand");
                [ChannelClosed] private void OnClosed(VmbusChannel channel) { }
                [ChannelStarted] public void Started(VmbusChannel channel) { }
                Vmbus.CompilerServices.CallbackTraits IChannelCallbacks.Traits => new() { Reception = PacketReception.InPlace };
                string? IChannelCallbacks.DescribeHandler(ReadOnlySpan<byte> buffer) => "by hand";
            }
            """).Load();
        IChannelCallbacks callbacks = assembly.Create<IChannelCallbacks>("C");
        using VmbusChannel channel = new(VmbusBus.CreateInProcess(), new VmbusChannelOptions());
        Assert.Equal(NtStatus.InvalidParameter, callbacks.Opened(channel));
        Assert.Throws<NotSupportedException>(() => callbacks.Closed(channel));
        Assert.Equal("by hand", callbacks.DescribeHandler([]));
        TestPacket packet = TestPacket.Create([1, 0, 0, 0]);
        packet.Deliver(callbacks);
        Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
    }

    [Theory]
    [InlineData("void IChannelCallbacks.ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Complete(buffer);")]
    [InlineData("public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Complete(buffer);")]
    [InlineData("void IChannelCallbacks.ProcessBatch(ref PacketBatch batch) { while (batch.MoveNext()) batch.Packet.Complete(batch.Buffer); }")]
    public void Packets_processed_by_hand_reach_no_generated_dispatch(string member)
    {
        using LoadedAssembly assembly = GeneratedErrors.Verify($$"""
            public sealed partial class C : IChannelCallbacks
            {
                [ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Fail();
                [ChannelOpened] private void OnOpened(VmbusChannel channel) { }
                {{member}}
            }
            """).Load();
        TestPacket packet = TestPacket.Create([1, 0, 0, 0]);
        packet.Deliver(assembly.Create<IChannelCallbacks>("C"));
        Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
        Assert.Equal([1, 0, 0, 0], packet.Payload.ToArray());
    }

    /// <summary>The default handler may well have the name and signature of the interface's member.</summary>
    [Fact]
    public void A_handler_that_looks_like_the_member_is_a_handler()
    {
        string text = GeneratedErrors.Verify("""
            public sealed partial class C
            {
                [ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete();
                [ProcessPacket] public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Fail();
            }
            """).TextOf();
        Assert.Contains("this.ProcessPacket(batch.Channel, packet, buffer, batch.Flags);", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_written_twice_give_one_file()
    {
        Assert.Single(GeneratedErrors.Verify(TestProject.Of(
            "[ChannelCallbacks] public sealed partial class C { [ProcessPacket(1)] private void On(PacketCompletion packet) => packet.Complete(); }",
            "[ChannelCallbacks] public sealed partial class C;"), "CS0579").Sources);
        Assert.Single(GeneratedErrors.Verify(
            "public sealed partial class C { [ProcessPacket(1), ProcessPacket(2)] private void On(PacketCompletion packet) => packet.Complete(); }", "CS0579").Sources);
        Assert.Single(GeneratedErrors.Verify(TestProject.Of(
            "public sealed partial class C { [ProcessPacket(1)] private partial void On(PacketCompletion packet); }",
            "public sealed partial class C { [ProcessPacket(1)] private partial void On(PacketCompletion packet) => packet.Complete(); }"), "CS0579").Sources);
    }

    [Theory]
    [InlineData("[ProcessPacket(1)] private partial void On(PacketCompletion packet);", "private partial void On(PacketCompletion packet) => packet.Complete();")]
    [InlineData("private partial void On(PacketCompletion packet);", "[ProcessPacket(1)] private partial void On(PacketCompletion packet) => packet.Complete();")]
    [InlineData("[ProcessPacket(1)] private partial void On(PacketCompletion packet);", "[ChannelSuspend] private partial void On(PacketCompletion packet) => packet.Complete();")]
    public void Attributes_on_either_part_of_a_partial_method(string definition, string implementation)
        => Assert.Contains(
            "this.On(packet)",
            GeneratedErrors.Verify(TestProject.Of($"public sealed partial class C {{ {definition} }}", $"public sealed partial class C {{ {implementation} }}")).TextOf(),
            StringComparison.Ordinal);

    [Fact]
    public void Classes_whose_names_differ_in_case_or_arity_or_place_have_a_file_each()
    {
        GeneratorRun run = GeneratedErrors.Verify($$"""
            public partial class Same { {{Handler}} }
            public partial class same { {{Handler}} }
            public partial class Same<T> { {{Handler}} }
            public partial class Outer { public partial class Same { {{Handler}} } }
            namespace Outer1 { public partial class Same { {{Handler}} } }
            public partial class Größe { {{Handler}} }
            public partial class GrÖße { {{Handler}} }
            public partial class {{new string('L', 400)}} { {{Handler}} }
            """);
        Assert.Equal(8, run.Sources.Length);
        Assert.Equal(8, run.Sources.Select(static s => s.HintName.ToUpperInvariant()).Distinct().Count());
        Assert.All(run.Sources, static s => Assert.True(s.HintName.Length < 200 && s.HintName.All(char.IsAscii)));
    }

    [Fact]
    public void Parts_have_the_accessibility_that_is_written_or_holds_by_default()
        => GeneratedErrors.Verify($$"""
            partial class Internal
            {
                partial class Private { {{Handler}} }
                protected partial class Protected { {{Handler}} }
                protected internal partial class ProtectedInternal { {{Handler}} }
                private protected partial class PrivateProtected { {{Handler}} }
                public partial interface IPublic { partial class PublicByDefault { {{Handler}} } }
            }
            """);

    [Fact]
    public void A_class_with_members_named_like_the_hooks_goes_without_hooks()
    {
        string text = GeneratedErrors.Verify($"public partial class C {{ private int VmbusDispatchByType; {Handler} public int Use() => VmbusDispatchByType++; }}").TextOf();
        Assert.DoesNotContain("VmbusDispatch", text, StringComparison.Ordinal);
        Assert.Contains("C.On(packet)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public partial class C { [ProcessPacket(1)] private void On(PacketCompletion packet, in Missing payload) { } }", "CS0246")]
    [InlineData("public partial class C { [ProcessPacket(1)] private Missing On() => default; }", "CS0246")]
    [InlineData("public partial class C { [ProcessPacket(Missing.A, 2)] private void On(PacketCompletion packet) { } }", "CS0103")]
    [InlineData("public partial class C { [ProcessPacket(1, Irql = Irql.Missing)] private void On(PacketCompletion packet) { } }", "CS0117")]
    [InlineData("public partial class C { [ProcessPacket(1)] private void }", "CS1519")]
    [InlineData("public partial class C { [ProcessPacket(1)] private void On(PacketCompletion packet) { ", "CS1513")]
    [InlineData("public partial class C : Missing { [ProcessPacket(1)] private void On(PacketCompletion packet) { } }", "CS0246")]
    [InlineData("public partial class C : C { [ProcessPacket(1)] private void On(PacketCompletion packet) { } }", "CS0146")]
    [InlineData("[ProcessPacket(1)] void Local(PacketCompletion packet) => packet.Complete(); Local(default);", "CS8805")]
    [InlineData("[ProcessPacket(1)] public delegate void D(PacketCompletion packet);", "CS0592")]
    [InlineData("public partial class C { [ProcessPacket(1)] private int P { get; set; } }", "CS0592")]
    public void Code_that_does_not_compile(string source, params string[] errors) => GeneratedErrors.Verify(source, errors);

    /// <summary>The message types that the generated switch knows.</summary>
    private static string[] Labels(string text)
        => [.. System.Text.RegularExpressions.Regex.Matches(text, "case (0x[0-9A-F]+):").Select(static m => m.Groups[1].Value).Distinct()];
}
