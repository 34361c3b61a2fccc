using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// Puts packets into the outgoing ring of one opening of a channel, from any thread; those that find it full wait here, in order, until the peer signals room.
/// </summary>
internal sealed class OutgoingQueue : IDisposable
{
    private readonly ChannelConnection _connection;
    private readonly RingWriter _writer;
    private readonly CounterSet _counters;
    private readonly bool _isPipe;
    private readonly SendBacklog _backlog;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);
    private bool _closed;

    /// <summary>Whether the channel is saved: nothing comes, goes or is given up.</summary>
    private bool _frozen;
    private List<(VmbusPacket Packet, long Serial)>? _postponed;

    public OutgoingQueue(ChannelConnection connection, RingWriter writer)
    {
        _connection = connection;
        _writer = writer;
        _counters = connection.Channel.CounterSet;
        _backlog = new SendBacklog(_counters);
        _isPipe = connection.Channel.Options.IsPipe;
        _writer.EnableFlowControl();
        MaximumPayload = Math.Min(_writer.MaximumPayloadLength - (_isPipe ? PipeHeader.Length : 0), connection.Channel.Options.MaximumPacketSize);
    }

    /// <summary>The largest payload of a packet in bytes.</summary>
    public int MaximumPayload { get; }

    /// <summary>Packets whose completion is awaited.</summary>
    public OutstandingPackets Outstanding { get; } = new();

    /// <summary>Completions that wait for room; they count against the peer's quota.</summary>
    public int QueuedCompletions => _backlog.Completions;

    /// <summary>Packets that wait for room.</summary>
    public int QueueDepth => _backlog.Count;

    /// <summary>Whether a save holds up what is sent.</summary>
    public bool IsFrozen => Volatile.Read(ref _frozen);

    /// <summary>Sends a packet.</summary>
    /// <returns>
    /// <see cref="NtStatus.Success"/>: sent or queued; <see cref="NtStatus.Pending"/>: queued, and the packet is told when it is in the ring;
    /// <see cref="NtStatus.BufferOverflow"/>: no room, not queued; <see cref="NtStatus.DeviceRemoved"/>: closed; <see cref="NtStatus.InvalidDeviceState"/>: saved.
    /// </returns>
    public NtStatus Send(in OutgoingSend send)
    {
        if (send.Payload.Length > MaximumPayload || _writer.GetMaximumPayloadLength(send.Header.Length) < send.Payload.Length)
        {
            return NtStatus.InvalidBufferSize;
        }

        bool signal = false;
        NtStatus result = NtStatus.Success;
        RingWriteStatus status;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_closed)
            {
                return NtStatus.DeviceRemoved;
            }

            if (_frozen)
            {
                return NtStatus.InvalidDeviceState;
            }

            // Packets leave in the order in which they were sent: none overtakes those that wait.
            status = _backlog.IsEmpty ? Write(send.Type, send.Flags, send.TransactionId, send.Header, send.Payload) : RingWriteStatus.Full;
            if (status == RingWriteStatus.Success)
            {
                _counters.PacketsSent++;
                _counters.BytesSent += WireLength(send.Type, send.Payload.Length);

                // Before the peer can see it: once it is done, the packet may be sent anew.
                send.Packet?.MoveTo(PacketPlace.Ring);
                signal = send.Publish && _writer.Publish();
            }
            else if (status == RingWriteStatus.Full)
            {
                signal = _writer.Publish();
                if (send.MayQueue)
                {
                    result = send.Packet is null ? NtStatus.Success : NtStatus.Pending;
                    send.Packet?.MoveTo(PacketPlace.Queue);
                    _backlog.Add(new WaitingSend(in send));
                }
                else
                {
                    result = NtStatus.BufferOverflow;
                }
            }
        }
        finally
        {
            Exit(taken);
        }

        Signal(signal);
        if (StopIfCorrupt())
        {
            return NtStatus.DataError;
        }

        if (status == RingWriteStatus.Full && send.MayQueue)
        {
            // Room may have come between the attempt and the queueing; and the peer must know that this side waits.
            Drain();
        }

        return result;
    }

    /// <summary>Shows the peer what was sent without publishing.</summary>
    public void Flush()
    {
        bool signal;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            signal = !_closed && _writer.Publish();
        }
        finally
        {
            Exit(taken);
        }

        Signal(signal);
        StopIfCorrupt();
    }

    /// <summary>Moves what waits into the ring as far as there is room; otherwise asks the peer for a signal.</summary>
    public void Drain()
    {
        if (_backlog.IsEmpty)
        {
            return;
        }

        bool signal = false;
        bool completions = false;
        DonePackets done = default;
        RingWriteStatus status = RingWriteStatus.Success;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_closed || _frozen)
            {
                return;
            }

            _writer.ClearPendingSend();
            do
            {
                while (_backlog.TryPeek(out WaitingSend next))
                {
                    status = Write(next.Type, next.Flags, next.TransactionId, next.Header, next.Payload);
                    if (status != RingWriteStatus.Success)
                    {
                        break;
                    }

                    _counters.PacketsSent++;
                    _counters.BytesSent += WireLength(next.Type, next.Payload.Length);
                    completions |= next.Type == PacketType.Completion;
                    next.Packet?.MoveTo(PacketPlace.Ring);
                    _backlog.RemoveFirst(ref done);
                }

                signal |= _writer.Publish();
            }
            while (status == RingWriteStatus.Full && _backlog.TryPeek(out WaitingSend first) && _writer.PreparePendingSend(first.Footprint(_isPipe)));
        }
        finally
        {
            Exit(taken);
        }

        Signal(signal);
        StopIfCorrupt();

        if (completions)
        {
            _connection.Incoming.Owed.Unblock();
        }

        while (done.TryTake(out VmbusPacket? packet))
        {
            DoneInRing.Tell(packet);
        }
    }

    /// <summary>Gives a packet up: takes it out of the queue, if it waits for room, and out of the table, if it has a transaction id.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="serial">Names its present send.</param>
    /// <param name="transactionId">The id under which its completion is awaited; 0: none.</param>
    /// <param name="unlessSent">Whether it stays under way once it is in the ring.</param>
    /// <returns>Whether it was given up. While the channel is saved none is; what nobody will own afterwards is given up later.</returns>
    public bool TryGiveUp(VmbusPacket packet, long serial, ulong transactionId, bool unlessSent)
    {
        bool withdrawn;
        bool isGivenUp;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_frozen)
            {
                if (packet.Operation is not null)
                {
                    (_postponed ??= []).Add((packet, serial));
                }

                return false;
            }

            withdrawn = Withdraw(packet, serial);
            isGivenUp = transactionId == 0 || (!withdrawn && unlessSent)
                ? withdrawn
                : Outstanding.TryCancel(transactionId, packet, wasSent: !withdrawn);
        }
        finally
        {
            Exit(taken);
        }

        if (withdrawn)
        {
            // What waited behind it may fit where it did not.
            Drain();
        }

        return isGivenUp;
    }

    /// <summary>From here on nothing comes, goes or is given up, so that what is under way can be saved.</summary>
    /// <param name="waiting">What waits for room, in order.</param>
    /// <returns>The table of transaction ids.</returns>
    public SavedPlace[] Freeze(out WaitingSend[] waiting)
    {
        SavedPlace[] places;
        bool signal;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            _frozen = true;
            signal = !_closed && _writer.Publish();
            waiting = _backlog.ToArray();
            places = Outstanding.Snapshot();
        }
        finally
        {
            Exit(taken);
        }

        Signal(signal);
        return places;
    }

    /// <summary>Sending goes on after a save.</summary>
    public void Thaw()
    {
        List<(VmbusPacket Packet, long Serial)>? postponed;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            _frozen = false;
            postponed = _postponed;
            _postponed = null;
        }
        finally
        {
            Exit(taken);
        }

        foreach ((VmbusPacket packet, long serial) in postponed ?? [])
        {
            packet.Cancel(serial);
        }

        Drain();
    }

    /// <summary>Puts a packet back that waited when its channel was saved; before anything is sent.</summary>
    public void Restore(in WaitingSend waiting) => _backlog.Add(in waiting);

    /// <summary>Sends nothing from here on; what waits for room or for its completion is told that the channel is gone.</summary>
    public void Close()
    {
        DonePackets done = default;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (!_closed)
            {
                _closed = true;
                _writer.Publish();
                while (!_backlog.IsEmpty)
                {
                    _backlog.RemoveFirst(ref done);
                }
            }
        }
        finally
        {
            Exit(taken);
        }

        while (done.TryTake(out VmbusPacket? packet))
        {
            _connection.Finish(packet, NtStatus.DeviceRemoved, default);
        }

        int next = 0;
        while (Outstanding.TryGiveUpNext(ref next, out VmbusPacket? outstanding))
        {
            _connection.Finish(outstanding, NtStatus.DeviceRemoved, default);
        }
    }

    public void Dispose()
    {
        Close();
        _writer.Dispose();
    }

    private RingWriteStatus Write(PacketType type, PacketFlags flags, ulong transactionId, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        if (_isPipe && type == PacketType.DataInBand)
        {
            Span<byte> pipe = stackalloc byte[PipeHeader.Length];
            PipeHeader.Write(pipe, payload.Length);
            return _writer.TryWrite(type, flags, transactionId, header, pipe, payload);
        }

        return _writer.TryWrite(type, flags, transactionId, header, payload);
    }

    /// <summary>The length that the other side will see.</summary>
    private int WireLength(PacketType type, int length) => _isPipe && type == PacketType.DataInBand ? length : (length + RingSpace.Granularity - 1) & -RingSpace.Granularity;

    private bool Withdraw(VmbusPacket packet, long serial)
    {
        bool withdrawn = _backlog.TryRemove(packet, serial);
        if (withdrawn && _backlog.IsEmpty)
        {
            // Nobody waits any more, and the peer need not signal for it.
            _writer.ClearPendingSend();
        }

        return withdrawn;
    }

    /// <summary>Stops the channel where writing or publishing has found the control page tampered with.</summary>
    private bool StopIfCorrupt()
    {
        if (_writer.Corruption is not { } corruption)
        {
            return false;
        }

        _connection.Stop(new RingCorruptException(corruption), close: true);
        return true;
    }

    private void Signal(bool due)
    {
        if (due)
        {
            _connection.Signal();
        }
    }

    private void Exit(bool taken)
    {
        if (taken)
        {
            _lock.Exit(useMemoryBarrier: false);
        }
    }
}
