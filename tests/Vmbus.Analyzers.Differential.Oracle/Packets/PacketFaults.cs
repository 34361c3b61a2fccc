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
}
