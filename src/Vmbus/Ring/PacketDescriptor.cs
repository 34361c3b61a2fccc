using System.Buffers.Binary;

namespace Vmbus.Ring;

/// <summary>The 16 bytes that every packet starts with.</summary>
/// <param name="Type">What the packet is.</param>
/// <param name="Offset8">From the packet's start to its payload, in units of 8 bytes; at least 2.</param>
/// <param name="Length8">Descriptor, extended header, payload and padding, without the footer, in units of 8 bytes.</param>
/// <param name="Flags">Whether a completion is requested.</param>
/// <param name="TransactionId">Chosen by the requester; a completion echoes all 64 bits.</param>
public readonly record struct PacketDescriptor(PacketType Type, ushort Offset8, ushort Length8, PacketFlags Flags, ulong TransactionId)
{
    /// <summary>The length of a descriptor in bytes.</summary>
    public const int Length = 16;

    /// <summary>From the packet's start to its payload, in bytes.</summary>
    public int PayloadOffset => Offset8 * RingSpace.Granularity;

    /// <summary>Descriptor, extended header, payload and padding in bytes, without the footer.</summary>
    public int PacketLength => Length8 * RingSpace.Granularity;

    /// <summary>Whether the receiver owes a completion.</summary>
    public bool IsCompletionRequested => (Flags & PacketFlags.CompletionRequested) != 0;

    /// <summary>Decodes a descriptor. Nothing is validated.</summary>
    /// <param name="source">At least 16 bytes that nobody else changes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="source"/> is shorter than 16 bytes.</exception>
    public static PacketDescriptor ReadFrom(ReadOnlySpan<byte> source) =>
        FromWords(BinaryPrimitives.ReadUInt64LittleEndian(source), BinaryPrimitives.ReadUInt64LittleEndian(source[8..]));

    /// <summary>Encodes the descriptor.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is shorter than 16 bytes.</exception>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, FirstWord(Type, Offset8, Length8, Flags));
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], TransactionId);
    }

    internal static PacketDescriptor FromWords(ulong first, ulong second) =>
        new((PacketType)(ushort)first, (ushort)(first >> 16), (ushort)(first >> 32), (PacketFlags)(ushort)(first >> 48), second);

    internal static ulong FirstWord(PacketType type, uint offset8, uint length8, PacketFlags flags) =>
        (ulong)type | ((ulong)offset8 << 16) | ((ulong)length8 << 32) | ((ulong)flags << 48);
}
