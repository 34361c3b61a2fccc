namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Counts in how many programs each construct stands, and each pair of constructs.</summary>
internal sealed class CoverageCounter
{
    private readonly Dictionary<string, int> _single = [];
    private readonly Dictionary<(string, string), int> _pairs = [];

    public IReadOnlyDictionary<string, int> Single => _single;

    public void Add(IReadOnlySet<string> constructs)
    {
        string[] sorted = [.. constructs.Order(StringComparer.Ordinal)];
        for (int i = 0; i < sorted.Length; i++)
        {
            _single[sorted[i]] = _single.GetValueOrDefault(sorted[i]) + 1;
            for (int j = i + 1; j < sorted.Length; j++)
            {
                _pairs[(sorted[i], sorted[j])] = _pairs.GetValueOrDefault((sorted[i], sorted[j])) + 1;
            }
        }
    }

    /// <summary>In how many programs two constructs stand together.</summary>
    public int Pair(string first, string second)
        => _pairs.GetValueOrDefault(string.CompareOrdinal(first, second) < 0 ? (first, second) : (second, first));
}
