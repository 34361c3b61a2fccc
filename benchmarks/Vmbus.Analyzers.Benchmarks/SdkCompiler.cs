using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Vmbus.Analyzers.Benchmarks;

/// <summary>
/// The compiler of the SDK, called as the SDK calls it: in a process of its own that has compiled nothing yet, or in a server that has compiled before.
/// </summary>
internal sealed partial class SdkCompiler : IDisposable
{
    private const int OfChildren = -1;

    private readonly string _dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
    private readonly string _compilers;
    private readonly string _sdk;
    private readonly string _references;
    private readonly string _server = $"vmbus-analysis-{Environment.ProcessId}";
    private Process? _serverProcess;

    public SdkCompiler()
    {
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        _sdk = Path.Combine(root, "sdk", Run(_dotnet, ["--version"]).Text.Trim());
        _compilers = Path.Combine(_sdk, "Roslyn", "bincore");
        _references = Directory.EnumerateDirectories(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"), "10.*").Select(static p => Path.Combine(p, "ref", "net10.0")).Last();
    }

    /// <summary>The analyzers that the SDK gives to every project, with the settings that it gives them.</summary>
    public IReadOnlyList<string> DefaultAnalyzers =>
    [
        $"/a:{Path.Combine(_sdk, "Sdks/Microsoft.NET.Sdk/analyzers/Microsoft.CodeAnalysis.NetAnalyzers.dll")}",
        $"/a:{Path.Combine(_sdk, "Sdks/Microsoft.NET.Sdk/analyzers/Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll")}",
        $"/analyzerconfig:{Path.Combine(_sdk, "Sdks/Microsoft.NET.Sdk/analyzers/build/config/analysislevel_10_default.globalconfig")}",
    ];

    /// <summary>One build: time on the clock and of the processor (of the process, or of the server), and what each analyzer says it took.</summary>
    internal sealed record Build(TimeSpan Elapsed, TimeSpan Processor, IReadOnlyDictionary<string, double> Analyzers);

    [GeneratedRegex(@"^\s*<?(?<time>[\d.]+)\s+<?\d+\s{2,}(?<name>[\w.]+)( \([\w, ]+\))\s*$", RegexOptions.Multiline)]
    private static partial Regex AnalyzerTime { get; }

    public Build Compile(IReadOnlyList<string> files, IEnumerable<string> analyzers, bool inServer)
    {
        string folder = Path.GetDirectoryName(files[0])!;
        string arguments = Path.Combine(folder, "csc.rsp");
        File.WriteAllLines(
            arguments,
            [
                "/nostdlib+ /target:library /optimize+ /debug:portable /nullable:enable /langversion:14 /deterministic+ /warn:10 /nologo /reportanalyzer",
                .. Directory.EnumerateFiles(_references, "*.dll").Append(typeof(VmbusChannel).Assembly.Location).Select(static r => $"/r:\"{r}\""),
                .. analyzers.Select(static a => $"\"{a}\""),
                .. files.Select(static f => $"\"{f}\""),
                $"/out:\"{Path.Combine(folder, "out.dll")}\"",
            ]);
        string[] server = inServer ? [$"/shared:{_server}", "/keepalive:600"] : [];
        TimeSpan before = inServer ? TimeOfServer() : TimeSpan.Zero;
        (string text, TimeSpan elapsed, TimeSpan processor) = Run(_dotnet, [Path.Combine(_compilers, "csc.dll"), .. server, "/noconfig", "@" + arguments]);
        if (inServer)
        {
            processor = TimeOfServer() - before;
            if (processor == TimeSpan.Zero)
            {
                throw new InvalidOperationException($"The compiler server {_server} was not used.");
            }
        }

        if (text.Contains("): error ", StringComparison.Ordinal) || text.Contains("warning VMB", StringComparison.Ordinal) || text.Contains(" CS8032", StringComparison.Ordinal)
            || text.Contains("error CS", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{folder} was to compile without a finding of ours:\n{text}");
        }

        Dictionary<string, double> times = [];
        foreach (Match analyzer in AnalyzerTime.Matches(text))
        {
            times[analyzer.Groups["name"].Value] = double.Parse(analyzer.Groups["time"].Value, CultureInfo.InvariantCulture);
        }

        return new Build(elapsed, processor, times);
    }

    public void Dispose()
    {
        if (_serverProcess is not null)
        {
            Run(_dotnet, [Path.Combine(_compilers, "VBCSCompiler.dll"), "-shutdown", $"-pipename:{_server}"]);
            _serverProcess.WaitForExit();
            _serverProcess.Dispose();
        }
    }

    /// <summary>The server is a process of ours, so that its time can be asked for.</summary>
    private TimeSpan TimeOfServer()
    {
        _serverProcess ??= Process.Start(new ProcessStartInfo(_dotnet, [Path.Combine(_compilers, "VBCSCompiler.dll"), $"-pipename:{_server}"]) { UseShellExecute = false })!;
        _serverProcess.Refresh();
        return _serverProcess.TotalProcessorTime;
    }

    private static (string Text, TimeSpan Elapsed, TimeSpan Processor) Run(string file, IEnumerable<string> arguments)
    {
        TimeSpan before = ProcessorTimeOfChildren();
        long start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (text, Stopwatch.GetElapsedTime(start), ProcessorTimeOfChildren() - before);
    }

    private static TimeSpan ProcessorTimeOfChildren()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        // struct rusage begins with the times in user and in kernel mode: seconds and microseconds of each.
        long[] usage = new long[36];
        _ = GetResourceUsage(OfChildren, usage);
        return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]);
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetResourceUsage(int who, [Out] long[] usage);
}
