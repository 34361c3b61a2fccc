using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Vmbus.Verification;

/// <summary>Threads as the operating system knows them: only it can tell whether one sits in a call that blocks. Linux and Windows.</summary>
internal static class OperatingSystemThread
{
    /// <summary>The number of the calling thread; 0 where it cannot be told.</summary>
    public static int CurrentId
    {
        // Once a thread, and only while callbacks are watched.
        [IrqlRequiresMax(Irql.Dispatch)]
        [SuppressMessage("Vmbus.Irql", "VMB201", Justification = "A link of /proc is read in memory; it waits for no device.")]
        get
        {
            if (OperatingSystem.IsLinux())
            {
                try
                {
                    return Directory.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false) is { Name: var name } && int.TryParse(name, out int id) ? id : 0;
                }
                catch (IOException)
                {
                    // Without /proc there is nothing to look at.
                    return 0;
                }
            }

            return OperatingSystem.IsWindows() ? (int)GetCurrentThreadId() : 0;
        }
    }

    /// <summary>Whether the thread with this number neither runs nor is ready to run.</summary>
    public static bool IsBlocked(int id)
    {
        if (id == 0)
        {
            return false;
        }

        using Process process = Process.GetCurrentProcess();
        foreach (ProcessThread thread in process.Threads)
        {
            using (thread)
            {
                if (thread.Id == id)
                {
                    return State(thread) == System.Diagnostics.ThreadState.Wait;
                }
            }
        }

        return false;
    }

    private static System.Diagnostics.ThreadState? State(ProcessThread thread)
    {
        try
        {
            return thread.ThreadState;
        }
        catch (InvalidOperationException)
        {
            // The thread ended meanwhile.
            return null;
        }
    }

    [DllImport("kernel32", ExactSpelling = true)]
    private static extern uint GetCurrentThreadId();
}
