using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Ring;

/// <summary>Sends and receives payloads of one size. Each carries a number, which is checked, so that nothing can be left out.</summary>
internal abstract class TransportShape(string name, int payloadLength) : Shape(name)
{
    protected byte[] Source { get; } = new byte[payloadLength];

    protected byte[] Destination { get; } = new byte[payloadLength];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Number(long value) => Unsafe.WriteUnaligned(ref MemoryMarshal.GetArrayDataReference(Source), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Check(ReadOnlySpan<byte> received, long value)
    {
        if (Unsafe.ReadUnaligned<long>(ref MemoryMarshal.GetReference(received)) != value)
        {
            ThrowWrong();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Require(bool condition)
    {
        if (!condition)
        {
            ThrowWrong();
        }
    }

    private static void ThrowWrong() => throw new InvalidOperationException("The transport did not do what it should.");
}
