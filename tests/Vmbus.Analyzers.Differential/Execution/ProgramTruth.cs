using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Execution;

/// <summary>What running a program along all its paths has shown.</summary>
/// <param name="Faults">All that goes wrong on some path.</param>
/// <param name="Paths">How many paths there are; 0 if there are too many to run.</param>
/// <param name="Example">For each fault the answers that lead to it first.</param>
internal sealed record ProgramTruth(ImmutableSortedSet<string> Faults, int Paths, string Example)
{
    public bool IsKnown => Paths > 0;

    public bool IsCorrect => Faults.IsEmpty;
}
