using System.Globalization;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>A class with handlers for so many message types, so far apart.</summary>
/// <param name="Density">How far apart, in a word.</param>
/// <param name="Step">How far apart; 0 for scattered ones.</param>
/// <param name="Count">How many message types.</param>
internal sealed record DispatchCell(string Density, uint Step, int Count)
{
    private static readonly (string Name, uint Step)[] Densities = [("dense", 1), ("1/4", 4), ("1/12", 12), ("sparse", 0)];

    /// <summary>Few and many message types of several densities; few are dense or scattered and nothing between.</summary>
    public static IReadOnlyList<DispatchCell> All { get; } =
    [
        .. from count in new[] { 4, 8, 16, 64, 256, 1000 }
           from density in Densities
           where count >= 8 || density.Step is 0 or 1
           select new DispatchCell(density.Name, density.Step, count),
    ];

    /// <summary>The name by which it is reported, and chosen on the command line.</summary>
    public string Name => $"{Density} {Count.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The message types, the same in every run.</summary>
    public uint[] MessageTypes()
    {
        Random random = new(Count);
        return Step == 0
            ? [.. Enumerable.Range(0, Count * 2).Select(_ => (uint)random.NextInt64(uint.MaxValue)).Distinct().Take(Count).Order()]
            : [.. Enumerable.Range(0, Count).Select(i => 100 + ((uint)i * Step) + (uint)random.Next((int)Step))];
    }
}
