using System.Buffers.Binary;

namespace Vmbus;

/// <summary>The header before the payload of every packet on a pipe channel; it carries the exact length.</summary>
internal static class PipeHeader
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 8;

    private const uint Data = 1;

    public static void Write(Span<byte> header, int payloadLength)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Data);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)payloadLength);
    }

    /// <summary>Checks a copied header.</summary>
    /// <param name="header">The first bytes of the packet.</param>
    /// <param name="room">The bytes of the packet behind the header.</param>
    /// <param name="payloadLength">The exact length.</param>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public static string? Check(ReadOnlySpan<byte> header, int room, out int payloadLength)
    {
        payloadLength = 0;
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(header);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (type != Data)
        {
            return $"pipe packet type {type} is not {Data} (data)";
        }

        if (length > (uint)room)
        {
            return $"pipe length {length} is larger than the {room} bytes behind the pipe header";
        }

        payloadLength = (int)length;
        return null;
    }
}
