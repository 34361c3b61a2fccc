using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus.Ring;

/// <summary>The 4096 bytes before a ring's data area, seen in place. The other side may change each field at any moment.</summary>
/// <remarks>Every read is one volatile load and every write one volatile store; nothing is validated and nothing is cached.</remarks>
public readonly ref struct RingControlPage
{
    /// <summary>The length of the page in bytes, whatever the page size of the machine.</summary>
    public const int Length = 4096;

    /// <summary>The offset of <see cref="WriteIndex"/>.</summary>
    public const int WriteIndexOffset = 0;

    /// <summary>The offset of <see cref="ReadIndex"/>.</summary>
    public const int ReadIndexOffset = 4;

    /// <summary>The offset of <see cref="InterruptMask"/>.</summary>
    public const int InterruptMaskOffset = 8;

    /// <summary>The offset of <see cref="PendingSendSize"/>.</summary>
    public const int PendingSendSizeOffset = 12;

    /// <summary>The offset of <see cref="FeatureBits"/>.</summary>
    public const int FeatureBitsOffset = 64;

    /// <summary>The offset of <see cref="GuestToHostInterruptCount"/>.</summary>
    public const int GuestToHostInterruptCountOffset = 4088;

    /// <summary>The bit of <see cref="FeatureBits"/> that says that its setter uses and honours the pending send size.</summary>
    public const uint PendingSendSizeFeature = 0x1;

    private readonly ref byte _page;

    /// <summary>Looks at a control page.</summary>
    /// <param name="page">At least 4096 bytes, aligned to 8.</param>
    /// <exception cref="ArgumentException"><paramref name="page"/> is shorter than 4096 bytes.</exception>
    public RingControlPage(Span<byte> page)
    {
        if (page.Length < Length)
        {
            throw new ArgumentException($"A ring's control page has {Length} bytes; the span has {page.Length}.", nameof(page));
        }

        _page = ref MemoryMarshal.GetReference(page);
    }

    internal unsafe RingControlPage(byte* page) => _page = ref *page;

    /// <summary>Where the next packet will be placed ("In"), a byte offset into the data area. Written by the sender.</summary>
    public uint WriteIndex
    {
        get => Volatile.Read(ref Field(WriteIndexOffset));
        set => Volatile.Write(ref Field(WriteIndexOffset), value);
    }

    /// <summary>The next unread packet ("Out"), a byte offset into the data area. Written by the receiver.</summary>
    public uint ReadIndex
    {
        get => Volatile.Read(ref Field(ReadIndexOffset));
        set => Volatile.Write(ref Field(ReadIndexOffset), value);
    }

    /// <summary>Non-zero: the receiver wants no signal when the ring becomes non-empty. Written by the receiver.</summary>
    public uint InterruptMask
    {
        get => Volatile.Read(ref Field(InterruptMaskOffset));
        set => Volatile.Write(ref Field(InterruptMaskOffset), value);
    }

    /// <summary>The number of bytes that a blocked sender waits for, 0 when it is not blocked. Written by the sender.</summary>
    public uint PendingSendSize
    {
        get => Volatile.Read(ref Field(PendingSendSizeOffset));
        set => Volatile.Write(ref Field(PendingSendSizeOffset), value);
    }

    /// <summary>What the sender supports; see <see cref="PendingSendSizeFeature"/>. Written by the sender.</summary>
    public uint FeatureBits
    {
        get => Volatile.Read(ref Field(FeatureBitsOffset));
        set => Volatile.Write(ref Field(FeatureBitsOffset), value);
    }

    /// <summary>A statistic that some guests keep; never interpreted by the engine.</summary>
    public ulong GuestToHostInterruptCount
    {
        get => Volatile.Read(ref Unsafe.As<byte, ulong>(ref Unsafe.Add(ref _page, GuestToHostInterruptCountOffset)));
        set => Volatile.Write(ref Unsafe.As<byte, ulong>(ref Unsafe.Add(ref _page, GuestToHostInterruptCountOffset)), value);
    }

    /// <summary>Stores the write index as a full fence, and says what was there before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint ExchangeWriteIndex(uint value) => Interlocked.Exchange(ref Field(WriteIndexOffset), value);

    /// <summary>Stores the read index as a full fence, and says what was there before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint ExchangeReadIndex(uint value) => Interlocked.Exchange(ref Field(ReadIndexOffset), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref uint Field(int offset) => ref Unsafe.As<byte, uint>(ref Unsafe.Add(ref _page, offset));
}
