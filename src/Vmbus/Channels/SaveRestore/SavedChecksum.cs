using System.Buffers.Binary;
using System.Numerics;

namespace Vmbus;

/// <summary>CRC-32C: finds damage, every single flipped bit included. It is no protection against somebody who forges a state.</summary>
internal static class SavedChecksum
{
    /// <summary>The checksum of two pieces of memory, one after the other.</summary>
    public static uint Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Add(Add(uint.MaxValue, first), second);

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return sum;
    }
}
