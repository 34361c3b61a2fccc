using Vmbus.Verification;

namespace Vmbus;

/// <summary>The account of what user code owes on one opening of a channel: packets that have outlived their callback, and how many the quota allows.</summary>
internal sealed class OwedPackets : IOwesPackets, IDisposable
{
    private readonly ChannelConnection _connection;
    private readonly IChannelCallbacks _callbacks;
    private readonly OutgoingQueue _outgoing;
    private readonly PacketPlaces _places;
    private readonly DeliveryTurn _turn;
    private readonly ChannelVerifier? _verifier;
    private readonly Lock _abandoning = new();
    private int _count;
    private int _quotaBlocked;

    public OwedPackets(ChannelConnection connection, IChannelCallbacks callbacks, OutgoingQueue outgoing, PacketPlaces places, DeliveryTurn turn)
    {
        _connection = connection;
        _callbacks = callbacks;
        _outgoing = outgoing;
        _places = places;
        _turn = turn;
        _verifier = connection.Verifier;
        if (_verifier is not null)
        {
            Watchdog.Watch(this, _verifier.OwedPacketLimit);
        }
    }

    /// <summary>How many are owed; a packet counts from when it outlives its callback.</summary>
    public int Count => Volatile.Read(ref _count);

    private TimeProvider Time => _connection.Channel.Options.TimeProvider;

    private bool IsQuotaUsed => Count + _outgoing.QueuedCompletions >= _connection.Channel.TransactionQuota;

    /// <summary>A packet outlives its callback.</summary>
    public void Owe(IncomingPacket packet)
    {
        packet.OwedSince = Time.GetTimestamp();
        packet.Handler = HandlerNames.Find(_callbacks, packet.Bytes);
        Interlocked.Increment(ref _count);
    }

    /// <summary>A packet that had outlived its callback is owed no more.</summary>
    public void Retire(IncomingPacket packet)
    {
        packet.Release();
        _places.Return(packet);
        if (Interlocked.Decrement(ref _count) == 0 && _turn.IsStopRequested)
        {
            _connection.LifecycleChanged();
        }

        Unblock();
    }

    /// <summary>Whether nothing more may be delivered. If so, whatever gives the quota room schedules the queue.</summary>
    public bool IsQuotaReached()
    {
        if (!IsQuotaUsed)
        {
            return false;
        }

        // Either this sees the completion, or the completion, which looks at the flag afterwards, sees that the queue waits.
        Interlocked.Exchange(ref _quotaBlocked, 1);
        if (!IsQuotaUsed)
        {
            Volatile.Write(ref _quotaBlocked, 0);
            return false;
        }

        return true;
    }

    /// <summary>The quota may allow more than before.</summary>
    public void Unblock()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _quotaBlocked) != 0 && Interlocked.Exchange(ref _quotaBlocked, 0) != 0)
        {
            _turn.Schedule();
        }
    }

    /// <summary>The packets that are owed.</summary>
    public void CollectTo(List<OwedPacket> packets) => OwedPacketList.Collect(_places.ToArray(), Time, packets);

    /// <summary>Gives up what nobody can complete any more, so that nobody waits for it.</summary>
    /// <returns>How many packets were given up.</returns>
    public int AbandonLost()
    {
        int abandoned = 0;
        lock (_abandoning)
        {
            foreach (IncomingPacket packet in _places.ToArray())
            {
                if (packet.Duty == PacketDuty.Lost)
                {
                    packet.Release();
                    _places.Return(packet);
                    abandoned++;
                }
            }
        }

        if (abandoned > 0)
        {
            Interlocked.Add(ref _count, -abandoned);
            _connection.LifecycleChanged();
            Unblock();
        }

        return abandoned;
    }

    void IOwesPackets.ReportOwed(TimeSpan limit)
    {
        if (Count == 0)
        {
            return;
        }

        List<OwedPacket> packets = [];
        CollectTo(packets);
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
        if (_verifier is not null)
        {
            Watchdog.Forget(this);
        }
    }
}
