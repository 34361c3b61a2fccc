using Vmbus.Analyzers.Differential.Oracle.Packets;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>What running a program along all its paths has shown.</summary>
/// <param name="Faults">All that goes wrong on some path.</param>
/// <param name="Paths">How many paths there are; 0 if there are too many to run.</param>
/// <param name="Example">For each fault the answers that lead to it first.</param>
internal sealed record PacketTruth(PacketFaults Faults, int Paths, string Example)
{
    public bool IsKnown => Paths > 0;
}
