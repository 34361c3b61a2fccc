using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>How often the outputs of a step may have which reason after an edit.</summary>
public abstract record StepExpectation
{
    private StepExpectation()
    {
    }

    /// <summary>What every edit that does not concern a step has to leave: nothing new, nothing changed.</summary>
    public static StepExpectation CachedOrUnchanged { get; } = new AnyOf(IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);

    /// <summary>Exactly so many outputs of each reason, and at least one output at all.</summary>
    public static StepExpectation Exactly(int cached = 0, int unchanged = 0, int modified = 0, int @new = 0, int removed = 0)
        => new Counts(cached, unchanged, modified, @new, removed);

    /// <summary>All outputs, at least one, have this reason.</summary>
    public static StepExpectation All(IncrementalStepRunReason reason) => new AnyOf(reason);

    public static implicit operator StepExpectation(IncrementalStepRunReason reason) => All(reason);

    internal abstract bool Matches(IReadOnlyCollection<IncrementalStepRunReason> reasons);

    internal static string Describe(IReadOnlyCollection<IncrementalStepRunReason> reasons)
        => reasons.Count == 0 ? "no output" : string.Join(", ", reasons.GroupBy(static r => r).OrderBy(static g => g.Key).Select(static g => $"{g.Key} x{g.Count()}"));

    private sealed record AnyOf(params IncrementalStepRunReason[] Reasons) : StepExpectation
    {
        internal override bool Matches(IReadOnlyCollection<IncrementalStepRunReason> reasons) => reasons.Count > 0 && reasons.All(Reasons.Contains);

        public override string ToString() => "all " + string.Join(" or ", Reasons);
    }

    private sealed record Counts(int Cached, int Unchanged, int Modified, int New, int Removed) : StepExpectation
    {
        internal override bool Matches(IReadOnlyCollection<IncrementalStepRunReason> reasons)
            => reasons.Count > 0
                && reasons.Count(static r => r == IncrementalStepRunReason.Cached) == Cached
                && reasons.Count(static r => r == IncrementalStepRunReason.Unchanged) == Unchanged
                && reasons.Count(static r => r == IncrementalStepRunReason.Modified) == Modified
                && reasons.Count(static r => r == IncrementalStepRunReason.New) == New
                && reasons.Count(static r => r == IncrementalStepRunReason.Removed) == Removed;

        public override string ToString()
            => string.Join(", ", new[] { (Cached, "Cached"), (Unchanged, "Unchanged"), (Modified, "Modified"), (New, "New"), (Removed, "Removed") }
                .Where(static c => c.Item1 > 0).Select(static c => $"{c.Item2} x{c.Item1}"));
    }
}
