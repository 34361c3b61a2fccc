namespace Vmbus.Architecture.Tests;

/// <summary>Reads a table of a document by its first header cell.</summary>
internal static class MarkdownTable
{
    public static IReadOnlyList<string[]> Rows(string markdown, string firstHeader)
    {
        string[] lines = markdown.Split('\n');
        int start = Array.FindIndex(lines, line => line.StartsWith($"| {firstHeader} |", StringComparison.Ordinal));
        Assert.True(start >= 0, $"No table that begins with '{firstHeader}'.");
        return [.. lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
    }

    public static HashSet<string> List(string cell) => [.. cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
