using System.Runtime.Loader;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Dispatching;

/// <summary>What a derived class changes of the handlers of its base, and what it leaves as it is.</summary>
public sealed class InheritedHandlerTests
{
    [Fact]
    public void Each_handler_answers_as_the_class_says_that_has_it()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            [ChannelCallbacks(Reply = PacketReply.InBand)]
            public abstract partial class Root
            {
                [ProcessPacket(1)] private uint OnRoot() => 1;
                [ProcessPacket] private uint OnOther() => 9;
            }

            [ChannelCallbacks(Reply = PacketReply.Completion)]
            public abstract partial class Middle : Root
            {
                [ProcessPacket(2)] private uint OnMiddle() => 2;
                [ProcessPacket(3, Reply = PacketReply.InBand)] private NtStatus OnStatus() => NtStatus.DataError;
            }

            public sealed partial class Handlers : Middle
            {
                [ProcessPacket(4)] private uint OnOwn() => 4;
                [ProcessPacket(5, Irql = Irql.Passive)] private async ValueTask<uint> OnOwnAsync() { await default(ValueTask); return 5; }
            }
            """);

        Assert.Equal("Completed reply:01000000", handlers.Deliver(1));
        Assert.Equal("Completed:02000000", handlers.Deliver(2));
        Assert.Equal("Completed reply:3E0000C0", handlers.Deliver(3));
        Assert.Equal("Completed:04000000", handlers.Deliver(4));
        Assert.Equal("Completed:05000000", handlers.Deliver(5));
        Assert.Equal("Completed reply:09000000", handlers.Deliver(6));
    }

    [Theory]
    [InlineData("CompleteEmpty", "", "Completed")]
    [InlineData("CompleteEmpty", "[ChannelCallbacks]", "Completed")]
    [InlineData("CompleteEmpty", "[ChannelCallbacks(Unhandled = UnhandledPacket.Fail)]", "Failed")]
    [InlineData("Fail", "[ChannelCallbacks(Unhandled = UnhandledPacket.CompleteEmpty)]", "Completed")]
    [InlineData("Fail", "[ChannelCallbacks(Reply = PacketReply.InBand)]", "Failed")]
    public void What_nobody_handles_is_treated_as_the_class_of_the_channel_says_or_else_its_base(string ofRoot, string attribute, string expected)
    {
        using HandlerSet handlers = HandlerSet.Compile($$"""
            [ChannelCallbacks(Unhandled = UnhandledPacket.{{ofRoot}})]
            public abstract partial class Root { [ProcessPacket(1)] private byte OnRoot() => 1; }

            {{attribute}}
            public sealed partial class Handlers : Root { [ProcessPacket(2)] private byte OnOwn() => 2; }
            """);

        Assert.Equal("Completed:01", handlers.Deliver([1, 0, 0, 0]));
        Assert.Equal(expected, handlers.Deliver(3));
        Assert.Equal(expected, handlers.Deliver([1, 0, 0]));
        Assert.Equal(expected, handlers.Deliver([]));
    }

    [Fact]
    public void An_override_is_reached_by_the_types_of_what_it_overrides_and_by_its_own_and_a_member_that_hides_is_another()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            public abstract partial class Root
            {
                [ProcessPacket(1)] protected virtual void OnFirst(PacketCompletion packet) { Log.Write($"root"); packet.Complete(); }
                [ProcessPacket(3)] protected void OnHidden(PacketCompletion packet) { Log.Write($"hidden"); packet.Complete(); }
                [ProcessPacket(5)] private void OnPrivate(PacketCompletion packet) { Log.Write($"private"); packet.Complete(); }
            }

            public sealed partial class Handlers : Root
            {
                [ProcessPacket(2)] protected override void OnFirst(PacketCompletion packet) { Log.Write($"override"); packet.Complete(); }
                [ProcessPacket(4)] private new void OnHidden(PacketCompletion packet) { Log.Write($"new"); packet.Complete(); }
                [ProcessPacket(6)] private void OnPrivate(PacketCompletion packet) { Log.Write($"own"); packet.Complete(); }
            }
            """);

        Assert.Equal(
            ["override Completed", "override Completed", "hidden Completed", "new Completed", "private Completed", "own Completed"],
            Enumerable.Range(1, 6).Select(type => handlers.Deliver((uint)type)));
    }

    [Fact]
    public void A_default_handler_gets_no_packet_that_is_too_short_for_its_payload()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            [ChannelCallbacks(Unhandled = UnhandledPacket.CompleteEmpty, MessageTypeOffset = 4)]
            public sealed partial class Handlers
            {
                [ProcessPacket(1)] private uint On(uint first) { Log.Write($"one"); return first; }
                [ProcessPacket] private uint OnOther(ushort first, [Remainder] ReadOnlySpan<byte> rest) { Log.Write($"other {rest.Length}"); return first; }
            }
            """);

        Assert.Equal("one Completed:07000000", handlers.Deliver([7, 0, 0, 0, 1, 0, 0, 0]));
        Assert.Equal("other 6 Completed:07000000", handlers.Deliver([7, 0, 0, 0, 2, 0, 0, 0]));

        // Too short for a message type, and long enough for what the handler takes; then not even that.
        Assert.Equal("other 5 Completed:07000000", handlers.Deliver([7, 0, 0, 0, 1, 0, 0]));
        Assert.Equal("other 0 Completed:07000000", handlers.Deliver([7, 0]));
        Assert.Equal("Failed", handlers.Deliver([7]));
        Assert.Equal("Failed", handlers.Deliver([]));
    }

    /// <summary>Each assembly sees of the one before only the reference assembly, and of the first nothing but through the second.</summary>
    [Fact]
    public void A_chain_over_three_assemblies_is_one_set()
    {
        CompiledLibrary first = Library("First", """
            [ChannelCallbacks(MessageTypeSize = 2, Unhandled = UnhandledPacket.CompleteEmpty)]
            public abstract partial class Root
            {
                [ProcessPacket(1)] private byte OnRoot() => 1;
                [ProcessPacket(2)] protected virtual byte OnVirtual() => 2;
            }
            """);
        CompiledLibrary second = Library("Second", """
            [ChannelCallbacks(Reply = PacketReply.InBand)]
            public abstract partial class Middle : Root
            {
                [ProcessPacket(3)] private byte OnMiddle() => 3;
                protected override byte OnVirtual() => 22;
            }
            """, first);
        GeneratorRun run = GeneratorVerifier<ChannelCallbacksGenerator>.Run(
            TestProject.Of("public sealed partial class Handlers : Middle { [ProcessPacket(4)] private byte OnOwn() => 4; }").WithLibrary(first).WithLibrary(second));
        using MemoryStream image = new();
        Assert.True(run.Compilation.Emit(image).Success);
        image.Position = 0;
        AssemblyLoadContext context = new(nameof(InheritedHandlerTests), isCollectible: true);
        foreach (CompiledLibrary library in new[] { first, second })
        {
            using Stream libraryImage = library.OpenImage();
            context.LoadFromStream(libraryImage);
        }

        IChannelCallbacks callbacks = (IChannelCallbacks)Activator.CreateInstance(context.LoadFromStream(image).GetType("Handlers")!)!;
        Assert.Equal(["01 ", "16 ", " 03", " 04", " "], new byte[] { 1, 2, 3, 4, 5 }.Select(type =>
        {
            TestPacket packet = TestPacket.Create([type, 0]);
            packet.Deliver(callbacks);
            Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
            return $"{Convert.ToHexString(packet.Payload.Span)} {Convert.ToHexString(packet.Reply.Span)}";
        }));
        context.Unload();

        static CompiledLibrary Library(string name, string source, params CompiledLibrary[] references)
            => CompiledLibrary.Of(references.Aggregate(TestProject.Of(source) with { AssemblyName = name }, static (project, library) => project.WithLibrary(library)).WithGenerators(new ChannelCallbacksGenerator()));
    }
}
