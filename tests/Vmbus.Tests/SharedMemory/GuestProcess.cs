using System.Collections.Concurrent;
using System.Diagnostics;

namespace Vmbus.Tests.SharedMemory;

/// <summary>A guest in a process of its own.</summary>
internal sealed class GuestProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    public GuestProcess(string path, Guid type, string what, int count = 0)
    {
        ProcessStartInfo start = new("dotnet", [System.IO.Path.Combine(AppContext.BaseDirectory, "Vmbus.TestGuest.dll"), path, type.ToString(), what, count.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, args) => _output.Enqueue(args.Data ?? "");
        _process.ErrorDataReceived += (_, args) => _output.Enqueue(args.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    /// <summary>Ends the process without giving it a chance to say or do anything.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its own end.</summary>
    public int WaitForEnd()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(60)), $"The guest does not end: {Output}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
