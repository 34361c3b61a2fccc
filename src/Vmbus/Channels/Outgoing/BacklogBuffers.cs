using System.Numerics;

namespace Vmbus;

/// <summary>
/// Arrays for packets that wait for room, for all channels of the process. The thread that queues is ordinarily not the one that drains, so that the arrays of a
/// pool that keeps them by thread would go one way only. Any thread, DISPATCH_LEVEL or lower.
/// </summary>
internal static class BacklogBuffers
{
    /// <summary>How much of a size is kept, in bytes.</summary>
    private const int MostKept = 4 << 20;

    private const int SmallestBits = 6;
    private const int LargestBits = 20;

    private static readonly SizeClass[] Classes = [.. Enumerable.Range(SmallestBits, LargestBits - SmallestBits + 1).Select(static bits => new SizeClass(1 << bits))];

    /// <summary>An array of at least so many bytes, with any content.</summary>
    public static byte[] Rent(int length)
    {
        int index = IndexOf(length);
        return index < Classes.Length ? Classes[index].Rent() : new byte[length];
    }

    /// <summary>Gives an array back.</summary>
    public static void Return(byte[] buffer)
    {
        int index = IndexOf(buffer.Length);
        if (index < Classes.Length)
        {
            Classes[index].Return(buffer);
        }
    }

    private static int IndexOf(int length) => Math.Max(0, BitOperations.Log2((uint)Math.Max(length, 2) - 1) + 1 - SmallestBits);

    private sealed class SizeClass(int length)
    {
        private Lookaside<byte[]> _free = new();
        private int _count;

        public byte[] Rent()
        {
            if (_free.TryTake(out byte[]? buffer))
            {
                Interlocked.Decrement(ref _count);
                return buffer;
            }

            return GC.AllocateUninitializedArray<byte>(length);
        }

        public void Return(byte[] buffer)
        {
            if (Interlocked.Increment(ref _count) * (long)length <= MostKept)
            {
                _free.Return(buffer);
            }
            else
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
