namespace Vmbus;

/// <summary>
/// Channels of a C host whose handlers are written in C#: the host owns the rings and the lifecycle, calls the entry points of a <see cref="NativeCallbackTable"/>,
/// and is called back through its <see cref="NativeKmclExports"/>. VMBCHANNEL is a number that stands for such a channel; one that is stale or made up finds
/// nothing, and the call is refused without harm.
/// </summary>
/// <remarks>
/// The host keeps what KMCL promises: callbacks of one channel do not overlap, state-change callbacks come at PASSIVE_LEVEL, and a buffer stays until its
/// callback returns, or, in a class with <see cref="PacketReception.InPlace"/>, until the packet is completed or pended.
/// </remarks>
public static class NativeChannel
{
    /// <summary>Makes a channel: a client endpoint, or, where the class saves packets, a server endpoint. PASSIVE_LEVEL.</summary>
    /// <param name="callbacks">An instance of a class with NativeEntryPoints; the channel keeps it.</param>
    /// <param name="exports">The host's functions, copied.</param>
    /// <returns>VMBCHANNEL, to be handed to the host; never 0. End it with <see cref="Destroy"/>.</returns>
    /// <exception cref="VmbusException">The exports have another size or version, or lack a function.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public static nint Create(IChannelCallbacks callbacks, in NativeKmclExports exports)
    {
        ArgumentChecks.RequireNotNull(callbacks);
        return Create(callbacks, in exports, new VmbusChannelOptions { FriendlyName = "native", IsServer = callbacks.Traits.SavesPackets });
    }

    /// <summary>Makes a channel. PASSIVE_LEVEL.</summary>
    /// <param name="callbacks">An instance of a class with NativeEntryPoints; the channel keeps it.</param>
    /// <param name="exports">The host's functions, copied.</param>
    /// <param name="options">What the channel is. What concerns its rings is not used: they are the host's.</param>
    /// <returns>VMBCHANNEL, to be handed to the host; never 0. End it with <see cref="Destroy"/>.</returns>
    /// <exception cref="VmbusException">The exports have another size or version, or lack a function; or the options contradict the class.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public static nint Create(IChannelCallbacks callbacks, in NativeKmclExports exports, VmbusChannelOptions options)
    {
        ArgumentChecks.RequireNotNull(callbacks);
        ArgumentChecks.RequireNotNull(options);
        exports.Validate();
        return NativeEndpoint.Create(callbacks, in exports, options).Handle;
    }

    /// <summary>The channel that callbacks of a VMBCHANNEL see, for sending outside of them. DISPATCH_LEVEL or lower.</summary>
    /// <param name="channel">VMBCHANNEL.</param>
    /// <returns>The channel; the host opens and closes it, so that Enable, Start, Pause, Disable and Dispose are refused.</returns>
    /// <exception cref="ArgumentException"><paramref name="channel"/> is no channel, or was destroyed.</exception>
    public static VmbusChannel GetChannel(nint channel)
        => NativeEndpoint.Handles.TryGet(channel, out NativeEndpoint? endpoint) ? endpoint.Channel : throw Unknown(channel, nameof(channel));

    /// <summary>
    /// Ends a channel. Waits until no callback and no function of the host runs for it; from then on the host's functions are not called any more, sent packets are done
    /// with <see cref="NtStatus.DeviceRemoved"/>, and completing a packet that is still owed only releases it. PASSIVE_LEVEL.
    /// </summary>
    /// <param name="channel">VMBCHANNEL.</param>
    /// <exception cref="ArgumentException"><paramref name="channel"/> is no channel, or was destroyed.</exception>
    /// <exception cref="VmbusException">It was called inside a callback of the channel: it would wait for itself.</exception>
    /// <exception cref="IrqlViolationException">It was called above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public static void Destroy(nint channel)
    {
        KernelIrql.RequirePassive("NativeChannel.Destroy", "It waits for callbacks that run; call it at PASSIVE_LEVEL.");
        if (!NativeEndpoint.Handles.TryGet(channel, out NativeEndpoint? endpoint))
        {
            throw Unknown(channel, nameof(channel));
        }

        if (CallbackScope.Running(endpoint.Channel) is not null)
        {
            throw new VmbusException(
                NtStatus.PossibleDeadlock, $"NativeChannel.Destroy was called inside a callback of channel {endpoint.Channel}: it would wait for itself. Call it after the callback has returned.");
        }

        if (!NativeEndpoint.Handles.TryRemove(channel, out _))
        {
            throw Unknown(channel, nameof(channel));
        }

        endpoint.End();
    }

    private static ArgumentException Unknown(nint channel, string name)
        => new ArgumentException($"0x{channel:X} is no VMBCHANNEL, or its channel was destroyed. Hand in what NativeChannel.Create returned.", name).With(NtStatus.InvalidHandle);
}
