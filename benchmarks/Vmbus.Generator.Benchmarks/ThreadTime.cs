using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Vmbus.Generator.Benchmarks;

/// <summary>The time that this thread has had a processor for; where the operating system does not tell, the time that has passed.</summary>
internal static class ThreadTime
{
    private const int ThreadCpuTime = 3;

    public static double Microseconds()
        => OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out TimeSpec time) == 0
            ? (time.Seconds * 1e6) + (time.Nanoseconds / 1e3)
            : Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
