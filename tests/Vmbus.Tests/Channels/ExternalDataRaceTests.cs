using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>What one thread reads and writes of a packet while another completes it, and its sender and its place go on to the next packet at once.</summary>
public sealed class ExternalDataRaceTests
{
    private const int Rounds = 100;
    private static readonly int[] PieceLengths = [5000, 40, 2_000_000];

    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    public void A_copy_out_ends_with_the_bytes_of_its_packet_or_is_refused(BusKind kind)
    {
        byte[] read = new byte[PieceLengths.Sum()];
        Race(
            kind,
            (data, value, wrong) =>
            {
                read.AsSpan().Clear();
                data.CopyTo(read);
                if (read.AsSpan().ContainsAnyExcept(value))
                {
                    wrong.Enqueue($"{read[read.AsSpan().IndexOfAnyExcept(value)]} in the data of {value}");
                }
            },
            (_, _) => { });
    }

    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    public void A_copy_in_writes_nothing_to_memory_that_its_sender_has_back(BusKind kind)
    {
        const byte Returned = 0xFF;
        byte[] written = new byte[PieceLengths.Sum()];
        Race(
            kind,
            (data, value, _) =>
            {
                written[0] = written[^1] = value;
                data.CopyFrom(written);
            },
            (pieces, wrong) =>
            {
                foreach (Memory<byte> piece in pieces)
                {
                    piece.Span.Fill(Returned);
                }

                Thread.SpinWait(2000);
                foreach (Memory<byte> piece in pieces)
                {
                    if (piece.Span.ContainsAnyExcept(Returned))
                    {
                        wrong.Enqueue("memory of the sender was written to after the completion");
                    }
                }
            });
    }

    [Fact]
    public void A_segment_is_one_of_its_own_packet_however_the_next_one_of_the_place_is_cut()
    {
        using ChannelPair pair = Pend(out BlockingCollection<PendingPacket> pended);
        using SemaphoreSlim done = new(0);
        VmbusPacket request = new(pair.Client, (_, _, _) => done.Release());
        using UntilRefused user = new();
        for (int round = 0; round < 3 * Rounds; round++)
        {
            // Each packet has memory of its own, so that a span taken in time stays what it was.
            byte value = ValueOf(round);
            request.SetExternalData(default);
            for (int piece = 0; piece <= round % 7; piece++)
            {
                byte[] memory = new byte[((round % 5) + 1) * 8];
                memory.AsSpan().Fill(value);
                request.AppendExternalData(memory);
            }

            Assert.Equal(NtStatus.Success, request.Send([1]));
            CompleteInUse(user, pended.TakeInTime(), round, data =>
            {
                for (int i = 0; i < data.SegmentCount; i++)
                {
                    Span<byte> segment = data.GetSegment(i);
                    if (segment.IsEmpty || segment.ContainsAnyExcept(value))
                    {
                        user.Wrong.Enqueue($"segment {i} of {data.SegmentCount} of {value}: {segment.Length} bytes");
                    }
                }
            });
            Assert.True(done.Wait(ChannelPair.Patience));
        }

        Assert.Empty(user.Wrong);
    }

    [Fact]
    public void The_transaction_id_of_a_pended_packet_is_its_own_until_it_is_completed()
    {
        using ChannelPair pair = Pend(out BlockingCollection<PendingPacket> pended);
        using UntilRefused user = new();
        for (ulong round = 1; round <= Rounds; round++)
        {
            // The next packet comes to the place while the thread still reads.
            ulong expected = round;
            Assert.Equal(NtStatus.Success, pair.Client.Send([1], round));
            PendingPacket packet = pended.TakeInTime();
            if (round > 1)
            {
                user.Await();
            }

            user.Begin(() =>
            {
                if (packet.TransactionId is var id && id != expected)
                {
                    user.Wrong.Enqueue($"transaction {id} of packet {expected}");
                }
            });
            packet.Complete();
        }

        user.Await();
        Assert.Empty(user.Wrong);
    }

    [Fact]
    public void A_gpadl_is_not_written_to_once_its_client_has_the_memory_back()
    {
        using ChannelPair pair = new();
        pair.Open();
        using UntilRefused user = new();
        byte[] memory = new byte[1 << 20];
        byte[] written = new byte[memory.Length];
        written.AsSpan().Fill(1);
        for (int round = 0; round < Rounds; round++)
        {
            Gpadl created = pair.Client.CreateGpadl(memory);
            Assert.Equal(NtStatus.Success, pair.Server.MapGpadl(created.Handle, GpadlFlags.None, out Gpadl? mapped));
            user.Begin(() => mapped!.CopyFrom(written));
            mapped!.Dispose();
            created.Dispose();
            memory.AsSpan().Clear();
            user.Await();
            Assert.False(memory.AsSpan().ContainsAnyExcept((byte)0), $"round {round}: the memory was written to after the deletion");
        }

        Assert.Empty(user.Wrong);
    }

    private static void Race(BusKind kind, Action<ExternalData, byte, ConcurrentQueue<string>> use, Action<IReadOnlyList<Memory<byte>>, ConcurrentQueue<string>> whenReturned)
    {
        using ChannelPair pair = Pend(out BlockingCollection<PendingPacket> pended, kind);
        Memory<byte>[] pieces = [.. PieceLengths.Select(length => pair.Client.Bus is SharedMemoryBus guest ? guest.AllocateGuestMemory(length).Memory : new byte[length])];
        using UntilRefused user = new();
        using SemaphoreSlim done = new(0);
        int next = 0;
        VmbusPacket request = new(pair.Client, (_, _, _) =>
        {
            whenReturned(pieces, user.Wrong);

            // The sender has its memory back and uses it at once.
            Fill(ValueOf(Volatile.Read(ref next) + 1));
            done.Release();
        });
        Fill(ValueOf(0));
        request.SetExternalData(pieces[0]);
        foreach (Memory<byte> piece in pieces[1..])
        {
            request.AppendExternalData(piece);
        }

        for (int round = 0; round < Rounds; round++)
        {
            Volatile.Write(ref next, round);
            Assert.Equal(NtStatus.Success, request.Send([1]));
            byte value = ValueOf(round);
            CompleteInUse(user, pended.TakeInTime(), round, data => use(data, value, user.Wrong));
            Assert.True(done.Wait(ChannelPair.Patience));
        }

        Assert.Empty(user.Wrong);

        void Fill(byte value)
        {
            foreach (Memory<byte> piece in pieces)
            {
                piece.Span.Fill(value);
            }
        }
    }

    /// <summary>Completes a packet while its data is used, at another moment in each round.</summary>
    private static void CompleteInUse(UntilRefused user, PendingPacket packet, int round, Action<ExternalData> use)
    {
        Assert.Equal(NtStatus.Success, packet.GetExternalData(ExternalDataFlags.None, out ExternalData data));
        user.Begin(() => use(data));
        Thread.SpinWait(round % 100 * 5);
        packet.Complete();
        user.Await();
    }

    private static byte ValueOf(int round) => (byte)((round % 250) + 1);

    private static ChannelPair Pend(out BlockingCollection<PendingPacket> pended, BusKind kind = BusKind.InProcess)
    {
        ChannelPair pair = new(kind: kind);
        BlockingCollection<PendingPacket> packets = pended = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packets.Add(packet.Pend());
        return pair.Open();
    }
}
