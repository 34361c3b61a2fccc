namespace Vmbus;

/// <summary>What the guest's side pairs: an offer of the host, or a client endpoint of this process.</summary>
internal sealed class GuestEntry(EndpointIds ids, uint channelId, GuestPort? port, VmbusOffer? offer = null) : IPairedPort<GuestEntry>
{
    private volatile GuestEntry? _peer;

    public EndpointIds Ids { get; } = ids;

    /// <summary>The channel id of an offer.</summary>
    public uint ChannelId { get; } = channelId;

    /// <summary>What the host said of an offer.</summary>
    public VmbusOffer? Offer { get; } = offer;

    /// <summary>The port of a client endpoint.</summary>
    public GuestPort? Port { get; } = port;

    public GuestEntry? Peer
    {
        get => _peer;
        set => _peer = value;
    }

    public long Order { get; set; }
}
