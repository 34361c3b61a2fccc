namespace Vmbus;

/// <summary>What a place of the table of transaction ids holds. The numbers are part of the format.</summary>
internal enum SavedPlaceUse : uint
{
    /// <summary>Nothing: its last transaction has ended.</summary>
    Free = 0,

    /// <summary>A packet that was given up; its completion may still come.</summary>
    GivenUp = 1,

    /// <summary>A packet whose completion is awaited.</summary>
    Awaited = 2,
}

/// <summary>A place of the table of transaction ids in a saved channel.</summary>
/// <param name="Generation">Counts the transactions that had the place; at least 1.</param>
/// <param name="Use">What it holds.</param>
/// <param name="Packet">The packet, while it exists.</param>
internal readonly record struct SavedPlace(ulong Generation, SavedPlaceUse Use, VmbusPacket? Packet)
{
    private const int UseBits = 2;

    /// <summary>The place as a number of the format.</summary>
    public ulong ToNumber() => (Generation << UseBits) | (uint)Use;

    /// <summary>Reads a place.</summary>
    public static SavedPlace FromNumber(ulong number) => new(number >> UseBits, (SavedPlaceUse)(number & ((1 << UseBits) - 1)), null);
}
