namespace Vmbus.Testing;

/// <summary>The kinds of <see cref="PacketFault"/>.</summary>
public enum PacketFaultKind
{
    /// <summary>Nothing: the handler gets the packet as it came.</summary>
    None = 0,

    /// <summary>The packet is completed without payload, and no handler sees it.</summary>
    Lose,

    /// <summary>The handler sees fewer bytes.</summary>
    Truncate,

    /// <summary>The handler sees a bit inverted.</summary>
    FlipBit,

    /// <summary>An exception in the place of the handler.</summary>
    Throw,
}
