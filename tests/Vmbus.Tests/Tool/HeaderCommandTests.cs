using System.Text.Json;
using Vmbus.Tests.Native;
using Vmbus.Tool;

namespace Vmbus.Tests.Tool;

/// <summary><c>vmbus header</c> through its command line. That a compiler takes what it writes, and that C and C# agree on it, is tested with the host in C.</summary>
public sealed class HeaderCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vmbus-header-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static string Handlers => typeof(NativeDevice).Assembly.Location;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_class_with_entry_points_is_declared()
    {
        Assert.Equal(0, Run("header", Handlers));
        string header = _output.ToString();
        Assert.StartsWith("/* The native entry points of Vmbus.Tests.dll.", header, StringComparison.Ordinal);
        Assert.Contains("\nEVT_VMB_CHANNEL_PROCESS_PACKET Vmbus_Tests_Native_NativeDevice_ProcessPacket;\n", header, StringComparison.Ordinal);
        Assert.Contains("\n/* Vmbus.Tests.Native.OtherDevice */\n", header, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', header);
    }

    [Fact]
    public void The_assembly_is_read_and_never_loaded()
    {
        string copy = PathOf("Copied.dll");
        File.Copy(Handlers, copy);
        Assert.Equal(0, Run("header", copy, "--output", PathOf("a.h")));
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => !assembly.IsDynamic && assembly.Location == copy);
        File.Delete(copy);
    }

    [Fact]
    public void A_header_that_did_not_change_keeps_its_time_stamp()
    {
        string header = PathOf("a.h");
        Assert.Equal(0, Run("header", Handlers, "-o", header));
        DateTime old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(header, old);
        Assert.Equal(0, Run("header", Handlers, "-o", header));
        Assert.Equal(old, File.GetLastWriteTimeUtc(header));

        File.AppendAllText(header, "changed");
        Assert.Equal(0, Run("header", Handlers, "-o", header));
        Assert.DoesNotContain("changed", File.ReadAllText(header), StringComparison.Ordinal);
        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public void What_cannot_be_used_is_named_with_the_remedy()
    {
        File.WriteAllText(PathOf("text.dll"), "no assembly");
        File.WriteAllBytes(PathOf("broken.dll"), File.ReadAllBytes(Handlers)[..4096]);
        string plain = typeof(FactAttribute).Assembly.Location;

        Fails(66, PathOf("missing.dll"), "header", PathOf("missing.dll"), "-o", PathOf("a.h"));
        Fails(65, "text.dll is no .NET assembly. Name the .dll", "header", PathOf("text.dll"), "-o", PathOf("a.h"));
        Fails(65, "broken.dll is no .NET assembly", "header", PathOf("broken.dll"), "-o", PathOf("a.h"));
        Fails(65, $"{plain} has no native entry points. Set NativeEntryPoints = true", "header", plain, "-o", PathOf("a.h"));
        Fails(73, PathOf("no/such/folder"), "header", Handlers, "-o", PathOf("no/such/folder/a.h"));
        Fails(73, _folder.FullName, "header", Handlers, "-o", _folder.FullName);
        Fails(66, "is a folder", "header", _folder.FullName);
        Fails(64, "", "header");
        Assert.Equal(["broken.dll", "text.dll"], Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_was_found_is_JSON_where_that_is_asked_for()
    {
        Assert.Equal(0, Run("header", Handlers, "-o", PathOf("a.h"), "--json"));
        JsonElement report = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal(("Vmbus.Tests.dll", PathOf("a.h")), (report.GetProperty("assembly").GetString(), report.GetProperty("header").GetString()));
        JsonElement first = report.GetProperty("classes")[0];
        Assert.Equal("Vmbus.Tests.Native.NativeDevice", first.GetProperty("name").GetString());
        Assert.Equal(
            ("ProcessPacket", "Vmbus_Tests_Native_NativeDevice_ProcessPacket"),
            (first.GetProperty("entryPoints")[0].GetProperty("callback").GetString(), first.GetProperty("entryPoints")[0].GetProperty("symbol").GetString()));
        Assert.True(File.Exists(PathOf("a.h")));
    }

    private void Fails(int exitCode, string message, params string[] arguments)
    {
        Assert.Equal(exitCode, Run(arguments));
        Assert.Contains(message, _error.ToString(), StringComparison.Ordinal);
        if (exitCode != 64)
        {
            Assert.Equal("", _output.ToString());
        }
    }

    private string PathOf(string relative) => Path.Combine(_folder.FullName, relative);

    private int Run(params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        return VmbusCommandLine.Run(arguments, _output, _error);
    }
}
