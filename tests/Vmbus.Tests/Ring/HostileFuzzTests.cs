using System.Runtime.CompilerServices;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

/// <summary>
/// Memory that changes at random under both sides. The rings lie between pages that may not be touched, so that one access outside ends
/// the process; nothing may throw, and whatever is handed out lies inside the ring.
/// </summary>
public sealed class HostileFuzzTests
{
    private static readonly uint[] InterestingNumbers = [0, 1, 2, 3, 8, 16, 24, 4080, 4088, 4095, 4096, 8184, 8192, 0x7FFFFFF8, 0x80000000, 0xFFFFFFF8, 0xFFFFFFFF];

    [Fact]
    public void Corruption_at_every_step_is_found_or_harmless() => Corrupt(seed: 1, rounds: 3_000);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Corruption_at_every_step_is_found_or_harmless_for_long(int seed) => Corrupt(seed, rounds: 60_000);

    [Fact]
    public void A_thread_that_scribbles_meanwhile_is_found_or_harmless() => Scribble(corruptions: 1_000);

    [Fact]
    [Trait("Category", "Long")]
    public void A_thread_that_scribbles_for_long_is_found_or_harmless() => Scribble(corruptions: 30_000);

    private static void Corrupt(int seed, int rounds)
    {
        var random = new Random(seed);
        int corruptWriters = 0;
        int corruptReaders = 0;
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            using var guarded = new GuardedRing(4096 * random.Next(1, 4));
            RingControlPage page = guarded.Memory.ControlPage;
            uint start = (uint)random.Next(0, guarded.Memory.DataSize / 8) * 8;
            page.WriteIndex = start;
            page.ReadIndex = start;
            RingWriter? writer = TryAttach(() => new RingWriter(guarded.Memory));
            RingReader? reader = TryAttach(() => new RingReader(guarded.Memory, (RingReadChecks)random.Next(16)));
            writer?.EnableFlowControl();
            for (int step = 0; step < 40; step++)
            {
                if (random.Next(3) == 0)
                {
                    ScribbleOnce(guarded, random);
                }

                if (random.Next(20) == 0)
                {
                    writer?.Dispose();
                    reader?.Dispose();
                    writer = TryAttach(() => new RingWriter(guarded.Memory));
                    reader = TryAttach(() => new RingReader(guarded.Memory, (RingReadChecks)random.Next(16)));
                    refused += writer is null || reader is null ? 1 : 0;
                }

                Operate(writer, reader, random);
            }

            corruptWriters += writer?.Corruption is null ? 0 : 1;
            corruptReaders += reader?.Corruption is null ? 0 : 1;
            writer?.Dispose();
            reader?.Dispose();
        }

        // The random numbers reach all three outcomes, often.
        Assert.True(corruptWriters > rounds / 50, $"{corruptWriters} of {rounds} writers found corruption.");
        Assert.True(corruptReaders > rounds / 10, $"{corruptReaders} of {rounds} readers found corruption.");
        Assert.True(refused > rounds / 50, $"{refused} attachments were refused in {rounds} rounds.");
    }

    private static void Scribble(int corruptions)
    {
        using var guarded = new GuardedRing(8192);
        using var stop = new CancellationTokenSource();
        var scribbler = new Thread(() =>
        {
            var random = new Random(7);
            while (!stop.IsCancellationRequested)
            {
                ScribbleOnce(guarded, random);
                Thread.SpinWait(random.Next(60));
            }
        });
        scribbler.Start();
        var random = new Random(8);
        long packets = 0;
        try
        {
            // What counts is what happened, not how long it took on a busy machine.
            for (int corrupt = 0; corrupt < corruptions || packets < corruptions;)
            {
                RingControlPage page = guarded.Memory.ControlPage;
                page.WriteIndex = 0;
                page.ReadIndex = 0;
                using RingWriter? writer = TryAttach(() => new RingWriter(guarded.Memory));
                using RingReader? reader = TryAttach(() => new RingReader(guarded.Memory, RingReadChecks.None));
                for (int step = 0; step < 200 && writer?.Corruption is null && reader?.Corruption is null; step++)
                {
                    packets += Operate(writer, reader, random);
                }

                corrupt += writer?.Corruption is null && reader?.Corruption is null ? 0 : 1;
            }
        }
        finally
        {
            stop.Cancel();
            scribbler.Join();
        }
    }

    private static unsafe void ScribbleOnce(GuardedRing guarded, Random random)
    {
        uint value = random.Next(3) switch
        {
            0 => InterestingNumbers[random.Next(InterestingNumbers.Length)],
            1 => (uint)random.Next(0, guarded.Memory.DataSize / 8) * 8,
            _ => (uint)random.NextInt64(),
        };
        byte* ring = (byte*)guarded.Address;
        switch (random.Next(8))
        {
            case 0 or 1:
                Volatile.Write(ref *(uint*)(ring + (4 * random.Next(4))), value);
                break;
            case 2:
                Volatile.Write(ref *(uint*)(ring + RingControlPage.FeatureBitsOffset), value);
                break;
            default:
                // One 16-bit field of a descriptor, wherever one may be.
                Volatile.Write(ref *(ushort*)(ring + RingControlPage.Length + (2 * random.Next(guarded.Memory.DataSize / 2))), (ushort)value);
                break;
        }
    }

    /// <summary>One operation of each side. Everything that is handed out is used to its last byte.</summary>
    /// <returns>How many packets were read.</returns>
    private static int Operate(RingWriter? writer, RingReader? reader, Random random)
    {
        if (writer is not null)
        {
            byte[] payload = new byte[random.Next(200)];
            byte[] header = new byte[random.Next(4) * 8];
            RingWriteStatus status = writer.TryWrite((PacketType)random.Next(1, 14), PacketFlags.None, 0, header, payload);
            Assert.True(status == RingWriteStatus.Corrupt == writer.Corruption is not null, $"{status}, {writer.Corruption}");
            switch (random.Next(4))
            {
                case 0 or 1:
                    writer.Publish();
                    break;
                case 2 when !writer.HasUnpublished && writer.UsesFlowControl:
                    writer.PreparePendingSend(random.Next(1, writer.DataSize - 8));
                    break;
            }

            Assert.InRange(writer.AvailableToWrite, 8, writer.DataSize);
        }

        if (reader is null)
        {
            return 0;
        }

        int packets = 0;
        for (int i = random.Next(4); i > 0; i--)
        {
            RingReadStatus status = reader.TryRead(out RingPacket packet);
            Assert.True(status == RingReadStatus.Corrupt == reader.Corruption is not null, $"{status}, {reader.Corruption}");
            if (status == RingReadStatus.Success)
            {
                packets++;
                Use(packet, reader.DataSize);
            }
        }

        reader.PublishRead();
        if (random.Next(3) == 0)
        {
            reader.UnmaskInterrupts();
        }

        Assert.InRange(reader.AvailableToRead, 0, reader.DataSize - 8);
        AssertNamed(reader.Corruption);
        AssertNamed(writer?.Corruption);
        return packets;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(RingPacket packet, int dataSize)
    {
        Assert.InRange(packet.BytesConsumed, 24, dataSize - 8);
        Assert.InRange(packet.StartIndex, 0, dataSize - 8);
        Assert.Equal(packet.PacketLength, 16 + packet.ExtendedHeaderLength + packet.PayloadLength);
        byte[] copy = new byte[packet.PacketLength];
        packet.CopyTo(copy);
        byte[] header = new byte[packet.ExtendedHeaderLength];
        packet.CopyExtendedHeaderTo(header);
        packet.GetPayload(out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second);
        Assert.Equal(packet.PayloadLength, first.Length + second.Length);
        int sum = 0;
        foreach (byte value in first)
        {
            sum += value;
        }

        foreach (byte value in second)
        {
            sum += value;
        }

        Assert.True(sum >= 0);
        _ = packet.GetContiguousPayload(new byte[packet.PayloadLength]).Length;
        if (GpaDirectHeader.TryParse(header, out GpaDirectHeader direct, out RingCorruption? corruption, allowTrailingBytes: true))
        {
            foreach (GpaRange range in direct)
            {
                Assert.InRange(range.PageCount, 1, header.Length / 8);
                _ = range.GetPageFrameNumber(range.PageCount - 1);
            }
        }
        else
        {
            AssertNamed(corruption);
        }
    }

    private static void AssertNamed(RingCorruption? corruption)
    {
        if (corruption is not null)
        {
            Assert.Contains($" is {corruption.Value} (0x{corruption.Value:X}); expected ", corruption.Message, StringComparison.Ordinal);
            Assert.False(corruption.Value >= corruption.Minimum && corruption.Value <= corruption.Maximum && corruption.Minimum == corruption.Maximum, corruption.Message);
        }
    }

    private static T? TryAttach<T>(Func<T> attach)
        where T : RingEndpoint
    {
        try
        {
            return attach();
        }
        catch (RingCorruptException e)
        {
            AssertNamed(e.Corruption);
            return null;
        }
    }
}
