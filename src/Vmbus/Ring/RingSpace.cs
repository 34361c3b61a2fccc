using System.Runtime.CompilerServices;

namespace Vmbus.Ring;

/// <summary>The arithmetic of a ring: sizes in bytes, indices as byte offsets into the data area.</summary>
/// <remarks>
/// Equal indices mean empty; there is no flag for full. A write must therefore leave at least one granule of
/// <see cref="Granularity"/> bytes free, so at most <c>dataSize - 8</c> bytes are ever in use.
/// </remarks>
public static class RingSpace
{
    /// <summary>Every packet starts at, and every index is, a multiple of this many bytes.</summary>
    public const int Granularity = 8;

    /// <summary>The length of a packet's footer in bytes. It follows the padded packet and is not counted in the descriptor's length.</summary>
    public const int FooterLength = 8;

    /// <summary>The longest packet (descriptor, extended header, payload and padding) that the 16-bit length field can express, in bytes.</summary>
    public const int MaximumPacketLength = ushort.MaxValue * Granularity;

    /// <summary>The raw number of bytes between the read and the write index: what a reader may take.</summary>
    /// <param name="writeIndex">Where the next packet will be placed; below <paramref name="dataSize"/>.</param>
    /// <param name="readIndex">The next unread packet; below <paramref name="dataSize"/>.</param>
    /// <param name="dataSize">The size of the data area.</param>
    /// <returns>0 for an empty ring, at most <c>dataSize - 8</c>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AvailableToRead(uint writeIndex, uint readIndex, uint dataSize) => Distance(readIndex, writeIndex, dataSize);

    /// <summary>The raw number of bytes that are not in use. A write of <c>n</c> bytes is allowed only if this is greater than <c>n</c>.</summary>
    /// <param name="writeIndex">Where the next packet will be placed; below <paramref name="dataSize"/>.</param>
    /// <param name="readIndex">The next unread packet; below <paramref name="dataSize"/>.</param>
    /// <param name="dataSize">The size of the data area.</param>
    /// <returns><paramref name="dataSize"/> for an empty ring, at least 8.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint AvailableToWrite(uint writeIndex, uint readIndex, uint dataSize) => dataSize - Distance(readIndex, writeIndex, dataSize);

    /// <summary>The number of bytes that a packet occupies in the ring, footer included.</summary>
    /// <param name="extendedHeaderLength">Bytes between the descriptor and the payload; a multiple of 8.</param>
    /// <param name="payloadLength">Bytes of payload, without padding.</param>
    public static long Footprint(int extendedHeaderLength, int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extendedHeaderLength);
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        return PacketDescriptor.Length + (long)extendedHeaderLength + AlignUp(payloadLength) + FooterLength;
    }

    /// <summary>How far <paramref name="to"/> lies ahead of <paramref name="from"/>, wrapping at <paramref name="size"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Distance(uint from, uint to, uint size)
    {
        uint distance = to - from;
        return to >= from ? distance : distance + size;
    }

    /// <summary>An index moved forward by at most one whole ring.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Advance(uint index, uint bytes, uint size)
    {
        uint next = index + bytes;
        return next >= size ? next - size : next;
    }

    internal static long AlignUp(int length) => ((long)length + (Granularity - 1)) & ~(long)(Granularity - 1);
}
