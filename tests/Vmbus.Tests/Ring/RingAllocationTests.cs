using System.Runtime.CompilerServices;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

public sealed class RingAllocationTests
{
    private const int Packets = 1_000_000;

    [Fact]
    public void A_million_packets_allocate_nothing()
    {
        using var ring = new RingPair(8192);
        Exchange(ring, 1_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(ring, Packets);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>All that happens to a packet: one part and two, with header and without, wrapping and not, full and empty, in place and copied.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Exchange(RingPair ring, int packets)
    {
        Span<byte> payload = stackalloc byte[200];
        Span<byte> header = stackalloc byte[24];
        Span<byte> copy = stackalloc byte[208];
        RingWriter writer = ring.Writer;
        RingReader reader = ring.Reader;
        int received = 0;
        for (int sent = 0; received < packets;)
        {
            ReadOnlySpan<byte> part = payload[..(sent * 7 % 200)];
            RingWriteStatus status = (sent % 3) switch
            {
                0 => writer.TryWrite(PacketType.DataInBand, PacketFlags.None, (ulong)sent, part),
                1 => writer.TryWrite(PacketType.DataUsingGpaDirect, PacketFlags.CompletionRequested, (ulong)sent, header, part),
                _ => writer.TryWrite(PacketType.DataInBand, PacketFlags.None, (ulong)sent, default, part[..(part.Length / 2)], part[(part.Length / 2)..]),
            };
            if (status == RingWriteStatus.Success)
            {
                sent++;
                continue;
            }

            writer.Publish();
            int footprint = (int)RingSpace.Footprint(sent % 3 == 1 ? header.Length : 0, part.Length);
            if (!writer.PreparePendingSend(footprint))
            {
                reader.MaskInterrupts();
                while (reader.TryRead(out RingPacket packet) == RingReadStatus.Success)
                {
                    packet.CopyExtendedHeaderTo(copy);
                    packet.CopyPayloadTo(copy);
                    packet.GetContiguousPayload(copy);
                    received++;
                }

                Assert.True(reader.PublishRead());
                Assert.False(reader.UnmaskInterrupts());
            }

            writer.ClearPendingSend();
        }
    }
}
