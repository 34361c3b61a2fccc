using Vmbus.Ring;

namespace Vmbus;

/// <summary>The external data of an outgoing packet: a chain of memory of this side, or pages that the user names; and the header that references it.</summary>
internal sealed class OutgoingData
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
    /// <returns>
    /// <see cref="NtStatus.InvalidBufferSize"/>: no packet could name so many pages; <see cref="NtStatus.InsufficientResources"/>: there is no room to share so much. Then
    /// nothing is shared.
    /// </returns>
    public NtStatus Share(BusPort port)
    {
        long pages = 0;
        foreach (Piece piece in _pieces)
        {
            pages += PagesOf(port, piece);
        }

        if (!FitsInPacket(_pieces.Count, pages))
        {
            return NtStatus.InvalidBufferSize;
        }

        if (_shared.Length < pages)
        {
            _shared = new ulong[pages];
        }

        GpaRangeWriter writer = GpaRangeWriter.ForGpaDirect(HeaderRoom(_pieces.Count, (int)pages));
        _sharedCount = 0;
        foreach (Piece piece in _pieces)
        {
            Span<ulong> numbers = _shared.AsSpan(_sharedCount, PagesOf(port, piece));
            if (!port.TryShareMemory(piece.Memory, piece.IsReadOnly, numbers))
            {
                Unshare(port, isSettled: true);
                return NtStatus.InsufficientResources;
            }

            writer.Add((uint)piece.Memory.Length, port.GetByteOffset(piece.Memory), numbers);
            _sharedCount += numbers.Length;
        }

        _headerLength = writer.Written.Length;
        return NtStatus.Success;
    }

    /// <summary>Builds the header for pages of the user's own choice.</summary>
    /// <returns><see langword="false"/>: no packet could name so many pages.</returns>
    public bool TryReference(ReadOnlySpan<ulong> pageFrameNumbers, uint byteOffset, uint byteCount)
    {
        if (!FitsInPacket(1, pageFrameNumbers.Length))
        {
            return false;
        }

        GpaRangeWriter writer = GpaRangeWriter.ForGpaDirect(HeaderRoom(1, pageFrameNumbers.Length));
        writer.Add(byteCount, byteOffset, pageFrameNumbers);
        _headerLength = writer.Written.Length;
        return true;
    }

    /// <summary>Takes back what was shared.</summary>
    /// <param name="port">Whom it was shared through.</param>
    /// <param name="isSettled">Whether the other side is done with it.</param>
    public void Unshare(BusPort port, bool isSettled)
    {
        int taken = 0;
        foreach (Piece piece in _pieces)
        {
            if (taken == _sharedCount)
            {
                break;
            }

            ReadOnlySpan<ulong> numbers = _shared.AsSpan(taken, PagesOf(port, piece));
            port.UnshareMemory(piece.Memory, piece.IsReadOnly, numbers, isSettled);
            taken += numbers.Length;
        }

        _sharedCount = 0;
        _headerLength = 0;
    }

    private static int PagesOf(BusPort port, Piece piece) => (int)GpaRange.PagesSpanned((uint)piece.Memory.Length, port.GetByteOffset(piece.Memory));

    private static bool FitsInPacket(int ranges, long pages) => HeaderLength(ranges, pages) <= RingSpace.MaximumPacketLength - PacketDescriptor.Length;

    private static long HeaderLength(int ranges, long pages) => 8 + (8 * (ranges + pages));

    private Span<byte> HeaderRoom(int ranges, int pages)
    {
        int length = (int)HeaderLength(ranges, pages);
        if (_header.Length < length)
        {
            _header = new byte[length];
        }

        return _header.AsSpan(0, length);
    }

    private readonly record struct Piece(Memory<byte> Memory, bool IsReadOnly);
}
