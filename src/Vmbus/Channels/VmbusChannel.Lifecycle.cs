namespace Vmbus;

/// <content>Enable, Start, Pause, Disable.</content>
public sealed partial class VmbusChannel
{
    /// <summary>Puts the endpoint on the bus: a server offers, a client opens as soon as it is offered. Returns at once. KMCL VmbChannelEnable. PASSIVE_LEVEL.</summary>
    /// <exception cref="VmbusException">The channel is enabled already, has no callbacks, or its ids are taken on the bus.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Enable()
    {
        RequireNotDisposed();
        KernelIrql.RequirePassive("VmbusChannel.Enable", "Call it from ordinary code.");
        RequireOwnLifecycle(nameof(Enable));
        if (_callbacks is null)
        {
            throw new VmbusException(NtStatus.InvalidDeviceState, $"Channel {this} has no callbacks. Call SetCallbacks before Enable.");
        }

        _lifecycle.Enable();
    }

    /// <summary>
    /// Lets the incoming queue run as soon as the channel is open; ends a Pause. Returns at once. To be called between Enable and Disable, on a server after each
    /// Enable. KMCL VmbChannelStart. PASSIVE_LEVEL, not inside a state-change callback.
    /// </summary>
    /// <exception cref="VmbusException">The channel is not enabled, or it was called inside a state-change callback of the channel.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Start()
    {
        RequireNotDisposed();
        KernelIrql.RequirePassive("VmbusChannel.Start", "Call it from ordinary code.");
        RequireOwnLifecycle(nameof(Start));
        RequireNoStateChange(nameof(Start));
        _lifecycle.Start();
    }

    /// <summary>
    /// Ends delivery and waits until every delivered packet is completed. On a channel that is not open it takes effect when it opens. It holds until Start, also
    /// over a Disable. KMCL VmbChannelPause. PASSIVE_LEVEL.
    /// </summary>
    /// <exception cref="VmbusException">It was called inside a callback of the channel, or of another that waits for it: it would wait for itself.</exception>
    /// <exception cref="IrqlViolationException">It was called above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Pause()
    {
        RequireMayWait(nameof(Pause));
        CallbackWaits.Wait(this, nameof(Pause), _lifecycle.PauseAsync);
    }

    /// <summary>As <see cref="Pause"/>, without blocking a thread. In a processing callback of the channel it must not be awaited: the packet is owed until then.</summary>
    /// <returns>Ends when no packet is delivered or owed. A Start that comes before takes effect afterwards.</returns>
    /// <exception cref="VmbusException">It was called inside a state-change callback of the channel.</exception>
    public Task PauseAsync()
    {
        RequireNotDisposed();
        RequireOwnLifecycle(nameof(PauseAsync));
        RequireNoStateChange(nameof(PauseAsync));
        return _lifecycle.PauseAsync();
    }

    /// <summary>
    /// Takes the endpoint off the bus: a server withdraws its offer, a client closes. Waits until every delivered packet is completed and the channel is torn
    /// down. Does nothing on a disabled channel. KMCL VmbChannelDisable. PASSIVE_LEVEL.
    /// </summary>
    /// <exception cref="VmbusException">It was called inside a callback of the channel, or of another that waits for it: it would wait for itself.</exception>
    /// <exception cref="IrqlViolationException">It was called above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Disable()
    {
        RequireMayWait(nameof(Disable));
        CallbackWaits.Wait(this, nameof(Disable), () => _lifecycle.DisableAsync());
    }

    /// <summary>As <see cref="Disable"/>, without blocking a thread.</summary>
    /// <returns>Ends when the endpoint has left the bus.</returns>
    public Task DisableAsync()
    {
        RequireNotDisposed();
        RequireOwnLifecycle(nameof(DisableAsync));
        return _lifecycle.DisableAsync();
    }

    /// <summary>Disables the channel and ends its use. KMCL VmbChannelCleanup. PASSIVE_LEVEL.</summary>
    /// <inheritdoc cref="Disable"/>
    [IrqlRequiresMax(Irql.Passive)]
    public void Dispose()
    {
        if (!_disposed)
        {
            RequireMayWait(nameof(Dispose));
            CallbackWaits.Wait(this, nameof(Dispose), () => _lifecycle.DisableAsync(forGood: true));
            EndUse();
        }
    }

    /// <summary>As <see cref="Dispose"/>, without blocking a thread.</summary>
    /// <returns>Ends when the endpoint has left the bus.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            RequireOwnLifecycle(nameof(DisposeAsync));
            await _lifecycle.DisableAsync(forGood: true).ConfigureAwait(false);
            EndUse();
        }
    }

    private void RequireOwnLifecycle(string operation)
    {
        if (Foreign is not null)
        {
            throw new VmbusException(
                NtStatus.InvalidDeviceRequest,
                $"{operation} was called on channel {this}, which a native host opens, closes and configures. Do it in the host; NativeChannel.Destroy ends the channel's use.");
        }
    }

    private void EndUse()
    {
        _disposed = true;
        PrimaryChannel?._lifecycle.RemoveSubChannel(this);
    }

    private void RequireNoStateChange(string operation)
    {
        if (CallbackScope.Running(this) is CallbackKind.StateChange or CallbackKind.PostStarted)
        {
            throw new VmbusException(NtStatus.InvalidDeviceState, $"{operation} was called inside a state-change callback of channel {this}. Call it after the callback has returned.");
        }
    }

    private void RequireMayWait(string operation)
    {
        RequireNotDisposed();
        KernelIrql.RequirePassive($"VmbusChannel.{operation}", $"It waits for owed packets; call it at PASSIVE_LEVEL, or use {operation}Async.");
        RequireOwnLifecycle(operation);
        if (CallbackScope.Running(this) is not null || Array.Exists(_lifecycle.SubChannels, static subChannel => CallbackScope.Running(subChannel) is not null))
        {
            throw new VmbusException(
                NtStatus.PossibleDeadlock,
                $"{operation} was called inside a callback of channel {this} or of its sub-channel: it would wait for itself. Call it after the callback has returned, or, in a processing callback, use {operation}Async without awaiting it there (VMB208).");
        }
    }
}
