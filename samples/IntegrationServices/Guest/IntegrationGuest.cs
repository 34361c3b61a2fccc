namespace Vmbus.Samples.IntegrationServices.Guest;

/// <summary>The guest: its ends of the three services. It knows the host by what comes over the bus alone.</summary>
internal sealed class IntegrationGuest : IDisposable
{
    private readonly ShutdownGuest _shutdown;

    /// <param name="bus">The bus.</param>
    /// <param name="forgottenHeartbeat">The transaction id of a heartbeat that its handler forgets to complete; <see langword="null"/>: none.</param>
    public IntegrationGuest(VmbusBus bus, ulong? forgottenHeartbeat = null)
    {
        _shutdown = new ShutdownGuest(bus);
        Clock = new GuestClock(TimeProvider.System);
        HeartbeatGuest heartbeat = forgottenHeartbeat is { } transactionId ? new ForgetfulHeartbeatGuest(bus, transactionId) : new HeartbeatGuest(bus);
        Services = [heartbeat, _shutdown, new TimeSyncGuest(bus, Clock)];
    }

    /// <summary>The services, in the order in which they are opened.</summary>
    public IReadOnlyList<GuestService> Services { get; }

    /// <summary>The guest's clock.</summary>
    public GuestClock Clock { get; }

    /// <summary>
    /// Opens the channels and runs until the host has the guest shut down. The request is answered first; then the other services are closed; the channel with the
    /// answer stays open until the host withdraws it, because closing it would throw away what the host has not read yet.
    /// </summary>
    /// <returns>Ends when all channels are closed.</returns>
    public async Task RunAsync()
    {
        foreach (GuestService service in Services)
        {
            service.Channel.Enable();
        }

        Task shutdownClosed = _shutdown.Channel.WhenClosed;
        _shutdown.Answer(await _shutdown.Granted);
        foreach (GuestService service in Services.Where(service => service != _shutdown))
        {
            await service.Channel.DisableAsync();
        }

        await shutdownClosed;
        await _shutdown.Channel.DisableAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GuestService service in Services)
        {
            service.Dispose();
        }
    }
}
