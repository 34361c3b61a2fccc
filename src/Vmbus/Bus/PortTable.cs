namespace Vmbus;

/// <summary>The ports of a bus by their ids, so that a bus with ten thousands of endpoints pairs each by a look-up. Used under the lock of the bus.</summary>
/// <typeparam name="TPort">The kind of port.</typeparam>
internal sealed class PortTable<TPort>
    where TPort : class, IPairedPort<TPort>
{
    private readonly Dictionary<Key, TPort> _ports = [];
    private long _order;

    /// <summary>Puts a port in.</summary>
    /// <returns>Whether its ids were free.</returns>
    public bool TryAdd(TPort port)
    {
        port.Order = ++_order;
        return _ports.TryAdd(Key.Of(port), port);
    }

    /// <summary>Takes a port out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TPort port) => _ports.TryGetValue(Key.Of(port), out TPort? found) && ReferenceEquals(found, port) && _ports.Remove(Key.Of(port));

    /// <summary>The free port that came first of those that fit a free one.</summary>
    public TPort? FindPeer(TPort port)
    {
        Key key = Key.Of(port);
        if (key.IsServer)
        {
            return First(Free(key with { IsServer = false }, port), Free(new Key(false, key.Type, Guid.Empty), port));
        }

        return key.Instance == Guid.Empty ? FirstServer(port) : Free(key with { IsServer = true }, port);
    }

    /// <summary>For a client that takes any instance; there can be one such client of a type.</summary>
    private TPort? FirstServer(TPort client)
    {
        TPort? first = null;
        foreach ((Key key, TPort port) in _ports)
        {
            if (key.IsServer && key.Type == client.Endpoint.InterfaceType && port.IsFreeFor(client))
            {
                first = First(first, port);
            }
        }

        return first;
    }

    private TPort? Free(in Key key, TPort other) => _ports.TryGetValue(key, out TPort? port) && port.IsFreeFor(other) ? port : null;

    private static TPort? First(TPort? one, TPort? other)
        => one is null || (other is not null && other.Order < one.Order) ? other : one;

    private readonly record struct Key(bool IsServer, Guid Type, Guid Instance)
    {
        public static Key Of(TPort port) => new(port.Endpoint.IsServer, port.Endpoint.InterfaceType, port.Endpoint.InterfaceInstance);
    }
}
