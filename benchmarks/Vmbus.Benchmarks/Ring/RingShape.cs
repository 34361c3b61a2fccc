using Vmbus.Ring;

namespace Vmbus.Benchmarks.Ring;

/// <summary>Packets through a ring, copied out at the far end; indices are published once a batch.</summary>
internal sealed class RingShape(RingTransport ring, int payloadLength, int batch) : TransportShape("ring", payloadLength)
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
                packet.CopyPayloadTo(Destination);
                Check(Destination, done + i);
            }

            Require(!reader.PublishRead());
        }
    }
}
