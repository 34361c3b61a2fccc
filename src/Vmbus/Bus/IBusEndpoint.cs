namespace Vmbus;

/// <summary>What a bus tells an endpoint. Calls return at once and may come from any thread, at DISPATCH_LEVEL or lower.</summary>
internal interface IBusEndpoint
{
    /// <summary>By what it finds its other side.</summary>
    EndpointIds Ids { get; }

    /// <summary>To a client: a server offers its ids.</summary>
    /// <param name="interfaceInstance">The instance of the server, which the client may have left open.</param>
    void Offered(Guid interfaceInstance);

    /// <summary>To a client: the offer was withdrawn.</summary>
    void Rescinded();

    /// <summary>To a server: the client wants to open, with these rings.</summary>
    void OpenRequested(ChannelRings rings);

    /// <summary>To a client: the server's answer.</summary>
    void OpenAnswered(NtStatus status);

    /// <summary>To a server: the client closed.</summary>
    void ClosedByPeer();

    /// <summary>The other side signals: there may be packets to read, or room to write.</summary>
    void Signaled();
}
