using System.Collections.Frozen;
using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>
/// Generated dispatch against the best of what is written by hand over the same handlers (a switch; a hash table before a switch), and against a FrozenDictionary and a
/// Dictionary of delegates: for few and many message types of several densities, in random order and with one type in nine of ten packets.
/// </summary>
internal sealed class DispatchGoals : IGoalGroup
{
    private const double AgainstHand = 1.05;
    private const double AgainstFrozen = 1.00;

    /// <summary>How far message types lie apart; 0 for scattered ones.</summary>
    private static readonly (string Name, uint Step)[] Densities = [("dense", 1), ("1/4", 4), ("1/12", 12), ("sparse", 0)];

    public string Name => "dispatch";

    public IEnumerable<Goal> Measure()
        => from count in new[] { 1000, 64, 16, 256, 8, 4 }
           from density in Densities
           where count >= 8 || density.Step is 0 or 1
           from goal in Measure($"{density.Name} {count}", TypesOf(count, density.Step))
           select goal;

    private static uint[] TypesOf(int count, uint step)
    {
        Random random = new(count);
        return step == 0
            ? [.. Enumerable.Range(0, count * 2).Select(_ => (uint)random.NextInt64(uint.MaxValue)).Distinct().Take(count).Order()]
            : [.. Enumerable.Range(0, count).Select(i => 100 + ((uint)i * step) + (uint)random.Next((int)step))];
    }

    private static IEnumerable<Goal> Measure(string name, uint[] types)
    {
        CompiledHandlers compiled = HandlerSource.Compile(types);
        Dictionary<uint, Handler> dictionary = compiled.Handlers.Table().ToDictionary(entry => entry.Type, entry => entry.Handle);
        foreach (bool isHot in new[] { false, true })
        {
            int[] order = DispatchShape.Order(types.Length, isHot);
            DispatchShape generated = new("generated", compiled.Generated, types, order);
            DispatchShape hand = new("switch", compiled.BySwitch, types, order);
            DispatchShape probing = new("table", compiled.ByTable, types, order);
            DispatchShape table = new("dictionary", new TableDispatch<Dictionary<uint, Handler>>(dictionary), types, order);
            DispatchShape frozen = new("frozen", new TableDispatch<FrozenDictionary<uint, Handler>>(dictionary.ToFrozenDictionary()), types, order);
            InterleavedRun run = InterleavedRun.Measure([generated, hand, probing, table, frozen], rounds: 11);
            string cell = $"dispatch {name} {(isHot ? "hot" : "random")}";
            double nanoseconds = run.Nanoseconds(generated);
            yield return Goal.AtMostAsSlow($"{cell} / hand-written switch", AgainstHand, run.Slowdown(generated, hand), nanoseconds);
            yield return Goal.AtMostAsSlow($"{cell} / hand-written table", AgainstHand, run.Slowdown(generated, probing), nanoseconds);
            yield return Goal.AtMostAsSlow($"{cell} / FrozenDictionary", AgainstFrozen, run.Slowdown(generated, frozen), nanoseconds);
            yield return Goal.AtMostAsSlow($"{cell} / Dictionary", AgainstFrozen, run.Slowdown(generated, table), nanoseconds);
            if (!isHot)
            {
                yield return Goal.NoAllocation($"dispatch {name} allocated per packet", run.BytesPerOperation(generated));
            }
        }
    }
}
