using Vmbus.Diagnostics;
using Vmbus.Ring;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>What exists while a channel is open: both rings with their queues. A channel that opens again gets a new one, so that late calls find the old one closed.</summary>
internal sealed class ChannelConnection : IDisposable
{
    private readonly BusPort _port;
    private readonly IChannelCallbacks _callbacks;
    private readonly ChannelRings? _donated;
    private readonly GpadlSet _gpadls;
    private int _closed;
    private bool _open;
    private volatile bool _isLeft;
    private volatile bool _isAgreed;
    private Exception? _fault;
    private bool _closeAfterFault;

    /// <summary>Attaches to the rings.</summary>
    /// <exception cref="RingCorruptException">The control page of the incoming ring is not a valid one.</exception>
    public ChannelConnection(VmbusChannel channel, BusPort port, IChannelCallbacks callbacks, ChannelRings rings, bool isServer)
    {
        Channel = channel;
        _port = port;
        _callbacks = callbacks;
        _donated = isServer ? null : rings;
        Verifier = MakeVerifier(channel, callbacks);
        _gpadls = new GpadlSet(this, port);
        GuestMemory = rings.GuestMemory;
        Opening = rings.Id;
        (IncomingRing, OutgoingRing) = isServer ? (rings.ClientToServer, rings.ServerToClient) : (rings.ServerToClient, rings.ClientToServer);
        RingWriter writer = new(OutgoingRing);
        try
        {
            RingReader reader = new(IncomingRing);
            Outgoing = new OutgoingQueue(this, writer);
            Incoming = new IncomingQueue(this, callbacks, reader, Outgoing);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    public VmbusChannel Channel { get; }

    /// <summary>Names the opening.</summary>
    public Guid Opening { get; }

    public RingMemory IncomingRing { get; }

    public RingMemory OutgoingRing { get; }

    /// <summary>The memory that packets and GPADLs of this opening reference.</summary>
    public IGuestMemory GuestMemory { get; }

    /// <summary>How this endpoint shares memory.</summary>
    public BusPort Port => _port;

    /// <summary>The verifier, where the channel is watched.</summary>
    public ChannelVerifier? Verifier { get; }

    public IncomingQueue Incoming { get; }

    public OutgoingQueue Outgoing { get; }

    /// <summary>Whether both sides have agreed to the opening, the other has not left it, and the channel has not stopped by itself since, so that packets may be sent.</summary>
    public bool IsOpen
    {
        get => Volatile.Read(ref _open) && !_isLeft && Fault is null;
        set => Volatile.Write(ref _open, value);
    }

    /// <summary>The other side has left: nothing is sent from now on. What was sent before ends with <see cref="OutgoingQueue.Close"/>.</summary>
    public void Leave() => _isLeft = true;

    /// <summary>Whether the Opened callback has been called or is about to be: the other side wants the opening.</summary>
    public bool IsAgreed
    {
        get => _isAgreed;
        set => _isAgreed = value;
    }

    /// <summary>Why the channel stopped by itself.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>Whether the fault closes the channel; else it stays open with its queue stopped.</summary>
    public bool ClosesAfterFault => Volatile.Read(ref _closeAfterFault);

    /// <summary>Signals the other side.</summary>
    public void Signal()
    {
        Interlocked.Increment(ref Channel.CounterSet.SignalsSent);
        _port.Signal();
    }

    /// <summary>The channel stops by itself. The first reason holds. Any thread, any level.</summary>
    public void Stop(Exception reason, bool close)
    {
        bool isFirst = Interlocked.CompareExchange(ref _fault, reason, null) is null;
        if (isFirst && VmbusEventSource.Log.IsEnabled())
        {
            WriteFault(reason);
        }

        if (close)
        {
            Volatile.Write(ref _closeAfterFault, true);
        }

        Incoming?.Stop();
        if (isFirst)
        {
            Channel.AnnounceStop(reason);
        }

        LifecycleChanged();
    }

    /// <summary>Something happened that the lifecycle may wait for.</summary>
    public void LifecycleChanged() => Channel.LifecycleChanged();

    /// <summary>A sent packet is done. A completion routine that throws stops the channel.</summary>
    public void Finish(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> payload)
    {
        using CallbackScope scope = CallbackScope.Enter(Channel, CallbackKind.Processing);
        try
        {
            if (Verifier is null)
            {
                packet.Finish(_callbacks, status, payload);
            }
            else
            {
                FinishWatched(Verifier, packet, status, payload);
            }
        }
        catch (Exception exception)
        {
            Stop(exception, close: true);
            Channel.ReportHandlerException("the packet completion routine", exception);
        }
    }

    public NtStatus CreateGpadl(Memory<byte> memory, GpadlFlags flags, out Gpadl? gpadl) => _gpadls.Create(memory, flags, out gpadl);

    public NtStatus MapGpadl(uint handle, GpadlFlags flags, out Gpadl? gpadl) => _gpadls.Map(handle, flags, out gpadl);

    public Task EndGpadl(Gpadl gpadl, bool isMapping) => _gpadls.End(gpadl, isMapping);

    /// <summary>Ends all sending. The memory of the rings goes when nobody reads it any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _gpadls.EndAll();
            Outgoing.Dispose();
            Incoming.Dispose();
            _donated?.Dispose();
        }
    }

    private void FinishWatched(ChannelVerifier verifier, VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> payload)
    {
        const string Name = "the packet completion routine";
        VerifiedThread thread = VerifiedThread.Current;
        if (thread.IsBetweenPackets(verifier))
        {
            // Among the packets that the same channel is delivering.
            thread.Begin(Name, null);
            try
            {
                packet.Finish(_callbacks, status, payload);
            }
            finally
            {
                thread.End();
            }
        }
        else
        {
            using VerifiedCallback verified = VerifiedCallback.Enter(verifier, Name);
            packet.Finish(_callbacks, status, payload);
        }
    }

    /// <summary>The verifier of a channel that is to be watched.</summary>
    internal static ChannelVerifier? MakeVerifier(VmbusChannel channel, IChannelCallbacks callbacks)
    {
        VmbusChannelOptions options = channel.Options;
        if (!VmbusVerifier.IsOn(options.Verifier, callbacks.GetType().Assembly))
        {
            return null;
        }

        VmbusVerifier.WatchRegions();
        return new ChannelVerifier(channel.ToString(), options.Verifier, options.TimeProvider);
    }

    private void WriteFault(Exception reason)
    {
        string channel = Channel.ToString();
        if (reason is RingCorruptException corrupt)
        {
            VmbusEventSource.Log.RingCorrupt(channel, corrupt.Corruption.Message);
        }

        VmbusEventSource.Log.ChannelFaulted(channel, reason.GetType().ToString(), reason.Message);
    }
}
