namespace Vmbus;

/// <summary>One endpoint of a channel: KMCL VMBCHANNEL.</summary>
/// <param name="bus">The bus.</param>
/// <param name="options">What it is created with.</param>
public sealed partial class VmbusChannel(VmbusBus bus, VmbusChannelOptions options)
{
    /// <summary>Binds the callbacks of the channel: KMCL VmbChannelInitSetProcessPacketCallbacks and VmbChannelInitSetStateChangeCallbacks. PASSIVE_LEVEL.</summary>
    /// <param name="callbacks">The callbacks; the channel keeps them.</param>
    public void SetCallbacks(IChannelCallbacks callbacks) => _callbacks = callbacks ?? throw new ArgumentNullException(nameof(callbacks));

    private IChannelCallbacks? _callbacks;

    /// <summary>The bus that carries the channel.</summary>
    public VmbusBus Bus { get; } = bus;

    /// <summary>What the channel was created with.</summary>
    public VmbusChannelOptions Options { get; } = options;
}
