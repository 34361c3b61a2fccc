namespace Vmbus.Tool.Golden;

/// <summary>What came of replaying one vector.</summary>
/// <param name="Failures">Every difference; none if the vector passes.</param>
/// <param name="Unchecked">Expectations that the format does not define, and that nobody checked.</param>
internal sealed record GoldenOutcome(IReadOnlyList<GoldenFailure> Failures, IReadOnlyList<string> Unchecked)
{
    public bool Passed => Failures.Count == 0;
}
