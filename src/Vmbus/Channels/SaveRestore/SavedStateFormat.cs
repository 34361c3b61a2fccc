namespace Vmbus;

/// <summary>
/// The layout of a saved channel; docs/saved-state.md describes it. A state is a row of chunks; a chunk is a header and whole records; all numbers are
/// little-endian.
/// </summary>
internal static class SavedStateFormat
{
    /// <summary>"VMBS" in memory.</summary>
    public const uint Magic = 0x53424D56;

    /// <summary>What this release writes, and the only version that it reads.</summary>
    public const ushort Version = 1;

    /// <summary>The bit of a chunk's flags that says that no other follows.</summary>
    public const ushort LastChunk = 0x1;

    /// <summary>Magic, version, flags, state id, sequence, length of the records, checksum.</summary>
    public const int ChunkHeaderLength = 36;

    /// <summary>Where in the header the checksum lies; it covers the header before it and the records.</summary>
    public const int ChecksumOffset = 32;

    /// <summary>Kind and length.</summary>
    public const int RecordHeaderLength = 8;

    /// <summary>Opening, interface type, interface instance, flags, and the numbers of places and packets.</summary>
    public const int ChannelRecordLength = 60;

    /// <summary>The bit of the channel record's flags for a pipe channel.</summary>
    public const uint PipeChannel = 0x1;

    /// <summary>From which bit of the channel record's flags on the index of a sub-channel stands; 0: a primary channel.</summary>
    public const int SubChannelShift = 16;

    /// <summary>Of a record of places: the index of the first.</summary>
    public const int PlacesHeaderLength = 4;

    /// <summary>One place of the table of transaction ids.</summary>
    public const int PlaceLength = 8;

    /// <summary>Of a record of a packet: the length of the library's part.</summary>
    public const int PacketHeaderLength = 4;
}
