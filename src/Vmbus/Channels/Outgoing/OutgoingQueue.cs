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
        _writer.EnableFlowControl();
        MaximumPayload = Math.Min(_writer.MaximumPayloadLength, connection.Channel.Options.MaximumPacketSize);
    }

    /// <summary>The largest payload of a packet in bytes.</summary>
    public int MaximumPayload { get; }

    /// <summary>Packets whose completion is awaited.</summary>
    public OutstandingPackets Outstanding { get; } = new();

    /// <summary>Completions that wait for room; they count against the peer's quota.</summary>
    public int QueuedCompletions => Volatile.Read(ref _queuedCompletions);

    /// <summary>Packets that wait for room; a glance without the lock.</summary>
    public int QueueDepth => _backlog.Count;

    /// <summary>
    /// Sends a packet. With <c>mayQueue</c> it waits here when the ring is full; without <c>publish</c> the peer sees it at the next <see cref="Flush"/>;
    /// <c>packet</c> is told when it is in the ring.
    /// </summary>
    public NtStatus Send(PacketType type, PacketFlags flags, ulong transactionId, ReadOnlySpan<byte> payload, bool mayQueue, bool publish, VmbusPacket? packet = null)
        => Write(type, flags, transactionId, payload, mayQueue, publish, packet);

    /// <summary>Sends a completion packet.</summary>
    public void Complete(ulong transactionId, ReadOnlySpan<byte> payload, bool publish)
        => Write(PacketType.Completion, PacketFlags.None, transactionId, payload, mayQueue: true, publish, packet: null);

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
        List<VmbusPacket>? done = null;
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
                    status = _writer.TryWrite(next.Type, next.Flags, next.TransactionId, next.Payload);
                    if (status != RingWriteStatus.Success)
                    {
                        break;
                    }

                    _backlog.Dequeue();
                    _counters.PacketsSent++;
                    _counters.BytesSent += next.Payload.Length;
                    if (next.Type == PacketType.Completion)
                    {
                        Interlocked.Decrement(ref _queuedCompletions);
                        completions = true;
                    }

                    if (next.Packet is { } packet)
                    {
                        (done ??= []).Add(packet);
                    }

                    next.Return();
                }

                signal |= _writer.Publish();
                _hasBacklog = _backlog.Count != 0;
            }
            while (status == RingWriteStatus.Full && _writer.PreparePendingSend(_backlog.Peek().Footprint));
        }
        finally
        {
            Exit(taken);
        }

        Signal(signal);
        if (status == RingWriteStatus.Corrupt)
        {
            _connection.Stop(new RingCorruptException(_writer.Corruption!), close: true);
        }

        if (completions)
        {
            _connection.Incoming.CompletionsDrained();
        }

        Finish(done, NtStatus.Success);
    }

    /// <summary>Sends nothing from here on; what waits for room or for its completion is told that the channel is gone.</summary>
    public void Close()
    {
        List<VmbusPacket>? done = null;
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
                    if (waiting.Packet is { } packet)
                    {
                        (done ??= []).Add(packet);
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

    private NtStatus Write(PacketType type, PacketFlags flags, ulong transactionId, ReadOnlySpan<byte> payload, bool mayQueue, bool publish, VmbusPacket? packet)
    {
        if (payload.Length > MaximumPayload)
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
            status = _hasBacklog ? RingWriteStatus.Full : _writer.TryWrite(type, flags, transactionId, payload);
            if (status == RingWriteStatus.Success)
            {
                _counters.PacketsSent++;
                _counters.BytesSent += payload.Length;
                signal = publish && _writer.Publish();
            }
            else if (status == RingWriteStatus.Full)
            {
                signal = _writer.Publish();
                if (mayQueue)
                {
                    Enqueue(new Waiting(type, flags, transactionId, payload, packet));
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
        if (status == RingWriteStatus.Corrupt)
        {
            _connection.Stop(new RingCorruptException(_writer.Corruption!), close: true);
            return NtStatus.DataError;
        }

        if (status == RingWriteStatus.Full && mayQueue)
        {
            // Room may have come between the attempt and the queueing; and the peer must know that this side waits.
            Drain();
        }

        if (status == RingWriteStatus.Success && packet is not null)
        {
            _connection.Finish(packet, NtStatus.Success, default);
        }

        return result;
    }

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

    private void Finish(List<VmbusPacket>? packets, NtStatus status)
    {
        foreach (VmbusPacket packet in packets ?? [])
        {
            _connection.Finish(packet, status, default);
        }
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

    /// <summary>A packet that waits for room, with its own copy of the payload.</summary>
    private readonly struct Waiting
    {
        private readonly byte[] _bytes;
        private readonly int _length;

        public Waiting(PacketType type, PacketFlags flags, ulong transactionId, ReadOnlySpan<byte> payload, VmbusPacket? packet)
        {
            Packet = packet;
            Type = type;
            Flags = flags;
            TransactionId = transactionId;
            _length = payload.Length;
            _bytes = ArrayPool<byte>.Shared.Rent(_length);
            payload.CopyTo(_bytes);
        }

        /// <summary>Who is told when the packet is in the ring.</summary>
        public VmbusPacket? Packet { get; }

        public PacketType Type { get; }

        public PacketFlags Flags { get; }

        public ulong TransactionId { get; }

        public ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, _length);

        /// <summary>The bytes that the packet takes in the ring.</summary>
        public int Footprint => (int)RingSpace.Footprint(0, _length);

        public void Return() => ArrayPool<byte>.Shared.Return(_bytes);
    }
}
