namespace Vmbus;

/// <summary>The ports of a bus by their ids, so that a bus with ten thousands of endpoints pairs each by a look-up. Used under the lock of the bus.</summary>
/// <typeparam name="TPort">The kind of port.</typeparam>
internal sealed class PortTable<TPort>
    where TPort : class, IPairedPort<TPort>
{
    private readonly Dictionary<EndpointIds, TPort> _ports = [];
    private long _order;

    /// <summary>Puts a port in.</summary>
    /// <returns>Whether its ids were free.</returns>
    public bool TryAdd(TPort port)
    {
        port.Order = ++_order;
        return _ports.TryAdd(port.Ids, port);
    }

    /// <summary>Takes a port out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TPort port) => _ports.TryGetValue(port.Ids, out TPort? found) && ReferenceEquals(found, port) && _ports.Remove(port.Ids);

    /// <summary>The free port that came first of those that fit a free one.</summary>
    public TPort? FindPeer(TPort port)
    {
        EndpointIds key = port.Ids;
        if (key.IsServer)
        {
            return First(Free(key with { IsServer = false }, port), Free(key with { IsServer = false, InterfaceInstance = Guid.Empty }, port));
        }

        return key.InterfaceInstance == Guid.Empty ? FirstServer(port) : Free(key with { IsServer = true }, port);
    }

    /// <summary>For a client that takes any instance; there can be one such client of a type.</summary>
    private TPort? FirstServer(TPort client)
    {
        TPort? first = null;
        foreach ((EndpointIds key, TPort port) in _ports)
        {
            if (key.IsServer && key.InterfaceType == client.Ids.InterfaceType && key.SubChannelIndex == client.Ids.SubChannelIndex && port.IsFreeFor(client))
            {
                first = First(first, port);
            }
        }

        return first;
    }

    private TPort? Free(in EndpointIds key, TPort other) => _ports.TryGetValue(key, out TPort? port) && port.IsFreeFor(other) ? port : null;

    private static TPort? First(TPort? one, TPort? other)
        => one is null || (other is not null && other.Order < one.Order) ? other : one;
}
