using System.Collections.Frozen;
using Vmbus.Benchmarks.Dispatch.Handlers;
using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>
/// Generated dispatch against a hand-written switch over the same handlers, a dictionary of delegates and a FrozenDictionary of delegates: for few and many
/// message types, consecutive and scattered ones, in random order and with one type in nine of ten packets.
/// </summary>
internal sealed class DispatchGoals : IGoalGroup
{
    private const double AgainstSwitch = 1.10;
    private const double AgainstFrozen = 1.00;

    public string Name => "dispatch";

    public IEnumerable<Goal> Measure()
        => Measure("dense 4", new Dense4(), new Dense4(), h => new Dense4ByHand(h))
            .Concat(Measure("dense 16", new Dense16(), new Dense16(), h => new Dense16ByHand(h)))
            .Concat(Measure("dense 64", new Dense64(), new Dense64(), h => new Dense64ByHand(h)))
            .Concat(Measure("dense 256", new Dense256(), new Dense256(), h => new Dense256ByHand(h)))
            .Concat(Measure("sparse 4", new Sparse4(), new Sparse4(), h => new Sparse4ByHand(h)))
            .Concat(Measure("sparse 16", new Sparse16(), new Sparse16(), h => new Sparse16ByHand(h)))
            .Concat(Measure("sparse 64", new Sparse64(), new Sparse64(), h => new Sparse64ByHand(h)))
            .Concat(Measure("sparse 256", new Sparse256(), new Sparse256(), h => new Sparse256ByHand(h)));

    private static IEnumerable<Goal> Measure<T>(string name, T generatedHandlers, T otherHandlers, Func<T, IChannelCallbacks> byHand)
        where T : IHandlers, IChannelCallbacks
    {
        foreach (bool isHot in new[] { false, true })
        {
            uint[] types = T.MessageTypes;
            int[] order = DispatchShape.Order(types.Length, isHot);
            Dictionary<uint, Handler> dictionary = otherHandlers.Table().ToDictionary(entry => entry.Type, entry => entry.Handle);
            DispatchShape generated = new("generated", generatedHandlers, types, order);
            DispatchShape hand = new("switch", byHand(otherHandlers), types, order);
            DispatchShape table = new("dictionary", new TableDispatch<Dictionary<uint, Handler>>(dictionary), types, order);
            DispatchShape frozen = new("frozen", new TableDispatch<FrozenDictionary<uint, Handler>>(dictionary.ToFrozenDictionary()), types, order);
            InterleavedRun run = InterleavedRun.Measure([generated, hand, table, frozen], rounds: 11);
            string cell = $"dispatch {name} {(isHot ? "hot" : "random")}";
            double nanoseconds = run.Nanoseconds(generated);
            yield return Goal.AtMostAsSlow($"{cell} / hand-written switch", AgainstSwitch, run.Slowdown(generated, hand), nanoseconds);
            yield return Goal.AtMostAsSlow($"{cell} / FrozenDictionary", AgainstFrozen, run.Slowdown(generated, frozen), nanoseconds);
            yield return Goal.AtMostAsSlow($"{cell} / Dictionary", AgainstFrozen, run.Slowdown(generated, table), nanoseconds);
            if (!isHot)
            {
                yield return Goal.NoAllocation($"dispatch {name} allocated per packet", run.BytesPerOperation(generated));
            }
        }
    }
}
