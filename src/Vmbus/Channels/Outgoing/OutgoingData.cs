using Vmbus.Ring;

namespace Vmbus;

/// <summary>The external data of an outgoing packet: a chain of memory of this side, or pages that the user names; and the header that references it.</summary>
internal sealed class OutgoingData(VmbusBus bus)
{
    private readonly List<Piece> _pieces = [];
    private ulong[] _shared = [];
    private int _sharedCount;
    private byte[] _header = [];
    private int _headerLength;

    public int PieceCount => _pieces.Count;

    /// <summary>The memory of the chain, piece by piece.</summary>
    public IEnumerable<Memory<byte>> Pieces => _pieces.Select(static piece => piece.Memory);

    public long Length { get; private set; }

    /// <summary>The extended header; complete once prepared.</summary>
    public ReadOnlySpan<byte> Header => _header.AsSpan(0, _headerLength);

    /// <summary>Adds memory to the chain.</summary>
    public void Add(Memory<byte> memory, bool isReadOnly)
    {
        _pieces.Add(new Piece(memory, isReadOnly));
        Length += memory.Length;
    }

    /// <summary>Empties the chain.</summary>
    public void Clear()
    {
        _pieces.Clear();
        Length = 0;
        _headerLength = 0;
    }

    /// <summary>Shares the chain with the other side and builds the header.</summary>
    public void Share()
    {
        int pages = 0;
        foreach (Piece piece in _pieces)
        {
            pages += PagesOf(piece);
        }

        if (_shared.Length < pages)
        {
            _shared = new ulong[pages];
        }

        GpaRangeWriter writer = GpaRangeWriter.ForGpaDirect(HeaderRoom(_pieces.Count, pages));
        _sharedCount = 0;
        foreach (Piece piece in _pieces)
        {
            Span<ulong> numbers = _shared.AsSpan(_sharedCount, PagesOf(piece));
            bus.ShareMemory(piece.Memory, piece.IsReadOnly, numbers);
            writer.Add((uint)piece.Memory.Length, 0, numbers);
            _sharedCount += numbers.Length;
        }

        _headerLength = writer.Written.Length;
    }

    /// <summary>Builds the header for pages of the user's own choice.</summary>
    public void Reference(ReadOnlySpan<ulong> pageFrameNumbers, uint byteOffset, uint byteCount)
    {
        GpaRangeWriter writer = GpaRangeWriter.ForGpaDirect(HeaderRoom(1, pageFrameNumbers.Length));
        writer.Add(byteCount, byteOffset, pageFrameNumbers);
        _headerLength = writer.Written.Length;
    }

    /// <summary>Takes back what was shared.</summary>
    public void Unshare()
    {
        bus.UnshareMemory(_shared.AsSpan(0, _sharedCount));
        _sharedCount = 0;
        _headerLength = 0;
    }

    private static int PagesOf(Piece piece) => (int)GpaRange.PagesSpanned((uint)piece.Memory.Length, 0);

    private Span<byte> HeaderRoom(int ranges, int pages)
    {
        int length = 8 + (8 * (ranges + pages));
        if (_header.Length < length)
        {
            _header = new byte[length];
        }

        return _header.AsSpan(0, length);
    }

    private readonly record struct Piece(Memory<byte> Memory, bool IsReadOnly);
}
