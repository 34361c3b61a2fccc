using System.Runtime.CompilerServices;

namespace Vmbus.Ring;

/// <summary>The receiving side of a ring, whose memory and peer are not trusted.</summary>
/// <remarks>
/// <para>
/// <see cref="TryRead"/> advances a private index; <see cref="PublishRead"/> stores it, once for any number of packets, and frees their
/// room for the writer. Nothing allocates. Whatever the peer writes, and when, nothing outside the ring is read: each index and each
/// descriptor is loaded once, copied, and then checked. A value that cannot be right makes the ring corrupt, for good.
/// </para>
/// <para>
/// Waiting: <see cref="MaskInterrupts"/>; read until empty; <see cref="PublishRead"/>; <see cref="UnmaskInterrupts"/>, and if that finds
/// data, from the start; else sleep until the peer signals.
/// </para>
/// <para>One thread at a time.</para>
/// </remarks>
public sealed unsafe partial class RingReader : RingEndpoint
{
    private const uint SmallestFootprint = PacketDescriptor.Length + RingSpace.FooterLength;

    private readonly RingReadChecks _checks;
    private readonly uint _rejectedFlags;
    private readonly uint _maximumLength8;
    private uint _read;
    private uint _published;
    private uint _peerWrite;
    private uint _available;
    private uint _mask;
    private long _undecided;

#pragma warning disable CS0169 // Never used: it only keeps others away. The runtime places fields of struct type last.
    private CacheLine _distance;
#pragma warning restore CS0169

    /// <summary>Attaches to a ring at the indices that its control page holds.</summary>
    /// <param name="memory">The ring; a reference of it is held until the reader is disposed.</param>
    /// <param name="checks">What to reject beyond what would make the reader lose its place.</param>
    /// <param name="maximumPacketLength">The longest packet accepted, in bytes: descriptor, extended header, payload and padding, without footer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumPacketLength"/> is less than a descriptor.</exception>
    /// <exception cref="RingCorruptException">An index of the control page cannot be right.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public RingReader(RingMemory memory, RingReadChecks checks = RingReadChecks.Strict, int maximumPacketLength = RingSpace.MaximumPacketLength)
        : base(memory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPacketLength, PacketDescriptor.Length);
        _checks = checks;
        _rejectedFlags = (checks & RingReadChecks.UnknownFlags) != 0 ? unchecked((ushort)~(uint)PacketFlags.CompletionRequested) : 0u;
        _maximumLength8 = (uint)Math.Min(maximumPacketLength, RingSpace.MaximumPacketLength) / RingSpace.Granularity;
        _read = _published = AttachedReadIndex;
        _peerWrite = AttachedWriteIndex;
        _available = RingSpace.Distance(_read, _peerWrite, Size);
        _mask = Page.InterruptMask;
    }

    /// <summary>The raw number of bytes that are there to read, footers included, after a look at the writer's index. 0 when the ring is corrupt.</summary>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public int AvailableToRead
    {
        get
        {
            ThrowIfDetached();
            Refresh();
            GC.KeepAlive(this);
            return (int)_available;
        }
    }

    /// <summary>Whether packets were read that <see cref="PublishRead"/> has not given back yet.</summary>
    public bool HasUnpublished => _read != _published;

    /// <summary>The bytes, footers included, that were given back by <see cref="PublishReadIndex"/> and not decided about yet.</summary>
    public long UndecidedBytes => _undecided;

    /// <summary>Takes the next packet.</summary>
    /// <param name="packet">The packet, when the result is <see cref="RingReadStatus.Success"/>. Its bytes stay where they are until the read index is published.</param>
    /// <returns>Whether there was a packet. <see cref="RingReadStatus.Corrupt"/> moves nothing and stays.</returns>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public RingReadStatus TryRead(out RingPacket packet)
    {
        uint available = _available;
        if (available < SmallestFootprint)
        {
            RingReadStatus status = FindPacket();
            if (status != RingReadStatus.Success)
            {
                packet = default;
                return status;
            }

            available = _available;
        }

        // The descriptor is loaded once; from here on only the copy counts. It may wrap between its two words.
        uint start = _read;
        uint size = Size;
        byte* data = DataStart;
        ulong first = Volatile.Read(ref *(ulong*)(data + start));
        ulong second = Volatile.Read(ref *(ulong*)(data + RingSpace.Advance(start, RingSpace.Granularity, size)));
        var descriptor = PacketDescriptor.FromWords(first, second);
        uint offset8 = descriptor.Offset8;
        uint length8 = descriptor.Length8;
        uint footprint = (length8 * RingSpace.Granularity) + RingSpace.FooterLength;
        if (length8 < offset8
            || offset8 < PacketDescriptor.Length / RingSpace.Granularity
            || footprint > available
            || length8 > _maximumLength8
            || ((uint)descriptor.Flags & _rejectedFlags) != 0
            || (descriptor.Type is not (PacketType.DataInBand or PacketType.Completion) && !IsTypeAccepted(descriptor.Type, offset8)))
        {
            CondemnDescriptor(descriptor, available);
            packet = default;
            return RingReadStatus.Corrupt;
        }

        packet = new RingPacket(this, start, descriptor);
        _read = RingSpace.Advance(start, footprint, size);
        _available = available - footprint;
        GC.KeepAlive(this);
        return RingReadStatus.Success;
    }

    /// <summary>Gives the room of the packets read so far back to the writer, and decides whether it waits for that.</summary>
    /// <returns>True: the writer must be signalled, once.</returns>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public bool PublishRead()
    {
        uint before = _published;
        uint read = _read;
        if (before == read)
        {
            return DecideSpaceSignal();
        }

        RingControlPage page = Page;
        long bytesRead = _undecided + RingSpace.Distance(before, read, Size);
        bool signal = false;
        if ((page.FeatureBits & RingControlPage.PendingSendSizeFeature) == 0)
        {
            // Nobody waits for a signal, so that a release store is enough: what was read has been read before the writer may overwrite it.
            page.ReadIndex = read;
            _published = read;
        }
        else
        {
            // One operation stores the index, after everything was read, and is the full fence: the writer stores the pending size and
            // then looks at the read index; here it is the other way round.
            uint own = page.ExchangeReadIndex(read);
            _published = read;
            uint pending = page.PendingSendSize;
            signal = (own != before || pending != 0) && DecideSpaceSignal(own, before, pending, bytesRead);
        }

        _undecided = 0;
        GC.KeepAlive(this);
        return signal;
    }

    /// <summary>
    /// Gives the room of the packets read so far back to the writer without the decision; <see cref="DecideSpaceSignal()"/> must follow,
    /// once for any number of these calls, before the reader waits.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public void PublishReadIndex()
    {
        ThrowIfDetached();
        uint before = _published;
        uint read = _read;
        RingControlPage page = Page;
        page.ReadIndex = read;
        _published = read;
        _undecided += RingSpace.Distance(before, read, Size);
        GC.KeepAlive(this);
    }

    /// <summary>Decides whether the room given back since the last decision is what the writer waits for.</summary>
    /// <returns>True: the writer must be signalled, once.</returns>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public bool DecideSpaceSignal()
    {
        ThrowIfDetached();
        long bytesRead = _undecided;
        if (bytesRead == 0)
        {
            return false;
        }

        _undecided = 0;
        RingControlPage page = Page;
        bool signal = false;
        if ((page.FeatureBits & RingControlPage.PendingSendSizeFeature) != 0)
        {
            Interlocked.MemoryBarrier();
            uint pending = page.PendingSendSize;
            signal = pending != 0 && DecideSpaceSignal(_published, _published, pending, bytesRead);
        }

        GC.KeepAlive(this);
        return signal;
    }

    /// <summary>Goes back to the first packet that was read since the read index was last published. Packets taken since then are void.</summary>
    /// <remarks>The peer may have changed them meanwhile: they are read and checked anew.</remarks>
    public void Rewind()
    {
        _available += RingSpace.Distance(_published, _read, Size);
        _read = _published;
    }

    /// <summary>Asks the peer not to signal. Pure economy: signals that come nevertheless are harmless.</summary>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public void MaskInterrupts()
    {
        ThrowIfDetached();
        SetMask(1);
        GC.KeepAlive(this);
    }

    /// <summary>Asks the peer to signal when the ring becomes non-empty, and looks once more whether it already is.</summary>
    /// <returns>
    /// True: there is something to read (or to find corrupt); signals are masked again, read on. False: the ring is empty, and the next
    /// packet will be signalled: wait.
    /// </returns>
    /// <exception cref="InvalidOperationException">The read index is not published: the peer would not find the ring empty and would never signal.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public bool UnmaskInterrupts()
    {
        ThrowIfDetached();
        if (HasUnpublished)
        {
            throw new InvalidOperationException("The read index is not published: the writer would take the reader for awake and never signal. Call PublishRead first.");
        }

        SetMask(0);

        // The writer stores its index and then looks at the mask; here it is the other way round.
        Interlocked.MemoryBarrier();
        bool arrived = !Refresh() || _available != 0;
        if (arrived)
        {
            SetMask(1);
        }

        GC.KeepAlive(this);
        return arrived;
    }

    /// <summary>Copies bytes of a checked packet; both ends lie inside it.</summary>
    internal void CopyTo(Span<byte> destination, uint position)
    {
        ThrowIfDetached();
        uint length = (uint)destination.Length;
        byte* data = DataStart;
        if (position + length <= Size)
        {
            new ReadOnlySpan<byte>(data + position, (int)length).CopyTo(destination);
        }
        else
        {
            int untilEnd = (int)(Size - position);
            new ReadOnlySpan<byte>(data + position, untilEnd).CopyTo(destination);
            new ReadOnlySpan<byte>(data, (int)length - untilEnd).CopyTo(destination[untilEnd..]);
        }

        GC.KeepAlive(this);
    }

    /// <summary>The bytes of a checked packet in place: in one piece, or in two where they wrap.</summary>
    internal void GetSegments(uint position, int length, out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second)
    {
        ThrowIfDetached();
        int untilEnd = (int)Math.Min((uint)length, Size - position);
        first = new ReadOnlySpan<byte>(DataStart + position, untilEnd);
        second = new ReadOnlySpan<byte>(DataStart, length - untilEnd);
    }

    internal uint Wrap(uint position) => position >= Size ? position - Size : position;

    private protected override void Invalidate()
    {
        // Nothing is left to read or to give back: both paths end where the reason is looked up.
        _available = 0;
        _read = _published;
    }

    private void SetMask(uint value)
    {
        RingControlPage page = Page;
        page.InterruptMask = value;
        _mask = value;
    }

    private RingReadStatus FindPacket()
    {
        ThrowIfDetached();
        if (!Refresh())
        {
            return RingReadStatus.Corrupt;
        }

        uint available = _available;
        if (available >= SmallestFootprint)
        {
            return RingReadStatus.Success;
        }

        if (available == 0)
        {
            return RingReadStatus.Empty;
        }

        CondemnAvailable(available);
        return RingReadStatus.Corrupt;
    }

    /// <summary>Looks at the writer's index, and whether somebody else changed what this side alone writes. All lie in one cache line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Refresh()
    {
        RingControlPage page = Page;
        uint own = page.ReadIndex;
        if (own != _published)
        {
            return CondemnOwnIndex(own, _published);
        }

        uint mask = page.InterruptMask;
        if (mask != _mask && (_checks & RingReadChecks.InterruptMask) != 0)
        {
            return CondemnMask(mask);
        }

        return AcceptPeerWrite(page.WriteIndex);
    }

    /// <summary>Takes over the writer's index: an index, not behind what it was, seen from the room that the writer was given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AcceptPeerWrite(uint value)
    {
        uint previous = _peerWrite;
        if (value != previous && Corruption is null)
        {
            if (!IsIndex(value) || RingSpace.Distance(_published, value, Size) < RingSpace.Distance(_published, previous, Size))
            {
                return CondemnPeerWrite(value);
            }

            _peerWrite = value;
            _available = RingSpace.Distance(_read, value, Size);
        }

        return Corruption is null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool DecideSpaceSignal(uint own, uint before, uint pending, long bytesRead)
    {
        if (own != before)
        {
            return CondemnOwnIndex(own, before);
        }

        return AcceptPeerWrite(Page.WriteIndex) && CrossesPendingSize(pending, bytesRead);
    }

    /// <summary>Signals on the way up through the pending size, once; signed, because the writer may already have used the room again.</summary>
    private bool CrossesPendingSize(uint pending, long bytesRead)
    {
        long now = RingSpace.AvailableToWrite(_peerWrite, _published, Size);
        long before = now - bytesRead;
        return before <= pending && now > pending;
    }
}
