namespace Vmbus;

/// <summary>By what endpoints find each other.</summary>
/// <param name="IsServer">Whether the endpoint offers; else it opens.</param>
/// <param name="InterfaceType">The class of the device.</param>
/// <param name="InterfaceInstance">The instance of the device; <see cref="Guid.Empty"/> on a client: any.</param>
/// <param name="SubChannelIndex">The number of a sub-channel; 0: the primary channel.</param>
internal readonly record struct EndpointIds(bool IsServer, Guid InterfaceType, Guid InterfaceInstance, int SubChannelIndex)
{
    /// <summary>The ids for a message.</summary>
    public override string ToString()
        => $"{(IsServer ? "server" : "client")} endpoint of interface {InterfaceType}, instance {InterfaceInstance}{(SubChannelIndex == 0 ? "" : $", sub-channel {SubChannelIndex}")}";
}
