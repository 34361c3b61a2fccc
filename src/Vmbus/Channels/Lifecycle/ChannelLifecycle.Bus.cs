namespace Vmbus;

/// <content>What the bus asks of the endpoint, and what it tells: only noted here, and acted upon by the work item.</content>
internal sealed partial class ChannelLifecycle
{
    EndpointIds IBusEndpoint.Ids => new(_options.IsServer, _options.InterfaceType, _channel.PrimaryChannel?.InterfaceInstance ?? _options.InterfaceInstance, _channel.SubChannelIndex);

    VmbusOffer? IBusEndpoint.Offer => _ownOffer;

    void IBusEndpoint.Offered(Guid interfaceInstance) => Note(() => (_offered, _offeredInstance) = (true, interfaceInstance));

    void IBusEndpoint.Rescinded() => Note(() =>
    {
        _offered = false;
        NoteLeft();
    });

    void IBusEndpoint.OpenRequested(ChannelRings rings) => Note(() => _requestedRings = rings);

    void IBusEndpoint.OpenAnswered(NtStatus status) => Note(() => _openAnswer = status);

    void IBusEndpoint.ClosedByPeer() => Note(() =>
    {
        if (_requestedRings is null && (_isAccepting || _connection is not null))
        {
            NoteLeft();
        }

        // A request that was not taken up yet is void, and one that was refused concerns nobody; the close of an earlier opening may still stand.
        _requestedRings = null;
    });

    void IBusEndpoint.Signaled() => Connection?.Incoming.Schedule();

    private void NoteLeft()
    {
        _closedByPeer = true;
        _connection?.Leave();
    }

    private void Note(Action change)
    {
        lock (_sync)
        {
            change();
        }

        Changed();
    }
}
