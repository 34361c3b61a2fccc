using Vmbus.Ring;

namespace Vmbus.Benchmarks.Ring;

/// <summary>Packets through a ring, looked at where they lie; indices are published once a batch.</summary>
internal sealed class RingInPlaceShape(RingTransport ring, int payloadLength, int batch) : TransportShape("ring in place", payloadLength)
{
    public override void Run(int operations)
    {
        RingWriter writer = ring.Writer;
        RingReader reader = ring.Reader;
        for (int done = 0; done < operations; done += batch)
        {
            for (int i = 0; i < batch; i++)
            {
                Number(done + i);
                Require(writer.TryWrite(PacketType.DataInBand, PacketFlags.None, (ulong)i, Source) == RingWriteStatus.Success);
            }

            Require(!writer.Publish());
            for (int i = 0; i < batch; i++)
            {
                Require(reader.TryRead(out RingPacket packet) == RingReadStatus.Success);
                packet.GetPayload(out ReadOnlySpan<byte> first, out _);
                Check(first, done + i);
            }

            Require(!reader.PublishRead());
        }
    }
}
