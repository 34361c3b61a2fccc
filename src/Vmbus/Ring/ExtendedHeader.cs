using System.Diagnostics.CodeAnalysis;

namespace Vmbus.Ring;

/// <summary>What parsing of all extended headers begins with.</summary>
internal static class ExtendedHeader
{
    public static bool HasLength(ReadOnlySpan<byte> extendedHeader, int minimum, [NotNullWhen(false)] out RingCorruption? corruption)
    {
        if (extendedHeader.Length < minimum)
        {
            corruption = new(RingField.ExtendedHeaderLength, (ulong)extendedHeader.Length, (ulong)minimum, RingSpace.MaximumPacketLength - PacketDescriptor.Length, $"at least {minimum}");
            return false;
        }

        corruption = null;
        return true;
    }

    public static void CheckDestination(Span<byte> destination, int length)
    {
        if (destination.Length < length)
        {
            throw new ArgumentException($"The extended header has {length} bytes; the destination has {destination.Length}.", nameof(destination));
        }
    }
}
