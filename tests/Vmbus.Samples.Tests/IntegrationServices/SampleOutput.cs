using System.Globalization;

namespace Vmbus.Samples.Tests.IntegrationServices;

/// <summary>What the sample printed, and its tables as rows of named cells.</summary>
internal sealed record SampleOutput(int ExitCode, string Text, string Error)
{
    public IReadOnlyList<string> Lines { get; } = Text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The packet counts of an endpoint.</summary>
    public IReadOnlyDictionary<string, string> Endpoint(string service, string endpoint)
        => Assert.Single(Table("Packets"), row => row["service"] == service && row["endpoint"] == endpoint);

    /// <summary>A count of an endpoint.</summary>
    public long Count(string service, string endpoint, string column) => long.Parse(Endpoint(service, endpoint)[column], CultureInfo.InvariantCulture);

    /// <summary>The packets of each handler of an endpoint.</summary>
    public IReadOnlyDictionary<string, long> Handlers(string service, string endpoint)
        => Table("Dispatched")
            .Where(row => row["service"] == service && row["endpoint"] == endpoint)
            .ToDictionary(row => row["handler"], row => long.Parse(row["packets"], CultureInfo.InvariantCulture));

    /// <summary>The rows of the table below a title.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Table(string title)
    {
        int start = Lines.ToList().IndexOf(title);
        Assert.True(start >= 0, $"No table '{title}' in:\n{Text}\n{Error}");
        string[][] cells = Lines.Skip(start + 1)
            .TakeWhile(line => line.StartsWith('+') || line.StartsWith('|'))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToArray();
        Assert.NotEmpty(cells);
        return [.. cells.Skip(1).Select(row => (IReadOnlyDictionary<string, string>)cells[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
