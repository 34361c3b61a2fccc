namespace Vmbus;

/// <summary>
/// What the host knows a packet by, and whether it is being asked about it: whoever ends the packet meanwhile leaves it to the asker to tell the host, which may
/// throw away what it knows as soon as it hears of the end. Nobody waits, so that a packet can be ended at DISPATCH_LEVEL while the host brings its pages in. Any thread.
/// </summary>
internal sealed class HostedPacket
{
    private const int Ended = int.MinValue;

    /// <summary>How many ask, and in the highest bit whether the packet has ended.</summary>
    private int _state;
    private byte[]? _payload;
    private bool _isFailed;

    /// <summary>VMBPACKETCOMPLETION.</summary>
    public nint Handle { get; private set; }

    /// <summary>Another packet of the host comes to the place.</summary>
    public void Begin(nint handle)
    {
        Handle = handle;

        // The bit alone: somebody may be about to find that the packet that he asks for has gone.
        Interlocked.And(ref _state, ~Ended);
    }

    /// <summary>Begins to ask; look only afterwards whether the packet is still there. Each success is followed by <see cref="EndAsking"/>.</summary>
    /// <returns><see langword="false"/>: the packet has ended.</returns>
    public bool TryBeginAsking()
    {
        int state = Volatile.Read(ref _state);
        while (state >= 0)
        {
            int before = Interlocked.CompareExchange(ref _state, state + 1, state);
            if (before == state)
            {
                return true;
            }

            state = before;
        }

        return false;
    }

    /// <summary>The host has answered.</summary>
    /// <returns>Whether the packet has ended meanwhile and the caller tells the host: <see cref="TakeEnd"/>.</returns>
    public bool EndAsking() => Interlocked.Decrement(ref _state) == Ended;

    /// <summary>A packet that had left its callback has ended.</summary>
    /// <param name="isFailed">Whether by failure.</param>
    /// <param name="payload">What goes back.</param>
    /// <returns>Whether the caller tells the host; else whoever asks will.</returns>
    public bool TryEnd(bool isFailed, ReadOnlySpan<byte> payload)
    {
        if (Interlocked.CompareExchange(ref _state, Ended, 0) == 0)
        {
            return true;
        }

        // Kept before the bit is set: from then on the asker may take it.
        (_isFailed, _payload) = (isFailed, payload.ToArray());
        return Interlocked.Or(ref _state, Ended) == 0;
    }

    /// <summary>What the host is to be told of the end.</summary>
    public (bool IsFailed, byte[] Payload) TakeEnd()
    {
        (bool, byte[]) end = (_isFailed, _payload!);
        _payload = null;
        return end;
    }
}
