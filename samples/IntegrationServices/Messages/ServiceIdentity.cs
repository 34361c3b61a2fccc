namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>By what a service is known on the bus.</summary>
/// <param name="Name">For reports.</param>
/// <param name="InterfaceType">The class of the device.</param>
/// <param name="InterfaceInstance">The instance; <see cref="Guid.Empty"/> where the host chooses it and the guest takes any.</param>
internal sealed record ServiceIdentity(string Name, Guid InterfaceType, Guid InterfaceInstance)
{
    /// <summary>Whether the guest lives.</summary>
    public static ServiceIdentity Heartbeat { get; } = new("heartbeat", new("57164f39-9115-4e78-ab55-382f3bd5422d"), Guid.Empty);

    /// <summary>Shutting the guest down.</summary>
    public static ServiceIdentity Shutdown { get; } = new("shutdown", new("0e0b6031-5213-4934-818b-38d90ced39db"), new("b6650ff7-33bc-4840-8048-e0676786f393"));

    /// <summary>The host's time.</summary>
    public static ServiceIdentity TimeSync { get; } = new("timesync", new("9527e630-d0ae-497b-adce-e80ab0175caf"), new("2dd1ce17-079e-403c-b352-a1921ee207ee"));
}
