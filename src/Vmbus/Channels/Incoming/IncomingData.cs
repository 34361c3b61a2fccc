using Vmbus.Ring;

namespace Vmbus;

/// <summary>The external data of a delivered packet: what its header references, and the memory once it was obtained.</summary>
internal sealed class IncomingData
{
    private readonly DataSegments _segments = new();
    private byte[] _header = [];
    private int _headerLength;

    /// <summary>Whether the memory was obtained.</summary>
    public bool IsObtained { get; private set; }

    /// <summary>Takes over a checked extended header.</summary>
    public void Reference(ReadOnlySpan<byte> header)
    {
        if (_header.Length < header.Length)
        {
            _header = new byte[Math.Max(64, header.Length)];
        }

        header.CopyTo(_header);
        _headerLength = header.Length;
        Forget();
    }

    /// <summary>Lets the memory go.</summary>
    public void Forget()
    {
        _segments.Clear();
        IsObtained = false;
    }

    /// <summary>Finds the memory that the header references.</summary>
    public bool TryObtain(IGuestMemory memory)
    {
        if (IsObtained)
        {
            return true;
        }

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

        return IsObtained = true;
    }

    /// <summary>Takes over memory that another library has found.</summary>
    public void Obtain(ReadOnlySpan<Memory<byte>> pieces)
    {
        _segments.Clear();
        foreach (Memory<byte> piece in pieces)
        {
            _segments.Add(piece, isReadOnly: false);
        }

        IsObtained = true;
    }

    /// <summary>The memory, bound to the life of a packet.</summary>
    public ExternalData Bind(IDataLifetime lifetime, long generation, bool isReadOnly) => new(lifetime, generation, _segments, isReadOnly);
}
