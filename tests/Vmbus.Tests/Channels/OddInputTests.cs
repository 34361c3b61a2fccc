using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Vmbus.Ring;

namespace Vmbus.Tests.Channels;

/// <summary>Packets and calls that nobody would send or make on purpose.</summary>
public sealed class OddInputTests
{
    private const ushort InBand = 6;
    private const ushort GpaDirect = 9;
    private const ushort Completion = 11;

    public static TheoryData<string, int, int> Descriptors => new()
    {
        { "no length", 2, 0 },
        { "a length of one unit", 2, 1 },
        { "all that a number can say", 2, 0xFFFF },
        { "one unit more than is there", 2, 5 },
        { "a payload before the descriptor's end", 1, 3 },
        { "a payload at 0", 0, 3 },
        { "a payload behind the packet", 4, 3 },
        { "an offset of all that a number can say", 0xFFFF, 3 },
    };

    [Theory]
    [MemberData(nameof(Descriptors))]
    public void A_descriptor_that_cannot_be_stops_the_channel_and_no_callback_sees_it(string what, int offset8, int length8)
    {
        using ChannelPair pair = new();
        StrongBox<int> delivered = CountDeliveries(pair);
        pair.Open();
        RawPacket.FromClient(pair, RawPacket.Bytes(InBand, [], new byte[8], offset8: (ushort)offset8, length8: (ushort)length8));
        pair.Await(() => pair.Server.State == ChannelState.Stopped, $"the server to stop over {what}");
        RingCorruption corruption = Assert.IsType<RingCorruptException>(pair.Server.Fault).Corruption;
        Assert.True(corruption.Field is RingField.PacketOffset8 or RingField.PacketLength8, corruption.Message);
        Assert.True(corruption.Value == (ulong)offset8 || corruption.Value == (ulong)length8, corruption.Message);
        Assert.Equal(0, delivered.Value);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [InlineData(0x8000_0000_0000_0000ul)]
    [InlineData(ulong.MaxValue)]
    public void A_transaction_id_of_any_value_comes_through_and_its_unknown_completion_is_counted_and_touches_nothing(ulong transactionId)
    {
        using ChannelPair pair = new();
        ConcurrentQueue<ulong> seen = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            seen.Enqueue(packet.TransactionId);
            packet.Complete([1]);
        };
        pair.Open();
        RawPacket.FromClient(pair, RawPacket.Bytes(InBand, [], new byte[8], flags: 1, transactionId: transactionId));
        pair.Await(() => pair.Client.Counters.UnexpectedCompletions == 1, "the completion");
        Assert.Equal(transactionId, Assert.Single(seen));
        Assert.Equal(ChannelState.Active, pair.Client.State);
        Assert.Null(pair.Client.Fault);
    }

    [Fact]
    public void A_server_that_is_completed_what_it_never_sent_goes_on_or_stops_as_configured()
    {
        foreach (UnexpectedCompletionPolicy policy in Enum.GetValues<UnexpectedCompletionPolicy>())
        {
            using ChannelPair pair = new(options => options with { UnexpectedCompletion = policy });
            pair.Open();
            RawPacket.FromClient(pair, RawPacket.Bytes(Completion, [], new byte[8], transactionId: ulong.MaxValue), RawPacket.Bytes(Completion, [], [], transactionId: 0));
            pair.Await(() => pair.Server.Counters.UnexpectedCompletions >= (policy == UnexpectedCompletionPolicy.Ignore ? 2 : 1), "the completions");
            if (policy == UnexpectedCompletionPolicy.Ignore)
            {
                Assert.Null(pair.Server.Fault);
            }
            else
            {
                pair.Await(() => pair.Server.State == ChannelState.Stopped, "the stop");
            }
        }
    }

    [Theory]
    [InlineData(uint.MaxValue, 0u, 1)]
    [InlineData(0x8000_0000u, 0u, 1)]
    [InlineData(4096u, 1u, 1)]
    [InlineData(1u, uint.MaxValue, 1)]
    [InlineData(0u, 0u, 1)]
    public void A_range_of_external_data_that_its_pages_do_not_hold_stops_the_channel(uint byteCount, uint byteOffset, int pages)
    {
        using ChannelPair pair = new();
        StrongBox<int> delivered = CountDeliveries(pair);
        pair.Open();
        byte[] header = new byte[8 + 8 + (8 * pages)];
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), byteCount);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), byteOffset);
        RawPacket.FromClient(pair, RawPacket.Bytes(GpaDirect, header, new byte[8], flags: 1, transactionId: 1));
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Equal(0, delivered.Value);
        Assert.NotNull(pair.Server.Fault);
    }

    [Fact]
    public void Half_a_terabyte_of_pages_that_are_not_there_is_an_answer_of_GetExternalData()
    {
        // As many ranges as fit into the packet, each of a gigabyte less a page would need pages of its own; so the most that a header of 4000 bytes can claim.
        const int Pages = 400;
        using ChannelPair pair = new();
        ConcurrentQueue<NtStatus> answers = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            answers.Enqueue(packet.GetExternalData(ExternalDataFlags.None, out ExternalData data));
            Assert.Equal(0, data.Length);
            packet.Complete();
        };
        pair.Open();
        byte[] header = new byte[8 + 8 + (8 * Pages)];
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Pages * 4096);
        for (int i = 0; i < Pages; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16 + (8 * i)), ulong.MaxValue - (ulong)i);
        }

        RawPacket.FromClient(pair, RawPacket.Bytes(GpaDirect, header, new byte[8], flags: 1, transactionId: 1));
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Equal(NtStatus.InvalidParameter, Assert.Single(answers));
    }

    [Fact]
    public void External_data_whose_pages_no_packet_could_name_is_refused_and_the_packet_stays_usable()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<long> lengths = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            lengths.Enqueue(data.Length);
            packet.Complete();
        };
        pair.Open();
        using SemaphoreSlim done = new(0);
        VmbusPacket packet = new(pair.Client, (_, _, _) => done.Release());
        packet.SetExternalData(GC.AllocateUninitializedArray<byte>(1 << 30));
        Assert.Equal(NtStatus.InvalidBufferSize, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        packet.SetExternalData(default);
        Assert.Equal(NtStatus.InvalidBufferSize, packet.SendWithExternalPages([1], new ulong[1 << 20], 0, uint.MaxValue, VmbusSendFlags.WaitForCompletion));
        packet.SetExternalData(new byte[100]);
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Equal(100, Assert.Single(lengths));
    }

    [Fact]
    public void What_a_completion_routine_makes_the_packet_reference_stays_whatever_the_sender_does_meanwhile()
    {
        using ChannelPair pair = new();
        long other = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 2 && (packet.GetExternalData(ExternalDataFlags.None, out ExternalData data) != NtStatus.Success || data.Length != 5))
            {
                Interlocked.Increment(ref other);
            }

            packet.Complete();
        };
        pair.Open();
        byte[] memory = new byte[5];
        using SemaphoreSlim done = new(0);
        VmbusPacket packet = new(pair.Client, (packet, _, _) =>
        {
            packet.SetExternalData(memory);
            done.Release();
        });
        for (int i = 0; i < 2000; i++)
        {
            // A page that is not there: it is only named.
            Assert.Equal(NtStatus.Success, packet.SendWithExternalPages([1], [1], 0, 8, VmbusSendFlags.WaitForCompletion));
            Assert.True(done.Wait(ChannelPair.Patience));
            Assert.Equal(NtStatus.Success, packet.Send([2], VmbusSendFlags.WaitForCompletion));
            Assert.True(done.Wait(ChannelPair.Patience));
            packet.SetExternalData(default);
        }

        Assert.Equal(0, other);
    }

    [Fact]
    public void A_completion_routine_that_sends_its_packet_again_and_again_takes_no_stack_for_it()
    {
        const int Times = 200_000;
        using ChannelPair pair = new();
        pair.Open();
        int sent = 0;
        int depth = 0;
        int deepest = 0;
        using ManualResetEventSlim done = new();
        VmbusPacket packet = new(pair.Client, (packet, status, _) =>
        {
            deepest = Math.Max(deepest, ++depth);
            if (status != NtStatus.Success || ++sent == Times)
            {
                done.Set();
            }
            else
            {
                Assert.Equal(NtStatus.Success, packet.Send([1]));
            }

            depth--;
        });

        // A thread with little stack: what grows a frame a packet would not get far.
        Thread sender = new(() => packet.Send([1]), 256 * 1024);
        sender.Start();
        Assert.True(done.Wait(TimeSpan.FromSeconds(60)), $"{sent} sent");
        sender.Join();
        pair.Await(() => pair.Server.Counters.PacketsCompleted == Times, "all packets");
        Assert.Equal((Times, 1), (sent, deepest));
        Assert.Null(pair.Client.Fault);
    }

    [Fact]
    public void A_channel_that_is_disposed_without_waiting_inside_Opened_closes_in_order()
    {
        foreach (bool server in new[] { true, false })
        {
            using ChannelPair pair = new();
            ScriptedCallbacks callbacks = server ? pair.ServerCallbacks : pair.ClientCallbacks;
            Task? disposed = null;
            callbacks.OnOpened = channel =>
            {
                disposed = channel.DisposeAsync().AsTask();
                return NtStatus.Success;
            };
            pair.Server.Enable();
            pair.Server.Start();
            pair.Client.Enable();
            pair.Await(() => Volatile.Read(ref disposed) is { IsCompleted: true }, "the end");
            Assert.True(disposed!.IsCompletedSuccessfully);
            Assert.Equal(callbacks.Log.Count(name => name == "Opened"), callbacks.Log.Count(name => name == "Closed"));
            Assert.Equal(callbacks.Log.Count(name => name == "Started"), callbacks.Log.Count(name => name == "Suspend"));
            VmbusChannel channel = server ? pair.Server : pair.Client;
            Assert.Equal(ChannelState.Disabled, channel.State);
            Assert.Throws<ObjectDisposedException>(channel.Enable);
        }
    }

    [Fact]
    public async Task An_offer_that_goes_while_a_packet_is_deferred_waits_for_its_callback_and_closes_in_order()
    {
        using ChannelPair pair = new(client: WaitReports.Soon);
        WaitReports reports = new(pair.Client);
        using ManualResetEventSlim goOn = new();
        using ManualResetEventSlim isPassive = new();
        pair.ClientCallbacks.OnPacket = (_, packet, _, _) =>
        {
            if (KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
                return;
            }

            isPassive.Set();
            goOn.Wait(ChannelPair.Patience);
            packet.Complete([1]);
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Server.Send([1]));
        Assert.Equal(NtStatus.Success, pair.Server.Send([2]));
        Assert.True(isPassive.Wait(ChannelPair.Patience));
        Task disabled = pair.Server.DisableAsync();
        reports.AwaitCallback();
        Assert.DoesNotContain("Suspend", pair.ClientCallbacks.Log);
        goOn.Set();
        await disabled.WaitAsync(ChannelPair.Patience);
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the client to close");
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Closed"], pair.ClientCallbacks.Log);
        Assert.Empty(pair.Client.GetOwedPackets());
        Assert.Null(pair.Client.Fault);
    }

    [Fact]
    public async Task Calls_while_a_channel_is_saved_answer_at_once_and_leave_the_save_whole()
    {
        using ChannelPair pair = new();
        pair.Open();
        pair.Server.Pause();
        pair.Server.SaveBegin();
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(pair.Server.SaveBegin).Status);
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(pair.Server.Start).Status);
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(pair.Server.Enable).Status);
        Assert.Equal(NtStatus.InvalidDeviceState, pair.Server.Send([1]));
        Assert.Equal(NtStatus.InvalidDeviceState, pair.Server.TrySend([1]));
        Assert.Equal(NtStatus.InvalidParameter1, Assert.Throws<VmbusException>(() => pair.Server.RestoreFromBuffer(new byte[100])).Status);
        await pair.Server.PauseAsync().WaitAsync(ChannelPair.Patience);
        byte[] state = new byte[1000];
        Assert.Equal(NtStatus.Success, pair.Server.SaveContinue(state, out int filled, out int required));
        Assert.True(filled > 0);
        Assert.Equal(0, required);
        pair.Server.SaveEnd();
        pair.Server.Start();
        pair.Await(() => pair.Server.State == ChannelState.Active, "the server to go on");
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }

    [Fact]
    public void A_context_that_a_callback_kept_of_another_channel_is_gone_with_its_packet_and_reaches_no_other()
    {
        using ChannelPair first = new(options => options with { ClientContextSize = 16 });
        using ChannelPair second = new(options => options with { ClientContextSize = 16 });
        BlockingCollection<PendingPacket> arrived = [];
        first.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            packet.ClientContext.Fill(7);
            arrived.Add(packet.Pend());
        };
        ConcurrentQueue<byte> seen = new();
        second.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            seen.Enqueue(packet.ClientContext[0]);
            packet.Complete();
        };
        first.Open();
        second.Open();
        first.Client.Send([1]);
        PendingPacket held = arrived.TakeInTime();
        second.Client.Send([1]);
        second.Await(() => seen.Count == 1, "the packet of the other channel");
        Assert.Equal(0, Assert.Single(seen));
        Assert.Equal(7, held.ClientContext[15]);
        Assert.Same(first.Server, held.Channel);
        held.Complete();
        Assert.Throws<ObjectDisposedException>(() => held.ClientContext.Length);
    }

    /// <summary>Counts, and completes, what the server's callback is given.</summary>
    private static StrongBox<int> CountDeliveries(ChannelPair pair)
    {
        StrongBox<int> delivered = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            Interlocked.Increment(ref delivered.Value);
            packet.Complete();
        };
        return delivered;
    }
}
