namespace Vmbus;

/// <summary>A saved channel, decoded and checked.</summary>
/// <param name="Opening">The opening that the channel was in; <see cref="Guid.Empty"/>: none.</param>
/// <param name="Places">The table of transaction ids.</param>
/// <param name="Packets">The packets: those that wait for their completion, then those that wait for room, in their order.</param>
internal sealed record SavedChannelState(Guid Opening, IReadOnlyList<SavedPlace> Places, IReadOnlyList<SavedPacketRecord> Packets);
