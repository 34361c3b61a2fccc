using System.Runtime.InteropServices;
using Vmbus.Ring;

namespace Vmbus.Tool.RingCommands;

/// <summary>Rings in files.</summary>
internal static class RingFile
{
    /// <summary>Loads a copy of the ring, which nobody changes while it is looked at.</summary>
    /// <exception cref="InvalidDataException">The file's length is not that of a ring.</exception>
    public static RingMemory LoadCopy(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (!RingMemory.IsRingLength(file.Length))
        {
            throw new InvalidDataException(
                $"{path} has {file.Length} bytes, which is not the length of a ring: a control page of 4096 bytes and a data area of one or more times 4096 bytes.");
        }

        byte[] image = GC.AllocateUninitializedArray<byte>((int)file.Length, pinned: true);
        file.ReadExactly(image);

        // The array is pinned for good; the closure keeps it reachable for as long as the ring is used.
        return RingMemory.FromPointer(Marshal.UnsafeAddrOfPinnedArrayElement(image, 0), image.Length, () => GC.KeepAlive(image));
    }
}
