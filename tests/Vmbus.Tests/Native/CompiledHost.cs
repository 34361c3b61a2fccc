using System.Diagnostics;
using System.Runtime.InteropServices;
using Vmbus.Tool;

namespace Vmbus.Tests.Native;

/// <summary>The host in C, compiled against the header that the tool writes for this assembly.</summary>
public sealed class CompiledHost : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vmbus-native-");
    private nint _library;

    public string HeaderPath => Path.Combine(_folder.FullName, "vmbus_native.h");

    /// <summary>Beside the header.</summary>
    public string SourcePath => Path.Combine(_folder.FullName, "source.c");

    /// <summary>A function of the host.</summary>
    public nint this[string name] => NativeLibrary.GetExport(Library, name);

    private nint Library => _library != 0 ? _library : _library = Compile();

    public void Dispose()
    {
        if (_library != 0)
        {
            NativeLibrary.Free(_library);
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Runs gcc, which must have nothing to say.</summary>
    public void Gcc(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardError = true, WorkingDirectory = _folder.FullName })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, errors));
    }

    public void WriteHeader()
    {
        StringWriter error = new();
        Assert.Equal((0, ""), (VmbusCommandLine.Run(["header", typeof(NativeDevice).Assembly.Location, "-o", HeaderPath], TextWriter.Null, error), error.ToString()));
    }

    private nint Compile()
    {
        WriteHeader();
        string library = Path.Combine(_folder.FullName, "host.so");
        Gcc("-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-fPIC", "-shared", "-I", _folder.FullName, "-o", library, Path.Combine(AppContext.BaseDirectory, "Native", "host.c"));
        return NativeLibrary.Load(library);
    }
}
