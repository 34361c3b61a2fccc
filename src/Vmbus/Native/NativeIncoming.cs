using Vmbus.Verification;

namespace Vmbus;

/// <summary>Hands packets of a C host to the callbacks, and tells the host what becomes of them.</summary>
internal sealed unsafe class NativeIncoming : PacketOwner
{
    /// <summary>The innermost delivery that runs on this thread.</summary>
    [ThreadStatic]
    private static Delivery* Innermost;

    private readonly NativeEndpoint _endpoint;
    private readonly IChannelCallbacks _callbacks;
    private readonly List<IncomingPacket> _all = [];
    private readonly DeferredPackets _deferred = new();
    private readonly SuspendSignal _suspend = new();
    private readonly HandlerExceptions _exceptions;
    private Lookaside<IncomingPacket> _free = new();
    private int _owed;

    public NativeIncoming(NativeEndpoint endpoint, IChannelCallbacks callbacks)
    {
        _endpoint = endpoint;
        _callbacks = callbacks;
        _exceptions = new HandlerExceptions(endpoint.Channel, endpoint.Verifier, _suspend, endpoint.Stop);
    }

    public override CancellationToken Suspending => _suspend.Token;

    public override VmbusChannel Channel => _endpoint.Channel;

    public override int MaximumCompletionPayload => Channel.Options.MaximumPacketSize;

    /// <summary>Packets that have outlived their callback and are owed.</summary>
    public int Owed => Volatile.Read(ref _owed);

    /// <summary>Asynchronous handlers are asked to come to an end.</summary>
    public void BeginSuspend() => _ = _suspend.RaiseAsync(Channel);

    /// <summary>Packets are delivered (again).</summary>
    public void EndSuspend() => _suspend.Reset();

    /// <summary>Delivers one packet.</summary>
    public void Process(nint packet, void* buffer, uint length, uint flags)
    {
        bool comesAgain = _deferred.TryTake(packet);
        if (_endpoint.Fault is not null)
        {
            _endpoint.Exports.Fail(packet);
            return;
        }

        if (WhyUnusable(buffer, length) is { } reason)
        {
            _endpoint.Stop(new VmbusException(NtStatus.DataError, $"The host of channel {Channel} delivered a packet of {length} bytes: {reason}."));
            _endpoint.Exports.Fail(packet);
            return;
        }

        IrqlState before = KernelIrql.Assume(_endpoint.ProcessingLevel(comesAgain));
        try
        {
            Deliver(Place(packet, buffer, (int)length, (ProcessPacketFlags)flags));
        }
        finally
        {
            KernelIrql.Restore(in before);
        }
    }

    public void CollectOwed(List<OwedPacket> packets)
    {
        lock (_all)
        {
            OwedPacketList.Collect(_all, Channel.Options.TimeProvider, packets);
        }
    }

    public int AbandonLost()
    {
        int abandoned = 0;
        lock (_all)
        {
            foreach (IncomingPacket packet in _all)
            {
                if (packet.Duty == PacketDuty.Lost)
                {
                    Retire(packet);
                    abandoned++;
                }
            }
        }

        return abandoned;
    }

    public override void Completed(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline)
    {
        if (inline)
        {
            TellEnd(packet, isFailed: false, payload);
            Interlocked.Increment(ref Channel.CounterSet.PacketsCompletedInline);
        }
        else
        {
            Interlocked.Increment(ref Channel.CounterSet.PacketsCompletedLater);
            EndOwed(packet, isFailed: false, payload);
        }
    }

    public override void Failed(IncomingPacket packet, bool inline, bool malformed)
    {
        Interlocked.Increment(ref Channel.CounterSet.PacketsFailed);
        string what = malformed
            ? $"Packet {packet.TransactionId} of {packet.Length} bytes is too short for its handler {Describe(packet)}, or lacks the external data that this takes, and was failed"
            : $"{Describe(packet)} failed packet {packet.TransactionId}";
        _endpoint.Stop(new VmbusException(NtStatus.DataError, $"{what}: channel {Channel} takes no more packets."));
        if (inline)
        {
            TellEnd(packet, isFailed: true, default);
        }
        else
        {
            EndOwed(packet, isFailed: true, default);
        }
    }

    public override void Deferred(IncomingPacket packet)
    {
        Interlocked.Increment(ref Channel.CounterSet.PacketsDeferred);
        nint handle = Hosted(packet).Handle;
        _deferred.Add(handle);
        _endpoint.Exports.DeferToPassive(handle);
    }

    public override void Pended(IncomingPacket packet)
    {
        Interlocked.Increment(ref Channel.CounterSet.PacketsPended);
        Owe(packet);

        // From here on another thread may complete the packet and give its place back.
        Innermost->HasLeft = true;
    }

    public override NtStatus ReplyInBand(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline) => ((IForeignChannel)_endpoint).Send(payload, packet.TransactionId, mayQueue: true);

    public override void AsynchronousHandlerThrew(IncomingPacket packet, long generation, Exception exception)
        => _exceptions.Handle(packet.Handler ?? _callbacks.GetType().Name, packet, generation, PacketDuty.Pended, exception);

    public override NtStatus GetExternalData(IncomingPacket packet, long generation, ExternalDataFlags flags, bool inline, out ExternalData data)
    {
        data = default;
        if ((packet.Flags & ProcessPacketFlags.ExternalData) == 0 || _endpoint.Exports.GetExternalData is null)
        {
            return NtStatus.InvalidParameter;
        }

        IncomingData obtained = packet.MakeData();
        if (!obtained.IsObtained)
        {
            if (!inline)
            {
                KernelIrql.RequirePassive("PendingPacket.GetExternalData", "Obtain the data before Pend, or ask for it at PASSIVE_LEVEL.");
            }

            NtStatus status = Obtain(packet, generation, flags, obtained);
            if (status == NtStatus.Pending && inline)
            {
                Innermost->AwaitsData = true;
                return status;
            }

            if (status != NtStatus.Success)
            {
                return status == NtStatus.Pending ? NtStatus.InvalidDeviceState : status;
            }
        }

        data = obtained.Bind(packet, generation, (flags & ExternalDataFlags.ReadOnly) != 0);
        return NtStatus.Success;
    }

    public override void Misused(IncomingPacket packet, long generation, bool isEnd, string what)
        => _endpoint.Verifier?.Misused(isEnd, packet.Generation == generation ? packet.Handler : null, packet.Generation == generation ? packet.TransactionId : null, what);

    private static HostedPacket Hosted(IncomingPacket packet) => (HostedPacket)packet.ForeignState!;

    /// <summary>Asks the host, which hears nothing of the packet's end meanwhile.</summary>
    private NtStatus Obtain(IncomingPacket packet, long generation, ExternalDataFlags flags, IncomingData obtained)
    {
        HostedPacket hosted = Hosted(packet);
        if (!hosted.TryBeginAsking())
        {
            return NtStatus.InvalidParameter;
        }

        NtStatus status = NtStatus.InvalidParameter;
        try
        {
            // A packet that has ended is none of the host's any more, and its place may hold another one.
            if (packet.IsAlive(generation))
            {
                status = NativeExternalData.Obtain(_endpoint, packet, generation, flags, obtained);
            }
        }
        finally
        {
            if (hosted.EndAsking())
            {
                (bool isFailed, byte[] payload) = hosted.TakeEnd();
                TellEnd(packet, isFailed, payload);
                Retire(packet);
            }
        }

        return status;
    }

    /// <summary>A packet that had left its callback has ended.</summary>
    private void EndOwed(IncomingPacket packet, bool isFailed, ReadOnlySpan<byte> payload)
    {
        if (Hosted(packet).TryEnd(isFailed, payload))
        {
            TellEnd(packet, isFailed, payload);
            Retire(packet);
        }
    }

    private void TellEnd(IncomingPacket packet, bool isFailed, ReadOnlySpan<byte> payload)
    {
        if (!_endpoint.TryEnter())
        {
            return;
        }

        nint handle = Hosted(packet).Handle;
        using (CallbackScope.Enter(Channel, CallbackKind.Processing))
        {
            if (isFailed)
            {
                _endpoint.Exports.Fail(handle);
            }
            else
            {
                fixed (byte* bytes = payload)
                {
                    _endpoint.Exports.Complete(handle, bytes, (uint)payload.Length);
                }
            }
        }

        _endpoint.Exit();
    }

    private string? WhyUnusable(void* buffer, uint length)
    {
        // What arrives is padded to a multiple of 8.
        long maximum = Channel.Options.MaximumPacketSize + 7L;
        return length > maximum ? $"MaximumPacketSize is {Channel.Options.MaximumPacketSize}"
            : length != 0 && buffer is null ? "its buffer is null"
            : null;
    }

    private IncomingPacket Place(nint packet, void* buffer, int length, ProcessPacketFlags flags)
    {
        ulong transactionId = 0;
        byte isCompletionRequested = 1;
        if (_endpoint.Exports.GetTransaction is not null)
        {
            _endpoint.Exports.GetTransaction(packet, &transactionId, &isCompletionRequested);
        }

        if (!_free.TryTake(out IncomingPacket? place))
        {
            place = new IncomingPacket(this, Channel.Options.ClientContextSize) { ForeignState = new HostedPacket() };
            lock (_all)
            {
                _all.Add(place);
            }
        }

        Hosted(place).Begin(packet);
        if (Channel.Reception == PacketReception.InPlace)
        {
            place.BeginInPlace((byte*)buffer, length, transactionId, isCompletionRequested != 0, flags);
        }
        else
        {
            new ReadOnlySpan<byte>(buffer, length).CopyTo(place.Reserve(length));
            place.BeginCopied(length, transactionId, isCompletionRequested != 0, flags);
        }

        return place;
    }

    private void Deliver(IncomingPacket packet)
    {
        CounterSet counters = Channel.CounterSet;
        counters.PacketsReceived++;
        counters.BytesReceived += packet.Length;
        counters.ByHandler?.Count(HandlerNames.Find(_callbacks, packet.Bytes));
        Delivery delivery = new() { Outer = Innermost };
        Innermost = &delivery;
        try
        {
            using CallbackScope scope = CallbackScope.Enter(Channel, CallbackKind.Processing);
            using VerifiedCallback verified = VerifiedCallback.Enter(_endpoint.Verifier, _endpoint.Verifier is null ? "" : Describe(packet));
            PacketBatch batch = new(Channel, new PacketCompletion(packet, packet.Generation), packet.Bytes, packet.Flags);
            _callbacks.ProcessBatch(ref batch);
        }
        catch (Exception exception)
        {
            HandlerThrew(packet, delivery.HasLeft, exception);
        }
        finally
        {
            Innermost = delivery.Outer;
        }

        if (!delivery.HasLeft)
        {
            EndDelivery(packet, delivery.AwaitsData);
        }
    }

    /// <summary>The callback has returned and the packet is still in its hands: whose duty is it now?</summary>
    private void EndDelivery(IncomingPacket packet, bool awaitsData)
    {
        if (packet.Duty != PacketDuty.Inline || awaitsData)
        {
            // It is done, or the host delivers it anew.
            Free(packet);
            return;
        }

        string? handler = _endpoint.Verifier is null ? null : Describe(packet);
        ulong transactionId = packet.TransactionId;
        packet.Own();
        Owe(packet);

        // From here on the packet may be abandoned. Whoever hears of the loss may do so at once.
        packet.Lose();
        Channel.CounterSet.PacketsLost++;
        _endpoint.Verifier?.Lost(handler, transactionId);
    }

    private void HandlerThrew(IncomingPacket packet, bool hasLeft, Exception exception)
    {
        IncomingPacket? owed = !hasLeft && packet.Duty == PacketDuty.Inline ? packet : null;
        _exceptions.Handle(hasLeft ? _callbacks.GetType().Name : Describe(packet), owed, packet.Generation, PacketDuty.Inline, exception);
    }

    private void Owe(IncomingPacket packet)
    {
        packet.OwedSince = Channel.Options.TimeProvider.GetTimestamp();
        packet.Handler = HandlerNames.Find(_callbacks, packet.Bytes);
        Interlocked.Increment(ref _owed);
    }

    /// <summary>A packet that had outlived its callback is owed no more.</summary>
    private void Retire(IncomingPacket packet)
    {
        Interlocked.Decrement(ref _owed);
        Free(packet);
    }

    private void Free(IncomingPacket packet)
    {
        packet.Release();
        _free.Return(packet);
    }

    private string Describe(IncomingPacket packet) => HandlerNames.Describe(_callbacks, packet.Bytes);

    /// <summary>One running callback, on the stack of its thread.</summary>
    private struct Delivery
    {
        public Delivery* Outer;

        /// <summary>Whether the duty was taken out of the callback.</summary>
        public bool HasLeft;

        /// <summary>Whether the host delivers the packet again when its external data is there.</summary>
        public bool AwaitsData;
    }
}
