namespace Vmbus;

/// <summary>What a bus tells an endpoint. Calls return at once and may come from any thread, at DISPATCH_LEVEL or lower.</summary>
internal interface IBusEndpoint
{
    /// <summary>By what it finds its other side.</summary>
    EndpointIds Ids { get; }

    /// <summary>What a server offers; <see langword="null"/> on a client.</summary>
    VmbusOffer? Offer => null;

    /// <summary>Of a server that was restored: the opening that it wants to go on with; else <see cref="Guid.Empty"/>.</summary>
    Guid RestoredOpening => Guid.Empty;

    /// <summary>To a client: a server offers its ids.</summary>
    /// <param name="interfaceInstance">The instance of the server, which the client may have left open.</param>
    void Offered(Guid interfaceInstance);

    /// <summary>To a client: the offer was withdrawn.</summary>
    void Rescinded();

    /// <summary>
    /// To a server: the client wants to open, with these rings. An opening that stands and that the server was restored for comes in the same way, before anything
    /// else and before the server is attached; the client is not told of the answer then, unless it is a failure.
    /// </summary>
    void OpenRequested(ChannelRings rings);

    /// <summary>To a client: the server's answer.</summary>
    void OpenAnswered(NtStatus status);

    /// <summary>To a server: the client closed.</summary>
    void ClosedByPeer();

    /// <summary>The other side signals: there may be packets to read, or room to write.</summary>
    void Signaled();
}
