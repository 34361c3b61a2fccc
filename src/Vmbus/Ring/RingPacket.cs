namespace Vmbus.Ring;

/// <summary>One packet in a ring, whose descriptor was copied and checked.</summary>
/// <remarks>
/// <para>
/// Extended header and payload lie in memory that the peer may change at any moment: copy them out once and look only at the copy, or,
/// reading in place, expect that each read differs.
/// </para>
/// <para>
/// A packet is valid until its reader publishes the read index, goes back by <see cref="RingReader.Rewind"/>, or is disposed. Spans
/// that are taken in place do not keep the memory alive: the reader must stay reachable and undisposed.
/// </para>
/// </remarks>
public readonly ref struct RingPacket
{
    private readonly RingReader? _reader;
    private readonly uint _start;
    private readonly PacketDescriptor _descriptor;

    internal RingPacket(RingReader reader, uint start, PacketDescriptor descriptor)
    {
        _reader = reader;
        _start = start;
        _descriptor = descriptor;
    }

    /// <summary>The descriptor: a copy, checked.</summary>
    public PacketDescriptor Descriptor => _descriptor;

    /// <summary>What the packet is.</summary>
    public PacketType Type => _descriptor.Type;

    /// <summary>The flags.</summary>
    public PacketFlags Flags => _descriptor.Flags;

    /// <summary>Whether the sender expects a completion.</summary>
    public bool IsCompletionRequested => _descriptor.IsCompletionRequested;

    /// <summary>The transaction id; any value.</summary>
    public ulong TransactionId => _descriptor.TransactionId;

    /// <summary>Where the packet starts, a byte offset into the data area.</summary>
    public int StartIndex => (int)_start;

    /// <summary>The bytes between the descriptor and the payload; a multiple of 8.</summary>
    public int ExtendedHeaderLength => _reader is null ? 0 : _descriptor.PayloadOffset - PacketDescriptor.Length;

    /// <summary>The payload with its padding, in bytes; a multiple of 8. The true length can only come from inside the payload.</summary>
    public int PayloadLength => _descriptor.PacketLength - _descriptor.PayloadOffset;

    /// <summary>Descriptor, extended header, payload and padding, in bytes.</summary>
    public int PacketLength => _descriptor.PacketLength;

    /// <summary>What the packet occupies in the ring, footer included, in bytes.</summary>
    public int BytesConsumed => _reader is null ? 0 : _descriptor.PacketLength + RingSpace.FooterLength;

    /// <summary>Copies the extended header out.</summary>
    /// <param name="destination">At least <see cref="ExtendedHeaderLength"/> bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public void CopyExtendedHeaderTo(Span<byte> destination) => Copy(destination, PacketDescriptor.Length, ExtendedHeaderLength);

    /// <summary>Copies the payload, padding included, out.</summary>
    /// <param name="destination">At least <see cref="PayloadLength"/> bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public void CopyPayloadTo(Span<byte> destination) => Copy(destination, _descriptor.PayloadOffset, PayloadLength);

    /// <summary>Copies the whole packet out. The descriptor is the one that was checked, whatever the ring holds by now.</summary>
    /// <param name="destination">At least <see cref="PacketLength"/> bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public void CopyTo(Span<byte> destination)
    {
        int length = PacketLength;
        if (length == 0)
        {
            return;
        }

        Copy(destination, 0, length);
        _descriptor.WriteTo(destination);
    }

    /// <summary>The payload in place: in one piece, or in two where it wraps (then the second is not empty).</summary>
    /// <param name="first">The payload up to its end or the end of the ring.</param>
    /// <param name="second">The rest, from the start of the ring.</param>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public void GetPayload(out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second)
    {
        if (_reader is null)
        {
            first = default;
            second = default;
            return;
        }

        _reader.GetSegments(Position(_descriptor.PayloadOffset), PayloadLength, out first, out second);
    }

    /// <summary>The payload in place, if it is in one piece.</summary>
    /// <param name="payload">The payload in the ring's memory.</param>
    /// <returns>False: it wraps.</returns>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public bool TryGetContiguousPayload(out ReadOnlySpan<byte> payload)
    {
        GetPayload(out payload, out ReadOnlySpan<byte> rest);
        return rest.IsEmpty;
    }

    /// <summary>The payload in one piece: in place, or, where it wraps, as a copy.</summary>
    /// <param name="scratch">At least <see cref="PayloadLength"/> bytes; written only if the payload wraps.</param>
    /// <returns>The ring's memory, or the start of <paramref name="scratch"/>.</returns>
    /// <exception cref="ArgumentException">The payload wraps and <paramref name="scratch"/> is too short.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public ReadOnlySpan<byte> GetContiguousPayload(Span<byte> scratch)
    {
        if (TryGetContiguousPayload(out ReadOnlySpan<byte> payload))
        {
            return payload;
        }

        CopyPayloadTo(scratch);
        return scratch[..PayloadLength];
    }

    private void Copy(Span<byte> destination, int offset, int length)
    {
        if (destination.Length < length)
        {
            ThrowTooShort(destination.Length, length);
        }

        if (length != 0)
        {
            _reader!.CopyTo(destination[..length], Position(offset));
        }
    }

    private uint Position(int offset) => _reader!.Wrap(_start + (uint)offset);

    private static void ThrowTooShort(int actual, int needed) =>
        throw new ArgumentException($"{needed} bytes are to be copied; the destination has {actual}.", "destination");
}
