using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Vmbus.Diagnostics;
using Vmbus.Processing;
using Vmbus.Ring;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>
/// Delivers the packets of the incoming ring to the callbacks of one opening of a channel, and keeps account of what is owed. Whoever holds the turn
/// delivers: the channel's dispatch processor, or one work item at PASSIVE_LEVEL; never two at a time.
/// </summary>
internal sealed class IncomingQueue : PacketSource, IDispatchWork, IOwesPackets, IDisposable
{
    /// <summary>How many packets one wake-up delivers before the other channels of the processor have their turn.</summary>
    private const int PacketsPerWakeUp = 256;

    /// <summary>After how many packets the indices are published within a batch: late enough to share the cost, early enough to keep the peer busy.</summary>
    private const int PacketsPerPublication = 16;

    private readonly ChannelConnection _connection;
    private readonly IChannelCallbacks _callbacks;
    private readonly RingReader _reader;
    private readonly OutgoingQueue _outgoing;
    private readonly DispatchProcessor _processor;
    private readonly CounterSet _counters;
    private readonly bool _inPlace;
    private readonly int _maximumPacketSize;
    private readonly int _headerRoom;
    private readonly bool _isPipe;

    private readonly ChannelVerifier? _verifier;
    private readonly PassiveWork _passiveWakeUp;
    private readonly PassiveWork _passiveTurn;
    private readonly List<IncomingPacket> _all = [];

    /// <summary>Free places, the one freed last first: any thread puts one on top, only the holder of the turn takes one, so that none comes back meanwhile.</summary>
    private IncomingPacket? _free;

    private int _scheduled;
    private int _turn;
    private int _missedWakeUp;
    private volatile bool _enabled;
    private volatile bool _stopRequested;
    private int _owed;
    private int _quotaBlocked;

    // What follows belongs to whoever holds the turn.
    private IncomingPacket? _current;
    private bool _redeliver;
    private bool _awaitsExternalData;
    private volatile bool _dataArrived;
    private DeliveryPause _pause;
    private bool _atPassive;
    private int _budget;
    private int _unpublished;
    private uint _deliveredSincePause;
    private byte[] _scratch = [];
    private VerifiedThread? _watched;
    private bool _traces;
    private ITimer? _pageInTimer;

    public IncomingQueue(ChannelConnection connection, IChannelCallbacks callbacks, RingReader reader, OutgoingQueue outgoing, DispatchProcessor processor)
    {
        VmbusChannel channel = connection.Channel;
        _connection = connection;
        _callbacks = callbacks;
        _reader = reader;
        _outgoing = outgoing;
        _processor = processor;
        _counters = channel.CounterSet;
        _inPlace = channel.Reception == PacketReception.InPlace;
        _maximumPacketSize = channel.Options.MaximumPacketSize;
        _isPipe = channel.Options.IsPipe;

        // What arrives is padded to a multiple of 8 and, on a pipe, has a header before it.
        _headerRoom = 7 + (_isPipe ? PipeHeader.Length : 0);
        Channel = channel;
        _passiveWakeUp = new PassiveWork(() => WakeUp(atPassive: true));
        _passiveTurn = new PassiveWork(() =>
        {
            _atPassive = true;
            RunTurn();
        });
        _verifier = connection.Verifier;
        if (_verifier is not null)
        {
            Watchdog.Watch(this, _verifier.OwedPacketLimit);
        }
    }

    public override VmbusChannel Channel { get; }

    public override int MaximumCompletionPayload => _outgoing.MaximumPayload;

    /// <summary>Packets that user code still owes; a packet counts from when it outlives its callback.</summary>
    public int Owed => Volatile.Read(ref _owed);

    /// <summary>Whether <see cref="Stop"/> has taken effect: no callback runs or will run.</summary>
    public bool IsStopped => !_enabled && Volatile.Read(ref _turn) == 0;

    /// <summary>Whether a packet that was deferred, or waits for its external data, is delivered again when the queue runs. True of a stopped queue.</summary>
    public bool AwaitsRedelivery => Volatile.Read(ref _redeliver);

    /// <summary>Lets packets be delivered.</summary>
    public void Start()
    {
        _stopRequested = false;
        _enabled = true;

        // A fault that came meanwhile has stopped the queue before it ran: it stays stopped.
        Interlocked.MemoryBarrier();
        if (_connection.Fault is not null)
        {
            Stop();
        }

        Schedule();
    }

    /// <summary>Ends delivery. It has taken effect when <see cref="IsStopped"/>; the lifecycle is told when a delivery that runs ends.</summary>
    public void Stop()
    {
        _stopRequested = true;
        _enabled = false;
        Interlocked.MemoryBarrier();
    }

    /// <summary>Lets the queue look at its ring soon. Any thread, any level.</summary>
    public void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) != 0)
        {
            return;
        }

        if (Channel.ProcessesAtPassive)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_passiveWakeUp, preferLocal: false);
        }
        else
        {
            _processor.Queue(this);
        }
    }

    void IDispatchWork.Run()
    {
        if (Channel.ProcessesAtPassive)
        {
            // It was switched over after this was queued.
            ThreadPool.UnsafeQueueUserWorkItem(_passiveWakeUp, preferLocal: false);
        }
        else
        {
            WakeUp(atPassive: false);
        }
    }

    /// <summary>The packets that are owed.</summary>
    public void CollectOwed(List<OwedPacket> packets)
    {
        TimeProvider time = Channel.Options.TimeProvider;
        lock (_all)
        {
            foreach (IncomingPacket packet in _all)
            {
                long generation = packet.Generation;
                if (packet.Duty is (PacketDuty.Pended or PacketDuty.Lost) and var duty)
                {
                    ulong transactionId = packet.TransactionId;
                    string? handler = packet.Handler;
                    TimeSpan age = time.GetElapsedTime(packet.OwedSince);
                    if (packet.Generation == generation && packet.Duty == duty)
                    {
                        packets.Add(new OwedPacket(handler, transactionId, age, duty == PacketDuty.Lost));
                    }
                }
            }
        }
    }

    /// <summary>The callback that holds the turn, as far as another thread can tell.</summary>
    public string DescribeCurrent()
    {
        if (Volatile.Read(ref _current) is { Duty: PacketDuty.Inline } packet)
        {
            long generation = packet.Generation;
            ulong transactionId = packet.TransactionId;
            ReadOnlySpan<byte> bytes = packet.OwnBytes;
            string? handler = bytes.IsEmpty ? null : _callbacks.DescribeHandler(bytes);
            if (packet.Generation == generation)
            {
                return $"{handler ?? nameof(IChannelCallbacks.ProcessPacket)}, transaction {transactionId}";
            }
        }

        return $"{nameof(IChannelCallbacks.ProcessPacket)} or {nameof(IChannelCallbacks.ProcessingComplete)}";
    }

    /// <summary>Gives up what nobody can complete any more, so that nobody waits for it.</summary>
    /// <returns>How many packets were given up.</returns>
    public int AbandonLost()
    {
        int abandoned = 0;
        lock (_all)
        {
            foreach (IncomingPacket packet in _all)
            {
                if (packet.Duty == PacketDuty.Lost)
                {
                    packet.Release();
                    Free(packet);
                    abandoned++;
                }
            }
        }

        if (abandoned > 0)
        {
            Interlocked.Add(ref _owed, -abandoned);
            _connection.LifecycleChanged();
            Unblock();
        }

        return abandoned;
    }

    void IOwesPackets.ReportOwed(TimeSpan limit)
    {
        if (Owed == 0)
        {
            return;
        }

        List<OwedPacket> packets = [];
        CollectOwed(packets);
        foreach (OwedPacket packet in packets)
        {
            if (packet.Age > limit)
            {
                _verifier!.OwedTooLong(packet.Handler, packet.TransactionId, packet.Age, packet.IsLost);
            }
        }
    }

    public void Dispose()
    {
        _pageInTimer?.Dispose();
        _reader.Dispose();
        if (_verifier is not null)
        {
            Watchdog.Forget(this);
        }
    }

    public override bool MoveNext(ref PacketBatch batch)
    {
        EndCurrent();
        if (_pause == DeliveryPause.None && _redeliver)
        {
            return Redeliver(ref batch);
        }

        while (MayDeliver())
        {
            if (_unpublished >= PacketsPerPublication)
            {
                // Only packets whose callback has ended: the peer may overwrite them from here on.
                Publish();
            }

            switch (_reader.TryRead(out RingPacket packet))
            {
                case RingReadStatus.Success:
                    _unpublished++;
                    if (Accept(in packet, ref batch))
                    {
                        return true;
                    }

                    break;
                case RingReadStatus.Empty:
                    _pause = DeliveryPause.Empty;
                    break;
                default:
                    _pause = DeliveryPause.Failed;
                    _connection.Stop(new RingCorruptException(_reader.Corruption!), close: true);
                    break;
            }
        }

        batch.SetEnd();
        return false;
    }

    public override void Completed(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline)
    {
        if (packet.IsCompletionRequested && _connection.Fault is not null)
        {
            // A channel that has stopped by itself sends nothing any more.
        }
        else if (packet.IsCompletionRequested)
        {
            _outgoing.Send(new OutgoingSend
            {
                Type = PacketType.Completion,
                TransactionId = packet.TransactionId,
                Payload = payload,
                MayQueue = true,
                Publish = !inline || _atPassive,
            });
        }
        else if (!payload.IsEmpty)
        {
            Interlocked.Increment(ref _counters.CompletionPayloadsDropped);
            _verifier?.PayloadDropped(inline ? Describe(packet) : packet.Handler, packet.TransactionId, payload.Length);
        }

        if (packet.Trace.IsActive)
        {
            EndTrace(packet, error: null);
        }

        if (inline)
        {
            _counters.PacketsCompletedInline++;
        }
        else
        {
            Interlocked.Increment(ref _counters.PacketsCompletedLater);
            Retire(packet);
        }
    }

    public override void Failed(IncomingPacket packet, bool inline, bool malformed)
    {
        Interlocked.Increment(ref _counters.PacketsFailed);
        if (packet.Trace.IsActive)
        {
            EndTrace(packet, nameof(PacketCompletion.Fail));
        }

        string what = malformed
            ? $"Packet {packet.TransactionId} of {packet.Length} bytes is too short for its handler {Describe(packet)}, or lacks the external data that this takes, and was failed"
            : $"{Describe(packet)} failed packet {packet.TransactionId}";
        _connection.Stop(new VmbusException(NtStatus.DataError, $"{what}: the queue of channel {Channel} has stopped."), close: false);
        if (!inline)
        {
            Retire(packet);
        }
    }

    public override void Deferred(IncomingPacket packet) => _counters.PacketsDeferred++;

    public override void Pended(IncomingPacket packet)
    {
        _counters.PacketsPended++;
        Owe(packet);

        // From here on another thread may complete the packet and give its place back.
        _current = null;
        _awaitsExternalData = false;
    }

    public override void ReplyInBand(IncomingPacket packet, ReadOnlySpan<byte> payload)
        => _outgoing.Send(new OutgoingSend
        {
            Type = PacketType.DataInBand,
            TransactionId = packet.TransactionId,
            Payload = payload,
            MayQueue = true,
            Publish = _atPassive,
        });

    public override NtStatus GetExternalData(IncomingPacket packet, ExternalDataFlags flags, bool inline, out ExternalData data)
    {
        data = default;
        if ((packet.Flags & ProcessPacketFlags.ExternalData) == 0 || packet.Data is not { } references)
        {
            return NtStatus.InvalidParameter;
        }

        if (inline && !references.IsObtained && Channel.Bus.Options.ExternalData == ExternalDataMode.PendingFirst && !_dataArrived)
        {
            _awaitsExternalData = true;
            return NtStatus.Pending;
        }

        if (!inline && !references.IsObtained)
        {
            KernelIrql.RequirePassive("PendingPacket.GetExternalData", "Obtain the data before Pend, or ask for it at PASSIVE_LEVEL.");
        }

        if (!references.TryObtain(Channel.Bus.GuestMemory))
        {
            return NtStatus.InvalidParameter;
        }

        data = references.Bind(packet, packet.Generation, (flags & ExternalDataFlags.ReadOnly) != 0);
        return NtStatus.Success;
    }

    public override void Misused(IncomingPacket packet, long generation, bool isEnd, string what)
    {
        if (_verifier is null)
        {
            return;
        }

        // What is known of a packet that has gone is known until its place serves another.
        bool isKnown = packet.Generation == generation || (packet.Generation == generation + 1 && packet.Duty == PacketDuty.None);
        bool isCurrent = ReferenceEquals(_current, packet) && CallbackScope.Running(Channel) == CallbackKind.Processing;
        string? handler = isCurrent ? Describe(packet) : isKnown ? packet.Handler : null;
        _verifier.Misused(isEnd, handler, isKnown ? packet.TransactionId : null, what);
    }

    /// <summary>Completions left the backlog of the outgoing queue: the quota may allow more.</summary>
    public void CompletionsDrained() => Unblock();

    private void WakeUp(bool atPassive)
    {
        Interlocked.Exchange(ref _scheduled, 0);

        // Sending goes on while delivery is paused.
        _outgoing.Drain();
        if (Interlocked.CompareExchange(ref _turn, 1, 0) == 0)
        {
            _atPassive = atPassive;
            RunTurn();
            return;
        }

        // Whoever has the turn sees the flag when giving it back; or has done so before, and the flag is seen here.
        Interlocked.Exchange(ref _missedWakeUp, 1);
        if (Volatile.Read(ref _turn) == 0)
        {
            RepeatMissedWakeUp();
        }
    }

    private void GiveTurnBack()
    {
        Interlocked.Exchange(ref _turn, 0);
        if (_stopRequested)
        {
            _connection.LifecycleChanged();
        }

        RepeatMissedWakeUp();
    }

    private void RepeatMissedWakeUp()
    {
        if (Volatile.Read(ref _missedWakeUp) != 0 && Interlocked.Exchange(ref _missedWakeUp, 0) != 0)
        {
            Schedule();
        }
    }

    private void RunTurn()
    {
        if (!_enabled || (_awaitsExternalData && !_dataArrived))
        {
            GiveTurnBack();
            return;
        }

        if (!_atPassive && _redeliver && _current is { Duty: PacketDuty.Deferred })
        {
            // A Pause came between the deferral and the passive callback, which is still due at PASSIVE_LEVEL.
            ThreadPool.UnsafeQueueUserWorkItem(_passiveTurn, preferLocal: false);
            return;
        }

        _reader.MaskInterrupts();
        bool handedOn;
        bool again;
        do
        {
            _pause = DeliveryPause.None;
            _budget = PacketsPerWakeUp;
            Deliver();
            handedOn = _pause == DeliveryPause.Deferred;

            // A wake-up lost here would never come again: look once more after the peer has been told to signal.
            again = _pause == DeliveryPause.Empty && _reader.UnmaskInterrupts();
            if (again)
            {
                _reader.MaskInterrupts();
            }
        }
        while (again && _enabled);

        if (handedOn)
        {
            // The turn goes with the packet.
            ThreadPool.UnsafeQueueUserWorkItem(_passiveTurn, preferLocal: false);
            return;
        }

        if (_pause == DeliveryPause.ExternalData)
        {
            PageIn();
        }

        bool runAgain = _pause == DeliveryPause.Budget || again;
        GiveTurnBack();
        if (runAgain)
        {
            Schedule();
        }
    }

    /// <summary>Brings the pages in that the current packet waits for.</summary>
    private void PageIn()
    {
        VmbusBusOptions options = Channel.Bus.Options;
        if (options.PageInTime > TimeSpan.Zero)
        {
            ITimer timer = options.TimeProvider.CreateTimer(static queue => ((IncomingQueue)queue!).PagesArrived(), this, options.PageInTime, Timeout.InfiniteTimeSpan);
            _pageInTimer?.Dispose();
            _pageInTimer = timer;
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.PagesArrived(), this, preferLocal: false);
        }
    }

    private void PagesArrived()
    {
        _dataArrived = true;
        Schedule();
    }

    private void Deliver()
    {
        using CallbackScope scope = CallbackScope.Enter(Channel, CallbackKind.Processing);
        _traces = PacketTrace.WantsProcessing;
        if (_verifier is null)
        {
            DeliverBatches();
            return;
        }

        _watched = VerifiedThread.Current;
        CallbackFrame outer = _watched.Enter(_verifier);
        try
        {
            DeliverBatches();
        }
        finally
        {
            _watched.Exit(in outer);
            _watched = null;
        }
    }

    private void DeliverBatches()
    {
        while (_pause == DeliveryPause.None)
        {
            uint before = _deliveredSincePause;
            PacketBatch batch = new(Channel, this);
            try
            {
                _callbacks.ProcessBatch(ref batch);
            }
            catch (Exception exception)
            {
                HandlerThrew(exception);
            }

            // A batch may be left early; what was current has ended its callback all the same.
            EndCurrent();
            if (_pause == DeliveryPause.None && _deliveredSincePause == before)
            {
                _pause = DeliveryPause.Failed;
                _connection.Stop(new VmbusException(NtStatus.InvalidDeviceRequest, $"{_callbacks.GetType()}.ProcessBatch returned without taking a packet: call PacketBatch.MoveNext until it answers false."), close: true);
            }
        }

        Publish();
        if (_deliveredSincePause != 0 && _pause != DeliveryPause.Deferred)
        {
            uint count = _deliveredSincePause;
            _deliveredSincePause = 0;
            _watched?.Begin(nameof(IChannelCallbacks.ProcessingComplete), null);
            try
            {
                _callbacks.ProcessingComplete(Channel, count);
            }
            catch (Exception exception)
            {
                HandlerThrew(exception);
            }

            _watched?.End();
            _outgoing.Flush();
        }
    }

    /// <summary>Whether another packet may be taken out of the ring; else says why not.</summary>
    private bool MayDeliver()
    {
        if (_pause != DeliveryPause.None)
        {
            return false;
        }

        if (!_enabled)
        {
            _pause = DeliveryPause.Stopped;
        }
        else if (_budget == 0)
        {
            _pause = DeliveryPause.Budget;
        }
        else if (IsQuotaReached())
        {
            _pause = DeliveryPause.Quota;
        }
        else
        {
            _budget--;
            return true;
        }

        return false;
    }

    private bool IsQuotaReached()
    {
        if (Volatile.Read(ref _owed) + _outgoing.QueuedCompletions < Channel.TransactionQuota)
        {
            return false;
        }

        // Either this sees the completion, or the completion, which looks at the flag afterwards, sees that the queue waits.
        Interlocked.Exchange(ref _quotaBlocked, 1);
        if (Volatile.Read(ref _owed) + _outgoing.QueuedCompletions < Channel.TransactionQuota)
        {
            Volatile.Write(ref _quotaBlocked, 0);
            return false;
        }

        return true;
    }

    /// <returns>Whether the packet was made the current one.</returns>
    private bool Accept(in RingPacket packet, ref PacketBatch batch)
    {
        if (packet.PayloadLength > _maximumPacketSize + _headerRoom)
        {
            return Reject($"a packet of {packet.PayloadLength} bytes is larger than MaximumPacketSize, {_maximumPacketSize}");
        }

        ReadOnlySpan<byte> extendedHeader = default;
        switch (packet.Type)
        {
            case PacketType.DataInBand:
                break;
            case PacketType.DataUsingGpaDirect:
                Span<byte> header = Scratch(packet.ExtendedHeaderLength);
                packet.CopyExtendedHeaderTo(header);
                if (!GpaDirectHeader.TryParse(header, out GpaDirectHeader ranges, out RingCorruption? corruption))
                {
                    return Reject(corruption.Message);
                }

                if (IsTooMuchData(in ranges))
                {
                    return Reject($"a packet references {ranges.TotalBytes} bytes of external data in {ranges.RangeCount} pieces, more than MaximumExternalData or MaximumExternalDataChain allows");
                }

                extendedHeader = header;
                break;
            case PacketType.Completion:
                AcceptCompletion(in packet);
                return false;
            default:
                return Reject($"packets of type {packet.Type} ({(ushort)packet.Type}) are not known to a channel");
        }

        IncomingPacket place = _current ??= TakePlace();
        if (!extendedHeader.IsEmpty)
        {
            (place.Data ??= new IncomingData()).Reference(extendedHeader);
            _dataArrived = false;
        }

        ulong transactionId = packet.TransactionId;
        bool isCompletionRequested = packet.IsCompletionRequested;
        ProcessPacketFlags flags = packet.Type == PacketType.DataUsingGpaDirect ? ProcessPacketFlags.ExternalData : ProcessPacketFlags.None;
        long generation;
        ReadOnlySpan<byte> bytes;
        if (_inPlace && !_isPipe && packet.TryGetContiguousPayload(out bytes))
        {
            unsafe
            {
                // The ring's memory does not move, and the connection holds it while callbacks run.
                fixed (byte* start = bytes)
                {
                    generation = place.BeginInPlace(start, bytes.Length, transactionId, isCompletionRequested, flags);
                }
            }
        }
        else
        {
            Span<byte> copy = place.Reserve(packet.PayloadLength);
            packet.CopyPayloadTo(copy);
            if (_isPipe && packet.Type == PacketType.DataInBand && !TakePipeHeader(ref copy))
            {
                return false;
            }

            generation = place.BeginCopied(copy.Length, transactionId, isCompletionRequested, flags);
            bytes = copy;
        }

        if (_atPassive && !_inPlace)
        {
            // The handler may wait for the peer, which may wait for room.
            Publish();
        }

        Delivering(place, bytes);
        batch.SetCurrent(place, generation, bytes, flags);
        return true;
    }

    private void Delivering(IncomingPacket packet, ReadOnlySpan<byte> bytes)
    {
        _deliveredSincePause++;
        _counters.PacketsDelivered++;
        _counters.BytesDelivered += bytes.Length;
        if (_counters.ByHandler is { } byHandler)
        {
            byHandler.Count(_callbacks.DescribeHandler(bytes));
        }

        if (_traces)
        {
            BeginTrace(packet, bytes);
        }

        _watched?.Begin(NameHandler(bytes), packet.TransactionId);
    }

    private void BeginTrace(IncomingPacket packet, ReadOnlySpan<byte> bytes)
    {
        if (packet.Trace.IsActive)
        {
            packet.Trace.ResumeProcessing();
        }
        else
        {
            packet.Trace.BeginProcessing(Channel, Channel.Options.TimeProvider, packet.TransactionId, bytes.Length);
            if (packet.Trace.WantsHandler)
            {
                packet.Trace.SetHandler(NameHandler(bytes));
            }
        }
    }

    private void EndTrace(IncomingPacket packet, string? error) => packet.Trace.End(Channel.MeasuredIn, Channel.Options.TimeProvider, error);

    private bool Redeliver(ref PacketBatch batch)
    {
        _redeliver = false;
        _awaitsExternalData = false;
        IncomingPacket packet = _current!;
        long generation = packet.BeginAgain();
        Delivering(packet, packet.Bytes);

        // What follows is delivered at the ordinary level again.
        _budget = _atPassive && !Channel.ProcessesAtPassive ? 0 : _budget;
        batch.SetCurrent(packet, generation, packet.Bytes, packet.Flags);
        return true;
    }

    private void AcceptCompletion(in RingPacket packet)
    {
        Span<byte> payload = Scratch(packet.PayloadLength);
        packet.CopyPayloadTo(payload);
        OutstandingMatch match = _outgoing.Outstanding.Take(packet.TransactionId, out VmbusPacket? request);
        if (match == OutstandingMatch.Found)
        {
            _connection.Finish(request!, NtStatus.Success, payload);
            return;
        }

        if (match == OutstandingMatch.Cancelled)
        {
            Interlocked.Increment(ref _counters.LateCompletions);
            return;
        }

        Interlocked.Increment(ref _counters.UnexpectedCompletions);
        if (Channel.Options.UnexpectedCompletion == UnexpectedCompletionPolicy.StopChannel)
        {
            _ = Reject(match == OutstandingMatch.Stale
                ? $"transaction {packet.TransactionId:X} was completed twice, or after its end"
                : $"it completed transaction {packet.TransactionId:X}, which was never begun");
        }
    }

    private Span<byte> Scratch(int length)
        => (_scratch.Length >= length ? _scratch : _scratch = new byte[Math.Max(256, length)]).AsSpan(0, length);

    /// <summary>Checks the pipe header in the copy and moves the data to the front.</summary>
    private bool TakePipeHeader(ref Span<byte> copy)
    {
        if (copy.Length < PipeHeader.Length)
        {
            return Reject($"a packet of {copy.Length} bytes is shorter than the pipe header");
        }

        if (PipeHeader.Check(copy, copy.Length - PipeHeader.Length, out int length) is { } wrong)
        {
            return Reject(wrong);
        }

        copy.Slice(PipeHeader.Length, length).CopyTo(copy);
        copy = copy[..length];
        return true;
    }

    private bool IsTooMuchData(in GpaDirectHeader ranges)
    {
        VmbusChannelOptions options = Channel.Options;
        return (options.MaximumExternalData != 0 && ranges.TotalBytes > options.MaximumExternalData)
            || (options.MaximumExternalDataChain != 0 && ranges.RangeCount > options.MaximumExternalDataChain);
    }

    private bool Reject(string why)
    {
        _pause = DeliveryPause.Failed;
        _connection.Stop(new VmbusException(NtStatus.DataError, $"The peer of channel {Channel} broke the protocol: {why}."), close: true);
        return false;
    }

    /// <summary>The callback of the current packet has returned: whose duty is it now?</summary>
    private void EndCurrent()
    {
        _watched?.End();
        if (_traces)
        {
            // The activity of a packet is current in its callback, also if it goes on afterwards.
            Activity.Current = null;
        }

        if (_current is not { } packet)
        {
            return;
        }

        PacketDuty duty = packet.Duty;
        _awaitsExternalData &= duty == PacketDuty.Inline;
        switch (duty)
        {
            case PacketDuty.None:
            case PacketDuty.Completed:
                // The place serves the next packet.
                if (packet.NeedsRelease)
                {
                    packet.Release();
                }

                break;
            case PacketDuty.Failed:
                _pause = DeliveryPause.Failed;
                break;
            case PacketDuty.Deferred:
                if (!_redeliver)
                {
                    packet.Own();
                    _redeliver = true;
                    _pause = DeliveryPause.Deferred;
                }

                break;
            case PacketDuty.Inline when _awaitsExternalData:
                if (!_redeliver)
                {
                    packet.Own();
                    _redeliver = true;
                    _pause = DeliveryPause.ExternalData;
                }

                break;
            case PacketDuty.Inline:
                _counters.PacketsLost++;
                _verifier?.Lost(Describe(packet), packet.TransactionId);
                if (packet.Trace.IsActive)
                {
                    EndTrace(packet, nameof(PacketDuty.Lost));
                }

                packet.Own();
                Owe(packet);
                _current = null;

                // From here on the packet may be abandoned, and its place used again.
                packet.Lose();
                break;
        }
    }

    private void HandlerThrew(Exception exception)
    {
        _counters.HandlerExceptions++;
        bool owed = _current is { Duty: PacketDuty.Inline };
        string handler = _current is { } current ? Describe(current) : _callbacks.GetType().Name;
        if (owed)
        {
            _verifier?.ThrewWhileOwed(handler, _current!.TransactionId, exception);
        }

        if (Channel.Options.HandlerException == HandlerExceptionPolicy.FailPacket)
        {
            if (owed)
            {
                Span<byte> status = stackalloc byte[sizeof(uint)];
                BinaryPrimitives.WriteUInt32LittleEndian(status, (uint)NtStatus.Unsuccessful);
                _current!.Complete(_current.Generation, PacketDuty.Inline, status);
            }

            Channel.ReportHandlerException(handler, exception);
            return;
        }

        // The reason first: it wins over that of the failed packet.
        _connection.Stop(exception, close: true);
        _pause = DeliveryPause.Failed;
        if (owed)
        {
            _current!.Fail(_current.Generation, PacketDuty.Inline);
        }

        Channel.ReportHandlerException(handler, exception);
    }

    private string Describe(IncomingPacket packet) => NameHandler(packet.Bytes);

    private string NameHandler(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _callbacks.DescribeHandler(bytes) ?? _callbacks.GetType().Name;
        }
        catch (Exception)
        {
            // Callbacks that cannot tell their handlers apart must not fail for it where they are only observed.
            return _callbacks.GetType().Name;
        }
    }

    private void Publish()
    {
        _unpublished = 0;
        if (_reader.PublishRead())
        {
            _connection.Signal();
        }

        if (_reader.Corruption is { } corruption)
        {
            // Publishing reveals that somebody moved this side's own index.
            _pause = DeliveryPause.Failed;
            _connection.Stop(new RingCorruptException(corruption), close: true);
        }

        _outgoing.Flush();
    }

    private IncomingPacket TakePlace()
    {
        while (Volatile.Read(ref _free) is { } packet)
        {
            if (Interlocked.CompareExchange(ref _free, packet.NextFree, packet) == packet)
            {
                packet.NextFree = null;
                return packet;
            }
        }

        IncomingPacket place = new(this, Channel.Options.ClientContextSize);
        lock (_all)
        {
            _all.Add(place);
        }

        return place;
    }

    private void Free(IncomingPacket packet)
    {
        IncomingPacket? top;
        do
        {
            top = Volatile.Read(ref _free);
            packet.NextFree = top;
        }
        while (Interlocked.CompareExchange(ref _free, packet, top) != top);
    }

    private void Owe(IncomingPacket packet)
    {
        packet.OwedSince = Channel.Options.TimeProvider.GetTimestamp();
        packet.Handler = _callbacks.DescribeHandler(packet.Bytes);
        Interlocked.Increment(ref _owed);
    }

    /// <summary>A packet that had outlived its callback is owed no more.</summary>
    private void Retire(IncomingPacket packet)
    {
        packet.Release();
        Free(packet);
        if (Interlocked.Decrement(ref _owed) == 0 && _stopRequested)
        {
            _connection.LifecycleChanged();
        }

        Unblock();
    }

    private void Unblock()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _quotaBlocked) != 0 && Interlocked.Exchange(ref _quotaBlocked, 0) != 0)
        {
            Schedule();
        }
    }
}
