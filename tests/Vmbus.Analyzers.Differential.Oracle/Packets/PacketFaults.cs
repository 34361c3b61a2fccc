namespace Vmbus.Analyzers.Differential.Oracle.Packets;

/// <summary>What can go wrong with the packets of a path.</summary>
[Flags]
public enum PacketFaults
{
    None = 0,

    /// <summary>A packet is owed by nobody and not completed.</summary>
    Leaked = 1,

    /// <summary>A packet was ended twice.</summary>
    CompletedTwice = 2,

    /// <summary>A packet was looked at after its end.</summary>
    UsedAfter = 4,

    /// <summary>A <c>throw</c> left the function while it owed a packet.</summary>
    Thrown = 8,

    /// <summary>
    /// A <c>throw</c> left the function, and a pended packet is owed: by it, or by a function that was called before and lost it, or that runs later.
    /// </summary>
    ThrownAfterCalls = 256,

    /// <summary>Something that the rules leave open: see the table of what is knowingly not decided in docs/analysis.md.</summary>
    Undecided = 16,

    /// <summary>A function that runs later threw, and a packet is owed: by it, or by who gave it away.</summary>
    ThrownLater = 32,

    /// <summary>A function went on though external data was still to come.</summary>
    WentOn = 64,

    /// <summary>External data was used after its packet's end.</summary>
    DataUsedAfter = 128,

    /// <summary>
    /// A packet was looked at after its end by a function that runs later, or where generated code ends the packet that was delivered: a mistake of who looks, or of who
    /// ended what it had given away, or what is not its own to end.
    /// </summary>
    UsedTooLate = 512,

    /// <summary>
    /// Like <see cref="WentOn"/>, with a packet that a function has taken over by contract: a mistake of that function, or of who ends the packet once more after it.
    /// </summary>
    WentOnElsewhere = 1024,
}
