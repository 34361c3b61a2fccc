using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>
/// What one run of a function finds: for a call whose level is known, one thing that is wrong with it; and what depends on the
/// level at which the function itself is called, for its callers.
/// </summary>
internal sealed class EffectCollector
{
    private readonly Dictionary<Location, IrqlEffect> _findings = [];
    private readonly Dictionary<(IrqlRule Rule, long Level, SelfWait Wait, int Parameter, bool WhenAwaited), IrqlEffect> _effects = [];
    private readonly Dictionary<(int Ordinal, LevelSet Levels, long? At), DelegateCall> _calls = [];

    public IEnumerable<KeyValuePair<Location, IrqlEffect>> Findings => _findings;

    public IEnumerable<DelegateCall> Calls
        => _calls.Values.OrderBy(static c => c.Ordinal).ThenBy(static c => c.Step.Location.SourceSpan.Start).ThenBy(static c => c.At).ThenBy(static c => c.Levels.Highest);

    /// <summary>What is wrong with the call at <paramref name="location"/>: the gravest only, and the shortest way to it.</summary>
    public void Report(Location location, IrqlEffect effect)
    {
        if (!_findings.TryGetValue(location, out IrqlEffect? known) || effect.Rule < known.Rule || (effect.Rule == known.Rule && IsBetter(effect, known)))
        {
            _findings[location] = effect;
        }
    }

    /// <summary>What is wrong at some of the levels of whoever calls the function.</summary>
    public void Add(IrqlEffect effect)
    {
        for (long level = 0; level <= 2; level++)
        {
            if (effect.Levels.Contains(level))
            {
                var key = (effect.Rule, level, effect.Wait, effect.Parameter, effect.WhenAwaited);
                if (!_effects.TryGetValue(key, out IrqlEffect? known) || effect.Way.CompareTo(known.Way) < 0)
                {
                    _effects[key] = effect with { Levels = LevelSet.Of(level) };
                }
            }
        }
    }

    public void Add(DelegateCall call)
    {
        var key = (call.Ordinal, call.Levels, call.At);
        if (!_calls.TryGetValue(key, out DelegateCall? known) || new CallWay(call.Step).CompareTo(new CallWay(known.Step)) < 0)
        {
            _calls[key] = call;
        }
    }

    /// <summary>The effects in an order of their own, those that differ in nothing but the level as one.</summary>
    public ImmutableArray<IrqlEffect> Effects()
    {
        var merged = new List<IrqlEffect>();
        foreach (KeyValuePair<(IrqlRule Rule, long Level, SelfWait Wait, int Parameter, bool WhenAwaited), IrqlEffect> entry in _effects
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

    private static bool IsBetter(IrqlEffect effect, IrqlEffect known)
        => effect.Levels.Highest != known.Levels.Highest ? effect.Levels.Highest > known.Levels.Highest : effect.Way.CompareTo(known.Way) < 0;
}
