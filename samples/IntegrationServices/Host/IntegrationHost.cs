using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Host;

/// <summary>The host: its ends of the three services. It knows the guest by what comes over the bus alone.</summary>
internal sealed class IntegrationHost : IDisposable
{
    private readonly List<Task> _closedByGuest = [];

    /// <param name="bus">The bus.</param>
    /// <param name="heartbeatVersions">The versions of the heartbeat that are offered; <see langword="null"/>: those that it knows.</param>
    public IntegrationHost(VmbusBus bus, IcVersion[]? heartbeatVersions = null)
    {
        Heartbeat = new HeartbeatHost(bus, heartbeatVersions ?? HeartbeatHost.KnownVersions);
        Shutdown = new ShutdownHost(bus);
        Services = [Heartbeat, Shutdown, new TimeSyncHost(bus, TimeProvider.System)];
    }

    /// <summary>The services, in the order in which they are offered.</summary>
    public IReadOnlyList<HostService> Services { get; }

    /// <summary>Whether the guest lives.</summary>
    public HeartbeatHost Heartbeat { get; }

    /// <summary>Shutting the guest down.</summary>
    public ShutdownHost Shutdown { get; }

    /// <summary>Offers the services to the guest.</summary>
    public void Offer()
    {
        foreach (HostService service in Services)
        {
            if (service != Shutdown)
            {
                _closedByGuest.Add(service.Channel.WhenClosed);
            }

            service.Channel.Enable();
            service.Channel.Start();
        }
    }

    /// <summary>Waits until the guest, which was asked to shut down, has closed its services, and withdraws the offers: the machine is off.</summary>
    /// <returns>Ends when all channels are closed.</returns>
    public async Task TakeDownAsync()
    {
        await Task.WhenAll(_closedByGuest);
        foreach (HostService service in Services)
        {
            await service.Channel.DisableAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (HostService service in Services)
        {
            service.Dispose();
        }
    }
}
