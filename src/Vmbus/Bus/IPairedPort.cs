namespace Vmbus;

/// <summary>A port that stands in a <see cref="PortTable{TPort}"/>.</summary>
/// <typeparam name="TPort">The kind of port.</typeparam>
internal interface IPairedPort<TPort>
    where TPort : class
{
    /// <summary>The ids of the endpoint whose port it is.</summary>
    EndpointIds Ids { get; }

    /// <summary>The other port of the pair; <see langword="null"/> while it is free.</summary>
    TPort? Peer { get; }

    /// <summary>Whether it may be paired with another.</summary>
    bool IsFreeFor(TPort other) => Peer is null;

    /// <summary>When it came: the lower came first.</summary>
    long Order { get; set; }
}
