using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vmbus;

/// <summary>
/// Signals between two processes: a bit for each channel and direction, and a doorbell for each side that says that a message to look at the bits is under
/// way. The other side may write anything there: it can only make this side look in vain, or miss signals of its own.
/// </summary>
internal sealed unsafe class InterruptPage(SharedMapping memory, bool isHost)
{
    private const int HalfLength = SharedMemoryLayout.InterruptPageLength / 2;

    private readonly ulong* _sent = (ulong*)(memory.Start + SharedMemoryLayout.InterruptOffset + (isHost ? 0 : HalfLength));
    private readonly ulong* _received = (ulong*)(memory.Start + SharedMemoryLayout.InterruptOffset + (isHost ? HalfLength : 0));
    private readonly uint* _theirDoorbell = (uint*)(memory.Start + SharedMemoryLayout.DoorbellOffset + (isHost ? SharedMemoryLayout.DoorbellStride : 0));
    private readonly uint* _myDoorbell = (uint*)(memory.Start + SharedMemoryLayout.DoorbellOffset + (isHost ? 0 : SharedMemoryLayout.DoorbellStride));

    /// <summary>Sets the bit of a channel.</summary>
    /// <returns>Whether the other side must be told to look.</returns>
    public bool Raise(uint channelId)
    {
        // In this order: whoever clears the doorbell looks at the bits afterwards.
        Interlocked.Or(ref Unsafe.AsRef<ulong>(_sent + (channelId / 64)), 1ul << (int)(channelId % 64));
        bool isDue = Interlocked.Exchange(ref Unsafe.AsRef<uint>(_theirDoorbell), 1) == 0;
        GC.KeepAlive(memory);
        return isDue;
    }

    /// <summary>Calls back for each channel whose bit the other side has set since the last time.</summary>
    public void Take(Action<uint> signaled)
    {
        Interlocked.Exchange(ref Unsafe.AsRef<uint>(_myDoorbell), 0);
        for (uint i = 0; i < HalfLength / sizeof(ulong); i++)
        {
            if (Volatile.Read(ref _received[i]) == 0)
            {
                continue;
            }

            ulong bits = Interlocked.Exchange(ref Unsafe.AsRef<ulong>(_received + i), 0);
            for (; bits != 0; bits &= bits - 1)
            {
                signaled((i * 64) + (uint)BitOperations.TrailingZeroCount(bits));
            }
        }

        GC.KeepAlive(memory);
    }
}
