using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>What an outgoing packet is used for now: nothing, one send, or it is free for the next who allocates one. A field of the packet, never copied.</summary>
internal struct PacketUse
{
    private const int Idle = 0;
    private const int Sent = 1;
    private const int Free = 2;

    private int _state;
    private long _serial;
    private volatile PacketPlace _place;
    private ulong _transactionId;
    private ChannelConnection? _connection;

    /// <summary>Names the present send. Any thread.</summary>
    public long Serial => Volatile.Read(ref _serial);

    /// <summary>Whether the present send is in the ring or in the queue. Under the lock of the outgoing queue.</summary>
    public readonly bool IsCommitted => Place != PacketPlace.None;

    /// <summary>Where the present send has got to. Changed under the lock of the outgoing queue.</summary>
    public readonly PacketPlace Place => _place;

    /// <summary>The opening that the packet is sent in.</summary>
    public ChannelConnection? Connection
    {
        get => Volatile.Read(ref _connection);
        set => Volatile.Write(ref _connection, value);
    }

    /// <summary>The id under which the completion is awaited; 0: none.</summary>
    public ulong TransactionId
    {
        set => Volatile.Write(ref _transactionId, value);
    }

    /// <summary>A send begins.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="InvalidOperationException">The packet is under way, or was disposed.</exception>
    public long Begin(ChannelConnection? connection)
    {
        if (Interlocked.CompareExchange(ref _state, Sent, Idle) != Idle)
        {
            RequireIdle();
        }

        _place = PacketPlace.None;
        long serial = Interlocked.Increment(ref _serial);
        Volatile.Write(ref _connection, connection);
        return serial;
    }

    /// <summary>The present send has got so far. Under the lock of the outgoing queue.</summary>
    public void MoveTo(PacketPlace place) => _place = place;

    /// <summary>The present send has ended: the packet may be sent again.</summary>
    public void End()
    {
        Volatile.Write(ref _transactionId, 0);
        Volatile.Write(ref _connection, null);
        Volatile.Write(ref _state, Idle);
    }

    /// <summary>Looks at a send. Any thread.</summary>
    /// <returns>Whether it is still the present one, and belongs to an opening.</returns>
    public bool TryLook(long serial, out ulong transactionId, [NotNullWhen(true)] out ChannelConnection? connection)
    {
        // In this order: a number that still holds after the id was read shows that the id is not of a later send.
        transactionId = Volatile.Read(ref _transactionId);
        connection = Volatile.Read(ref _connection);
        return Volatile.Read(ref _serial) == serial && connection is not null;
    }

    /// <returns><see langword="false"/>: it was free already.</returns>
    /// <exception cref="InvalidOperationException">The packet is under way.</exception>
    public bool TryFree()
    {
        int before = Interlocked.CompareExchange(ref _state, Free, Idle);
        return before == Sent
            ? throw new InvalidOperationException("The packet is under way. Dispose it after its completion routine was called.").With(NtStatus.InvalidDeviceState)
            : before == Idle;
    }

    /// <summary>Takes the packet out of the lookaside list.</summary>
    public void Reuse() => Volatile.Write(ref _state, Idle);

    /// <exception cref="InvalidOperationException">The packet is under way, or was disposed.</exception>
    public void RequireIdle()
    {
        int state = Volatile.Read(ref _state);
        if (state != Idle)
        {
            throw new InvalidOperationException(state == Sent
                ? "The packet is under way. Use it again after its completion routine was called, or allocate another."
                : "The packet was disposed. Allocate another with VmbusChannel.AllocatePacket.").With(NtStatus.InvalidDeviceState);
        }
    }
}
