using Vmbus.Processing;
using Vmbus.Ring;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>
/// Delivers the packets of the incoming ring to the callbacks of one opening of a channel, one after the other, and is told what becomes of each. Everything
/// here that is not said otherwise belongs to whoever holds the <see cref="DeliveryTurn"/>.
/// </summary>
internal sealed partial class IncomingQueue : PacketSource, IDelivery, IDisposable
{
    private readonly ChannelConnection _connection;
    private readonly IChannelCallbacks _callbacks;
    private readonly RingReader _reader;
    private readonly OutgoingQueue _outgoing;
    private readonly CounterSet _counters;
    private readonly bool _inPlace;

    private readonly DeliveryTurn _turn;
    private readonly PacketPlaces _places;
    private readonly PacketIntake _intake;
    private readonly OwedPackets _owed;
    private readonly PageInWait _pages;
    private readonly DeliveryWakeUp _wakeUp;
    private readonly ReadPublication _publication;
    private readonly DeliveryObserver _observer;
    private readonly SuspendSignal _suspend = new();
    private readonly HandlerExceptions _exceptions;

    private IncomingPacket? _current;
    private bool _redeliver;

    public IncomingQueue(ChannelConnection connection, IChannelCallbacks callbacks, RingReader reader, OutgoingQueue outgoing)
    {
        VmbusChannel channel = connection.Channel;
        Channel = channel;
        _connection = connection;
        _callbacks = callbacks;
        _reader = reader;
        _outgoing = outgoing;
        _counters = channel.CounterSet;
        _inPlace = channel.Reception == PacketReception.InPlace;
        _turn = new DeliveryTurn(connection, outgoing, this, channel.Processor);
        _places = new PacketPlaces(this, channel.Options.ClientContextSize);
        _intake = new PacketIntake(connection, outgoing, _places);
        _owed = new OwedPackets(connection, callbacks, outgoing, _places, _turn);
        _pages = new PageInWait(channel.Bus, _turn);
        _wakeUp = new DeliveryWakeUp(_turn, _owed);
        _publication = new ReadPublication(connection, reader, outgoing);
        _observer = new DeliveryObserver(channel, callbacks, connection.Verifier);
        _exceptions = new HandlerExceptions(channel, connection.Verifier, _suspend, exception => connection.Stop(exception, close: true));
    }

    public override VmbusChannel Channel { get; }

    public override int MaximumCompletionPayload => _outgoing.MaximumPayload;

    public override CancellationToken Suspending => _suspend.Token;

    /// <summary>What user code owes. Any thread.</summary>
    public OwedPackets Owed => _owed;

    /// <summary>Whether a packet that was deferred, or waits for its external data, is delivered again when the queue runs. Meaningful of a stopped queue.</summary>
    public bool AwaitsRedelivery => Volatile.Read(ref _redeliver);

    /// <inheritdoc cref="DeliveryTurn.IsStopped"/>
    public bool IsStopped => _turn.IsStopped;

    /// <inheritdoc cref="DeliveryTurn.Start"/>
    public void Start()
    {
        _suspend.Reset();
        _turn.Start();
    }

    /// <inheritdoc cref="DeliveryTurn.Stop"/>
    public void Stop() => _turn.Stop();

    /// <summary>Suspending begins: asynchronous handlers are asked to come to an end.</summary>
    public void BeginSuspend() => _ = _suspend.RaiseAsync(Channel);

    /// <inheritdoc cref="DeliveryTurn.Schedule"/>
    public void Schedule() => _turn.Schedule();

    /// <summary>The callback that holds the turn, as far as another thread can tell.</summary>
    public string DescribeCurrent()
    {
        if (Volatile.Read(ref _current) is { Duty: PacketDuty.Inline } packet)
        {
            long generation = packet.Generation;
            ulong transactionId = packet.TransactionId;
            ReadOnlySpan<byte> bytes = packet.OwnBytes;
            string? handler = bytes.IsEmpty ? null : HandlerNames.Find(_callbacks, bytes);
            if (packet.Generation == generation)
            {
                return $"{handler ?? nameof(IChannelCallbacks.ProcessPacket)}, transaction {transactionId}";
            }
        }

        return $"{nameof(IChannelCallbacks.ProcessPacket)} or {nameof(IChannelCallbacks.ProcessingComplete)}";
    }

    public void Dispose()
    {
        if (_redeliver)
        {
            // It will not come again.
            _observer.EndTrace(_current!, nameof(NtStatus.DeviceRemoved));
        }

        _pages.Dispose();
        _reader.Dispose();
        _owed.Dispose();
    }

    public override bool MoveNext(ref PacketBatch batch)
    {
        EndCurrent();
        if (_wakeUp.Pause == DeliveryPause.None && _redeliver)
        {
            return Redeliver(ref batch);
        }

        while (_wakeUp.MayDeliver())
        {
            if (_publication.IsDue)
            {
                Publish();
            }

            switch (_reader.TryRead(out RingPacket packet))
            {
                case RingReadStatus.Success:
                    _publication.Count();
                    if (TakeIn(in packet, ref batch))
                    {
                        return true;
                    }

                    break;
                case RingReadStatus.Empty:
                    _wakeUp.End(DeliveryPause.Empty);
                    break;
                default:
                    _wakeUp.End(DeliveryPause.Failed);
                    _connection.Stop(new RingCorruptException(_reader.Corruption!), close: true);
                    break;
            }
        }

        batch.SetEnd();
        return false;
    }

    void IDelivery.Deliver()
    {
        if (!_turn.IsEnabled || _pages.IsUnderWay)
        {
            EndDeferral();
            _turn.GiveBack();
            return;
        }

        if (!_turn.AtPassive && _redeliver && _current is { Duty: PacketDuty.Deferred })
        {
            // A Pause came between the deferral and the passive callback, which is still due at PASSIVE_LEVEL.
            _turn.HandOnToPassive();
            return;
        }

        _reader.MaskInterrupts();
        bool again;
        do
        {
            _wakeUp.Begin();
            CallBack();

            // A wake-up lost here would never come again: look once more after the peer has been told to signal.
            again = _wakeUp.Pause == DeliveryPause.Empty && _reader.UnmaskInterrupts();
            if (again)
            {
                _reader.MaskInterrupts();
                CallbackThread.Reset(_turn.AtPassive ? Irql.Passive : Irql.Dispatch);
            }
        }
        while (again && _turn.IsEnabled);

        if (_wakeUp.Pause == DeliveryPause.Deferred)
        {
            // The turn goes with the packet.
            _turn.HandOnToPassive();
            return;
        }

        if (_wakeUp.Pause == DeliveryPause.ExternalData)
        {
            _pages.Begin();
        }

        bool runAgain = _wakeUp.Pause == DeliveryPause.Budget || again;
        _turn.GiveBack();
        if (runAgain)
        {
            _turn.Schedule();
        }
    }

    private void DeliverBatches()
    {
        while (_wakeUp.Pause == DeliveryPause.None)
        {
            uint before = _callbacksSincePause;
            PacketBatch batch = new(Channel, this);
            try
            {
                _callbacks.ProcessBatch(ref batch);
            }
            catch (Exception exception)
            {
                BatchThrew(exception);
            }

            // A batch may be left early; what was current has ended its callback all the same.
            EndCurrent();
            if (_wakeUp.Pause == DeliveryPause.None && _callbacksSincePause == before)
            {
                _wakeUp.End(DeliveryPause.Failed);
                _connection.Stop(new VmbusException(NtStatus.InvalidDeviceRequest, $"{_callbacks.GetType()}.ProcessBatch returned without taking a packet: call PacketBatch.MoveNext until it answers false."), close: true);
            }
        }

        Publish();
    }

    /// <returns>Whether the packet was made the current one.</returns>
    private bool TakeIn(in RingPacket packet, ref PacketBatch batch)
    {
        IntakeResult result = _intake.Take(in packet, ref _current, out long generation, out ReadOnlySpan<byte> bytes, out ProcessPacketFlags flags);
        if (result != IntakeResult.Deliver)
        {
            if (result == IntakeResult.Rejected)
            {
                _wakeUp.End(DeliveryPause.Failed);
            }

            return false;
        }

        if (flags != ProcessPacketFlags.None)
        {
            _pages.Reset();
        }

        if (_turn.AtPassive && !_inPlace)
        {
            // The handler may wait for the peer, which may wait for room.
            Publish();
        }

        _observer.BeginPacket(_current!, bytes);
        _callbacksSincePause++;
        _packetsSincePause++;
        batch.SetCurrent(_current!, generation, bytes, flags);
        return true;
    }

    private bool Redeliver(ref PacketBatch batch)
    {
        _redeliver = false;
        _pages.IsAwaited = false;
        IncomingPacket packet = _current!;
        long generation = packet.BeginAgain();
        _observer.BeginAgain(packet);
        _callbacksSincePause++;

        // What follows is delivered at the ordinary level again.
        if (_turn.AtPassive && !Channel.ProcessesAtPassive)
        {
            _wakeUp.SpendBudget();
        }

        batch.SetCurrent(packet, generation, packet.Bytes, packet.Flags);
        return true;
    }

    /// <summary>The callback of the current packet has returned: whose duty is it now?</summary>
    private void EndCurrent()
    {
        _observer.EndCallback();
        if (_current is not { } packet)
        {
            _pendedBy = null;
            return;
        }

        PacketDuty duty = packet.Duty;
        _pages.IsAwaited &= duty == PacketDuty.Inline;
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
                _wakeUp.End(DeliveryPause.Failed);
                break;
            case PacketDuty.Deferred:
                KeepForRedelivery(packet, DeliveryPause.Deferred);
                break;
            case PacketDuty.Inline when _pages.IsAwaited:
                KeepForRedelivery(packet, DeliveryPause.ExternalData);
                break;
            case PacketDuty.Inline:
                Lose(packet);
                break;
        }
    }

    private void Lose(IncomingPacket packet)
    {
        string? handler = _observer.DescribeForVerifier(packet);
        ulong transactionId = packet.TransactionId;
        _observer.EndTrace(packet, nameof(PacketDuty.Lost));
        packet.Own();
        _owed.Owe(packet);
        _current = null;

        // From here on the packet may be abandoned, and its place used again. Whoever hears of the loss may do so at once.
        packet.Lose();
        _observer.Lost(handler, transactionId);
    }

    private void KeepForRedelivery(IncomingPacket packet, DeliveryPause pause)
    {
        if (!_redeliver)
        {
            packet.Own();
            _redeliver = true;
            _wakeUp.End(pause);
        }
    }

    private void Publish()
    {
        if (!_publication.TryPublish())
        {
            _wakeUp.End(DeliveryPause.Failed);
        }
    }
}
