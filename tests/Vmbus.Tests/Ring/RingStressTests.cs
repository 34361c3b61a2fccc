using System.Diagnostics;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

/// <summary>Two threads on one ring, each sleeping whenever the protocol allows it: a lost signal ends the test, not the machine.</summary>
public sealed class RingStressTests
{
    /// <summary>How long a side sleeps before a signal counts as lost. Only a lost one takes this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(4096, 1, 1, 60_000)]
    [InlineData(4096, 8, 5, 60_000)]
    [InlineData(8192, 1, 1000, 60_000)]
    [InlineData(65536, 16, 16, 60_000)]
    public void No_wakeup_is_lost(int dataSize, int sendBatch, int receiveBatch, int packets) => Run(dataSize, sendBatch, receiveBatch, packets);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(4096, 1, 1, 3_000_000)]
    [InlineData(4096, 8, 5, 3_000_000)]
    [InlineData(8192, 3, 1000, 3_000_000)]
    public void No_wakeup_is_lost_in_millions(int dataSize, int sendBatch, int receiveBatch, int packets) => Run(dataSize, sendBatch, receiveBatch, packets);

    private static void Run(int dataSize, int sendBatch, int receiveBatch, int packets)
    {
        using RingMemory memory = RingMemory.Allocate(dataSize);
        using var data = new AutoResetEvent(initialState: false);
        using var room = new AutoResetEvent(initialState: false);
        using var failed = new CancellationTokenSource();
        var counters = new Counters();
        var elapsed = Stopwatch.StartNew();
        Task sender = Task.Factory.StartNew(
            () => Guard(failed, () => Send(memory, data, room, sendBatch, packets, counters, failed.Token)),
            TaskCreationOptions.LongRunning);
        Task receiver = Task.Factory.StartNew(
            () => Guard(failed, () => Receive(memory, data, room, receiveBatch, packets, counters, failed.Token)),
            TaskCreationOptions.LongRunning);
        Task.WaitAll(sender, receiver);

        Assert.Equal(packets, counters.Received);
        Assert.InRange(counters.DataSignals, 1, packets);
        Assert.True(counters.RoomWaits == 0 || counters.RoomSignals > 0);
        Assert.True(counters.RoomSignals <= counters.RoomRequests, $"{counters.RoomSignals} signals for {counters.RoomRequests} requests.");
        Assert.True(elapsed.Elapsed < Patience + TimeSpan.FromMinutes(5));
    }

    private static void Send(RingMemory memory, AutoResetEvent data, AutoResetEvent room, int batch, int packets, Counters counters, CancellationToken failed)
    {
        using var writer = new RingWriter(memory);
        writer.EnableFlowControl();
        var random = new Random(11);
        byte[] payload = new byte[700];
        for (int i = 0; i < packets; i++)
        {
            // Sizes that fill the ring soon now and then, and pauses that let the other side fall asleep.
            int length = 8 + (random.Next(8) == 0 ? random.Next(690) : random.Next(40));
            BitConverter.TryWriteBytes(payload, (ulong)i * 0x9E3779B97F4A7C15);
            while (writer.TryWrite(PacketType.DataInBand, PacketFlags.None, (ulong)i, payload.AsSpan(0, length)) is var status && status != RingWriteStatus.Success)
            {
                Assert.Equal(RingWriteStatus.Full, status);
                Publish(writer, data, counters);
                counters.RoomRequests++;
                if (!writer.PreparePendingSend((int)RingSpace.Footprint(0, length)))
                {
                    counters.RoomWaits++;
                    Wait(room, failed, "room");
                }
            }

            writer.ClearPendingSend();
            if (random.Next(batch) == 0)
            {
                Publish(writer, data, counters);
            }

            if (random.Next(64) == 0)
            {
                Thread.SpinWait(random.Next(300));
            }
        }

        Publish(writer, data, counters);
    }

    private static void Publish(RingWriter writer, AutoResetEvent data, Counters counters)
    {
        if (writer.Publish())
        {
            counters.DataSignals++;
            data.Set();
        }
    }

    private static void Receive(RingMemory memory, AutoResetEvent data, AutoResetEvent room, int batch, int packets, Counters counters, CancellationToken failed)
    {
        using var reader = new RingReader(memory);
        var random = new Random(12);
        Span<byte> number = stackalloc byte[8];
        while (counters.Received < packets)
        {
            reader.MaskInterrupts();
            do
            {
                int taken = 0;
                RingReadStatus status;
                while ((status = reader.TryRead(out RingPacket packet)) == RingReadStatus.Success)
                {
                    packet.GetPayload(out ReadOnlySpan<byte> first, out _);
                    first[..8].CopyTo(number);
                    Assert.Equal((ulong)counters.Received, packet.TransactionId);
                    Assert.Equal((ulong)counters.Received * 0x9E3779B97F4A7C15, BitConverter.ToUInt64(number));
                    counters.Received++;
                    if (++taken % batch == 0)
                    {
                        PublishRead(reader, room, counters);
                    }
                }

                Assert.Equal(RingReadStatus.Empty, status);
                PublishRead(reader, room, counters);
                if (random.Next(64) == 0)
                {
                    Thread.SpinWait(random.Next(300));
                }
            }
            while (reader.UnmaskInterrupts());

            if (counters.Received < packets)
            {
                Wait(data, failed, "data");
            }
        }
    }

    private static void PublishRead(RingReader reader, AutoResetEvent room, Counters counters)
    {
        if (reader.PublishRead())
        {
            counters.RoomSignals++;
            room.Set();
        }
    }

    private static void Wait(AutoResetEvent signal, CancellationToken failed, string what)
    {
        int index = WaitHandle.WaitAny([signal, failed.WaitHandle], Patience);
        Assert.True(index == 0, index == 1 ? "The other side failed." : $"The signal for {what} was lost.");
    }

    private static void Guard(CancellationTokenSource failed, Action action)
    {
        try
        {
            action();
        }
        catch
        {
            failed.Cancel();
            throw;
        }
    }

    private sealed class Counters
    {
        public int Received;
        public int DataSignals;
        public int RoomSignals;
        public int RoomRequests;
        public int RoomWaits;
    }
}
