using System.Diagnostics;

namespace Vmbus.Tests.Native;

/// <summary>A test that compiles C. SKIPPED where there is no gcc.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GccFactAttribute : FactAttribute
{
    private static readonly bool IsThere = Find();

    public GccFactAttribute()
    {
        if (!IsThere)
        {
            Skip = "SKIPPED: gcc is not on this machine, and the test compiles a host in C.";
        }
    }

    private static bool Find()
    {
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo("gcc", "--version") { RedirectStandardOutput = true, RedirectStandardError = true });
            process?.StandardOutput.ReadToEnd();
            process?.WaitForExit();
            return process is { ExitCode: 0 };
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
