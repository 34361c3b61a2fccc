using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>A packet that a function captured which escapes.</summary>
/// <param name="Function">The function.</param>
/// <param name="Place">Where it finds the packet.</param>
/// <param name="Element">Which element of the tuple there is the packet; null if it is all that lies there.</param>
/// <param name="Duty">The packet.</param>
/// <param name="Status">What the function begins with: it owes the packet, or the packet is completed or owed elsewhere already; unknown where it stands in a store.</param>
/// <param name="SameAs">Where else the function finds the same packet, if it finds it there on every path.</param>
internal sealed record EscapedPacket(Function Function, Place Place, int? Element, PacketDuty Duty, PacketStatus Status, (Place Place, int? Element)? SameAs = null);
