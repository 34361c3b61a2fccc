namespace Vmbus.Benchmarks.Ring;

/// <summary>Messages through a channel of pooled arrays, written and read in batches.</summary>
internal sealed class ChannelShape(ChannelTransport channel, int payloadLength, int batch) : TransportShape("channel", payloadLength)
{
    public override void Run(int operations)
    {
        for (int done = 0; done < operations; done += batch)
        {
            for (int i = 0; i < batch; i++)
            {
                Number(done + i);
                Require(channel.TrySend(Source));
            }

            for (int i = 0; i < batch; i++)
            {
                Require(channel.TryReceive(Destination));
                Check(Destination, done + i);
            }
        }
    }
}
