using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>Clears the padding inside a structure, so that no stale byte of this side goes over the bus.</summary>
/// <typeparam name="T">The structure.</typeparam>
internal static class PayloadPadding<[DynamicallyAccessedMembers(PayloadLayout.Fields)] T>
    where T : unmanaged
{
    /// <summary>0xFF for a byte of a field, 0 for padding; empty where there is no padding.</summary>
    private static readonly byte[] Mask = PayloadLayout.PaddingMask(typeof(T));

    /// <summary>Sets the padding in the bytes of one <typeparamref name="T"/> to zero.</summary>
    public static void Clear(Span<byte> bytes)
    {
        byte[] mask = Mask;
        for (int i = 0; i < mask.Length; i++)
        {
            bytes[i] &= mask[i];
        }
    }
}
