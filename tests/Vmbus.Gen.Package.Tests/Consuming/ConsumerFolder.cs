namespace Vmbus.Gen.Package.Tests.Consuming;

/// <summary>A folder outside the repository, that nothing of the repository reaches, with a package folder of its own. It goes with its last use.</summary>
internal sealed class ConsumerFolder : IDisposable
{
    /// <summary>What the program of <see cref="WriteProgram"/> prints.</summary>
    public const string ProgramOutput = """
        switch: Completed 
        count: Completed 05000000
        name: Completed 0700000000000000
        other: Failed 
        scattered: Completed 17EEFFC0
        padded: 05000000FF000000FF000000FFFFFFFF
        slow: Completed 05000000
        allocated for a packet: 0 bytes; lost: 0

        """;

    private const string Template = ".template";

    private readonly PackedFeed _feed;
    private readonly string _root = Directory.CreateTempSubdirectory("vmbus-consumer-").FullName;

    public ConsumerFolder(PackedFeed feed) => _feed = feed;

    /// <summary>For what has to be had beside the feed: parts of .NET that a program is published with.</summary>
    public bool AsksSourcesOfTheMachine { get; init; }

    public static string ReadTemplate(string relative) => File.ReadAllText(Path.Combine(Templates, relative + Template));

    private static string Templates => Path.Combine(AppContext.BaseDirectory, "Consumer");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public string PathOf(string relative) => Path.Combine(_root, relative);

    public string Read(string relative) => File.ReadAllText(PathOf(relative));

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), Filled(text));
    }

    /// <summary>Writes a file from its template.</summary>
    public void WriteTemplate(string template, string relative) => Write(relative, ReadTemplate(template));

    /// <summary>Writes all files of a folder of templates.</summary>
    public void WriteTemplates(string folder)
    {
        string from = Path.Combine(Templates, folder);
        foreach (string file in Directory.EnumerateFiles(from, "*" + Template, SearchOption.AllDirectories))
        {
            Write(Path.GetRelativePath(from, file)[..^Template.Length], File.ReadAllText(file));
        }
    }

    /// <summary>Writes the program of <c>Consumer/Matrix</c> as a project says that uses the package.</summary>
    public void WriteProgram(ConsumerVariant variant)
    {
        WriteTemplates("Common");
        if (AsksSourcesOfTheMachine)
        {
            Write("nuget.config", ReadTemplate("Common/nuget.config").Replace("<clear />", "", StringComparison.Ordinal));
        }

        foreach (string source in new[] { "Leds.cs", "Program.cs" })
        {
            WriteTemplate($"Matrix/{source}", $"App/{source}");
        }

        Write("App/App.csproj", ReadTemplate("Matrix/App.csproj").Replace("PROPERTIES", variant.Properties, StringComparison.Ordinal).Replace("ITEMS", variant.Items, StringComparison.Ordinal));
        foreach ((string path, string text) in variant.Files)
        {
            Write($"App/{path}", text);
        }
    }

    /// <summary>The version of a package that was packed from this repository.</summary>
    public string VersionOf(string package) => Path.GetFileNameWithoutExtension(_feed.PackageOf(package))[(package.Length + 1)..];

    /// <summary>
    /// Runs the dotnet command here, with the package folder of this consumer, and with a home of its own: there the command remembers where it once found a tool.
    /// </summary>
    public Task<DotnetCommand> RunAsync(params string[] arguments)
        => DotnetCommand.RunAsync(
            _root,
            AsksSourcesOfTheMachine
                ? new Dictionary<string, string> { ["NUGET_PACKAGES"] = PathOf("packages") }
                : new Dictionary<string, string> { ["NUGET_PACKAGES"] = PathOf("packages"), ["DOTNET_CLI_HOME"] = PathOf("home"), ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false" },
            arguments);

    public Task<DotnetCommand> BuildAsync(string project, params string[] arguments) => RunAsync(["build", project, "-m:1", "-nodeReuse:false", .. arguments]);

    private string Filled(string text)
        => text.Replace("FEED", Repository.Feed, StringComparison.Ordinal).Replace("VERSION", VersionOf("Vmbus.Gen"), StringComparison.Ordinal);
}
