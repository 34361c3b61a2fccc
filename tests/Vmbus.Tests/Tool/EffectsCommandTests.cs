using Vmbus.Tool;

namespace Vmbus.Tests.Tool;

/// <summary><c>vmbus effects</c> through its command line. What it finds out of IL is tested with the effects tool.</summary>
public sealed class EffectsCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vmbus-effects-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static string Runtime => typeof(VmbusChannel).Assembly.Location;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_blocks_in_an_assembly_is_written()
    {
        Assert.Equal(0, Run("effects", Runtime));
        Assert.StartsWith("# How the members of Vmbus block", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nwait M:Vmbus.VmbusChannel.Pause\n", _output.ToString(), StringComparison.Ordinal);

        string file = PathOf("vmbus-effects.txt");
        Assert.Equal(0, Run("effects", Runtime, "-o", file, "--reference", Runtime));
        Assert.Equal(_output.ToString(), File.ReadAllText(file));
    }

    [Fact]
    public void What_cannot_be_used_is_named_with_the_remedy()
    {
        string text = PathOf("text.dll");
        File.WriteAllText(text, "no assembly");

        Assert.Equal((65, $"vmbus: {text} is no assembly of .NET. Name the dll that the build of a library has made."), Failure("effects", text));
        Assert.Equal((66, $"vmbus: There is no file {PathOf("no.dll")}. Check the name, or create it first."), Failure("effects", PathOf("no.dll")));
        Assert.Equal(
            (66, $"vmbus: There is no file and no folder {PathOf("no.dll")}. Name an assembly, or a folder of assemblies, with --reference."),
            Failure("effects", Runtime, "--reference", PathOf("no.dll")));
        Assert.Equal(66, Failure("effects", Runtime, "--framework", PathOf("none")).Code);
        Assert.Equal(
            (73, $"vmbus: {PathOf("none/effects.txt")} cannot be written: there is no folder {PathOf("none")}. Name a file in a folder that exists and that you may write to."),
            Failure("effects", Runtime, "-o", PathOf("none/effects.txt")));
        Assert.Equal(64, Run("effects"));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private int Run(params string[] arguments) => VmbusCommandLine.Run(arguments, _output, _error);

    private (int Code, string Error) Failure(params string[] arguments)
    {
        _error.GetStringBuilder().Clear();
        int code = Run(arguments);
        return (code, _error.ToString().TrimEnd());
    }
}
