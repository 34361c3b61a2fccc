namespace Vmbus;

/// <summary>One call of the RestorePacket callback: which state the packet that it makes must take, and the packet that took it.</summary>
internal sealed class PacketRestore(SavedPacketRecord record)
{
    private VmbusPacket? _packet;

    /// <summary>The packet that took the state.</summary>
    public VmbusPacket? Packet => Volatile.Read(ref _packet);

    /// <summary>The library's part of the state.</summary>
    public SavedPacket State => record.Packet;

    /// <summary>Whether this is the state that the callback was given.</summary>
    public bool IsFor(ReadOnlySpan<byte> libraryState) => libraryState.SequenceEqual(record.LibraryState.Span);

    /// <summary>A packet takes the state; one can.</summary>
    public bool TryTake(VmbusPacket packet) => Interlocked.CompareExchange(ref _packet, packet, null) is null;
}
