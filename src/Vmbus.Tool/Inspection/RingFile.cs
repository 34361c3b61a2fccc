using System.Runtime.InteropServices;
using Vmbus.Ring;

namespace Vmbus.Tool.Inspection;

/// <summary>Rings in files.</summary>
internal static class RingFile
{
    /// <summary>Loads a copy of the ring, which nobody changes while it is looked at.</summary>
    /// <exception cref="ToolException">The file cannot be read, or its length is not that of a ring.</exception>
    public static RingMemory LoadCopy(string path) => ToolFiles.Read(path, ReadCopy);

    /// <summary>Maps the ring, which others may have mapped, too.</summary>
    /// <exception cref="ToolException">The file cannot be mapped, or its length is not that of a ring.</exception>
    public static RingMemory Map(string path) => ToolFiles.Read(path, static path =>
    {
        RequireRing(path, new FileInfo(path).Length);
        return RingMemory.MapFile(path);
    });

    private static RingMemory ReadCopy(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        RequireRing(path, file.Length);
        byte[] image = GC.AllocateUninitializedArray<byte>((int)file.Length, pinned: true);
        file.ReadExactly(image);

        // The array is pinned for good; the closure keeps it reachable for as long as the ring is used.
        return RingMemory.FromPointer(Marshal.UnsafeAddrOfPinnedArrayElement(image, 0), image.Length, () => GC.KeepAlive(image));
    }

    private static void RequireRing(string path, long length)
    {
        if (!RingMemory.IsRingLength(length))
        {
            throw new ToolException(
                ExitCode.DataError,
                $"{path} has {length} bytes, which is not the length of a ring: a control page of 4096 bytes and a data area of one or more times 4096 bytes. Name a file that holds a ring and nothing else.");
        }
    }
}
