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
public sealed unsafe class RingWriter : RingEndpoint
{
    private readonly ulong _maximumFootprint;
    private uint _staged;
    private uint _published;
    private uint _peerRead;
    private uint _room;
    private bool _usesFlowControl;

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
        _room = Size - RingSpace.Distance(_peerRead, _staged, Size) - RingSpace.Granularity;
        _usesFlowControl = (Page.FeatureBits & RingControlPage.PendingSendSizeFeature) != 0;
    }

    /// <summary>The largest payload in bytes of a packet without extended header, on an empty ring.</summary>
    public int MaximumPayloadLength => GetMaximumPayloadLength(0);

    /// <summary>Whether packets are staged that <see cref="Publish"/> has not shown yet.</summary>
    public bool HasUnpublished => _staged != _published;

    /// <summary>
    /// Whether the pending send size is used on this ring: the feature bit was set when the writer attached, or by <see cref="EnableFlowControl"/>.
    /// </summary>
    public bool UsesFlowControl => _usesFlowControl;

    /// <summary>The raw number of bytes not in use, staged packets counted as used, after a look at the reader's index. A packet fits if its footprint is smaller.</summary>
    /// <remarks>When the ring is corrupt: 8, with which nothing fits.</remarks>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public int AvailableToWrite
    {
        get
        {
            ThrowIfDetached();
            RefreshRoom();
            GC.KeepAlive(this);
            return (int)(_room + RingSpace.Granularity);
        }
    }

    /// <summary>The largest payload in bytes of a packet with this extended header, on an empty ring; negative if not even the header fits.</summary>
    /// <param name="extendedHeaderLength">The length of the extended header in bytes.</param>
    public int GetMaximumPayloadLength(int extendedHeaderLength) =>
        (int)((long)_maximumFootprint - RingSpace.FooterLength - PacketDescriptor.Length - RingSpace.AlignUp(extendedHeaderLength));

    /// <summary>Tells the reader that this side uses the pending send size, and honours it on the ring that it receives from.</summary>
    /// <remarks>To be called when the channel opens. Without it a writer that finds the ring full must poll.</remarks>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void EnableFlowControl()
    {
        ThrowIfDetached();
        RingControlPage page = Page;
        page.FeatureBits = RingControlPage.PendingSendSizeFeature;
        _usesFlowControl = true;
        GC.KeepAlive(this);
    }

    /// <summary>Stages a packet without extended header.</summary>
    /// <param name="type">The type of the packet.</param>
    /// <param name="flags">The flags; written as they are.</param>
    /// <param name="transactionId">The transaction id; any value.</param>
    /// <param name="payload">The payload; padded with zeros to a multiple of 8. It must not change during the call.</param>
    /// <returns>Whether the packet is staged, and if not, why.</returns>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public RingWriteStatus TryWrite(PacketType type, PacketFlags flags, ulong transactionId, ReadOnlySpan<byte> payload) =>
        TryWrite(type, flags, transactionId, default, payload, default);

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
        TryWrite(type, flags, transactionId, extendedHeader, payload, default);

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
        if (footprint > _room || footprint > _maximumFootprint)
        {
            RingWriteStatus status = FindRoom(footprint);
            if (status != RingWriteStatus.Success)
            {
                return status;
            }
        }

        uint start = _staged;
        uint length = (uint)footprint;
        ulong firstWord = PacketDescriptor.FirstWord(type, (uint)payloadOffset / RingSpace.Granularity, (uint)packetLength / RingSpace.Granularity, flags);
        ulong footer = (ulong)start << 32;
        if (start + length <= Size)
        {
            byte* position = DataStart + start;
            *(ulong*)position = firstWord;
            *(ulong*)(position + 8) = transactionId;
            position += PacketDescriptor.Length;
            if (extendedHeader.Length != 0)
            {
                extendedHeader.CopyTo(new Span<byte>(position, extendedHeader.Length));
                position += extendedHeader.Length;
            }

            byte* end = DataStart + start + (uint)packetLength;
            if ((payloadLength & (RingSpace.Granularity - 1)) != 0)
            {
                // The payload overwrites what is not padding.
                *(ulong*)(end - RingSpace.Granularity) = 0;
            }

            payload.CopyTo(new Span<byte>(position, payload.Length));
            if (morePayload.Length != 0)
            {
                morePayload.CopyTo(new Span<byte>(position + payload.Length, morePayload.Length));
            }

            *(ulong*)end = footer;
        }
        else
        {
            WriteWrapped(firstWord, transactionId, extendedHeader, payload, morePayload, (uint)packetLength, footer);
        }

        _staged = RingSpace.Advance(start, length, Size);
        _room -= length;
        GC.KeepAlive(this);
        return RingWriteStatus.Success;
    }

    /// <summary>Shows the staged packets to the reader.</summary>
    /// <returns>True: the reader must be signalled, once. False: it is awake, does not want to be, or nothing was staged.</returns>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public bool Publish()
    {
        ThrowIfDetached();
        uint before = _published;
        uint after = _staged;
        if (before == after)
        {
            return false;
        }

        RingControlPage page = Page;
        page.WriteIndex = after;
        _published = after;

        // The reader clears its mask and then looks at the write index; this side stores the write index and then looks at the mask.
        // Without a full fence on both sides each could miss the other.
        Interlocked.MemoryBarrier();
        bool signal = false;
        if (page.InterruptMask == 0)
        {
            // The reader sleeps only after it took everything up to the index as it was before this batch.
            signal = AcceptPeerRead(page.ReadIndex) && _peerRead == before;
        }

        GC.KeepAlive(this);
        return signal;
    }

    /// <summary>Drops the packets that were staged since the last <see cref="Publish"/>.</summary>
    public void DiscardUnpublished()
    {
        if (Corruption is null && !IsDetached)
        {
            _room += RingSpace.Distance(_published, _staged, Size);
        }

        _staged = _published;
    }

    /// <summary>Asks the reader for a signal when room for a packet becomes free, and looks once more whether it already is.</summary>
    /// <param name="bytesNeeded">The footprint of the packet in bytes (<see cref="RingSpace.Footprint"/>), or more so as to be woken less often.</param>
    /// <returns>True: there is room, the request is withdrawn: write. False: the request stands: wait for the signal (or the ring is corrupt, see <see cref="RingEndpoint.Corruption"/>).</returns>
    /// <remarks>Afterwards, when the packet is written: <see cref="ClearPendingSend"/>. Everything staged must have been published before.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or no ring of this size can ever have so much room.</exception>
    /// <exception cref="InvalidOperationException">Packets are staged that the reader cannot see, or flow control is not enabled on this ring.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public bool PreparePendingSend(int bytesNeeded)
    {
        ThrowIfDetached();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesNeeded);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytesNeeded, DataSize - RingSpace.Granularity);
        if (HasUnpublished)
        {
            throw new InvalidOperationException("Packets are staged but not published: the reader could never make room. Call Publish first.");
        }

        if (!_usesFlowControl)
        {
            throw new InvalidOperationException("Flow control is not enabled on this ring: the reader would not signal. Call EnableFlowControl when the channel opens.");
        }

        RingControlPage page = Page;
        page.PendingSendSize = (uint)bytesNeeded;

        // The reader stores its index and then looks at the pending size; here it is the other way round.
        Interlocked.MemoryBarrier();
        RefreshRoom();
        bool hasRoom = _room >= (uint)bytesNeeded;
        if (hasRoom)
        {
            page.PendingSendSize = 0;
        }

        GC.KeepAlive(this);
        return hasRoom;
    }

    /// <summary>Withdraws the request of <see cref="PreparePendingSend"/>; otherwise every later crossing would signal again.</summary>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void ClearPendingSend()
    {
        ThrowIfDetached();
        RingControlPage page = Page;
        page.PendingSendSize = 0;
        GC.KeepAlive(this);
    }

    private protected override void Invalidate() => _room = 0;

    private static void ThrowUnalignedHeader(int length) =>
        throw new ArgumentException($"The length of an extended header is a multiple of 8 bytes; {length} is none.", "extendedHeader");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RingWriteStatus FindRoom(ulong footprint)
    {
        ThrowIfDetached();
        if (footprint > _maximumFootprint)
        {
            return Corruption is null ? RingWriteStatus.TooLarge : RingWriteStatus.Corrupt;
        }

        if (!RefreshRoom())
        {
            return RingWriteStatus.Corrupt;
        }

        return footprint <= _room ? RingWriteStatus.Success : RingWriteStatus.Full;
    }

    /// <summary>Looks at the reader's index, and whether somebody else moved this side's own.</summary>
    private bool RefreshRoom()
    {
        if (Corruption is not null)
        {
            return false;
        }

        RingControlPage page = Page;
        uint own = page.WriteIndex;
        if (own != _published)
        {
            Condemn(new RingCorruption(RingField.WriteIndex, own, _published, _published, $"{_published}, which this side stored and the reader must not change"));
            return false;
        }

        return AcceptPeerRead(page.ReadIndex);
    }

    /// <summary>Takes over the reader's index: an index, not behind what it was and not ahead of what was published.</summary>
    private bool AcceptPeerRead(uint value)
    {
        if (value == _peerRead)
        {
            return Corruption is null;
        }

        uint unread = RingSpace.Distance(_peerRead, _published, Size);
        if (!IsIndex(value) || RingSpace.Distance(_peerRead, value, Size) > unread)
        {
            CondemnPeerRead(value, unread);
            return false;
        }

        if (Corruption is not null)
        {
            return false;
        }

        _peerRead = value;
        _room = Size - RingSpace.Distance(value, _staged, Size) - RingSpace.Granularity;
        return true;
    }

    private void CondemnPeerRead(uint value, uint unread) => Condemn(
        CheckIndex(RingField.ReadIndex, value)
        ?? new RingCorruption(RingField.ReadIndex, value, _peerRead, _published, $"an index at most {unread} bytes ahead of {_peerRead}, up to the published write index {_published}"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteWrapped(
        ulong firstWord,
        ulong transactionId,
        ReadOnlySpan<byte> extendedHeader,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> morePayload,
        uint packetLength,
        ulong footer)
    {
        uint position = PutWord(_staged, firstWord);
        position = PutWord(position, transactionId);
        position = PutBytes(position, extendedHeader);
        uint padding = RingSpace.Advance(_staged, packetLength - RingSpace.Granularity, Size);
        if (((payload.Length + (long)morePayload.Length) & (RingSpace.Granularity - 1)) != 0)
        {
            PutWord(padding, 0);
        }

        position = PutBytes(position, payload);
        PutBytes(position, morePayload);
        PutWord(RingSpace.Advance(_staged, packetLength, Size), footer);
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
