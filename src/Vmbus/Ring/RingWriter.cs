using System.Runtime.CompilerServices;

namespace Vmbus.Ring;

/// <summary>The sending side of a ring.</summary>
/// <remarks>
/// <para>
/// Packets are staged by <see cref="TryWrite(PacketType, PacketFlags, ulong, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> and shown to the
/// reader by <see cref="Publish"/>, once for any number of packets. Nothing allocates.
/// </para>
/// <para>
/// The reader's index is read from shared memory only when the private copy says that there is no room, and is checked before it is used:
/// it must be an index and may only move forward, up to what was published. Otherwise the ring is corrupt, for good.
/// </para>
/// <para>One thread at a time.</para>
/// </remarks>
public sealed unsafe partial class RingWriter : RingEndpoint
{
    private readonly uint _maximumFootprint;

    /// <summary>Where the next packet goes.</summary>
    private uint _staged;

    /// <summary>
    /// How many bytes may be written from <see cref="_staged"/> on without any further thought: they are free, they end before the end
    /// of the ring, and they are not too long for one packet. 0 when the ring is corrupt or the writer disposed.
    /// </summary>
    private uint _straight;

    /// <summary>The write index as this side stored it last.</summary>
    private uint _published;

    /// <summary>The read index as it was last accepted.</summary>
    private uint _peerRead;

#pragma warning disable CS0169 // Never used: it only keeps others away. The runtime places fields of struct type last.
    private CacheLine _distance;
#pragma warning restore CS0169

    /// <summary>Attaches to a ring at the indices that its control page holds.</summary>
    /// <param name="memory">The ring; a reference of it is held until the writer is disposed.</param>
    /// <exception cref="RingCorruptException">An index of the control page cannot be right.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public RingWriter(RingMemory memory)
        : base(memory)
    {
        _maximumFootprint = Math.Min(Size - RingSpace.Granularity, RingSpace.MaximumPacketLength + RingSpace.FooterLength);
        _staged = _published = AttachedWriteIndex;
        _peerRead = AttachedReadIndex;
        MeasureStraight();
        _usesFlowControl = (Page.FeatureBits & RingControlPage.PendingSendSizeFeature) != 0;
    }

    /// <summary>The largest payload in bytes of a packet without extended header, on an empty ring.</summary>
    public int MaximumPayloadLength => GetMaximumPayloadLength(0);

    /// <summary>Whether packets are staged that <see cref="Publish"/> has not shown yet.</summary>
    public bool HasUnpublished => _staged != _published;

    /// <summary>The raw number of bytes not in use, staged packets counted as used, after a look at the reader's index. A packet fits if its footprint is smaller.</summary>
    /// <remarks>When the ring is corrupt: 8, with which nothing fits.</remarks>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public int AvailableToWrite
    {
        get
        {
            ThrowIfDetached();
            bool isSound = Refresh();
            GC.KeepAlive(this);
            return (int)((isSound ? Room : 0) + RingSpace.Granularity);
        }
    }

    /// <summary>How many bytes may be written: what is free but for the granule that keeps a full ring from looking empty.</summary>
    private uint Room => Size - RingSpace.Distance(_peerRead, _staged, Size) - RingSpace.Granularity;

    /// <summary>The largest payload in bytes of a packet with this extended header, on an empty ring; negative if not even the header fits.</summary>
    /// <param name="extendedHeaderLength">The length of the extended header in bytes.</param>
    public int GetMaximumPayloadLength(int extendedHeaderLength) =>
        (int)(_maximumFootprint - RingSpace.FooterLength - PacketDescriptor.Length - RingSpace.AlignUp(extendedHeaderLength));

    /// <summary>Stages a packet without extended header.</summary>
    /// <param name="type">The type of the packet.</param>
    /// <param name="flags">The flags; written as they are.</param>
    /// <param name="transactionId">The transaction id; any value.</param>
    /// <param name="payload">The payload; padded with zeros to a multiple of 8. It must not change during the call.</param>
    /// <returns>Whether the packet is staged, and if not, why.</returns>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public RingWriteStatus TryWrite(PacketType type, PacketFlags flags, ulong transactionId, ReadOnlySpan<byte> payload)
    {
        uint payloadLength = (uint)payload.Length;
        uint packetLength = PacketDescriptor.Length + ((payloadLength + (RingSpace.Granularity - 1)) & ~(uint)(RingSpace.Granularity - 1));
        uint footprint = packetLength + RingSpace.FooterLength;
        uint straight = _straight;
        if (footprint > straight)
        {
            return Stage(type, flags, transactionId, default, payload, default);
        }

        uint start = _staged;
        _staged = start + footprint;
        _straight = straight - footprint;
        byte* position = DataStart + start;
        byte* end = position + packetLength;
        *(ulong*)position = PacketDescriptor.FirstWord(type, PacketDescriptor.Length / RingSpace.Granularity, packetLength / RingSpace.Granularity, flags);
        *(ulong*)(position + RingSpace.Granularity) = transactionId;
        *(ulong*)end = Footer(start);
        if ((payloadLength & (RingSpace.Granularity - 1)) != 0)
        {
            // The payload overwrites what is not padding.
            *(ulong*)(end - RingSpace.Granularity) = 0;
        }

        payload.CopyTo(new Span<byte>(position + PacketDescriptor.Length, (int)payloadLength));
        GC.KeepAlive(this);
        return RingWriteStatus.Success;
    }

    /// <summary>Stages a packet.</summary>
    /// <param name="type">The type of the packet.</param>
    /// <param name="flags">The flags; written as they are.</param>
    /// <param name="transactionId">The transaction id; any value.</param>
    /// <param name="extendedHeader">What follows the descriptor; its length is a multiple of 8.</param>
    /// <param name="payload">The payload; padded with zeros to a multiple of 8. It must not change during the call.</param>
    /// <returns>Whether the packet is staged, and if not, why.</returns>
    /// <exception cref="ArgumentException">The length of <paramref name="extendedHeader"/> is not a multiple of 8.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public RingWriteStatus TryWrite(PacketType type, PacketFlags flags, ulong transactionId, ReadOnlySpan<byte> extendedHeader, ReadOnlySpan<byte> payload) =>
        Stage(type, flags, transactionId, extendedHeader, payload, default);

    /// <summary>Stages a packet whose payload comes in two parts, for example a pipe header and its data.</summary>
    /// <param name="type">The type of the packet.</param>
    /// <param name="flags">The flags; written as they are.</param>
    /// <param name="transactionId">The transaction id; any value.</param>
    /// <param name="extendedHeader">What follows the descriptor; its length is a multiple of 8.</param>
    /// <param name="payload">The first part of the payload. It must not change during the call.</param>
    /// <param name="morePayload">The second part, directly behind the first; both together are padded with zeros to a multiple of 8.</param>
    /// <returns>Whether the packet is staged, and if not, why.</returns>
    /// <exception cref="ArgumentException">The length of <paramref name="extendedHeader"/> is not a multiple of 8.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public RingWriteStatus TryWrite(
        PacketType type,
        PacketFlags flags,
        ulong transactionId,
        ReadOnlySpan<byte> extendedHeader,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> morePayload) => Stage(type, flags, transactionId, extendedHeader, payload, morePayload);

    /// <summary>Shows the staged packets to the reader.</summary>
    /// <returns>True: the reader must be signalled, once. False: it is awake, does not want to be, or nothing was staged.</returns>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public bool Publish()
    {
        uint before = _published;
        uint after = _staged;
        if (before == after)
        {
            ThrowIfDetached();
            return false;
        }

        // One operation stores the index, after everything that was staged, and is the full fence: the reader clears its mask and then
        // looks at the write index; this side stores the write index and then looks at the mask. Without a full fence on both sides
        // each could miss the other.
        RingControlPage page = Page;
        uint own = page.ExchangeWriteIndex(after);
        _published = after;
        bool signal = (own != before || page.InterruptMask == 0) && DecideSignal(own, before);
        GC.KeepAlive(this);
        return signal;
    }

    /// <summary>Drops the packets that were staged since the last <see cref="Publish"/>.</summary>
    public void DiscardUnpublished()
    {
        _staged = _published;
        MeasureStraight();
    }

    private protected override void Invalidate()
    {
        // Nothing is left to publish, and nothing can be staged: both paths end where the reason is looked up.
        _staged = _published;
        _straight = 0;
    }

    private static ulong Footer(uint start) => (ulong)start << 32;

    private static void ThrowUnalignedHeader(int length) =>
        throw new ArgumentException($"The length of an extended header is a multiple of 8 bytes; {length} is none.", "extendedHeader");

    /// <summary>Stages any packet, anywhere: the general case.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RingWriteStatus Stage(
        PacketType type,
        PacketFlags flags,
        ulong transactionId,
        ReadOnlySpan<byte> extendedHeader,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> morePayload)
    {
        if ((extendedHeader.Length & (RingSpace.Granularity - 1)) != 0)
        {
            ThrowUnalignedHeader(extendedHeader.Length);
        }

        // Each length is below 2^31, so nothing overflows in 64 bits.
        ulong payloadLength = (ulong)(uint)payload.Length + (uint)morePayload.Length;
        ulong payloadOffset = PacketDescriptor.Length + (ulong)(uint)extendedHeader.Length;
        ulong packetLength = payloadOffset + ((payloadLength + (RingSpace.Granularity - 1)) & ~(ulong)(RingSpace.Granularity - 1));
        ulong footprint = packetLength + RingSpace.FooterLength;
        if (footprint > _straight)
        {
            RingWriteStatus status = FindRoom(footprint);
            if (status != RingWriteStatus.Success)
            {
                return status;
            }
        }

        uint start = _staged;
        uint end = RingSpace.Advance(start, (uint)packetLength, Size);
        uint position = PutWord(start, PacketDescriptor.FirstWord(type, (uint)payloadOffset / RingSpace.Granularity, (uint)packetLength / RingSpace.Granularity, flags));
        position = PutWord(position, transactionId);
        position = PutBytes(position, extendedHeader);
        if ((payloadLength & (RingSpace.Granularity - 1)) != 0)
        {
            // The payload overwrites what is not padding.
            PutWord((end == 0 ? Size : end) - RingSpace.Granularity, 0);
        }

        position = PutBytes(position, payload);
        PutBytes(position, morePayload);
        _staged = PutWord(end, Footer(start));
        MeasureStraight();
        GC.KeepAlive(this);
        return RingWriteStatus.Success;
    }

    private RingWriteStatus FindRoom(ulong footprint)
    {
        ThrowIfDetached();
        if (Corruption is not null)
        {
            return RingWriteStatus.Corrupt;
        }

        if (footprint > _maximumFootprint)
        {
            return RingWriteStatus.TooLarge;
        }

        if (footprint <= Room)
        {
            return RingWriteStatus.Success;
        }

        if (!Refresh())
        {
            return RingWriteStatus.Corrupt;
        }

        return footprint <= Room ? RingWriteStatus.Success : RingWriteStatus.Full;
    }

    /// <summary>Looks at the reader's index, and whether somebody else moved this side's own.</summary>
    private bool Refresh()
    {
        if (Corruption is not null)
        {
            return false;
        }

        RingControlPage page = Page;
        uint own = page.WriteIndex;
        return own == _published ? AcceptPeerRead(page.ReadIndex) : CondemnOwnIndex(own, _published);
    }

    /// <summary>Whether the reader, which wants to be signalled, took everything up to the index as it was before a batch, and so may sleep.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool DecideSignal(uint own, uint before)
    {
        if (own != before)
        {
            return CondemnOwnIndex(own, before);
        }

        return AcceptPeerRead(Page.ReadIndex) && _peerRead == before;
    }

    /// <summary>Takes over the reader's index: an index, not behind what it was and not ahead of what was published.</summary>
    private bool AcceptPeerRead(uint value)
    {
        if (Corruption is not null)
        {
            return false;
        }

        if (value != _peerRead)
        {
            uint unread = RingSpace.Distance(_peerRead, _published, Size);
            if (!IsIndex(value) || RingSpace.Distance(_peerRead, value, Size) > unread)
            {
                return CondemnPeerRead(value);
            }

            _peerRead = value;
            MeasureStraight();
        }

        return true;
    }

    private void MeasureStraight()
    {
        // The last granule is left to the general case, so that the fast path never wraps the index.
        uint untilEnd = Size - RingSpace.Granularity - _staged;
        _straight = Corruption is not null || IsDetached ? 0 : Math.Min(Math.Min(Room, untilEnd), _maximumFootprint);
    }

    private bool CondemnOwnIndex(uint own, uint expected)
    {
        Condemn(new RingCorruption(RingField.WriteIndex, own, expected, expected, $"{expected}, which this side stored and the reader must not change"));
        return false;
    }

    private bool CondemnPeerRead(uint value)
    {
        Condemn(CheckIndex(RingField.ReadIndex, value)
            ?? new RingCorruption(RingField.ReadIndex, value, _peerRead, _published, $"an index from {_peerRead}, where it was, forward to the write index {_published}"));
        return false;
    }

    /// <summary>An index is a multiple of 8, so that a word never wraps.</summary>
    private uint PutWord(uint position, ulong value)
    {
        *(ulong*)(DataStart + position) = value;
        return RingSpace.Advance(position, RingSpace.Granularity, Size);
    }

    private uint PutBytes(uint position, ReadOnlySpan<byte> bytes)
    {
        int untilEnd = (int)Math.Min((uint)bytes.Length, Size - position);
        bytes[..untilEnd].CopyTo(new Span<byte>(DataStart + position, untilEnd));
        bytes[untilEnd..].CopyTo(new Span<byte>(DataStart, bytes.Length - untilEnd));
        return RingSpace.Advance(position, (uint)bytes.Length, Size);
    }
}
