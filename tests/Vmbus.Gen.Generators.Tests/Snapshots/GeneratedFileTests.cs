using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Generators.Tests.Snapshots;

/// <summary>What is generated, to be read: one test for each form that the file of a class can take.</summary>
public sealed class GeneratedFileTests
{
    private const string Messages = """
        global using Messages;

        namespace Messages
        {
            public enum DmMessage : ushort { VersionRequest = 1, VersionResponse = 2, StatusReport = 5, BalloonResponse = 7 }
            public struct Header { public ushort Type, Size; public uint TransactionId; }
            public struct VersionRequest { public Header Header; public uint Version, IsLast; }
            public struct VersionResponse { public Header Header; public ulong IsAccepted; }
            public struct StatusReport { public Header Header; public ulong Available, Committed; }
        }

        """;

    [Fact]
    public Task The_class_of_the_readme() => Snapshot.MatchAsync(Run("""
        namespace Demo
        {
            [ChannelCallbacks(MessageTypeSize = 2, Reply = PacketReply.InBand)]
            public sealed partial class DynamicMemoryHost
            {
                private readonly Queue<PendingPacket> _ballooned = new();
                private ulong _committed;

                [ProcessPacket(DmMessage.VersionRequest)]
                private VersionResponse OnVersion(in VersionRequest request) => new() { Header = request.Header, IsAccepted = 1 };

                [ProcessPacket(DmMessage.StatusReport)]
                private void OnStatus(PacketCompletion packet, in StatusReport report)
                {
                    _committed = report.Committed;
                    packet.Complete();
                }

                [ProcessPacket(DmMessage.BalloonResponse)]
                private void OnBallooned(PacketCompletion packet, Header header, [Remainder] ReadOnlySpan<byte> rest) => _ballooned.Enqueue(packet.Pend());

                [ProcessPacket]
                private void OnAnyOther(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Fail();

                [ProcessingComplete] private void OnBatchDone(VmbusChannel channel, uint packetsProcessed) { }

                [ChannelOpened] private NtStatus OnOpened(VmbusChannel channel) => NtStatus.Success;
            }
        }
        """));

    [Fact]
    public Task A_static_class() => Snapshot.MatchAsync(Run("""
        public static partial class Echo
        {
            [ProcessPacket(1, 2)]
            private static NtStatus OnRequest(StatusReport report) => NtStatus.Success;

            [ChannelOpened] private static void OnOpened(VmbusChannel channel) { }

            [ChannelClosed] private static void OnClosed(VmbusChannel channel) { }
        }
        """));

    [Fact]
    public Task A_base_class_and_a_derived_class() => Snapshot.MatchAsync(Run("""
        namespace Demo;

        public abstract partial class Integration
        {
            [ProcessPacket(0)] private NtStatus OnNegotiate(in VersionRequest request) => NtStatus.Success;

            [ProcessPacket] private void OnOther(PacketCompletion packet) => packet.Fail();
        }

        [ChannelCallbacks(Unhandled = UnhandledPacket.CompleteEmpty)]
        public partial class Heartbeat : Integration
        {
            [ProcessPacket(1)] private void OnBeat(scoped PacketCompletion packet) => packet.Complete();
        }

        public sealed partial class TracedHeartbeat : Heartbeat
        {
            [ProcessPacket(2)] private void OnTrace(PacketCompletion packet, ReadOnlySpan<byte> buffer) => packet.Complete(buffer);
        }
        """));

    [Fact]
    public Task Nested_in_generic_types_and_records() => Snapshot.MatchAsync(Run("""
        namespace Demo
        {
            public partial interface IOuter
            {
                public partial struct Middle<T>
                    where T : unmanaged
                {
                    public partial record struct Inner
                    {
                        internal sealed partial record @class<@event>(int Value) where @event : class
                        {
                            [ProcessPacket(int.MinValue, -1)] private T @return(in T payload) => payload;

                            [ProcessPacket(3)] private static void OnStatic(PacketCompletion packet) => packet.Complete();
                        }
                    }
                }
            }
        }
        """));

    [Fact]
    public Task The_shape_of_the_specification() => Snapshot.MatchAsync(Run(Project("""
        [ChannelCallbacks(MessageTypeOffset = 4, MessageTypeSize = 8, IncomingProcessingAtPassive = true, Reception = PacketReception.InPlace)]
        public sealed unsafe partial class Port
        {
            [ProcessPacket(0x8000_0000_0000_0000)]
            private void OnPacket(VmbusChannel channel, PacketCompletion packet, void* buffer, uint bufferLength, uint flags) => packet.Complete();
        }
        """) with { AllowUnsafe = true }));

    [Fact]
    public Task Native_entry_points() => Snapshot.MatchAsync(Run(Project("""
        namespace Demo.Devices;

        [ChannelCallbacks(NativeEntryPoints = true)]
        public static partial class Key_board
        {
            [ProcessPacket(1)] private static NtStatus OnKey(uint scanCode) => NtStatus.Success;
        }
        """) with { AllowUnsafe = true }));

    [Fact]
    public Task Deferred_and_with_external_data() => Snapshot.MatchAsync(Run("""
        public sealed partial class Disk
        {
            [ProcessPacket(1, Irql = Irql.Passive)]
            private void OnFlush(PacketCompletion packet) => packet.Complete();

            [ProcessPacket(2)]
            private NtStatus OnWrite(ulong header, ExternalData data, PacketCompletion packet) => NtStatus.Success;
        }
        """));

    [Fact]
    public Task Asynchronous_handlers() => Snapshot.MatchAsync(Run("""
        [ChannelCallbacks(MessageTypeSize = 2)]
        public sealed partial class DynamicMemoryHost
        {
            [ProcessPacket(DmMessage.VersionRequest, Irql = Irql.Passive, Reply = PacketReply.InBand)]
            private async ValueTask<VersionResponse> OnVersion(VersionRequest request, CancellationToken token)
            {
                await Task.Delay(1, token);
                return new() { Header = request.Header, IsAccepted = 1 };
            }

            [ProcessPacket(DmMessage.StatusReport, Irql = Irql.Passive)]
            private async Task OnStatus(ReadOnlyMemory<byte> buffer) => await Console.Out.WriteLineAsync(Convert.ToHexString(buffer.Span));

            [ProcessPacket(DmMessage.BalloonResponse, Irql = Irql.Passive)]
            private static ValueTask<NtStatus> OnBallooned(VmbusChannel channel, ExternalData data) => new(NtStatus.Success);
        }
        """));

    [Fact]
    public Task Many_sparse_message_types()
    {
        string handlers = string.Join("\n", Enumerable.Range(1, 20).Select(static i =>
            $"    [ProcessPacket(0x{unchecked((uint)i * 2654435761u):X8})] private void On{i}(PacketCompletion packet) => packet.Complete();"));
        return Snapshot.MatchAsync(Run($"public sealed partial class Sparse\n{{\n{handlers}\n}}\n"));
    }

    private static GeneratorRun Run(string source) => Run(Project(source));

    private static GeneratorRun Run(TestProject project) => GeneratorVerifier<ChannelCallbacksGenerator>.Run(project);

    private static TestProject Project(string source) => TestProject.Of(source, Messages);
}
