using Vmbus.CompilerServices;
using Vmbus.Diagnostics;
using Vmbus.Processing;

namespace Vmbus;

/// <summary>
/// One endpoint of a channel: KMCL VMBCHANNEL. A server endpoint offers, a client endpoint with equal ids on the same bus opens. Packets are delivered to the
/// callbacks at DISPATCH_LEVEL on a dispatch thread, or at PASSIVE_LEVEL where the channel says so; callbacks of one channel never overlap.
/// </summary>
/// <remarks>
/// State: <see cref="Enable"/> puts the endpoint on the bus, <see cref="Start"/> lets a server's queue run (a client is active by Enable alone),
/// <see cref="Pause"/> and <see cref="Disable"/> wait until every delivered packet is completed. Callbacks come in the order Opened, Started, (queue runs),
/// PostStarted, Suspend, Closed.
/// </remarks>
public sealed partial class VmbusChannel : IDisposable, IAsyncDisposable, IMeasuredChannel
{
    private readonly ChannelLifecycle _lifecycle;
    private IChannelCallbacks? _callbacks;
    private bool _disposed;
    private bool _processesAtPassive;
    private int _transactionQuota;

    /// <summary>Creates a disabled endpoint: KMCL VmbChannelAllocate and the VmbChannelInit functions. PASSIVE_LEVEL.</summary>
    /// <param name="bus">The bus that carries the channel.</param>
    /// <param name="options">What the endpoint is.</param>
    /// <exception cref="VmbusException">An option is out of range.</exception>
    public VmbusChannel(VmbusBus bus, VmbusChannelOptions options)
        : this(bus, options, primary: null, subChannelIndex: 0)
    {
    }

    private VmbusChannel(VmbusBus bus, VmbusChannelOptions options, VmbusChannel? primary, int subChannelIndex)
    {
        ArgumentChecks.RequireNotNull(bus);
        ArgumentChecks.RequireNotNull(options);
        options.Validate();
        Bus = bus;
        Options = options;
        CounterSet = new CounterSet(options.CountHandlers);
        TransactionQuota = options.TransactionQuota;
        PrimaryChannel = primary;
        SubChannelIndex = subChannelIndex;
        TargetProcessor = options.TargetProcessor ?? (primary is null ? bus.Processors.Next() : (primary.TargetProcessor + subChannelIndex) % bus.Processors.Count);
        if (TargetProcessor >= bus.Processors.Count)
        {
            throw new VmbusException(NtStatus.InvalidParameter2, $"VmbusChannelOptions.TargetProcessor is {TargetProcessor}; the bus has {bus.Processors.Count} processors, numbered from 0.");
        }

        Processor = bus.Processors[TargetProcessor];
        _lifecycle = new ChannelLifecycle(this);
    }

    /// <summary>An endpoint whose rings and lifecycle another library owns.</summary>
    internal VmbusChannel(VmbusBus bus, VmbusChannelOptions options, IChannelCallbacks callbacks, Func<VmbusChannel, IForeignChannel> connect)
        : this(bus, options)
    {
        SetCallbacks(callbacks);
        Foreign = connect(this);
    }

    /// <summary>
    /// Raised at PASSIVE_LEVEL when a Pause, Disable or close has waited for owed packets, or for a callback to return, longer than
    /// <see cref="VmbusChannelOptions.OwedPacketReportTime"/>, and again after each such time.
    /// </summary>
    public event EventHandler<OwedPacketsEventArgs>? OwedPacketsReported;

    /// <summary>
    /// Raised when a callback threw, at the level of the callback, once what <see cref="VmbusChannelOptions.HandlerException"/> says has been done: a channel that stops
    /// for it is <see cref="ChannelState.Stopped"/>, with its <see cref="Fault"/>.
    /// </summary>
    public event EventHandler<HandlerExceptionEventArgs>? HandlerExceptionReported;

    /// <summary>The bus that carries the channel.</summary>
    public VmbusBus Bus { get; }

    /// <summary>What the endpoint was created with.</summary>
    public VmbusChannelOptions Options { get; }

    /// <summary>A context of the user's own. KMCL VmbChannelSetPointer, VmbChannelGetPointer.</summary>
    public object? Context { get; set; }

    /// <summary>Where the endpoint stands. It may have moved on when the value is looked at.</summary>
    public ChannelState State => Foreign?.State ?? _lifecycle.State;

    /// <summary>Why the channel stopped by itself: the exception that a handler threw, what the peer did wrong, or that a packet was failed; else <see langword="null"/>.</summary>
    public Exception? Fault => Foreign is { } foreign ? foreign.Fault : _lifecycle.Fault;

    /// <summary>Ends when the channel, as it is open now or will be opened next, has closed.</summary>
    public Task WhenClosed => Foreign?.WhenClosed ?? _lifecycle.WhenClosed;

    /// <summary>
    /// Ends when the channel, as it is open now or will be opened next, has stopped by itself: a packet was failed, a handler threw, or the peer broke the protocol.
    /// Its result is the reason, which <see cref="Fault"/> tells too. An opening that ends without a fault leaves it waiting for the next. What waits for it runs on
    /// the thread pool, never on a dispatch thread; the state is <see cref="ChannelState.Stopped"/>, or the channel has been closed since.
    /// </summary>
    public Task<Exception> WhenStopped => Foreign?.WhenStopped ?? _lifecycle.WhenStopped;

    /// <summary>What the endpoint has counted since it was created.</summary>
    public ChannelCounters Counters => CounterSet.Snapshot();

    /// <summary>The number of the simulated processor on which packets are dispatched: the target VP of the open message.</summary>
    public int TargetProcessor { get; }

    /// <summary>The library that owns the rings and the lifecycle; <see langword="null"/>: this one does.</summary>
    internal IForeignChannel? Foreign { get; }

    internal CounterSet CounterSet { get; }

    internal DispatchProcessor Processor { get; }

    internal ChannelLifecycle Lifecycle => _lifecycle;

    internal IChannelCallbacks Callbacks => _callbacks!;

    internal bool ProcessesAtPassive
    {
        get => Volatile.Read(ref _processesAtPassive);
        private set => Volatile.Write(ref _processesAtPassive, value);
    }

    internal int TransactionQuota
    {
        get => Volatile.Read(ref _transactionQuota);
        private set => Volatile.Write(ref _transactionQuota, value);
    }

    internal PacketReception Reception { get; private set; }

    /// <summary>
    /// Binds the callbacks: KMCL VmbChannelInitSetProcessPacketCallbacks, VmbChannelInitSetStateChangeCallbacks and VmbServerChannelInitSetSaveRestorePacketCallbacks in one. Only while Disabled. PASSIVE_LEVEL.
    /// </summary>
    /// <param name="callbacks">The callbacks, ordinarily an instance of a class with annotated handlers; the channel keeps them.</param>
    /// <exception cref="VmbusException">
    /// The channel is not disabled, its options say otherwise than the class about reception or the level of processing, or it is a client endpoint and the class saves
    /// packets.
    /// </exception>
    /// <exception cref="IrqlViolationException">It was called above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void SetCallbacks(IChannelCallbacks callbacks)
    {
        KernelIrql.RequirePassive("VmbusChannel.SetCallbacks", "Call it from ordinary code.");
        ArgumentChecks.RequireNotNull(callbacks);
        RequireNotDisposed();
        RequireOwnLifecycle(nameof(SetCallbacks));
        CallbackTraits traits = callbacks.Traits;
        if (traits.SavesPackets && !Options.IsServer)
        {
            throw new VmbusException(
                NtStatus.InvalidDeviceRequest,
                $"{callbacks.GetType()} saves packets, but channel {this} is a client endpoint, which is saved with the guest that it is in. Remove [SavePacket] and [RestorePacket], or bind it to a server.");
        }

        bool atPassive = Agree(nameof(VmbusChannelOptions.IncomingProcessingAtPassive), Options.IncomingProcessingAtPassive, traits.IncomingProcessingAtPassive, callbacks);
        PacketReception reception = Agree(nameof(VmbusChannelOptions.Reception), Options.Reception, traits.Reception, callbacks);
        Configure(nameof(SetCallbacks), () =>
        {
            ProcessesAtPassive = atPassive;
            Reception = reception;
            _callbacks = callbacks;
        });
    }

    /// <summary>How many packets were delivered to each handler, by the handler's name. Empty unless <see cref="VmbusChannelOptions.CountHandlers"/> is set.</summary>
    /// <returns>A snapshot.</returns>
    public IReadOnlyDictionary<string, long> GetHandlerCounts() => CounterSet.ByHandler?.Snapshot() ?? new Dictionary<string, long>();

    /// <summary>The packets that were delivered, have outlived their callback, and are still owed.</summary>
    /// <returns>A snapshot.</returns>
    public IReadOnlyList<OwedPacket> GetOwedPackets()
    {
        List<OwedPacket> packets = [];
        _lifecycle.Connection?.Incoming.Owed.CollectTo(packets);
        Foreign?.CollectOwed(packets);
        return packets;
    }

    /// <summary>
    /// Gives up the packets that nobody can complete any more because their handler returned without ending the duty (VMB101), so that Pause and Disable need
    /// not wait for them. They are answered by nothing: their senders wait on.
    /// </summary>
    /// <returns>How many packets were given up.</returns>
    public int AbandonLostPackets() => Foreign is { } foreign ? foreign.AbandonLost() : _lifecycle.Connection?.Incoming.Owed.AbandonLost() ?? 0;

    /// <summary>The friendly name, or else the ids.</summary>
    /// <returns>A name for reports.</returns>
    public override string ToString()
        => Options.FriendlyName.Length != 0 ? $"'{Options.FriendlyName}'" : $"{(Options.IsServer ? "server" : "client")} {Options.InterfaceType}/{Options.InterfaceInstance}{(SubChannelIndex == 0 ? "" : $" sub-channel {SubChannelIndex}")}";

    internal void LifecycleChanged() => _lifecycle.Changed();

    internal void AnnounceStop(Exception reason) => _lifecycle.AnnounceStop(reason);

    internal void ReportOwed(IReadOnlyList<OwedPacket> packets, string? callback, TimeSpan waited)
    {
        if (VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.PacketsOwed(ToString(), packets.Count, packets.Count != 0 ? packets[0].ToString() : callback ?? "");
        }

        // Whoever waits in here would hold up the reports that name what is waited for.
        using CallbackScope scope = CallbackScope.Enter(this, CallbackKind.Report);
        try
        {
            OwedPacketsReported?.Invoke(this, new OwedPacketsEventArgs(packets, callback, waited));
        }
        catch (Exception exception)
        {
            ListenerThrew(nameof(OwedPacketsReported), exception);
        }
    }

    internal void ReportHandlerException(string handler, Exception exception)
    {
        if (VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.HandlerThrew(ToString(), handler, exception.GetType().ToString(), exception.Message);
        }

        try
        {
            HandlerExceptionReported?.Invoke(this, new HandlerExceptionEventArgs(handler, exception));
        }
        catch (Exception second)
        {
            ListenerThrew(nameof(HandlerExceptionReported), second);
        }
    }

    /// <summary>A listener must not take down the thread that tells it: one that has just saved a channel from its handler, or the timer's.</summary>
    private void ListenerThrew(string report, Exception exception)
        => VmbusEventSource.Log.HandlerThrew(ToString(), "a listener of " + report, exception.GetType().ToString(), exception.Message);

    private void RequireNotDisposed()
    {
        if (_disposed)
        {
            throw Disposed(ToString());
        }
    }

    internal static ObjectDisposedException Disposed(string channel)
        => new ObjectDisposedException(channel, "The channel was disposed. Create another.").With(NtStatus.DeviceRemoved);

    private static T Agree<T>(string name, T? option, T? trait, IChannelCallbacks callbacks)
        where T : struct
    {
        if (option is { } wanted && trait is { } said && !EqualityComparer<T>.Default.Equals(wanted, said))
        {
            throw new VmbusException(
                NtStatus.InvalidParameter2,
                $"VmbusChannelOptions.{name} is {wanted}, but {callbacks.GetType()} says {said}. Leave the option null, or let both say the same.");
        }

        return option ?? trait ?? default;
    }

    private void Configure(string operation, Action configure)
    {
        if (!_lifecycle.TryConfigure(configure))
        {
            throw new VmbusException(NtStatus.InvalidParameter1, $"{operation} was called on channel {this} in state {State}; it is allowed only while Disabled. Call Disable first.");
        }
    }
}
