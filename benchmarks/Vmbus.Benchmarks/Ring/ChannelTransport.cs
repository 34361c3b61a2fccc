using System.Buffers;
using System.Threading.Channels;

namespace Vmbus.Benchmarks.Ring;

/// <summary>What a .NET program would use instead of a ring: a bounded channel of pooled arrays.</summary>
internal sealed class ChannelTransport
{
    private readonly Channel<Message> _channel = Channel.CreateBounded<Message>(new BoundedChannelOptions(1024) { SingleReader = true, SingleWriter = true });

    public bool TrySend(ReadOnlySpan<byte> payload)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(array);
        return _channel.Writer.TryWrite(new Message(array, payload.Length));
    }

    public bool TryReceive(Span<byte> destination)
    {
        if (!_channel.Reader.TryRead(out Message message))
        {
            return false;
        }

        message.Array.AsSpan(0, message.Length).CopyTo(destination);
        ArrayPool<byte>.Shared.Return(message.Array);
        return true;
    }

    private readonly record struct Message(byte[] Array, int Length);
}
