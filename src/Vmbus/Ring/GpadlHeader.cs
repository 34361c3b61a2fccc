using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Vmbus.Ring;

/// <summary>The extended header of <see cref="PacketType.TeardownGpadl"/> and <see cref="PacketType.DataUsingGpadl"/>.</summary>
/// <param name="Gpadl">The handle of the GPADL.</param>
public readonly record struct GpadlHeader(uint Gpadl)
{
    /// <summary>The length of the header in bytes: the handle and a reserved word, which is written as zero and may hold garbage.</summary>
    public const int Length = 8;

    /// <summary>Parses a header.</summary>
    /// <param name="extendedHeader">A private copy of the packet's extended header.</param>
    /// <param name="header">The header.</param>
    /// <param name="corruption">What was wrong.</param>
    /// <returns>Whether all is right.</returns>
    public static bool TryParse(ReadOnlySpan<byte> extendedHeader, out GpadlHeader header, [NotNullWhen(false)] out RingCorruption? corruption)
    {
        bool isLongEnough = ExtendedHeader.HasLength(extendedHeader, Length, out corruption);
        header = isLongEnough ? new GpadlHeader(BinaryPrimitives.ReadUInt32LittleEndian(extendedHeader)) : default;
        return isLongEnough;
    }

    /// <summary>Encodes the header.</summary>
    /// <param name="destination">At least 8 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void WriteTo(Span<byte> destination)
    {
        ExtendedHeader.CheckDestination(destination, Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Gpadl);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], 0);
    }
}
