namespace Vmbus;

/// <content>Sub-channels: more rings and signals for the same service.</content>
public sealed partial class VmbusChannel
{
    /// <summary>The greatest index of a sub-channel: the offer has 16 bits for it.</summary>
    public const int MaximumSubChannelIndex = ushort.MaxValue;

    /// <summary>The channel whose sub-channel this is; <see langword="null"/> on a primary channel.</summary>
    public VmbusChannel? PrimaryChannel { get; }

    /// <summary>The sub-channel index of the offer; 0 on a primary channel.</summary>
    public int SubChannelIndex { get; }

    /// <summary>The sub-channels that were created and not disposed. A snapshot.</summary>
    public IReadOnlyList<VmbusChannel> SubChannels => _lifecycle.SubChannels;

    /// <summary>
    /// Creates a disabled endpoint of a sub-channel: the same service over rings, signals and a processor of its own, as networking and storage use them. Both sides
    /// create it with the same index, after they have agreed on the number in the protocol of the primary channel; it is given callbacks and enabled as any channel,
    /// while the primary channel is open. Before the primary channel closes, its sub-channels are disabled. PASSIVE_LEVEL.
    /// </summary>
    /// <param name="index">1 to 65535, different for each sub-channel of the primary channel.</param>
    /// <param name="options">What the endpoint is; role and ids are those of the primary channel whatever stands there. <see langword="null"/>: as the primary channel.</param>
    /// <returns>The endpoint. Dispose it before its primary channel.</returns>
    /// <exception cref="VmbusException">The index is out of range or taken, an option is out of range, or this is itself a sub-channel.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public VmbusChannel CreateSubChannel(int index, VmbusChannelOptions? options = null)
    {
        RequireNotDisposed();
        KernelIrql.RequirePassive("VmbusChannel.CreateSubChannel", "Create it in [ChannelPostStarted] or in a handler with Irql = Irql.Passive.");
        RequireOwnLifecycle(nameof(CreateSubChannel));
        if (PrimaryChannel is not null)
        {
            throw new VmbusException(NtStatus.InvalidDeviceRequest, $"CreateSubChannel was called on {this}, which is a sub-channel. Call it on PrimaryChannel.");
        }

        if (index is < 1 or > MaximumSubChannelIndex)
        {
            throw new VmbusException(NtStatus.InvalidParameter2, $"CreateSubChannel was called with index {index}; an index is 1 to {MaximumSubChannelIndex}.");
        }

        options ??= Options with
        {
            FriendlyName = Options.FriendlyName.Length == 0 ? "" : $"{Options.FriendlyName} sub-channel {index}",
            TargetProcessor = null,
        };
        VmbusChannel subChannel = new(
            Bus,
            options with { IsServer = Options.IsServer, InterfaceType = Options.InterfaceType, InterfaceInstance = Options.InterfaceInstance },
            this,
            index);
        return _lifecycle.TryAddSubChannel(subChannel)
            ? subChannel
            : throw new VmbusException(NtStatus.ObjectNameCollision, $"Channel {this} has a sub-channel {index} already. Dispose that one first.");
    }
}
