namespace Vmbus;

/// <summary>Where an endpoint stands in KMCL's state model.</summary>
public enum ChannelState
{
    /// <summary>Not on the bus: after creation and after Disable. Only now may the channel be configured.</summary>
    Disabled = 0,

    /// <summary>On the bus and not open: a server offers, a client waits for an offer or for the server's answer.</summary>
    Enabled,

    /// <summary>Server: started while nobody has opened the channel yet.</summary>
    Started,

    /// <summary>Open; the incoming queue has not been started.</summary>
    Opened,

    /// <summary>Open and running: packets are delivered.</summary>
    Active,

    /// <summary>Open and paused: no packets are delivered until Start.</summary>
    Paused,

    /// <summary>The channel stopped by itself: <see cref="VmbusChannel.Fault"/> tells why.</summary>
    Stopped,

    /// <summary>Server: the client closed; it may open again.</summary>
    Closed,
}
