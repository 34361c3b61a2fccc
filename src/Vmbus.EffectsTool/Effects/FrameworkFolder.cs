namespace Vmbus.EffectsTool.Effects;

/// <summary>Where the shared framework lies, and which it is.</summary>
internal static class FrameworkFolder
{
    /// <summary>The folder of the run time that runs this tool.</summary>
    public static string Default { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static IEnumerable<string> Assemblies(string folder)
        => Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal);

    /// <summary>Name and version, which are the last two folders of an installed framework.</summary>
    public static string NameOf(string folder)
    {
        var version = new DirectoryInfo(folder);
        return $"{version.Parent?.Name} {version.Name}";
    }
}
