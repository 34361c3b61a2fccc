using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Vmbus;

/// <summary>Memory that has a file descriptor and cannot be made shorter, by nobody: a peer that shortened it would end every process that has it mapped.</summary>
[SupportedOSPlatform("linux")]
internal static class SealedMemory
{
    private const uint CloseOnExec = 0x1;
    private const uint AllowSealing = 0x2;
    private const int AddSeals = 1033;
    private const int GetSeals = 1034;
    private const int SealSeal = 0x1;
    private const int SealShrink = 0x2;
    private const int SealGrow = 0x4;

    /// <summary>Makes zeroed memory of a size that stays.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static SafeFileHandle Create(long size)
    {
        int descriptor;
        unsafe
        {
            fixed (byte* name = "vmbus\0"u8)
            {
                descriptor = MemfdCreate(name, CloseOnExec | AllowSealing);
            }
        }

        if (descriptor < 0)
        {
            throw Error("memfd_create");
        }

        SafeFileHandle memory = new(descriptor, ownsHandle: true);
        try
        {
            RandomAccess.SetLength(memory, size);
            if (Fcntl(descriptor, AddSeals, SealSeal | SealShrink | SealGrow) < 0)
            {
                throw Error("fcntl(F_ADD_SEALS)");
            }

            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Whether the size stays.</summary>
    public static bool CannotShrink(SafeFileHandle memory)
    {
        int seals = Fcntl((int)memory.DangerousGetHandle(), GetSeals, 0);
        return seals >= 0 && (seals & SealShrink) != 0;
    }

    private static IOException Error(string call) => new($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()}.");

    [DllImport("libc", EntryPoint = "memfd_create", ExactSpelling = true, SetLastError = true)]
    private static extern unsafe int MemfdCreate(byte* name, uint flags);

    [DllImport("libc", EntryPoint = "fcntl", ExactSpelling = true, SetLastError = true)]
    private static extern int Fcntl(int descriptor, int command, int argument);
}
