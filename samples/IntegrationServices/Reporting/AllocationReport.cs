namespace Vmbus.Samples.IntegrationServices.Reporting;

/// <summary>A part of the exchange.</summary>
/// <param name="Packets">Packets delivered, on all endpoints.</param>
/// <param name="Bytes">Bytes allocated by the process meanwhile.</param>
internal readonly record struct AllocationRound(long Packets, long Bytes);

/// <summary>
/// What the exchange allocated. What packets cost is there in every round; what the process does beside them, such as starting a thread of the pool (about
/// 1 KB), is in one or the other. So the round that allocated least tells what a packet costs.
/// </summary>
/// <param name="Rounds">The parts of the exchange, at least one.</param>
internal sealed record AllocationReport(IReadOnlyList<AllocationRound> Rounds)
{
    /// <summary>Bytes allocated for a packet.</summary>
    public double PerPacket => Rounds.Min(round => round.Packets == 0 ? 0 : (double)round.Bytes / round.Packets);
}
