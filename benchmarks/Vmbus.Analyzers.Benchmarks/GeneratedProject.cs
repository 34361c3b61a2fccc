namespace Vmbus.Analyzers.Benchmarks;

/// <summary>A project that is measured: its files, and how many handlers and other methods stand in them.</summary>
internal sealed record GeneratedProject(string Name, IReadOnlyList<string> Files)
{
    /// <summary>Services as they are written: ten handlers, one of each kind, and twenty other methods a class.</summary>
    public static GeneratedProject Services(int handlers)
        => new($"{handlers:N0} handlers", [ServiceSource.Messages, .. Enumerable.Range(0, handlers / 10).Select(static n => ServiceSource.Service(n, 10, 20))]);

    /// <summary>Handlers only, each of which has everything.</summary>
    public static GeneratedProject FullHandlers(int handlers)
        => new($"{handlers:N0} full handlers", [.. Enumerable.Range(0, handlers / 50).Select(static n => ServiceSource.FullService(n, 50))]);

    /// <summary>Mostly code that knows of no packet: 100 methods a class, and services of ten handlers.</summary>
    public static GeneratedProject Methods(int methods, int handlers)
        => new(
            handlers == 0 ? $"{methods:N0} methods without packets" : $"{methods:N0} methods, {handlers:N0} handlers",
            [ServiceSource.Plain(0, 1), .. handlers == 0 ? [] : new[] { ServiceSource.Messages }, .. Enumerable.Range(0, handlers / 10).Select(static n => ServiceSource.Service(n, 10, 0)),
                .. Enumerable.Range(1, (methods - handlers) / 100).Select(static n => ServiceSource.Plain(n, 100))]);

    /// <summary>Writes the files into a folder of the project's own below <paramref name="folder"/>; answers their paths.</summary>
    public IReadOnlyList<string> Write(string folder)
    {
        string own = Path.Combine(folder, Name.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal));
        if (Directory.Exists(own))
        {
            Directory.Delete(own, recursive: true);
        }

        Directory.CreateDirectory(own);
        var paths = new List<string>();
        for (int i = 0; i < Files.Count; i++)
        {
            string path = Path.Combine(own, $"File{i}.cs");
            File.WriteAllText(path, Files[i]);
            paths.Add(path);
        }

        return paths;
    }
}
