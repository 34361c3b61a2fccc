using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Dispatching;

/// <summary>Base classes in another assembly, of which the compiler sees the reference assembly: their handlers are private there, and not even in it.</summary>
public sealed class CompiledBaseTests
{
    [Fact]
    public void Handlers_are_reached_and_message_types_are_read_as_the_base_does()
    {
        using TwoAssemblies assemblies = new("""
            [ChannelCallbacks(MessageTypeSize = 2, MessageTypeOffset = 1)]
            public abstract partial class Root
            {
                [ProcessPacket(1)] private void OnRoot(PacketCompletion packet) => packet.Complete([1]);
                [ProcessPacket(4, Irql = Irql.Passive)] private static async ValueTask<byte> OnRootAsync(ReadOnlyMemory<byte> buffer) => buffer.Span[1];
                [ProcessPacket] private void OnDefault(PacketCompletion packet) => packet.Complete([99]);
            }
            """, """
            public partial class Middle : Root { [ProcessPacket(2)] private void OnMiddle(PacketCompletion packet) => packet.Complete([2]); }
            public sealed partial class Handlers : Middle { [ProcessPacket(3)] private void OnOwn(PacketCompletion packet) => packet.Complete([3]); }
            """);
        Assert.Equal([1, 2, 3, 4, 99], new byte[] { 1, 2, 3, 4, 5 }.Select(type =>
        {
            TestPacket packet = TestPacket.Create([0xEE, type, 0]);
            packet.Deliver(assemblies.Callbacks);
            return packet.Payload.Span[0];
        }));
    }

    [Fact]
    public void Generic_and_nested_bases_and_plain_classes_between()
    {
        using TwoAssemblies assemblies = new("""
            public partial class Outer<T>
            {
                public partial class Root<U> where U : unmanaged { [ProcessPacket(1)] private U On(in U payload) => payload; }
            }

            public class Between : Outer<string>.Root<ulong>;
            """, """
            public class More : Between;
            public sealed partial class Handlers : More { [ProcessPacket(2)] private byte OnOwn() => 2; }
            """);
        TestPacket first = TestPacket.Create([1, 0, 0, 0, 5, 0, 0, 0]);
        first.Deliver(assemblies.Callbacks);
        Assert.Equal(8, first.Payload.Length);
        TestPacket second = TestPacket.Create([2, 0, 0, 0]);
        second.Deliver(assemblies.Callbacks);
        Assert.Equal([2], second.Payload.ToArray());
        Assert.Equal("On", assemblies.Callbacks.DescribeHandler([1, 0, 0, 0]));
    }

    [Fact]
    public void Callbacks_of_the_base_are_kept_and_its_traits_too()
    {
        using TwoAssemblies assemblies = new("""
            [ChannelCallbacks(Reception = PacketReception.InPlace)]
            public partial class Root
            {
                [ChannelOpened] private NtStatus OnOpened(VmbusChannel channel) => NtStatus.InvalidParameter;
                [SavePacket] private NtStatus OnSave(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded) { bytesNeeded = 3; return NtStatus.Success; }
            }
            """, """
            [ChannelCallbacks(IncomingProcessingAtPassive = true)]
            public sealed partial class Handlers : Root
            {
                [ChannelClosed] private void OnClosed(VmbusChannel channel) => throw new FormatException();
                [RestorePacket] private NtStatus OnRestore(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState) => NtStatus.DataError;
            }
            """);
        IChannelCallbacks callbacks = assemblies.Callbacks;
        using VmbusChannel channel = new(VmbusBus.CreateInProcess(), new VmbusChannelOptions());
        Assert.Equal(NtStatus.InvalidParameter, callbacks.Opened(channel));
        Assert.Throws<FormatException>(() => callbacks.Closed(channel));
        Assert.Equal(NtStatus.Success, callbacks.SavePacket(channel, null!, default, out int needed));
        Assert.Equal(3, needed);
        Assert.Equal(NtStatus.DataError, callbacks.RestorePacket(channel, default, default));
        Assert.Equal((true, PacketReception.InPlace, true), (callbacks.Traits.IncomingProcessingAtPassive, callbacks.Traits.Reception, callbacks.Traits.SavesPackets));
    }

    /// <summary>What the base binds already stays with it; the rest of the derived class is bound.</summary>
    [Fact]
    public void What_the_base_binds_is_not_bound_again()
    {
        using TwoAssemblies assemblies = new("""
            public partial class Root
            {
                [ProcessPacket(1)] private byte On() => 1;
                [ChannelOpened] private NtStatus OnOpened(VmbusChannel channel) => NtStatus.InvalidParameter;
            }
            """, """
            public sealed partial class Handlers : Root
            {
                [ProcessPacket(1, 2)] private byte OnOwn() => 2;
                [ChannelOpened] private NtStatus OnOpenedToo(VmbusChannel channel) => NtStatus.Success;
            }
            """);
        foreach (byte type in new byte[] { 1, 2 })
        {
            TestPacket packet = TestPacket.Create([type, 0, 0, 0]);
            packet.Deliver(assemblies.Callbacks);
            Assert.Equal([type], packet.Payload.ToArray());
        }

        using VmbusChannel channel = new(VmbusBus.CreateInProcess(), new VmbusChannelOptions());
        Assert.Equal(NtStatus.InvalidParameter, assemblies.Callbacks.Opened(channel));
    }

    /// <summary>A library and a project that references it, loaded together.</summary>
    private sealed class TwoAssemblies : IDisposable
    {
        private readonly AssemblyLoadContext _context = new(nameof(TwoAssemblies), isCollectible: true);

        public TwoAssemblies(string library, string source)
        {
            CompiledLibrary compiled = CompiledLibrary.Of((TestProject.Of(library) with { AssemblyName = "Library" }).WithGenerators(new ChannelCallbacksGenerator()));
            GeneratorRun run = GeneratorVerifier<ChannelCallbacksGenerator>.Run(TestProject.Of(source).WithLibrary(compiled));
            using MemoryStream image = new();
            Assert.True(run.Compilation.Emit(image).Success);
            image.Position = 0;
            using Stream libraryImage = compiled.OpenImage();
            _context.LoadFromStream(libraryImage);
            Callbacks = (IChannelCallbacks)Activator.CreateInstance(_context.LoadFromStream(image).GetType("Handlers")!)!;
        }

        public IChannelCallbacks Callbacks { get; }

        public void Dispose() => _context.Unload();
    }
}
