using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>External data and GPADLs in hands that hold them too long, ask twice, or send what no library would.</summary>
public sealed class OddExternalDataTests
{
    private const ushort GpaDirect = 9;

    [Fact]
    public void A_packet_that_is_deferred_while_its_pages_are_awaited_comes_at_PASSIVE_LEVEL_first_and_then_with_its_pages()
    {
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst });
        ConcurrentQueue<string> visits = new();
        ConcurrentQueue<uint> counts = new();
        pair.ServerCallbacks.OnProcessingComplete = (_, count) => counts.Enqueue(count);
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, flags) =>
        {
            if (flags == ProcessPacketFlags.None)
            {
                visits.Enqueue($"next {buffer[0]}");
                packet.Complete();
                return;
            }

            NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            visits.Enqueue($"{KernelIrql.Current} {status} {data.Length}");
            if (status == NtStatus.Success)
            {
                data.CopyFrom([9]);
                packet.Complete();
            }
            else if (KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
            }
        };
        pair.Open();
        pair.Server.Pause();
        byte[] memory = new byte[5000];
        using SemaphoreSlim done = new(0);
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(memory);
        packet.CompletionRoutine = (_, _, _) => done.Release();
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        Assert.Equal(NtStatus.Success, pair.Client.Send([7]));
        pair.Server.Start();
        Assert.True(done.Wait(ChannelPair.Patience));
        pair.Await(() => visits.Count == 4, "the packet behind it");
        Assert.Equal(["Dispatch Pending 0", "Passive Pending 0", "Dispatch Success 5000", "next 7"], visits);
        Assert.Equal(9, memory[0]);
        pair.Await(() => counts.Sum(count => count) == 2, "both to be counted");
    }

    [Fact]
    public async Task Data_that_two_threads_ask_a_pended_packet_for_is_the_data_of_the_packet_for_both()
    {
        const int Rounds = 200;
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.Open();
        byte[][] pieces = [.. Enumerable.Range(0, 40).Select(i => new byte[] { (byte)i, (byte)i })];
        using SemaphoreSlim done = new(0);
        VmbusPacket request = new(pair.Client, (_, _, _) => done.Release());
        ConcurrentQueue<string> wrong = new();
        for (int round = 0; round < Rounds; round++)
        {
            request.SetExternalData(default);
            foreach (byte[] piece in pieces)
            {
                request.AppendExternalData(piece);
            }

            Assert.Equal(NtStatus.Success, request.Send([1]));
            PendingPacket owed = pended.TakeInTime();
            using Barrier start = new(2);
            Task other = Task.Run(Look);
            Look();
            await other.WaitAsync(ChannelPair.Patience);
            owed.Complete();
            Assert.True(await done.WaitAsync(ChannelPair.Patience));

            void Look()
            {
                start.SignalAndWait(ChannelPair.Patience);
                NtStatus status = owed.GetExternalData(ExternalDataFlags.None, out ExternalData data);
                byte[] read = new byte[80];
                if (status == NtStatus.Success && data.Length == 80 && data.SegmentCount == 40)
                {
                    data.CopyTo(read);
                }

                if (!read.SequenceEqual(pieces.SelectMany(piece => piece)))
                {
                    wrong.Enqueue($"round {round}: {status}, {data.Length} bytes in {data.SegmentCount} pieces");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Data_of_a_packet_is_gone_with_its_completion_while_the_place_holds_another_and_a_span_of_it_stays_the_senders()
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        pair.Open();
        byte[] first = [1, 1, 1, 1];
        byte[] second = [2, 2, 2, 2];
        PendingPacket owed = Receive(first);
        Assert.Equal(NtStatus.Success, owed.GetExternalData(ExternalDataFlags.None, out ExternalData data));
        Span<byte> span = data.Span;
        owed.Complete();
        PendingPacket next = Receive(second);
        Assert.Equal(NtStatus.Success, next.GetExternalData(ExternalDataFlags.None, out ExternalData others));
        Assert.Equal(2, others.Span[0]);
        foreach (Action use in new Action[] { () => data.CopyTo(new byte[1]), () => data.CopyFrom([9]), () => data.GetSegment(0).Clear(), () => _ = data.Span.Length })
        {
            Assert.Throws<ObjectDisposedException>(use);
        }

        // What was taken before is not revoked, and never becomes the memory of another packet.
        span[3] = 8;
        Assert.Equal([1, 1, 1, 8], first);
        Assert.Equal([2, 2, 2, 2], second);
        next.Complete();

        PendingPacket Receive(byte[] memory)
        {
            VmbusPacket request = pair.Client.AllocatePacket();
            request.SetExternalData(memory);
            Assert.Equal(NtStatus.Success, request.Send([1]));
            return pended.TakeInTime();
        }
    }

    [Fact]
    public async Task Data_of_an_owed_packet_whose_sender_has_gone_is_not_that_of_whoever_shares_memory_next()
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        using ChannelPair first = new(bus: bus);
        using ChannelPair second = new(bus: bus);
        BlockingCollection<PendingPacket> pended = [];
        first.ServerCallbacks.OnPacket = second.ServerCallbacks.OnPacket = (_, packet, _, _) => pended.Add(packet.Pend());
        first.Open();
        second.Open();
        PendingPacket owed = Receive(first, [1, 1, 1]);
        await first.Client.DisableAsync().WaitAsync(ChannelPair.Patience);
        byte[] others = [2, 2, 2];
        PendingPacket next = Receive(second, others);
        NtStatus status = owed.GetExternalData(ExternalDataFlags.None, out ExternalData data);
        Assert.Equal((NtStatus.InvalidParameter, 0L), (status, data.Length));
        owed.Complete();
        Assert.Equal(NtStatus.Success, next.GetExternalData(ExternalDataFlags.None, out data));
        data.CopyFrom([3]);
        next.Complete();
        Assert.Equal([3, 2, 2], others);

        PendingPacket Receive(ChannelPair pair, byte[] memory)
        {
            VmbusPacket request = pair.Client.AllocatePacket();
            request.SetExternalData(memory);
            Assert.Equal(NtStatus.Success, request.Send([1]));
            return pended.TakeInTime();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_chain_with_a_range_of_no_bytes_stops_the_channel_wherever_the_range_stands(int place)
    {
        using ChannelPair pair = new();
        int delivered = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            delivered++;
            packet.Complete();
        };
        pair.Open();
        byte[] header = new byte[8 + (3 * 16)];
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), 3);
        for (int i = 0; i < 3; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8 + (16 * i)), i == place ? 0u : 8u);
        }

        RawPacket.FromClient(pair, RawPacket.Bytes(GpaDirect, header, new byte[8], flags: 1, transactionId: 1));
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Contains($"range {place}", pair.Server.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal(0, delivered);
    }

    [Fact]
    public void A_piece_of_no_bytes_is_refused_and_the_chain_stays_what_it_was()
    {
        using ChannelPair pair = new();
        long length = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            length = data.Length;
            packet.Complete();
        };
        pair.Open();
        using SemaphoreSlim done = new(0);
        VmbusPacket packet = new(pair.Client, (_, _, _) => done.Release());
        packet.SetExternalData(new byte[3]);
        Assert.Equal(unchecked((int)NtStatus.InvalidParameter), Assert.Throws<ArgumentException>(() => packet.AppendExternalData(default)).HResult);
        packet.AppendExternalData(new byte[4]);
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Equal(7, Volatile.Read(ref length));

        // Empty memory is none at all: a packet without external data, which is done in the ring.
        packet.SetExternalData(new byte[3].AsMemory(1, 0));
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        Assert.True(done.Wait(0));
    }

    [Fact]
    public async Task A_gpadl_that_an_owed_packet_has_mapped_is_deleted_when_it_is_unmapped_and_not_when_the_packet_is_completed()
    {
        using ChannelPair pair = new();
        BlockingCollection<(PendingPacket Packet, Gpadl First, NtStatus Second)> mapped = [];
        pair.ServerCallbacks.OnPacket = (channel, packet, buffer, _) =>
        {
            if (KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
                return;
            }

            uint handle = BinaryPrimitives.ReadUInt32LittleEndian(buffer);
            Assert.Equal(NtStatus.Success, channel.MapGpadl(handle, GpadlFlags.ReadOnly, out Gpadl? first));
            NtStatus second = channel.MapGpadl(handle, GpadlFlags.None, out Gpadl? none);
            Assert.Null(none);
            mapped.Add((packet.Pend(), first!, second));
        };
        pair.Open();
        byte[] memory = [1, 2, 3];
        Gpadl created = pair.Client.CreateGpadl(memory);
        Task<RequestResult> request = pair.Client.SendRequestAsync(BitConverter.GetBytes(created.Handle), new byte[8]).AsTask();
        (PendingPacket owed, Gpadl mapping, NtStatus twice) = mapped.TakeInTime();
        Assert.Equal(NtStatus.InvalidDeviceState, twice);
        Task deleted = created.DisposeAsync().AsTask();
        Assert.Throws<ObjectDisposedException>(() => created.CopyTo(new byte[1]));

        // The deletion is under way: whoever has it mapped reads on, and nobody maps it anew.
        owed.Complete();
        Assert.Equal(NtStatus.Success, (await request.WaitAsync(ChannelPair.Patience)).Status);
        Assert.False(deleted.IsCompleted);
        byte[] read = new byte[3];
        mapping.CopyTo(read);
        Assert.Equal(memory, read);
        Assert.Throws<InvalidOperationException>(() => mapping.CopyFrom([9]));
        Assert.Equal(NtStatus.InvalidDeviceState, pair.Server.MapGpadl(mapping.Handle, GpadlFlags.None, out _));
        mapping.Dispose();
        mapping.Dispose();
        await deleted.WaitAsync(ChannelPair.Patience);
        Assert.Equal(NtStatus.InvalidParameter3, pair.Server.MapGpadl(mapping.Handle, GpadlFlags.None, out _));
        Assert.Throws<ObjectDisposedException>(() => mapping.CopyTo(read));

        // A handle is never used again while the channel is open.
        Gpadl next = pair.Client.CreateGpadl(memory);
        Assert.NotEqual(mapping.Handle, next.Handle);
        next.Dispose();
    }

    [Fact]
    public void A_flag_that_is_none_is_refused_and_the_packet_is_neither_awaited_nor_ended()
    {
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst });
        ConcurrentQueue<NtStatus> answers = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            for (int bit = 1; bit < 32; bit++)
            {
                answers.Enqueue(packet.GetExternalData((ExternalDataFlags)(1u << bit) | ExternalDataFlags.ReadOnly, out ExternalData data));
                Assert.Equal(0, data.Length);
            }

            PendingPacket pended = packet.Pend();
            answers.Enqueue(pended.GetExternalData((ExternalDataFlags)2, out _));
            pended.Complete();
        };
        pair.Open();
        using SemaphoreSlim done = new(0);
        VmbusPacket packet = new(pair.Client, (_, _, _) => done.Release());
        packet.SetExternalData(new byte[3]);
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Equal(Enumerable.Repeat(NtStatus.InvalidParameter, 32), answers);
    }
}
