using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Findings;

/// <summary>
/// What one run of a function finds: for a call whose level is known, one thing that is wrong with it; and what depends on the
/// level at which the function itself is called, for its callers.
/// </summary>
internal sealed class FindingCollector
{
    private readonly Dictionary<Location, IrqlFinding> _certain = [];
    private readonly Dictionary<(IrqlRule Rule, long Level, SelfWait Wait, int Parameter, bool WhenAwaited), IrqlFinding> _conditional = [];
    private readonly Dictionary<(int Ordinal, LevelSet Levels, long? At, bool IsElsewhere), DelegateCall> _calls = [];

    public IEnumerable<KeyValuePair<Location, IrqlFinding>> Certain => _certain;

    public IEnumerable<DelegateCall> Calls
        => _calls.Values.OrderBy(static c => c.Ordinal).ThenBy(static c => c.Step.Location.SourceSpan.Start).ThenBy(static c => c.At).ThenBy(static c => c.Levels.Highest).ThenBy(static c => c.IsElsewhere);

    /// <summary>What is wrong with the call at <paramref name="location"/>: the gravest only, and the shortest way to it.</summary>
    public void Report(Location location, IrqlFinding finding)
    {
        if (!_certain.TryGetValue(location, out IrqlFinding? known) || finding.Rule < known.Rule || (finding.Rule == known.Rule && IsBetter(finding, known)))
        {
            _certain[location] = finding;
        }
    }

    /// <summary>What is wrong at some of the levels of whoever calls the function.</summary>
    public void Add(IrqlFinding finding)
    {
        for (long level = 0; level <= 2; level++)
        {
            if (finding.Levels.Contains(level))
            {
                var key = (finding.Rule, level, finding.Wait, finding.Parameter, finding.WhenAwaited);
                if (!_conditional.TryGetValue(key, out IrqlFinding? known) || finding.Way.CompareTo(known.Way) < 0)
                {
                    _conditional[key] = finding with { Levels = LevelSet.Of(level) };
                }
            }
        }
    }

    public void Add(DelegateCall call)
    {
        var key = (call.Ordinal, call.Levels, call.At, call.IsElsewhere);
        if (!_calls.TryGetValue(key, out DelegateCall? known) || new CallWay(call.Step).CompareTo(new CallWay(known.Step)) < 0)
        {
            _calls[key] = call;
        }
    }

    /// <summary>What is wrong at some levels of the caller, in an order of its own; what differs in nothing but the level is one.</summary>
    public ImmutableArray<IrqlFinding> Conditional()
    {
        var merged = new List<IrqlFinding>();
        foreach (KeyValuePair<(IrqlRule Rule, long Level, SelfWait Wait, int Parameter, bool WhenAwaited), IrqlFinding> entry in _conditional
            .OrderBy(static e => e.Key.Rule).ThenBy(static e => e.Key.Wait).ThenBy(static e => e.Key.Parameter).ThenBy(static e => e.Key.WhenAwaited).ThenBy(static e => e.Key.Level))
        {
            int same = merged.FindIndex(m => (m with { Levels = entry.Value.Levels }) == entry.Value);
            if (same >= 0)
            {
                merged[same] = merged[same] with { Levels = merged[same].Levels.Union(entry.Value.Levels) };
            }
            else
            {
                merged.Add(entry.Value);
            }
        }

        return [.. merged];
    }

    private static bool IsBetter(IrqlFinding finding, IrqlFinding known)
        => finding.Levels.Highest != known.Levels.Highest ? finding.Levels.Highest > known.Levels.Highest : finding.Way.CompareTo(known.Way) < 0;
}
