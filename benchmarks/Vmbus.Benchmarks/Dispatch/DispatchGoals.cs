using Vmbus.Benchmarks.Harness;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>
/// Generated dispatch against the best of what is written by hand over the same handlers, and against a FrozenDictionary and a Dictionary of delegates, for few and many
/// message types of several densities, in random order and with one type in nine of ten packets.
/// </summary>
internal sealed class DispatchGoals : IGoalGroup
{
    private const double AgainstHand = 1.05;
    private const double AgainstFrozen = 1.00;

    public string Name => "dispatch";

    public IEnumerable<Goal> Measure()
        => from cell in DispatchCell.All
           from figures in DispatchFigures.Measure(cell)
           from goal in Goals(figures)
           select goal;

    private static IEnumerable<Goal> Goals(DispatchFigures figures)
    {
        string cell = $"dispatch {figures.Cell.Name} {(figures.IsHot ? "hot" : "random")}";
        yield return Goal.AtMostAsSlow($"{cell} / hand-written switch", AgainstHand, figures.BySwitch, figures.Nanoseconds);
        yield return Goal.AtMostAsSlow($"{cell} / hand-written table", AgainstHand, figures.ByTable, figures.Nanoseconds);
        yield return Goal.AtMostAsSlow($"{cell} / FrozenDictionary", AgainstFrozen, figures.ByFrozen, figures.Nanoseconds);
        yield return Goal.AtMostAsSlow($"{cell} / Dictionary", AgainstFrozen, figures.ByDictionary, figures.Nanoseconds);
        if (!figures.IsHot)
        {
            yield return Goal.NoAllocation($"dispatch {figures.Cell.Name} allocated per packet", figures.BytesPerPacket);
        }
    }
}
