namespace Vmbus;

/// <summary>A packet of a saved channel.</summary>
/// <param name="Packet">The library's part, read.</param>
/// <param name="IsOfUser">Whether it belongs to the user, so that the RestorePacket callback makes it again.</param>
/// <param name="LibraryState">The library's part as it is handed to the callback.</param>
/// <param name="SavedState">What the SavePacket callback wrote.</param>
internal sealed record SavedPacketRecord(SavedPacket Packet, bool IsOfUser, ReadOnlyMemory<byte> LibraryState, ReadOnlyMemory<byte> SavedState);
