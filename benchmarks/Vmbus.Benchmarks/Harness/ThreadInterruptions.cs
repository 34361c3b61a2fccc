using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Harness;

/// <summary>How often the operating system took the processor away from this thread.</summary>
internal static class ThreadInterruptions
{
    private const int ThisThread = 1;

    /// <summary>Where ru_nivcsw lies in struct rusage of 64-bit Linux: two time values of two words, then thirteen counters before it.</summary>
    private const int InvoluntarySwitches = 17;

    private const int Words = 18;

    [ThreadStatic]
    private static long[]? Usage;

    /// <summary>The number of involuntary context switches so far; 0 for ever where the operating system does not tell.</summary>
    public static long Count()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return 0;
        }

        long[] usage = Usage ??= new long[Words];
        return GetResourceUsage(ThisThread, usage) == 0 ? usage[InvoluntarySwitches] : 0;
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetResourceUsage(int who, [Out] long[] usage);
}
