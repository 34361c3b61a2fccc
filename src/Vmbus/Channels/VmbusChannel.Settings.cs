namespace Vmbus;

/// <content>What may be set at any time.</content>
public sealed partial class VmbusChannel
{
    private long _interruptLatency;

    /// <summary>
    /// The instance that the endpoint was created with; of a client that takes any, the one that it was offered last. KMCL VmbChannelGetInterfaceInstance.
    /// </summary>
    public Guid InterfaceInstance => Options.InterfaceInstance != Guid.Empty ? Options.InterfaceInstance : _lifecycle.OfferedInstance;

    /// <summary>
    /// What the server offers. On a client: what it is offered; <see langword="null"/> while it is not on the bus, or nothing is offered with its ids.
    /// </summary>
    public VmbusOffer? Offer => _lifecycle.Offer;

    /// <summary>
    /// Sets how many packets may be delivered and not completed at one time. Lowering it below what is outstanding only stops taking new packets; a queue that the
    /// quota has stopped runs again when a packet is completed, not when the quota changes. KMCL VmbChannelSetTransactionQuota. DISPATCH_LEVEL or lower.
    /// </summary>
    /// <param name="quota">At least 1.</param>
    /// <exception cref="VmbusException">The quota is not positive; nothing has changed.</exception>
    [IrqlRequiresMax(Irql.Dispatch)]
    public void SetTransactionQuota(int quota)
    {
        if (quota < 1)
        {
            throw new VmbusException(NtStatus.InvalidParameter2, $"SetTransactionQuota was called with {quota}; a quota is at least 1.");
        }

        TransactionQuota = quota;
    }

    /// <summary>
    /// Sets whether packets are processed at PASSIVE_LEVEL; holds from the next wake-up of the queue on. KMCL VmbChannelSetIncomingProcessingAtPassive.
    /// DISPATCH_LEVEL or lower.
    /// </summary>
    /// <param name="requirePassive"><see langword="true"/>: at PASSIVE_LEVEL only; <see langword="false"/>: at DISPATCH_LEVEL or lower.</param>
    [IrqlRequiresMax(Irql.Dispatch)]
    public void SetIncomingProcessingAtPassive(bool requirePassive) => ProcessesAtPassive = requirePassive;

    /// <summary>
    /// Sets how long signals of the other side may be held back. A hint to the carrier; an in-process bus signals at once whatever it says. Between the Opened and
    /// the Closed callback. KMCL VmbChannelSetInterruptLatency (in units of 100 ns). DISPATCH_LEVEL or lower.
    /// </summary>
    /// <param name="latency">Not negative.</param>
    /// <returns>The value before.</returns>
    /// <exception cref="VmbusException">The value is negative, or the channel is not open; nothing has changed.</exception>
    [IrqlRequiresMax(Irql.Dispatch)]
    public TimeSpan SetInterruptLatency(TimeSpan latency)
    {
        if (latency < TimeSpan.Zero)
        {
            throw new VmbusException(NtStatus.InvalidParameter2, $"SetInterruptLatency was called with {latency}; a latency is not negative.");
        }

        if (_lifecycle.AgreedConnection is null)
        {
            throw new VmbusException(NtStatus.InvalidDeviceState, $"SetInterruptLatency was called on channel {this} in state {State}; it is possible between the Opened and the Closed callback.");
        }

        return TimeSpan.FromTicks(Interlocked.Exchange(ref _interruptLatency, latency.Ticks));
    }
}
