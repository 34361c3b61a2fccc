using Vmbus.Ring;

namespace Vmbus;

/// <summary>The packets of one opening that wait for room in the ring, in the order in which they were sent. Under the lock of the outgoing queue, unless said otherwise.</summary>
internal sealed class SendBacklog(CounterSet counters)
{
    private readonly Queue<WaitingSend> _waiting = new();
    private volatile bool _isEmpty = true;
    private int _completions;

    /// <summary>Whether nothing waits. Any thread.</summary>
    public bool IsEmpty => _isEmpty;

    /// <summary>How many packets wait. Any thread.</summary>
    public int Count => _isEmpty ? 0 : _waiting.Count;

    /// <summary>How many of them are completions. Any thread.</summary>
    public int Completions => Volatile.Read(ref _completions);

    public void Add(in WaitingSend waiting)
    {
        _waiting.Enqueue(waiting);
        _isEmpty = false;
        Interlocked.Increment(ref counters.PacketsQueued);
        if (waiting.Type == PacketType.Completion)
        {
            Interlocked.Increment(ref _completions);
        }
    }

    /// <summary>The one that was sent first.</summary>
    public bool TryPeek(out WaitingSend first) => _waiting.TryPeek(out first);

    /// <summary>The first waits no more; its bytes go back.</summary>
    /// <param name="done">Takes its packet, if that is done now.</param>
    public void RemoveFirst(ref DonePackets done)
    {
        WaitingSend first = _waiting.Dequeue();
        _isEmpty = _waiting.Count == 0;
        if (first.Type == PacketType.Completion)
        {
            Interlocked.Decrement(ref _completions);
        }

        if (first.IsDoneInRing)
        {
            done.Add(first.Packet!);
        }

        first.Return();
    }

    /// <summary>Takes a packet out, wherever it stands.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="serial">Names its present send.</param>
    /// <returns>Whether it waited.</returns>
    public bool TryRemove(VmbusPacket packet, long serial)
    {
        bool isRemoved = false;
        for (int i = _waiting.Count; i > 0; i--)
        {
            WaitingSend waiting = _waiting.Dequeue();
            if (ReferenceEquals(waiting.Packet, packet) && waiting.Serial == serial)
            {
                waiting.Return();
                isRemoved = true;
            }
            else
            {
                _waiting.Enqueue(waiting);
            }
        }

        _isEmpty = _waiting.Count == 0;
        return isRemoved;
    }

    public WaitingSend[] ToArray() => [.. _waiting];
}
