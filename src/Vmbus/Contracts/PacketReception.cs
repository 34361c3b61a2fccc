namespace Vmbus;

/// <summary>Where the bytes lie that a callback reads.</summary>
public enum PacketReception
{
    /// <summary>The packet is copied out of the ring, once, before user code sees it: the peer cannot change it any more.</summary>
    Copied = 0,

    /// <summary>User code reads the ring's memory: no copy, for a trusted peer. Every read may see another value.</summary>
    InPlace = 1,
}
