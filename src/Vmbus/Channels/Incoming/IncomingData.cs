using Vmbus.Ring;

namespace Vmbus;

/// <summary>The external data of a delivered packet: what its header references, and the memory once it was obtained.</summary>
internal sealed class IncomingData
{
    private readonly DataSegments _segments = new();
    private CopiesUnderWay _copies;

    /// <summary>A pended packet may be asked for its data by several threads, and completed by another meanwhile.</summary>
    private SpinLock _lock = new(enableThreadOwnerTracking: false);
    private volatile bool _isObtained;
    private byte[] _header = [];
    private int _headerLength;

    /// <summary>Whether the memory was obtained.</summary>
    public bool IsObtained => _isObtained;

    /// <summary>Takes over a checked extended header.</summary>
    public void Reference(ReadOnlySpan<byte> header)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_header.Length < header.Length)
            {
                _header = new byte[Math.Max(64, header.Length)];
            }

            header.CopyTo(_header);
            _headerLength = header.Length;
            _segments.Clear();
            _isObtained = false;
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Lets the memory go.</summary>
    public void Forget()
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            _segments.Clear();
            _isObtained = false;
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Finds the memory that the header references.</summary>
    /// <param name="memory">Where to look.</param>
    /// <param name="lifetime">The packet whose header it is.</param>
    /// <param name="generation">Its generation: one that has ended meanwhile has no memory any more, and the next of its place must not get any of it.</param>
    /// <returns><see langword="false"/>: it references what is not there, or has ended.</returns>
    public bool TryObtain(IGuestMemory memory, IDataLifetime lifetime, long generation)
    {
        if (_isObtained)
        {
            return true;
        }

        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            return _isObtained || (_isObtained = lifetime.IsAlive(generation) && TryFind(memory));
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Takes over memory that another library has found.</summary>
    /// <param name="pieces">The memory.</param>
    /// <param name="lifetime">The packet whose memory it is.</param>
    /// <param name="generation">Its generation, as with <see cref="TryObtain"/>.</param>
    /// <returns><see langword="false"/>: the packet has ended meanwhile.</returns>
    public bool TryTakeOver(ReadOnlySpan<Memory<byte>> pieces, IDataLifetime lifetime, long generation)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (!lifetime.IsAlive(generation))
            {
                return false;
            }

            // What another thread has obtained for the same packet meanwhile may be in use.
            if (!_isObtained)
            {
                _segments.Clear();
                foreach (Memory<byte> piece in pieces)
                {
                    _segments.Add(piece, isReadOnly: false);
                }

                _isObtained = true;
            }

            return true;
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>A copy into or out of the memory begins.</summary>
    public void BeginCopy() => _copies.Begin();

    /// <summary>It has ended.</summary>
    public void EndCopy() => _copies.End();

    /// <summary>The packet has ended: waits for the copies that run, before its sender hears of it.</summary>
    public void AwaitCopies() => _copies.AwaitAll();

    /// <summary>The memory, bound to the life of a packet.</summary>
    public ExternalData Bind(IDataLifetime lifetime, long generation, bool isReadOnly) => new(lifetime, generation, _segments, isReadOnly);

    private bool TryFind(IGuestMemory memory)
    {
        _segments.Clear();
        if (!GpaDirectHeader.TryParse(_header.AsSpan(0, _headerLength), out GpaDirectHeader header, out _))
        {
            return false;
        }

        foreach (GpaRange range in header)
        {
            if (!_segments.TryAdd(memory, in range))
            {
                _segments.Clear();
                return false;
            }
        }

        return true;
    }

    private void Exit(bool taken)
    {
        if (taken)
        {
            _lock.Exit(useMemoryBarrier: false);
        }
    }
}
