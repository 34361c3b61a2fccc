using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Vmbus.Diagnostics;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>A channel whose rings and lifecycle a C host owns: what VMBCHANNEL stands for.</summary>
internal sealed unsafe class NativeEndpoint : IForeignChannel
{
    /// <summary>Carries nothing; a channel has to be of some bus.</summary>
    private static readonly VmbusBus NoBus = VmbusBus.CreateInProcess();

    private readonly Rundown _rundown = new();
    private readonly IChannelCallbacks _callbacks;
    private readonly NativeIncoming _incoming;
    private readonly NativeOutgoing _outgoing;
    private readonly Lock _ends = new();
    private TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Exception> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _fault;
    private volatile ChannelState _state = ChannelState.Enabled;

    private NativeEndpoint(VmbusChannel channel, IChannelCallbacks callbacks, in NativeKmclExports exports)
    {
        Channel = channel;
        Exports = exports;
        _callbacks = callbacks;
        Verifier = ChannelConnection.MakeVerifier(channel, callbacks);
        _incoming = new NativeIncoming(this, callbacks);
        _outgoing = new NativeOutgoing(this);
    }

    /// <summary>All channels of hosts.</summary>
    public static HandleTable<NativeEndpoint> Handles { get; } = new(kind: 1);

    /// <summary>VMBCHANNEL.</summary>
    public nint Handle { get; private set; }

    public VmbusChannel Channel { get; }

    public NativeKmclExports Exports { get; }

    public ChannelVerifier? Verifier { get; }

    public Exception? Fault => Volatile.Read(ref _fault);

    public ChannelState State => Fault is null ? _state : ChannelState.Stopped;

    public Task WhenClosed => Volatile.Read(ref _closed).Task;

    public Task<Exception> WhenStopped => Volatile.Read(ref _stopped).Task;

    public int Owed => _incoming.Owed;

    public static NativeEndpoint Create(IChannelCallbacks callbacks, in NativeKmclExports exports, VmbusChannelOptions options)
    {
        NativeKmclExports copy = exports;
        NativeEndpoint? endpoint = null;
        VmbusChannel channel = new(NoBus, options, callbacks, channel => endpoint = new NativeEndpoint(channel, callbacks, in copy));
        endpoint!.Handle = Handles.Add(endpoint);
        channel.BeginMeasuring();
        return endpoint;
    }

    /// <summary>Begins a call of an entry point; <see cref="Exit"/> ends it. A number that stands for no channel of such callbacks is written down and refused.</summary>
    public static bool TryEnter<TCallbacks>(nint handle, string entryPoint, [NotNullWhen(true)] out NativeEndpoint? endpoint)
        where TCallbacks : class, IChannelCallbacks
    {
        if (!Handles.TryGet(handle, out endpoint))
        {
            return Refuse(entryPoint, handle, "it is no VMBCHANNEL, or its channel was destroyed", out endpoint);
        }

        if (endpoint._callbacks is not TCallbacks)
        {
            return Refuse(entryPoint, handle, $"its handlers are those of {endpoint._callbacks.GetType()}, whose table has entry points of its own", out endpoint);
        }

        return endpoint.TryEnter() || Refuse(entryPoint, handle, "its channel is being destroyed", out endpoint);
    }

    /// <summary>Writes down that the host has handed in a number that cannot be used.</summary>
    public static bool Refuse(string entryPoint, nint handle, string reason, out NativeEndpoint? endpoint)
    {
        endpoint = null;
        VmbusEventSource.Log.NativeHandleRefused(entryPoint, $"0x{handle:X}", reason);
        return false;
    }

    /// <summary>Keeps the host's functions callable until <see cref="Exit"/>.</summary>
    public bool TryEnter() => _rundown.TryEnter();

    public void Exit() => _rundown.Exit();

    /// <summary>A packet of the host arrives, inside a call of an entry point.</summary>
    public void ProcessPacket(nint packet, void* buffer, uint length, uint flags) => _incoming.Process(packet, buffer, length, flags);

    /// <summary>A state change or the end of a batch, inside a call of an entry point.</summary>
    /// <returns>What <see cref="IChannelCallbacks.Opened"/> answers; otherwise success, or Unsuccessful where the callback threw.</returns>
    public NtStatus Call(NativeEntry entry, uint argument)
    {
        bool isProcessing = entry == NativeEntry.ProcessingComplete;
        string name = entry.ToString();
        CallbackKind kind = isProcessing ? CallbackKind.Processing : entry == NativeEntry.PostStarted ? CallbackKind.PostStarted : CallbackKind.StateChange;
        NtStatus status = NtStatus.Unsuccessful;
        Precede(entry);
        IrqlState before = KernelIrql.Assume(isProcessing ? ProcessingLevel(comesAgain: false) : Irql.Passive);
        try
        {
            using CallbackScope scope = CallbackScope.Enter(Channel, kind);
            using VerifiedCallback verified = VerifiedCallback.Enter(Verifier, name);
            status = Call(entry, name, argument);
        }
        catch (Exception exception)
        {
            Threw(name, exception);
        }
        finally
        {
            KernelIrql.Restore(in before);
        }

        Follow(entry, status);
        return status;
    }

    /// <summary>Saves a packet that is under way, inside a call of an entry point.</summary>
    public NtStatus Save(VmbusPacket packet, Span<byte> buffer, out int bytesNeeded)
    {
        bytesNeeded = 0;
        IrqlState before = KernelIrql.Assume(Irql.Passive);
        try
        {
            using CallbackScope scope = CallbackScope.Enter(Channel, CallbackKind.StateChange);
            return _callbacks.SavePacket(Channel, packet, buffer, out bytesNeeded);
        }
        catch (Exception exception)
        {
            Threw(nameof(IChannelCallbacks.SavePacket), exception);
            return NtStatus.Unsuccessful;
        }
        finally
        {
            KernelIrql.Restore(in before);
        }
    }

    /// <summary>Makes a saved packet again, inside a call of an entry point.</summary>
    public NtStatus Restore(ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState)
    {
        IrqlState before = KernelIrql.Assume(Irql.Passive);
        try
        {
            using CallbackScope scope = CallbackScope.Enter(Channel, CallbackKind.StateChange);
            return _callbacks.RestorePacket(Channel, libraryState, savedState);
        }
        catch (Exception exception)
        {
            Threw(nameof(IChannelCallbacks.RestorePacket), exception);
            return NtStatus.Unsuccessful;
        }
        finally
        {
            KernelIrql.Restore(in before);
        }
    }

    /// <summary>A sent packet is done, inside a call of an entry point or of this library. Does not throw.</summary>
    public void Finish(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> payload, Irql level)
    {
        const string Name = "the packet completion routine";
        IrqlState before = KernelIrql.Assume(level);
        try
        {
            using CallbackScope scope = CallbackScope.Enter(Channel, CallbackKind.Processing);
            using VerifiedCallback verified = VerifiedCallback.Enter(Verifier, Name);
            packet.Finish(_callbacks, status, payload);
        }
        catch (Exception exception)
        {
            Threw(Name, exception);
        }
        finally
        {
            KernelIrql.Restore(in before);
        }
    }

    /// <summary>The host tells that a packet is done, inside a call of an entry point.</summary>
    /// <returns>Whether nobody else has told so before.</returns>
    public bool TryFinish(NativeSend send, nint handle, NtStatus status, ReadOnlySpan<byte> payload)
        => _outgoing.TryFinish(send, handle, status, payload, ProcessingLevel(comesAgain: false));

    /// <summary>The level of the calling thread as the host tells it, or as KMCL would have it.</summary>
    public Irql ProcessingLevel(bool comesAgain)
        => Exports.CurrentIrql is not null ? (Irql)Math.Min(Exports.CurrentIrql(Exports.Context), (byte)Irql.Dispatch)
            : comesAgain || Channel.ProcessesAtPassive ? Irql.Passive
            : Irql.Dispatch;

    /// <summary>The channel takes no more packets until the host opens it again. The first reason holds.</summary>
    public void Stop(Exception reason)
    {
        lock (_ends)
        {
            if (_fault is not null)
            {
                return;
            }

            Volatile.Write(ref _fault, reason);
            _stopped.SetResult(reason);
        }

        if (VmbusEventSource.Log.IsEnabled())
        {
            VmbusEventSource.Log.ChannelFaulted(Channel.ToString(), reason.GetType().ToString(), reason.Message);
        }
    }

    /// <summary>A callback threw what must not get into C.</summary>
    public void Threw(string handler, Exception exception)
    {
        Interlocked.Increment(ref Channel.CounterSet.HandlerExceptions);
        Stop(exception);
        Channel.ReportHandlerException(handler, exception);
    }

    /// <summary>Ends the channel, whose number was taken out of use.</summary>
    [IrqlRequiresMax(Irql.Passive)]
    public void End()
    {
        _incoming.BeginSuspend();
        _rundown.End();
        _state = ChannelState.Disabled;
        _outgoing.End();
        Channel.EndMeasuring();
        _closed.TrySetResult();
    }

    NtStatus IForeignChannel.Send(ReadOnlySpan<byte> payload, ulong transactionId, bool mayQueue) => _outgoing.Send(payload, transactionId, mayQueue);

    NtStatus IForeignChannel.Send(VmbusPacket packet, ReadOnlySpan<byte> payload, ulong transactionId, OutgoingData? data, VmbusSendFlags flags)
        => _outgoing.Send(packet, payload, transactionId, data, flags);

    bool IForeignChannel.TryCancel(VmbusPacket packet, long serial) => _outgoing.TryCancel(packet, serial);

    void IForeignChannel.CollectOwed(List<OwedPacket> packets) => _incoming.CollectOwed(packets);

    int IForeignChannel.AbandonLost() => _incoming.AbandonLost();

    private NtStatus Call(NativeEntry entry, string name, uint argument)
    {
        switch (entry)
        {
            case NativeEntry.ProcessingComplete:
                _callbacks.ProcessingComplete(Channel, argument);
                break;
            case NativeEntry.Opened:
                return _callbacks.Opened(Channel);
            case NativeEntry.Closed:
                _callbacks.Closed(Channel);
                break;
            case NativeEntry.Suspend:
                _callbacks.Suspend(Channel);
                break;
            case NativeEntry.Started:
                _callbacks.Started(Channel);
                break;
            case NativeEntry.PostStarted:
                _callbacks.PostStarted(Channel);
                break;
            case NativeEntry.PnpFailure:
                _callbacks.PnpFailure(Channel, (NtStatus)argument);
                break;
            default:
                throw new UnreachableException($"{name} is no entry point that passes a channel on.");
        }

        return NtStatus.Success;
    }

    /// <summary>Asynchronous handlers learn of a suspension before the callback does; an opening begins without the fault of the one before.</summary>
    private void Precede(NativeEntry entry)
    {
        switch (entry)
        {
            case NativeEntry.Opened:
                BeginOpening();
                break;
            case NativeEntry.Suspend:
                _incoming.BeginSuspend();
                break;
            case NativeEntry.Started:
                _incoming.EndSuspend();
                break;
        }
    }

    private void BeginOpening()
    {
        lock (_ends)
        {
            Volatile.Write(ref _fault, null);
            if (_stopped.Task.IsCompleted)
            {
                Volatile.Write(ref _stopped, new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            if (_closed.Task.IsCompleted)
            {
                Volatile.Write(ref _closed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }
        }
    }

    /// <summary>The state of the channel follows what the host tells.</summary>
    private void Follow(NativeEntry entry, NtStatus status)
    {
        switch (entry)
        {
            case NativeEntry.Opened when status.IsSuccess():
                _state = ChannelState.Opened;
                break;
            case NativeEntry.PostStarted:
                _state = ChannelState.Active;
                break;
            case NativeEntry.Suspend:
                _state = ChannelState.Paused;
                break;
            case NativeEntry.Closed:
                _state = Channel.Options.IsServer ? ChannelState.Closed : ChannelState.Disabled;
                _closed.TrySetResult();
                break;
        }
    }
}
