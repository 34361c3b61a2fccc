using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Vmbus.Ring;

/// <summary>The extended header of <see cref="PacketType.AdditionalData"/>.</summary>
/// <param name="TotalBytes">The length of the whole in bytes.</param>
/// <param name="ByteOffset">Where in the whole this packet's data belongs.</param>
/// <param name="ByteCount">The length of this packet's data in bytes.</param>
public readonly record struct AdditionalDataHeader(ulong TotalBytes, uint ByteOffset, uint ByteCount)
{
    /// <summary>The length of the header in bytes.</summary>
    public const int Length = 16;

    /// <summary>Parses a header, and checks that the piece lies in the whole and in the packet.</summary>
    /// <param name="extendedHeader">A private copy of the packet's extended header.</param>
    /// <param name="payloadLength">The length of the packet's payload in bytes.</param>
    /// <param name="header">The header.</param>
    /// <param name="corruption">What was wrong.</param>
    /// <returns>Whether all is right.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> extendedHeader,
        int payloadLength,
        out AdditionalDataHeader header,
        [NotNullWhen(false)] out RingCorruption? corruption)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        header = default;
        if (!ExtendedHeader.HasLength(extendedHeader, Length, out corruption))
        {
            return false;
        }

        ulong total = BinaryPrimitives.ReadUInt64LittleEndian(extendedHeader);
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(extendedHeader[8..]);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(extendedHeader[12..]);
        if (offset > total)
        {
            corruption = new(RingField.RangeByteOffset, offset, 0, total, $"at most {total}, the length of the whole");
            return false;
        }

        ulong most = Math.Min(total - offset, (ulong)payloadLength);
        if (count > most)
        {
            corruption = new(RingField.RangeByteCount, count, 0, most, $"at most {most}, which the packet and the whole hold");
            return false;
        }

        header = new AdditionalDataHeader(total, offset, count);
        return true;
    }

    /// <summary>Encodes the header.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void WriteTo(Span<byte> destination)
    {
        ExtendedHeader.CheckDestination(destination, Length);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, TotalBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], ByteOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], ByteCount);
    }
}
