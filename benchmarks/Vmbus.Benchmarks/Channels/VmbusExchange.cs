using System.Runtime.CompilerServices;

namespace Vmbus.Benchmarks.Channels;

/// <summary>Pairs of endpoints on a bus in this process.</summary>
internal sealed class VmbusExchange : IExchange
{
    private readonly ExchangeShape _shape;
    private readonly VmbusChannel[] _servers;
    private readonly VmbusChannel[] _clients;
    private readonly byte[] _payload;
    private readonly byte[] _data;
    private readonly EchoHandlers _handlers = new();
    private readonly PacketCompletionHandler _answered;
    private readonly Signal _done = new();
    private int _outstanding;

    public VmbusExchange(ExchangeShape shape, int ringSize)
    {
        _shape = shape;
        _payload = shape.CreatePayload();
        _data = new byte[shape.Length];
        _answered = Answered;
        VmbusBus bus = VmbusBus.CreateInProcess();
        Guid type = Guid.NewGuid();
        VmbusChannelOptions options = new() { InterfaceType = type, IncomingRingSize = ringSize, OutgoingRingSize = ringSize };
        _servers = [.. Enumerable.Range(1, shape.Channels).Select(i => new VmbusChannel(bus, options with { IsServer = true, InterfaceInstance = Instance(i) }))];
        _clients = [.. Enumerable.Range(1, shape.Channels).Select(i => new VmbusChannel(bus, options with { InterfaceInstance = Instance(i) }))];
        foreach (VmbusChannel channel in _servers.Concat(_clients))
        {
            channel.SetCallbacks(_handlers);
            channel.Enable();
        }

        foreach (VmbusChannel server in _servers)
        {
            server.Start();
        }

        while (!_servers.Concat(_clients).All(channel => channel.State == ChannelState.Active))
        {
            Thread.Sleep(1);
        }
    }

    public ValueTask RoundTripsAsync()
    {
        ValueTask done = _done.Arm();
        Volatile.Write(ref _outstanding, _shape.Requests);
        for (int i = 0; i < _shape.Burst; i++)
        {
            foreach (VmbusChannel client in _clients)
            {
                VmbusPacket packet = client.AllocatePacket();
                packet.CompletionRoutine = _answered;
                if (_shape.HasExternalData)
                {
                    packet.SetExternalData(_data, readOnly: true);
                }

                Require(packet.Send(_payload, VmbusSendFlags.WaitForCompletion));
            }
        }

        return done;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendOnlyAsync(int count)
    {
        ValueTask received = _handlers.ExpectAsync(count);
        VmbusChannel client = _clients[0];
        for (int i = 0; i < count; i++)
        {
            Require(await client.SendAsync(_payload).ConfigureAwait(false));
        }

        await received.ConfigureAwait(false);
    }

    public void Dispose()
    {
        Task.WaitAll(_clients.Select(client => client.DisableAsync()));
        Task.WaitAll(_servers.Select(server => server.DisableAsync()));
    }

    private static Guid Instance(int index) => new(index, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static void Require(NtStatus status)
    {
        if (status != NtStatus.Success)
        {
            throw new VmbusException(status, "A packet of the benchmark was not sent.");
        }
    }

    private void Answered(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> payload)
    {
        packet.Dispose();
        if (status != NtStatus.Success)
        {
            // The first that fails is told of; those after it find the count far from its end.
            if (Interlocked.Exchange(ref _outstanding, int.MaxValue) <= _shape.Requests)
            {
                _done.Fail(new VmbusException(status, $"A request of the benchmark ended with {status}: {_servers[0].Fault ?? _clients[0].Fault}"));
            }
        }
        else if (Interlocked.Decrement(ref _outstanding) == 0)
        {
            _done.Set();
        }
    }
}
