using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Vmbus.Benchmarks.Channels;

/// <summary>The same exchange as a .NET program would write it: a bounded channel each way, pooled arrays, and a loop that answers.</summary>
internal sealed class QueueExchange : IExchange
{
    private const int Capacity = 1024;

    private readonly ExchangeShape _shape;
    private readonly Pair[] _pairs;
    private readonly byte[] _payload;
    private readonly byte[] _data;
    private readonly Signal _received = new();
    private int _remaining;

    public QueueExchange(ExchangeShape shape)
    {
        _shape = shape;
        _payload = shape.CreatePayload();
        _data = new byte[shape.Length];
        _pairs = [.. Enumerable.Range(0, shape.Channels).Select(_ => new Pair())];
        foreach (Pair pair in _pairs)
        {
            pair.Server = Task.Run(() => ServeAsync(pair));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RoundTripsAsync()
    {
        for (int i = 0; i < _shape.Burst; i++)
        {
            foreach (Pair pair in _pairs)
            {
                await pair.Requests.Writer.WriteAsync(Message.Copy(_payload, _shape.HasExternalData ? _data : default, wantsAnswer: true)).ConfigureAwait(false);
            }
        }

        for (int i = 0; i < _shape.Burst; i++)
        {
            foreach (Pair pair in _pairs)
            {
                (await pair.Answers.Reader.ReadAsync().ConfigureAwait(false)).Return();
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendOnlyAsync(int count)
    {
        ValueTask received = _received.Arm();
        Volatile.Write(ref _remaining, count);
        ChannelWriter<Message> writer = _pairs[0].Requests.Writer;
        for (int i = 0; i < count; i++)
        {
            await writer.WriteAsync(Message.Copy(_payload, default, wantsAnswer: false)).ConfigureAwait(false);
        }

        await received.ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (Pair pair in _pairs)
        {
            pair.Requests.Writer.Complete();
        }

        Task.WaitAll(_pairs.Select(pair => pair.Server));
    }

    private async Task ServeAsync(Pair pair)
    {
        byte[] copy = new byte[_shape.HasExternalData ? _data.Length : 0];
        while (await pair.Requests.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (pair.Requests.Reader.TryRead(out Message request))
            {
                request.Data.Span.CopyTo(copy);
                if (request.WantsAnswer)
                {
                    await pair.Answers.Writer.WriteAsync(Message.Copy(request.Payload, default, wantsAnswer: false)).ConfigureAwait(false);
                }
                else if (Interlocked.Decrement(ref _remaining) == 0)
                {
                    _received.Set();
                }

                request.Return();
            }
        }
    }

    private sealed class Pair
    {
        public Channel<Message> Requests { get; } = Create();

        public Channel<Message> Answers { get; } = Create();

        public Task Server { get; set; } = Task.CompletedTask;

        private static Channel<Message> Create() => Channel.CreateBounded<Message>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
    }

    private readonly record struct Message(byte[] Array, int Length, ReadOnlyMemory<byte> Data, bool WantsAnswer)
    {
        public ReadOnlySpan<byte> Payload => Array.AsSpan(0, Length);

        public static Message Copy(ReadOnlySpan<byte> payload, ReadOnlyMemory<byte> data, bool wantsAnswer)
        {
            byte[] array = ArrayPool<byte>.Shared.Rent(payload.Length);
            payload.CopyTo(array);
            return new Message(array, payload.Length, data, wantsAnswer);
        }

        public void Return() => ArrayPool<byte>.Shared.Return(Array);
    }
}
