using System.Buffers;
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
    private readonly Queue<Waiting> _backlog = new();
    private SpinLock _lock = new(enableThreadOwnerTracking: false);
    private volatile bool _hasBacklog;
    private bool _closed;
    private int _queuedCompletions;

    public OutgoingQueue(ChannelConnection connection, RingWriter writer)
    {
        _connection = connection;
        _writer = writer;
        _counters = connection.Channel.CounterSet;
        _isPipe = connection.Channel.Options.IsPipe;
        _writer.EnableFlowControl();
        MaximumPayload = Math.Min(_writer.MaximumPayloadLength - (_isPipe ? PipeHeader.Length : 0), connection.Channel.Options.MaximumPacketSize);
    }

    /// <summary>The largest payload of a packet in bytes.</summary>
    public int MaximumPayload { get; }

    /// <summary>Packets whose completion is awaited.</summary>
    public OutstandingPackets Outstanding { get; } = new();

    /// <summary>Completions that wait for room; they count against the peer's quota.</summary>
    public int QueuedCompletions => Volatile.Read(ref _queuedCompletions);

    /// <summary>Packets that wait for room.</summary>
    public int QueueDepth => _hasBacklog ? _backlog.Count : 0;

    /// <summary>Sends a packet.</summary>
    /// <returns>
    /// <see cref="NtStatus.Success"/>: sent or queued; <see cref="NtStatus.Pending"/>: queued, and the packet is told when it is in the ring;
    /// <see cref="NtStatus.BufferOverflow"/>: no room, not queued; <see cref="NtStatus.DeviceRemoved"/>: closed.
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

            // Packets leave in the order in which they were sent: none overtakes those that wait.
            status = _hasBacklog ? RingWriteStatus.Full : Write(send.Type, send.Flags, send.TransactionId, send.Header, send.Payload);
            if (status == RingWriteStatus.Success)
            {
                _counters.PacketsSent++;
                _counters.BytesSent += WireLength(send.Type, send.Payload.Length);
                signal = send.Publish && _writer.Publish();
            }
            else if (status == RingWriteStatus.Full)
            {
                signal = _writer.Publish();
                if (send.MayQueue)
                {
                    result = send.Packet is null ? NtStatus.Success : NtStatus.Pending;
                    Enqueue(new Waiting(in send));
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
        if (!_hasBacklog)
        {
            return;
        }

        bool signal = false;
        bool completions = false;
        VmbusPacket? done = null;
        RingWriteStatus status = RingWriteStatus.Success;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_closed)
            {
                return;
            }

            _writer.ClearPendingSend();
            do
            {
                while (_backlog.TryPeek(out Waiting next))
                {
                    status = Write(next.Type, next.Flags, next.TransactionId, next.Header, next.Payload);
                    if (status != RingWriteStatus.Success)
                    {
                        break;
                    }

                    _backlog.Dequeue();
                    _counters.PacketsSent++;
                    _counters.BytesSent += WireLength(next.Type, next.Payload.Length);
                    if (next.Type == PacketType.Completion)
                    {
                        Interlocked.Decrement(ref _queuedCompletions);
                        completions = true;
                    }

                    if (next.IsDoneInRing)
                    {
                        next.Packet!.NextDone = done;
                        done = next.Packet;
                    }

                    next.Return();
                }

                signal |= _writer.Publish();
                _hasBacklog = _backlog.Count != 0;
            }
            while (status == RingWriteStatus.Full && _hasBacklog && _writer.PreparePendingSend(_backlog.Peek().Footprint(_isPipe)));
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

        Finish(done, NtStatus.Success);
    }

    /// <summary>Takes a packet that waits for room out of the queue.</summary>
    /// <returns>Whether it was there.</returns>
    public bool TryWithdraw(VmbusPacket packet, long serial)
    {
        bool withdrawn = false;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            for (int i = _backlog.Count; i > 0; i--)
            {
                Waiting waiting = _backlog.Dequeue();
                if (ReferenceEquals(waiting.Packet, packet) && waiting.Serial == serial)
                {
                    waiting.Return();
                    withdrawn = true;
                }
                else
                {
                    _backlog.Enqueue(waiting);
                }
            }

            _hasBacklog = _backlog.Count != 0;
        }
        finally
        {
            Exit(taken);
        }

        return withdrawn;
    }

    /// <summary>Sends nothing from here on; what waits for room or for its completion is told that the channel is gone.</summary>
    public void Close()
    {
        VmbusPacket? done = null;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (!_closed)
            {
                _closed = true;
                _writer.Publish();
                while (_backlog.TryDequeue(out Waiting waiting))
                {
                    if (waiting.IsDoneInRing)
                    {
                        waiting.Packet!.NextDone = done;
                        done = waiting.Packet;
                    }

                    waiting.Return();
                }

                _hasBacklog = false;
                Volatile.Write(ref _queuedCompletions, 0);
            }
        }
        finally
        {
            Exit(taken);
        }

        Finish(done, NtStatus.DeviceRemoved);
        EndOutstanding();
    }

    /// <summary>No completion comes any more: whoever waits for one is told that the channel is gone.</summary>
    public void EndOutstanding()
    {
        while (Outstanding.TryTakeAny(out VmbusPacket? outstanding))
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

    private void Enqueue(in Waiting waiting)
    {
        _backlog.Enqueue(waiting);
        _hasBacklog = true;
        Interlocked.Increment(ref _counters.PacketsQueued);
        if (waiting.Type == PacketType.Completion)
        {
            Interlocked.Increment(ref _queuedCompletions);
        }
    }

    private void Finish(VmbusPacket? packet, NtStatus status)
    {
        // They were chained last first; those sent first are told first.
        VmbusPacket? first = null;
        while (packet is not null)
        {
            (packet.NextDone, first, packet) = (first, packet, packet.NextDone);
        }

        while (first is not null)
        {
            VmbusPacket done = first;
            first = done.NextDone;
            done.NextDone = null;
            _connection.Finish(done, status, default);
        }
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

    /// <summary>A packet that waits for room, with its own copy of the bytes.</summary>
    private readonly struct Waiting
    {
        private readonly byte[] _bytes;
        private readonly int _headerLength;
        private readonly int _payloadLength;

        public Waiting(in OutgoingSend send)
        {
            Packet = send.Packet;
            Serial = send.Serial;
            Type = send.Type;
            Flags = send.Flags;
            TransactionId = send.TransactionId;
            _headerLength = send.Header.Length;
            _payloadLength = send.Payload.Length;
            _bytes = ArrayPool<byte>.Shared.Rent(_headerLength + _payloadLength);
            send.Header.CopyTo(_bytes);
            send.Payload.CopyTo(_bytes.AsSpan(_headerLength));
        }

        public VmbusPacket? Packet { get; }

        public long Serial { get; }

        public PacketType Type { get; }

        public PacketFlags Flags { get; }

        public ulong TransactionId { get; }

        public ReadOnlySpan<byte> Header => _bytes.AsSpan(0, _headerLength);

        public ReadOnlySpan<byte> Payload => _bytes.AsSpan(_headerLength, _payloadLength);

        /// <summary>Whether the packet is done as soon as it is in the ring.</summary>
        public bool IsDoneInRing => Packet is not null && (Flags & PacketFlags.CompletionRequested) == 0;

        /// <summary>The bytes that the packet takes in the ring.</summary>
        public int Footprint(bool isPipe)
            => (int)RingSpace.Footprint(_headerLength, _payloadLength + (isPipe && Type == PacketType.DataInBand ? PipeHeader.Length : 0));

        public void Return() => ArrayPool<byte>.Shared.Return(_bytes);
    }
}
