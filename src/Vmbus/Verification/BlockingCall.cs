using System.Diagnostics;

namespace Vmbus.Verification;

/// <summary>A call of the framework that waits, and who called it.</summary>
/// <param name="Name">The called method, for example "Task.Wait".</param>
/// <param name="Caller">The method that called it.</param>
/// <param name="Offset">Where in that method.</param>
/// <param name="IsLock">Whether it takes a lock.</param>
internal readonly record struct BlockingCall(string Name, string Caller, int Offset, bool IsLock)
{
    private static readonly string OwnAssembly = typeof(BlockingCall).Assembly.GetName().Name!;

    /// <summary>The call of the framework that the calling thread is in; <see langword="null"/> if it was this library that called it.</summary>
    public static BlockingCall? Find()
    {
        string? name = null;
        bool isBelowWatch = false;
        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { DeclaringTypeName: { } type, Name: { } method } info)
            {
                continue;
            }

            string assembly = info.DeclaringAssemblyName?.Split(',', 2)[0] ?? "";
            if (assembly == OwnAssembly)
            {
                if (isBelowWatch)
                {
                    return null;
                }
            }
            else
            {
                isBelowWatch = true;
                string full = $"{Shorten(type)}.{method}";
                if (!IsFramework(assembly))
                {
                    return new BlockingCall(name ?? "a monitor", full, frame.GetILOffset(), name is null || IsLockMethod(name));
                }

                name = full;
            }
        }

        return null;
    }

    private static bool IsFramework(string assembly)
        => assembly.StartsWith("System.", StringComparison.Ordinal) || assembly is "System" or "mscorlib" or "netstandard" || assembly.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);

    private static bool IsLockMethod(string name)
        => name.StartsWith("Monitor.", StringComparison.Ordinal) ? name != "Monitor.Wait" : name.StartsWith("Lock.", StringComparison.Ordinal);

    private static string Shorten(string type)
    {
        string name = type[(type.LastIndexOf('.') + 1)..];
        return name.IndexOf('`', StringComparison.Ordinal) is var tick and > 0 ? name[..tick] : name;
    }
}
