using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>Clears the padding inside a structure, so that no stale byte of this side goes over the bus.</summary>
/// <typeparam name="T">The structure.</typeparam>
internal static class PayloadPadding<[DynamicallyAccessedMembers(PayloadLayout.Fields)] T>
    where T : unmanaged
{
    /// <summary>0xFF for a byte of a field, 0 for padding; empty where there is no padding.</summary>
    private static readonly byte[] Mask = PayloadLayout.PaddingMask<T>();

    /// <summary>The bytes of a structure as they go over the bus: its padding set to zero.</summary>
    /// <param name="copy">A copy of the sender's own; its padding is cleared.</param>
    public static Span<byte> ToWire(ref T copy)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref copy));
        byte[] mask = Mask;
        for (int i = 0; i < mask.Length; i++)
        {
            bytes[i] &= mask[i];
        }

        return bytes;
    }
}
