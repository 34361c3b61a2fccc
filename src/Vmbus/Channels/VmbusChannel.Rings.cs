using Vmbus.Ring;

namespace Vmbus;

/// <content>The memory of the rings.</content>
public sealed partial class VmbusChannel
{
    /// <summary>
    /// The ring that this endpoint receives from, while the channel is open; else <see langword="null"/>. For tools that look at it, and for fuzzers that play the
    /// hostile peer: whatever is written there, an endpoint reads nothing outside its ring and stops with the reason.
    /// </summary>
    /// <remarks>The memory belongs to the client and goes when both endpoints have closed: do not keep spans into it.</remarks>
    public RingMemory? IncomingRing => _lifecycle.Connection?.IncomingRing;

    /// <summary>The ring that this endpoint sends on, while the channel is open; else <see langword="null"/>. See <see cref="IncomingRing"/>.</summary>
    public RingMemory? OutgoingRing => _lifecycle.Connection?.OutgoingRing;
}
