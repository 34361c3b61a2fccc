namespace Vmbus.Gen.Generators.Tests.Dispatching;

/// <summary>What handlers of every shape are given, and what becomes of the packet.</summary>
public sealed class HandlerShapeTests
{
    private const string Structures = """
        public struct Pair { public uint Type, Value; }
        public struct Padded { public byte First; public ulong Second; }
        """;

    [Fact]
    public void Parameters_in_any_order()
    {
        using HandlerSet handlers = HandlerSet.Compile(Structures + """
            public sealed partial class Handlers
            {
                [ProcessPacket(1)] private void ByReference(PacketCompletion packet, in Pair pair) { Log.Write($"in {pair.Value}"); packet.Complete(); }
                [ProcessPacket(2)] private void ByReadOnlyReference(ref readonly Pair pair, PacketCompletion packet) { Log.Write($"ref {pair.Value}"); packet.Complete(); }
                [ProcessPacket(3)] private void ByValue(Pair pair, scoped PacketCompletion packet) { Log.Write($"value {pair.Value}"); packet.Fail(); }
                [ProcessPacket(4)] private void WithRemainder([Remainder] ReadOnlySpan<byte> rest, PacketCompletion packet, in Pair pair) { Log.Write($"{pair.Value}+{Log.Hex(rest)}"); packet.Complete(); }
                [ProcessPacket(5)] private void Whole(ProcessPacketFlags flags, ReadOnlySpan<byte> buffer, PacketCompletion packet, VmbusChannel channel) { Log.Write($"{flags} {Log.Hex(buffer)} {ReferenceEquals(channel, packet.Channel)}"); packet.Complete(buffer); }
                [ProcessPacket(6)] private static void Static(PacketCompletion packet) => packet.Pend();
                [ProcessPacket(7)] private void PayloadAndBuffer(uint type, ReadOnlySpan<byte> buffer, PacketCompletion packet) { Log.Write($"{type} of {buffer.Length}"); packet.Complete(); }
            }
            """);

        Assert.Equal("in 42 Completed", handlers.Deliver(HandlerSet.Packet(1, 42)));
        Assert.Equal("ref 43 Completed", handlers.Deliver(HandlerSet.Packet(2, 43)));
        Assert.Equal("value 44 Failed", handlers.Deliver(HandlerSet.Packet(3, 44)));
        Assert.Equal("45+0A0000000B000000 Completed", handlers.Deliver(HandlerSet.Packet(4, 45, 10, 11)));
        Assert.Equal("45+ Completed", handlers.Deliver(HandlerSet.Packet(4, 45)));
        Assert.Equal("ExternalData 0500000007000000 True Completed:0500000007000000", handlers.Deliver(HandlerSet.Packet(5, 7), ProcessPacketFlags.ExternalData));
        Assert.Equal("Pended", handlers.Deliver(6));
        Assert.Equal("7 of 12 Completed", handlers.Deliver(HandlerSet.Packet(7, 0, 0)));
    }

    [Fact]
    public void A_packet_shorter_than_its_payload_is_failed_and_reaches_no_code()
    {
        using HandlerSet handlers = HandlerSet.Compile(Structures + """
            [ChannelCallbacks(Unhandled = UnhandledPacket.CompleteEmpty)]
            public sealed partial class Handlers
            {
                [ProcessPacket(1)] private void On(PacketCompletion packet, in Pair pair) { Log.Write($"on"); packet.Complete(); }
                [ProcessPacket] private void OnOther(PacketCompletion packet) { Log.Write($"other"); packet.Complete(); }
            }
            """);

        Assert.Equal("Failed", handlers.Deliver(1));
        Assert.Equal("Failed", handlers.Deliver([1, 0, 0, 0, 1, 2, 3]));
        Assert.Equal("on Completed", handlers.Deliver([1, 0, 0, 0, 1, 2, 3, 4]));
    }

    [Fact]
    public void What_is_returned_is_sent_back()
    {
        using HandlerSet handlers = HandlerSet.Compile(Structures + """
            [ChannelCallbacks(Reply = PacketReply.InBand)]
            public sealed partial class Handlers
            {
                [ProcessPacket(1)] private Pair InBand(in Pair pair) => new() { Type = 2, Value = pair.Value };
                [ProcessPacket(2, Reply = PacketReply.Completion)] private Pair AsCompletion(PacketCompletion packet, in Pair pair) => new() { Type = (uint)packet.TransactionId, Value = pair.Value };
                [ProcessPacket(3, Reply = PacketReply.Completion)] private NtStatus Status() => NtStatus.Pending;
                [ProcessPacket(4, Reply = PacketReply.Completion)] private static byte Small() => 0xAB;
            }
            """);

        Assert.Equal("Completed reply:0200000009000000", handlers.Deliver(HandlerSet.Packet(1, 9)));
        Assert.Equal("Completed:0100000009000000", handlers.Deliver(HandlerSet.Packet(2, 9)));
        Assert.Equal("Completed:03010000", handlers.Deliver(3));
        Assert.Equal("Completed:AB", handlers.Deliver(4));
    }

    [Fact]
    public void Padding_in_what_is_returned_is_zero()
    {
        using HandlerSet handlers = HandlerSet.Compile(Structures + """
            public sealed partial class Handlers
            {
                [ProcessPacket(1)]
                private Padded On()
                {
                    Span<byte> bytes = stackalloc byte[16];
                    bytes.Fill(0xCC);
                    return System.Runtime.InteropServices.MemoryMarshal.Read<Padded>(bytes);
                }
            }
            """);

        Assert.Equal("Completed:CC00000000000000CCCCCCCCCCCCCCCC", handlers.Deliver(1));
    }

    /// <summary>The locals of the default handler must not get in the way of those of the others.</summary>
    [Theory]
    [InlineData("private static uint On(ulong value)", "1")]
    [InlineData("private static NtStatus On(ulong value, ExternalData data)", "NtStatus.Success")]
    [InlineData("private static ValueTask<uint> On(ulong value, ReadOnlyMemory<byte> buffer)", "new(1)")]
    public void A_default_handler_of_the_same_shape_as_the_others(string handler, string value)
    {
        using HandlerSet handlers = HandlerSet.Compile($$"""
            public partial class Handlers
            {
                [ProcessPacket(1, Irql = Irql.Passive)] {{handler}} => {{value}};
                [ProcessPacket(2, Irql = Irql.Passive)] {{handler.Replace("On(", "OnSecond(", StringComparison.Ordinal)}} => {{value}};
                [ProcessPacket(Irql = Irql.Passive)] {{handler.Replace("On(", "OnOther(", StringComparison.Ordinal)}} => {{value}};
            }

            public sealed partial class Derived : Handlers
            {
                [ProcessPacket(3, Irql = Irql.Passive)] {{handler.Replace("On(", "OnThird(", StringComparison.Ordinal)}} => {{value}};
                [ProcessPacket(Irql = Irql.Passive)] {{handler.Replace("On(", "OnOther2(", StringComparison.Ordinal)}} => {{value}};
            }
            """);

        string expected = handler.Contains("ExternalData", StringComparison.Ordinal) ? "Failed" : "Completed:01000000";
        Assert.Equal(expected, handlers.Deliver(HandlerSet.Packet(1, 0)));
        Assert.Equal(expected, handlers.Deliver(HandlerSet.Packet(9, 0)));
    }

    /// <summary>The switch then calls a method for each handler, which is given what the handler takes.</summary>
    [Theory]
    [InlineData("sealed")]
    [InlineData("")]
    public void Among_so_many_handlers_that_each_is_reached_through_a_method_of_its_own(string modifier)
    {
        string many = string.Concat(Enumerable.Range(100, 400).Select(static i => $"[ProcessPacket({i})] private static uint On{i}(in Pair pair) => pair.Value + {i}; "));
        using HandlerSet handlers = HandlerSet.Compile(Structures + $$"""
            public {{modifier}} partial class Handlers
            {
                {{many}}
                [ProcessPacket(1)] private void OnWhole(ProcessPacketFlags flags, VmbusChannel channel, PacketCompletion packet, in Pair pair, [Remainder] ReadOnlySpan<byte> rest, ReadOnlySpan<byte> buffer)
                {
                    Log.Write($"{flags} {ReferenceEquals(channel, packet.Channel)} {pair.Value} {Log.Hex(rest)} {buffer.Length}");
                    packet.Complete();
                }

                [ProcessPacket(2)] private void OnData(PacketCompletion packet, ExternalData data) => packet.Complete();
                [ProcessPacket(3, Irql = Irql.Passive)] private async ValueTask<uint> OnAsync(ReadOnlyMemory<byte> buffer, CancellationToken token) { await default(ValueTask); return (uint)buffer.Length; }
                [ProcessPacket(4, Irql = Irql.Passive)] private void OnPassive(PacketCompletion packet) => packet.Complete();
                [ProcessPacket] private void OnOther(VmbusChannel channel, PacketCompletion packet) { Log.Write($"other {ReferenceEquals(channel, packet.Channel)}"); packet.Complete(); }
            }
            """);

        Assert.Equal("None True 7 08000000 12 Completed", handlers.Deliver(HandlerSet.Packet(1, 7, 8)));
        Assert.Equal("Failed", handlers.Deliver(HandlerSet.Packet(1)));
        Assert.Equal("Failed", handlers.Deliver(2));
        Assert.Equal("Completed:08000000", handlers.Deliver(HandlerSet.Packet(3, 0)));
        Assert.Equal("Completed", handlers.Deliver(4));
        Assert.Equal("other True Completed", handlers.Deliver(5));
        Assert.Equal("Completed:65000000", handlers.Deliver(HandlerSet.Packet(100, 1)));
        Assert.Equal("Completed:F4010000", handlers.Deliver(HandlerSet.Packet(499, 1)));
        Assert.Equal("Failed", handlers.Deliver(499));
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Equal("Deferred", handlers.Deliver(4));
        }
    }

    [Fact]
    public void The_shape_of_the_specification()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            public sealed unsafe partial class Handlers
            {
                [ProcessPacket]
                private void On(VmbusChannel channel, PacketCompletion packet, void* buffer, uint bufferLength, uint flags)
                {
                    Log.Write($"{Log.Hex(new ReadOnlySpan<byte>(buffer, (int)bufferLength))} {flags}");
                    packet.Complete();
                }
            }
            """, allowUnsafe: true);

        Assert.Equal("0102030405060708 1 Completed", handlers.Deliver([1, 2, 3, 4, 5, 6, 7, 8], ProcessPacketFlags.ExternalData));
        Assert.Equal(" 0 Completed", handlers.Deliver([]));
    }

    [Fact]
    public void A_passive_handler_is_reached_at_passive_level_only()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            public sealed partial class Handlers
            {
                [ProcessPacket(1, Irql = Irql.Passive)] private void OnFlush(PacketCompletion packet) { Log.Write($"{KernelIrql.Current}"); packet.Complete(); }
            }
            """);

        Assert.Equal("Passive Completed", handlers.Deliver(1));
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Equal("Deferred", handlers.Deliver(1));
        }
    }

    [Fact]
    public void A_class_that_processes_at_passive_defers_nothing_and_says_so()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            [ChannelCallbacks(IncomingProcessingAtPassive = true, Reception = PacketReception.InPlace)]
            public sealed partial class Handlers
            {
                [ProcessPacket(1, Irql = Irql.Passive)] private void OnFlush(PacketCompletion packet) => packet.Complete();
            }
            """);

        Assert.True(handlers.Callbacks.Traits.IncomingProcessingAtPassive);
        Assert.Equal(PacketReception.InPlace, handlers.Callbacks.Traits.Reception);
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Equal("Completed", handlers.Deliver(1));
        }
    }

    [Fact]
    public void A_packet_without_the_external_data_of_its_handler_is_failed()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            public sealed partial class Handlers
            {
                [ProcessPacket(1)] private void OnWrite(PacketCompletion packet, ExternalData data) { Log.Write($"{data.Length}"); packet.Complete(); }
            }
            """);

        Assert.Equal("Failed", handlers.Deliver(1));
    }

    [Fact]
    public void Other_callbacks_are_passed_on()
    {
        using HandlerSet handlers = HandlerSet.Compile("""
            public sealed partial class Handlers
            {
                [ProcessingComplete] private void OnBatch(VmbusChannel channel, uint packetsProcessed) => Log.Write($"batch {packetsProcessed}");
                [ChannelOpened] private NtStatus OnOpened(VmbusChannel channel) { Log.Write($"opened"); return NtStatus.InvalidParameter; }
                [ChannelClosed] private static void OnClosed(VmbusChannel channel) => Log.Write($"closed");
                [ChannelSuspend] private void OnSuspend(VmbusChannel channel) => Log.Write($"suspend");
                [ChannelStarted, ChannelPostStarted] private void OnStarted(VmbusChannel channel) => Log.Write($"started");
                [PnpFailure] private void OnFailure(VmbusChannel channel, NtStatus status) => Log.Write($"failure {status}");
                [PacketCompletionRoutine] private static void OnSent(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer) => Log.Write($"sent {status} {Log.Hex(buffer)}");
                [SavePacket] private NtStatus OnSave(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded) { bytesNeeded = 5; Log.Write($"save {buffer.Length}"); return NtStatus.BufferTooSmall; }
                [RestorePacket] private static NtStatus OnRestore(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState) { Log.Write($"restore {libraryState.Length} {savedState.Length}"); return NtStatus.DataError; }
            }
            """);
        using VmbusChannel channel = new(VmbusBus.CreateInProcess(), new VmbusChannelOptions());

        Assert.Equal("batch 7", handlers.Run(c => c.ProcessingComplete(channel, 7)));
        Assert.Equal("opened", handlers.Run(c => Assert.Equal(NtStatus.InvalidParameter, c.Opened(channel))));
        Assert.Equal("closed", handlers.Run(c => c.Closed(channel)));
        Assert.Equal("suspend", handlers.Run(c => c.Suspend(channel)));
        Assert.Equal("started", handlers.Run(c => c.Started(channel)));
        Assert.Equal("started", handlers.Run(c => c.PostStarted(channel)));
        Assert.Equal("failure DeviceRemoved", handlers.Run(c => c.PnpFailure(channel, NtStatus.DeviceRemoved)));
        Assert.Equal("sent Cancelled 0102", handlers.Run(c => c.PacketCompletionRoutine(null!, NtStatus.Cancelled, [1, 2])));
        Assert.Equal("save 3", handlers.Run(c =>
        {
            Assert.Equal(NtStatus.BufferTooSmall, c.SavePacket(channel, null!, new byte[3], out int bytesNeeded));
            Assert.Equal(5, bytesNeeded);
        }));
        Assert.Equal("restore 1 2", handlers.Run(c => Assert.Equal(NtStatus.DataError, c.RestorePacket(channel, new byte[1], new byte[2]))));
        Assert.True(handlers.Callbacks.Traits.SavesPackets);

        // Without handlers packets are processed as IChannelCallbacks does by default.
        Assert.Equal("Failed", handlers.Deliver(1));
    }
}
