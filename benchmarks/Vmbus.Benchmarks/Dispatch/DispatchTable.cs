using System.Globalization;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>Prints the table of docs/dispatch.md.</summary>
internal static class DispatchTable
{
    private const double Goal = 1.05;

    /// <summary>Measures the cells named, or all.</summary>
    /// <returns>1 if there is no such cell.</returns>
    public static int Print(IReadOnlyList<string> names, TextWriter output, TextWriter error)
    {
        if (names.FirstOrDefault(static name => !DispatchCell.All.Any(cell => cell.Name == name)) is { } unknown)
        {
            error.WriteLine($"There is no cell '{unknown}'; there are: {string.Join(", ", DispatchCell.All.Select(static cell => $"'{cell.Name}'"))}.");
            return 1;
        }

        output.WriteLine("| types | order | ns | / switch | / table | / FrozenDictionary | switch / switch again |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (DispatchCell cell in DispatchCell.All.Where(cell => names.Count == 0 || names.Contains(cell.Name)))
        {
            foreach (DispatchFigures figures in DispatchFigures.Measure(cell))
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {cell.Density} {cell.Count:N0} | {(figures.IsHot ? "hot" : "random")} | {figures.Nanoseconds:0.0} | {Ratio(figures.BySwitch)} | {Ratio(figures.ByTable)} | {figures.ByFrozen:0.00} | {figures.Noise:0.00} |"));
            }
        }

        return 0;
    }

    /// <summary>In bold where the goal is missed.</summary>
    private static string Ratio(double ratio)
    {
        string text = ratio.ToString("0.00", CultureInfo.InvariantCulture);
        return ratio > Goal ? $"**{text}**" : text;
    }
}
